"""Tells a drawn picture (a year wheel, a poster, a table as a picture), which holds text, from a photograph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PIL import ImageDraw

from checker.extract.pdf.picture import picture_of, scale_of
from checker.extract.pdf.sheet import Rect, Sheet

_DPI = 40
_MOST_PIXELS = 400_000
_SHADES = 0xE0
"""Bits of a colour that count."""
_LEAST_GROUND, _MOST_GROUND = 0.25, 0.985


def has_drawn_picture(page: Any, sheet: Sheet, own_text: Sequence[Rect]) -> bool:
    """Whether the largest picture of a page has a ground of one colour with something on it.

    A photograph has none, a coloured area nothing on it. The page's own text does not count.
    """
    if sheet.turn or not sheet.images:
        return False
    scale = scale_of(page, dpi=_DPI, most_pixels=_MOST_PIXELS)
    picture = picture_of(page, dpi=_DPI, most_pixels=_MOST_PIXELS).convert("RGB")
    area = max(sheet.images, key=lambda rect: ((rect[2] - rect[0]) * (rect[3] - rect[1]), rect))
    x0, top, x1, bottom = (round(edge * scale) for edge in area)
    box = (max(0, x0), max(0, top), min(picture.width, x1), min(picture.height, bottom))
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    ground = _commonest(picture.crop(box))[1]
    draw = ImageDraw.Draw(picture)
    for rect in own_text:
        left, upper, right, lower = (edge * scale for edge in rect)
        draw.rectangle((left, upper, right, lower), fill=ground)
    share, _ = _commonest(picture.crop(box))
    return _LEAST_GROUND <= share <= _MOST_GROUND


def _commonest(picture: Any) -> tuple[float, tuple[int, int, int]]:
    """Give the commonest colour of a picture, and the share of the picture that has it."""
    coarse = picture.point(lambda value: value & _SHADES)
    colours = coarse.getcolors(maxcolors=picture.width * picture.height) or [(0, (0, 0, 0))]
    seen, colour = max(colours)
    return seen / max(1, picture.width * picture.height), colour
