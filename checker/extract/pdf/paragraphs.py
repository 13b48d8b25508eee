"""Puts lines together to paragraphs and list items."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.extract.pdf.columns import Region
from checker.extract.pdf.lines import BULLETS, Line
from checker.extract.pdf.sheet import HYPHEN

_SIGNS = re.escape(BULLETS[:-6])
_LOOSE_SIGNS = re.escape(BULLETS[-6:])
BULLET = re.compile(rf"(?:[{_SIGNS}]\s*|[{_LOOSE_SIGNS}]\s+)(?=\S)")
"""A sign before a list item."""
NUMBERED = re.compile(
    r"(?:\(?\d{1,2}\)|\d{1,2}\.|\(?[a-zæøå]\))\s+(?=[A-ZÆØÅ«\"\d])|(?:\(?\d{1,2}\)|[a-zæøå]\))\s+(?=\S)"
)
"""A number or letter before a list item."""
_END = re.compile(r"[.!?:;…][»\"”)]?\s*$")
_FEWEST_PAIRS = 4
_COMMON = 0.2
_SAME_SIZE = 0.06
_WIDER = 1.22


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph, heading or list item; ``lines`` go with the page each stands on.

    Args:
        right: the right edge of its column.
        spaced: whether more space than between lines stands above it.
    """

    lines: list[tuple[int, Line]]
    right: float
    is_item: bool = False
    spaced: bool = True

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0][1]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1][1]

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0][0]

    @property
    def text(self) -> str:
        """Its text as set, for a look at it: lines with a space between."""
        return " ".join(line.text.strip() for _, line in self.lines)


Leadings = Mapping[float, float]
"""The distance of base lines for each type size."""


def _size_key(size: float) -> float:
    return round(size * 2) / 2


def _distances(lines: Sequence[Line]) -> dict[float, list[float]]:
    found: dict[float, list[float]] = defaultdict(list)
    for above, line in pairwise(lines):
        distance = line.base - above.base
        if (
            abs(line.size - above.size) <= 0.02 * line.size
            and line.bold == above.bold
            and 0.9 * line.size < distance < 3 * line.size
        ):
            found[_size_key(line.size)].append(round(distance * 2) / 2)
    return found


def _smallest_common(distances: Sequence[float]) -> float:
    count = Counter(distances)
    common = [distance for distance, seen in count.items() if seen >= _COMMON * len(distances)]
    return min(count if len(count) > 8 or not common else common)


def leadings_of(regions: Iterable[Region]) -> Leadings:
    """Give the usual distance of base lines in the document, by type size."""
    found: dict[float, list[float]] = defaultdict(list)
    for region in regions:
        for size, distances in _distances(region.lines).items():
            found[size].extend(distances)
    return {
        size: _smallest_common(distances)
        for size, distances in found.items()
        if len(distances) >= _FEWEST_PAIRS
    }


def is_bullet(text: str) -> bool:
    """Whether the line begins with a list item's sign."""
    return bool(BULLET.match(text.lstrip()))


def _starts_item(line: Line, before: Paragraph | None) -> bool:
    """Whether the line begins a list item; a dash or number within a sentence does not."""
    text = line.text.lstrip()
    has_sign = is_bullet(text)
    if not has_sign and not NUMBERED.match(text):
        return False
    if before is None or (has_sign and text[0] not in "–—-"):
        return True
    above = before.last
    if _END.search(above.text) or (before.is_item and abs(before.first.x0 - line.x0) <= 3):
        return True
    if before.is_item and line.x0 < before.first.x0 - 3:
        return True  # back from a list within an item
    if has_sign:
        return not text[2:3].islower() or line.x0 > above.x0 + 1
    return line.x0 > above.x0 + 0.8 * line.size or line.base - above.base > 1.6 * line.size


def _next_word_would_fit(above: Line, line: Line, right: float) -> bool:
    """Whether the line's first word had room at the end of the line above."""
    words = line.text.split()
    if not words or not line.text:
        return False
    width = (line.x1 - line.x0) * (len(words[0]) + 1) / len(line.text)
    return above.x1 + 1.25 * width + 0.5 * line.size < right


def _breaks(paragraph: Paragraph, line: Line, leading: float) -> bool:
    """Whether the line begins a new paragraph."""
    above = paragraph.last
    distance = line.base - above.base
    starts_small = line.text.lstrip()[:1].islower()
    open_end = above.text.endswith((HYPHEN, "-", "–", "/")) and not above.text.endswith((" -", " –"))
    if line.form != above.form or line.hidden != above.hidden:
        return True
    if distance > _WIDER * leading + 0.5 or distance < -0.5 * line.size or _starts_item(line, paragraph):
        return True
    if abs(line.size - above.size) > _SAME_SIZE * max(line.size, above.size):
        return True
    if (line.bold != above.bold or line.colour != above.colour) and not starts_small and not open_end:
        return line.bold != above.bold or len(paragraph.lines) == 1 or bool(_END.search(above.text))
    if paragraph.is_item:
        first = paragraph.first
        hangs = len(paragraph.lines) > 1 and paragraph.lines[1][1].x0 > first.x0 + 2
        if line.x0 < first.x0 - 2 or (hangs and line.x0 < paragraph.lines[1][1].x0 - 3):
            return True
        if not starts_small and not open_end and line.x0 <= first.x0 + 2 and _END.search(above.text):
            return True
    elif line.x0 > above.x0 + 0.8 * line.size and len(paragraph.lines) > 1 and not starts_small:
        return not _is_centred(paragraph, line)
    if starts_small or open_end:
        return False
    return _next_word_would_fit(above, line, paragraph.right) and (
        bool(_END.search(above.text)) or not _is_heading_type(above, line)
    )


def _is_heading_type(above: Line, line: Line) -> bool:
    """Whether two lines are set alike and bold: a heading over two lines may be broken by hand."""
    return above.bold and line.bold


def _is_centred(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line and all lines of the paragraph share a middle, and not their left edge."""
    lines = [one for _, one in paragraph.lines]
    share_middle = all(abs((one.x0 + one.x1) - (line.x0 + line.x1)) < 4 for one in lines)
    return share_middle and max(one.x0 for one in lines) - min(one.x0 for one in lines) > 2


def paragraphs_of(region: Region, page: int, leadings: Leadings) -> list[Paragraph]:
    """Give the paragraphs of a region, top down."""
    local = {
        size: _smallest_common(distances)
        for size, distances in _distances(region.lines).items()
        if len(distances) >= _FEWEST_PAIRS
    }
    made: list[Paragraph] = []
    for line in region.lines:
        size = _size_key(line.size)
        leading = local.get(size) or leadings.get(size) or 1.25 * line.size
        if made and not _breaks(made[-1], line, leading):
            made[-1].lines.append((page, line))
            continue
        spaced = not made or line.base - made[-1].last.base > 1.15 * leading
        is_item = _starts_item(line, made[-1] if made else None)
        made.append(Paragraph([(page, line)], region.x1, is_item=is_item, spaced=spaced))
    return made


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph at the head of a column or page is the rest of the one that ended the last."""
    if after.is_item or before.first.hidden or after.first.hidden or before.last.form or after.first.form:
        return False
    if abs(before.last.size - after.first.size) > _SAME_SIZE * after.first.size:
        return False
    text = before.last.text.rstrip()
    if text.endswith((HYPHEN, "-")):
        return after.first.text.lstrip()[:1].isalpha()
    if before.last.bold != after.first.bold or _END.search(text) or text.endswith(("»", '"')):
        return False
    if after.first.text.lstrip()[:1].islower():
        return True
    long_enough = len(before.lines) > 1 and not before.first.bold
    return long_enough and not _next_word_would_fit(before.last, after.first, before.right)
