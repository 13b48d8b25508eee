"""What stands on a page, in one frame of coordinates, before anything is made of it.

The frame is that of ``Box``: points, origin top left of the CropBox, after rotation. Where most of a page's
text stands on its side, the page is turned once more for reading; ``Sheet.box`` turns a box back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.extract.pdf.glyphs import Glyphs, no_glyphs
from checker.model import Box

Rect = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in the frame of the page."""

HYPHEN = "\ue002"
"""Stands where pdfium says that a hyphen ends a line."""
RAISED, LOWERED = "\ue000", "\ue001"
"""Stand before and after raised digits, which may point to a footnote."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A drawn straight line, across or down."""

    x0: float
    top: float
    x1: float
    bottom: float
    across: bool
    of_fill: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured area."""

    rect: Rect
    colour: int


@dataclass(frozen=True, slots=True)
class Turned:
    """Text that does not stand upright; ``askew`` when it is not at a right angle either (a watermark)."""

    text: str
    rect: Rect
    askew: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What was filled into a form, or written on the page as a note."""

    text: str
    rect: Rect
    is_comment: bool = False


@dataclass(slots=True)
class Sheet:
    """What stands on a page.

    Args:
        turn: how far the page was turned clockwise for reading: 0, 90, 180 or 270 degrees.
        hidden: glyphs that a reader can't see.
        dots: small drawn spots, which may be the signs of a list.
        frames: drawn or coloured areas large enough to be boxes with text.
        paths: number of drawn objects.
        crowded: there were more objects or lines than are looked at.
        cut: there was more text than is read.
        garbled: number of characters that are none (control characters, no place in Unicode).
    """

    number: int
    width: float
    height: float
    turn: int = 0
    glyphs: Glyphs = field(default_factory=no_glyphs)
    hidden: Glyphs = field(default_factory=no_glyphs)
    turned: list[Turned] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)
    dots: list[Rect] = field(default_factory=list)
    frames: list[Rect] = field(default_factory=list)
    paths: int = 0
    crowded: bool = False
    cut: bool = False
    garbled: int = 0

    def box(self, rect: Rect) -> Box:
        """Give ``rect`` as a box of the page as a viewer shows it."""
        x0, top, x1, bottom = rotated(rect, -self.turn % 360, self.width, self.height)
        return (self.number, round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))

    @property
    def picture_share(self) -> float:
        """How much of the page its largest picture covers."""
        page = max(self.width * self.height, 1.0)
        shares = [
            max(0.0, min(x1, self.width) - max(x0, 0.0)) * max(0.0, min(bottom, self.height) - max(top, 0.0))
            for x0, top, x1, bottom in self.images
        ]
        return max(shares, default=0.0) / page


def rotated(rect: Rect, degrees: int, width: float, height: float) -> Rect:
    """Give ``rect`` after its frame, ``width`` by ``height``, is turned clockwise by a quarter or more."""
    x0, top, x1, bottom = rect
    if degrees == 90:
        return (height - bottom, x0, height - top, x1)
    if degrees == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    if degrees == 270:
        return (top, width - x1, bottom, width - x0)
    return rect


def centre_in(rect: Rect, area: Rect) -> bool:
    """Whether the middle of ``rect`` lies in ``area``."""
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def hull(rects: list[Rect]) -> Rect:
    """Give the smallest rectangle around ``rects``."""
    return (
        min(rect[0] for rect in rects),
        min(rect[1] for rect in rects),
        max(rect[2] for rect in rects),
        max(rect[3] for rect in rects),
    )
