"""Keeps the headings that a block stands under; those of a box beside the text end with the box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.extract.pdf.lines import Line
from checker.extract.pdf.sheet import Rect, centre_in

_WIDEST = 0.6
_FEWEST_LINES = 3


def side_boxes(frames: Sequence[Rect], lines: Sequence[Line], width: float) -> list[Rect]:
    """Give the framed or coloured areas that hold text and have other text beside them, the smallest first."""
    found = []
    for frame in frames:
        x0, top, x1, bottom = frame
        if x1 - x0 > _WIDEST * width:
            continue
        inside = sum(centre_in(line.rect, frame) for line in lines)
        beside = any(top < line.middle < bottom and (line.x1 <= x0 or line.x0 >= x1) for line in lines)
        if inside >= _FEWEST_LINES and beside:
            found.append(frame)
    return sorted(found, key=lambda rect: ((rect[2] - rect[0]) * (rect[3] - rect[1]), rect))


class Sections:
    """The headings that the next block stands under.

    Args:
        boxes: of each page, those beside the text: a heading in one holds for what stands in it, and no longer.
    """

    def __init__(self, boxes: Mapping[int, Sequence[Rect]]) -> None:
        self._boxes = boxes
        self._stack: list[tuple[int, str]] = []
        self._box: tuple[int, Rect] | None = None
        self._outside: list[tuple[int, str]] = []

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, outermost first."""
        return tuple(text for _, text in self._stack)

    def move_to(self, page: int, rect: Rect) -> None:
        """Leave the box if ``rect`` lies outside."""
        if self._box is not None and not (self._box[0] == page and centre_in(rect, self._box[1])):
            self._stack, self._box = self._outside, None

    def begin(self, level: int, text: str, page: int, rect: Rect) -> None:
        """Begin a section with a heading of this level, whose place has been moved to."""
        if self._box is None:
            box = next((area for area in self._boxes.get(page, ()) if centre_in(rect, area)), None)
            self._box = (page, box) if box is not None else None
            self._outside = list(self._stack)
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._stack.append((level, text))
