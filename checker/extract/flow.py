"""Makes blocks of a run of paragraphs and tables: which line is the title, a heading, a list item, furniture.

Word-processor formats (DOCX, ODT, DOC, RTF) give paragraphs with their look; what they are is decided here,
once for all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.extract.compose import Composer
from checker.extract.lines import (
    could_be_heading,
    folded,
    folded_lines,
    is_contents_entry,
    is_contents_title,
    list_text,
    number_level,
)
from checker.extract.tables import GridRow
from checker.extract.words import words
from checker.model import BlockKind, FurnitureKind, Mark

BIGGER = 1.12
"""A line of this size against the body's is set apart from it."""
_FEWEST_ENTRIES = 3
_ENTRY = re.compile(r"\S.*?(?:\t\s*| {3,})(\d{1,3})\s*$", re.DOTALL)
_PLAIN_WORDS = 4
_PLAIN_FOLLOWING = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its look.

    Args:
        text: what a reader sees, with ``\\n`` for line breaks.
        label: its automatic number ("2.1"), empty for none.
        level: heading level by style.
        hidden: text that no reader sees.
        footnotes: texts of the notes that it points to; ``comments`` those of comments on it.
        boxes: text boxes that hang on it.
    """

    text: str
    label: str = ""
    level: int | None = None
    is_title: bool = False
    is_subtitle: bool = False
    is_list: bool = False
    is_caption: bool = False
    is_contents: bool = False
    is_instruction: bool = False
    is_bold: bool = False
    size: float | None = None
    hidden: str = ""
    footnotes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    boxes: tuple[tuple[Item, ...], ...] = ()
    rendered_page: int | None = None

    @property
    def full_text(self) -> str:
        """The text with its automatic number before it."""
        return f"{self.label} {self.text}" if self.label and self.text.strip() else self.text


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``after`` is what hangs on its cells: notes, comments, hidden text, tables within them."""

    rows: tuple[GridRow, ...]
    after: tuple[Item, ...] = ()
    rendered_page: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A box with text of its own; headings in it hold for the box alone."""

    items: tuple[Item, ...]


Item = Paragraph | Table | Frame


def compose_flow(items: Sequence[Item], composer: Composer) -> str | None:
    """Add ``items`` to ``composer`` and give the document's title, where the items show one."""
    flow = _Flow(items, composer)
    flow.run(items)
    first = composer.blocks[0] if composer.blocks else None
    if flow.title is None and first is not None and first.kind is BlockKind.HEADING:
        return None if number_level(first.text) else first.text
    return flow.title


class _Flow:
    def __init__(self, items: Sequence[Item], composer: Composer) -> None:
        self._composer = composer
        self._body_size = _body_size(items)
        self._styled_levels = sorted(
            {item.level for item in items if isinstance(item, Paragraph) and item.level}
        )
        self._styled_level = 0
        self._has_headings = True
        self._contents = _contents_among(items)
        self._title_item = self._find_title(items)
        self.title = folded(self._title_item.text) if self._title_item else None
        looks = {
            self._look(item)
            for index, item in enumerate(items)
            if isinstance(item, Paragraph) and item is not self._title_item and self._is_heading(items, index)
        }
        self._looks = sorted(looks, reverse=True)
        self._has_headings = bool(looks or self._styled_levels)

    def run(self, items: Sequence[Item], *, in_frame: bool = False) -> None:
        for index, item in enumerate(items):
            if isinstance(item, Table):
                self._composer.table(item.rows, rendered_page=item.rendered_page)
                self.run(item.after, in_frame=True)
            elif isinstance(item, Frame):
                with self._composer.aside():
                    self.run(item.items, in_frame=True)
            else:
                self._paragraph(items, index, item, in_frame)

    def _paragraph(self, items: Sequence[Item], index: int, item: Paragraph, in_frame: bool) -> None:
        level = self._level_of(items, index, item, in_frame)
        marks = (Mark.INSTRUCTION,) if item.is_instruction else ()
        if item.is_contents or id(item) in self._contents or is_contents_entry(item.text):
            title = self._composer.drop_last_heading() if self._follows_contents_title() else None
            for text in (title, item.full_text):
                self._composer.furnish(FurnitureKind.CONTENTS, text or "")
        elif level is not None:
            self._composer.heading(item.full_text, level, rendered_page=item.rendered_page, marks=marks)
        else:
            self._text(item, marks)
        self._attached(item)

    def _follows_contents_title(self) -> bool:
        last = self._composer.last_block
        return last is not None and last.kind is BlockKind.HEADING and is_contents_title(last.text)

    def _text(self, item: Paragraph, marks: tuple[Mark, ...]) -> None:
        for number, line in enumerate(split_lines(item.text)):
            kind, text = BlockKind.PARAGRAPH, line
            typed = list_text(line)
            if item.is_caption:
                kind = BlockKind.CAPTION
            elif item.is_list and number == 0:
                kind, text = BlockKind.LIST_ITEM, typed or line
            elif typed is not None:
                kind, text = BlockKind.LIST_ITEM, typed
            label = item.label if number == 0 else ""
            self._composer.add(
                kind, f"{label} {text}" if label else text, rendered_page=item.rendered_page, marks=marks
            )

    def _attached(self, item: Paragraph) -> None:
        page = item.rendered_page
        self._composer.add(BlockKind.PARAGRAPH, item.hidden, rendered_page=page, marks=(Mark.HIDDEN,))
        for note in item.footnotes:
            self._composer.add(BlockKind.FOOTNOTE, note, rendered_page=page)
        for comment in item.comments:
            self._composer.add(BlockKind.NOTE, comment, rendered_page=page, marks=(Mark.COMMENT,))
        for box in item.boxes:
            with self._composer.aside():
                self.run(box, in_frame=True)

    def _level_of(self, items: Sequence[Item], index: int, item: Paragraph, in_frame: bool) -> int | None:
        """Give the heading level of a paragraph; None where it is no heading."""
        if item.is_contents or not any(letter.isalnum() for letter in item.text):
            return None
        if item is self._title_item:
            return 1
        number = number_level(folded(item.full_text))
        if item.level is not None:
            only_one = len(self._styled_levels) == 1 and number is not None
            level = item.level + (number - 1 if only_one and number else 0)
            self._styled_level = level
            return level
        if not self._is_heading(items, index):
            return None
        if in_frame:
            return self._composer.level + 1
        if number is not None:
            return number
        look = self._look(item)
        return self._styled_level + 1 + (self._looks.index(look) if look in self._looks else 0)

    def _look(self, item: Paragraph) -> tuple[float, bool]:
        return (item.size or self._body_size, item.is_bold)

    def _is_set_apart(self, item: Paragraph) -> bool:
        """Whether a line stands out from the body: bigger, bold or in capitals."""
        size = item.size or self._body_size
        if size >= BIGGER * self._body_size:
            return True
        letters = [letter for letter in item.text if letter.isalpha()]
        is_caps = len(letters) >= 4 and all(letter.isupper() for letter in letters)
        return (item.is_bold or is_caps) and size >= 0.9 * self._body_size

    def _is_candidate(self, item: Item) -> bool:
        if not isinstance(item, Paragraph) or item.is_contents or item.is_caption or item.is_subtitle:
            return False
        if id(item) in self._contents:
            return False
        if (item.is_list and not item.label) or item.is_instruction or item.level is not None:
            return False
        text = folded(item.text)
        return "\n" not in item.text.strip() and could_be_heading(text) and self._is_set_apart(item)

    def _is_heading(self, items: Sequence[Item], index: int) -> bool:
        """Whether an unstyled line is a heading by its look and by what follows."""
        item = items[index]
        if not isinstance(item, Paragraph) or not item.text.strip():
            return False
        if list_text(item.text) is not None and not self._is_numbered_heading(items, index, item):
            return False
        if not could_be_heading(folded(item.text)):
            return False
        following = next(_filled(items, index + 1), None)
        if following is None:
            return False
        if not self._is_candidate(item):
            return not self._has_headings and self._is_plain_heading(items, index, following)
        before = next(_filled(items, index - 1, step=-1), None)
        if before is not None and before is self._title_item and not item.is_bold:
            return False
        if item.is_list and isinstance(following, Paragraph) and following.is_list and following.is_bold:
            return False
        return self._run_length(items, index) < 4

    def _is_numbered_heading(self, items: Sequence[Item], index: int, item: Paragraph) -> bool:
        """Whether a line with a typed number is set apart and stands alone, as the items of a list don't."""
        has_number = number_level(folded(item.text)) is not None
        return has_number and self._is_candidate(item) and self._run_length(items, index) == 1

    def _is_plain_heading(self, items: Sequence[Item], index: int, following: Item) -> bool:
        """Whether a few plain words stand above a paragraph, in a document that sets no heading apart."""
        item = items[index]
        before = next(_filled(items, index - 1, step=-1), None)
        if not isinstance(item, Paragraph) or not isinstance(following, Paragraph):
            return False
        text = folded(item.text)
        return (
            not (item.is_list or item.is_caption or item.is_contents or item.is_instruction)
            and before is not None
            and before is not self._title_item
            and could_be_heading(text)
            and text[0].isupper()
            and len(text.split()) <= _PLAIN_WORDS
            and not any(letter.isdigit() or letter in ",:" for letter in text)
            and text.split()[0].lower() not in words("greetings")
            and len(following.text) >= _PLAIN_FOLLOWING
            and folded(following.text)[-1:] in ".!?"
        )

    def _run_length(self, items: Sequence[Item], index: int) -> int:
        """Give the number of lines of the same look on end, of which this is one (an address, a slogan)."""
        item = items[index]
        look = self._look(item) if isinstance(item, Paragraph) else None
        count = 1
        for step in (1, -1):
            for other in _filled(items, index + step, step=step):
                if not (
                    isinstance(other, Paragraph) and self._is_candidate(other) and self._look(other) == look
                ):
                    break
                count += 1
                if count >= 4:
                    return count
        return count

    def _find_title(self, items: Sequence[Item]) -> Paragraph | None:
        """Give the paragraph that is the title: by style, or the first big or bold line."""
        for item in items:
            if isinstance(item, Paragraph) and item.is_title and item.text.strip():
                return item
        first: list[Paragraph] = []
        for item in items:
            if not isinstance(item, Paragraph) or item.level is not None or len(first) == 6:
                break
            if item.text.strip():
                first.append(item)
        biggest = max((item.size or 0 for item in first), default=0)
        for number, item in enumerate(first):
            is_biggest = biggest >= BIGGER * self._body_size and item.size == biggest
            if (number == 0 or is_biggest) and self._is_candidate(item):
                return item
        return None


def _contents_among(items: Sequence[Item]) -> frozenset[int]:
    """Give the ``id`` of each line of a contents list without dots: under its title, a page number after a gap.

    The numbers never fall.
    """
    found: set[int] = set()
    for index, item in enumerate(items):
        if not isinstance(item, Paragraph) or not is_contents_title(folded(item.text)):
            continue
        entries: list[Paragraph] = []
        number = 0
        for other in _filled(items, index + 1):
            entry = _ENTRY.match(other.text) if isinstance(other, Paragraph) else None
            if not isinstance(other, Paragraph) or entry is None or int(entry[1]) < number:
                break
            number = int(entry[1])
            entries.append(other)
        if len(entries) >= _FEWEST_ENTRIES:
            found.update(id(entry) for entry in (item, *entries))
    return frozenset(found)


def split_lines(text: str) -> list[str]:
    """Give the lines of a paragraph, a line that only runs on joined with the one before.

    Example:
        >>> split_lines("Ansvar: rektor\\nFrist: juni, og\\nså hvert år")
        ['Ansvar: rektor', 'Frist: juni, og så hvert år']
        >>> split_lines("Vi bygger på resultatene av\\nElevundersøkelsen")
        ['Vi bygger på resultatene av Elevundersøkelsen']
    """
    found: list[str] = []
    for line in folded_lines(text).split("\n"):
        runs_on = found and found[-1][-1:] not in ".:;!?" and list_text(line) is None
        if runs_on and (line[:1].islower() or found[-1].rpartition(" ")[2].lower() in words("open_ends")):
            found[-1] = f"{found[-1]} {line}"
        elif line:
            found.append(line)
    return found


def reads_as_instruction(text: str) -> bool:
    """Whether a text tells the writer what to fill in (asked for texts that are highlighted as a whole)."""
    lowered = text.lower().strip()
    if lowered[:1] in "[<(" and lowered[-1:] in "])>":
        return True
    padded = f" {lowered} "
    return any(f" {cue} " in padded or padded.startswith(f" {cue}") for cue in words("instruction_cues"))


def _filled(items: Sequence[Item], start: int, *, step: int = 1) -> Iterator[Item]:
    """Give the items from ``start`` on that are not empty."""
    index = start
    while 0 <= index < len(items):
        item = items[index]
        if not isinstance(item, Paragraph) or item.text.strip() or item.boxes:
            yield item
        index += step


def _body_size(items: Sequence[Item]) -> float:
    """Give the size that most letters of the running text have."""
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Paragraph) and item.size and item.level is None:
            sizes[item.size] += len(item.text)
    return min(sizes, key=lambda size: (-sizes[size], size)) if sizes else 11.0
