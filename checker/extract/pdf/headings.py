"""Tells headings from paragraphs, and gives them their levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checker.extract.pdf.lines import Line
from checker.extract.pdf.paragraphs import Paragraph, is_bullet

LARGER = 1.12
"""A line of this size against the body's is set apart from it."""
_BOLD_AT_LEAST = 0.9
_LONGEST = 140
_LONGEST_BOLD = 110
_MOST_LINES = 4
_DEEPEST = 6
_TITLE_LARGER = 1.2
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-ZÆØÅ«\"(]")
_LABELLED = re.compile(r"[^\W\d]+:\s+\S")
_SENTENCES = re.compile(r"(?<!\d)[.!?]\s+[A-ZÆØÅ]")
_LINK = re.compile(r"www\.|https?:|@\w")


@dataclass(frozen=True, slots=True)
class Type:
    """How the body of a document is set."""

    size: float
    colour: int
    mostly_bold: bool


def body_type(lines: Sequence[Line]) -> Type:
    """Give the type in which most letters of the document stand."""
    sizes: Counter[float] = Counter()
    colours: Counter[int] = Counter()
    bold = total = 0
    for line in lines:
        weight = max(1, line.letters)
        sizes[round(line.size * 2) / 2] += weight
        colours[line.colour] += weight
        bold += weight if line.bold else 0
        total += weight
    if not sizes:
        return Type(11.0, 0, mostly_bold=False)
    size = max(sorted(sizes), key=lambda key: sizes[key])
    colour = max(sorted(colours), key=lambda key: colours[key])
    return Type(size, colour, mostly_bold=bold > 0.5 * total)


@dataclass(frozen=True, slots=True)
class Look:
    """What sets a heading's style apart from another's."""

    size: float
    bold: bool


def look_of(paragraph: Paragraph) -> Look:
    """Give a paragraph's look."""
    return Look(round(paragraph.first.size * 2) / 2, paragraph.first.bold)


def _reads_as_heading(text: str, body: Type, line: Line) -> bool:
    """Whether the text itself can be a heading: no sentence, no quotation, not long."""
    if not any(char.isalpha() for char in text) or len(text) > _LONGEST or _SENTENCES.search(text):
        return False
    if text.startswith("«") and (text.rstrip(".)").endswith("»") or len(text) > 80):
        return False
    if text.endswith((",", ";")) or _LINK.search(text):
        return False
    return not (text.endswith(".") and line.size < 1.3 * body.size and not text.endswith("..."))


def is_heading(paragraph: Paragraph, following: Paragraph | None, body: Type) -> bool:
    """Whether the paragraph is a heading: larger or bolder than the body, short, and no sentence."""
    line, text = paragraph.first, paragraph.text.strip()
    if len(paragraph.lines) > _MOST_LINES or line.form or line.hidden or is_bullet(text):
        return False
    if not _reads_as_heading(text, body, line):
        return False
    if line.size >= LARGER * body.size:
        return True
    if len(paragraph.lines) > 2 or len(text) > _LONGEST_BOLD:
        return False
    follows_other_type = following is None or (following.first.bold, following.first.colour) != (
        line.bold,
        line.colour,
    )
    if line.bold and not body.mostly_bold and line.size >= _BOLD_AT_LEAST * body.size:
        return not _LABELLED.match(text) or bool(_NUMBER.match(text)) or line.size > 1.04 * body.size
    if line.size < 0.98 * body.size or len(paragraph.lines) > 1 or not paragraph.spaced or text.endswith(":"):
        return False
    if following is None or not follows_other_type:
        return (
            bool(_NUMBER.match(text))
            and "." in text.split()[0].rstrip(".")
            and len(text) <= 70
            and (following is not None and not _NUMBER.match(following.text))
        )
    coloured = line.colour != body.colour and following.first.colour == body.colour
    return coloured and not _LABELLED.match(text) and text[0].isupper() | text[0].isdigit()


def number_depth(text: str) -> int:
    """Give how deep a heading's number is: 1 for "3", 2 for "3.1"; 0 where it has none."""
    match = _NUMBER.match(text)
    return 0 if match is None else match[1].count(".") + 1


def title_of(headings: Sequence[Paragraph], body: Type) -> Paragraph | None:
    """Give the document's title: the largest heading on the first page, if no later heading looks like it."""
    on_first = [heading for heading in headings if heading.page == 1]
    if not on_first:
        return None
    largest = max(heading.first.size for heading in on_first)
    title = next(heading for heading in on_first if heading.first.size >= 0.97 * largest)
    if largest < _TITLE_LARGER * body.size or number_depth(title.text):
        return None
    alike = [heading for heading in headings if heading.first.size >= 0.97 * largest and heading is not title]
    return None if alike else title


def levels_of(headings: Sequence[Paragraph], title: Paragraph | None) -> dict[int, int]:
    """Give the level of each heading (by ``id``): from its number, else from its look; the title has 1."""
    rest = [heading for heading in headings if heading is not title]
    looks = sorted({look_of(heading) for heading in rest}, key=lambda look: (-look.size, not look.bold))
    depths: dict[Look, Counter[int]] = {look: Counter() for look in looks}
    for heading in rest:
        depth = number_depth(heading.text)
        if depth:
            depths[look_of(heading)][depth] += 1
    first_numbered = next((look for look in looks if depths[look][1]), None)
    offset = looks.index(first_numbered) if first_numbered is not None else 0
    level_of_look: dict[Look, int] = {}
    level = 0
    for look in looks:
        count = depths[look]
        if count:
            level = offset + max(sorted(count), key=lambda depth: count[depth])
        else:
            level += 1
        level = level_of_look[look] = min(level, _DEEPEST)
    found = {}
    for heading in rest:
        depth = number_depth(heading.text)
        found[id(heading)] = min(_DEEPEST, offset + depth if depth else level_of_look[look_of(heading)])
    if title is not None:
        found[id(title)] = 1
    return found


def subtitles_of(
    paragraphs: Sequence[Paragraph], headings: Sequence[Paragraph], title: Paragraph | None
) -> set[int]:
    """Give the ``id`` of what stands as a heading right under the title and looks like no other heading."""
    if title is None:
        return set()
    ids = {id(heading) for heading in headings}
    looks = Counter(look_of(heading) for heading in headings)
    start = next(index for index, paragraph in enumerate(paragraphs) if paragraph is title)
    found: set[int] = set()
    for paragraph in paragraphs[start + 1 :]:
        if id(paragraph) not in ids or paragraph.page > 1 or number_depth(paragraph.text):
            break
        if looks[look_of(paragraph)] > 1 or len(headings) - len(found) <= 2:
            break
        found.add(id(paragraph))
    return found
