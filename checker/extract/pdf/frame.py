"""Turns places of a page's own space into those of the page as shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from checker.extract.pdf.glyphs import Floats
from checker.extract.pdf.sheet import Rect

Number = TypeVar("Number", float, Floats)


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns points of the page's own space into those of the sheet: CropBox, rotation, origin top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in {90, 270} else (width, height)

    def point(self, x: Number, y: Number) -> tuple[Number, Number]:
        """Give the point as shown; or the points, where the arguments are arrays."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """Give the rectangle as shown."""
        if self.rotation == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return (min(a, c), min(b, d), max(a, c), max(b, d))
