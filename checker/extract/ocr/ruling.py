"""Finds the ruled lines of tables in a picture, and draws them on the pages of recognised text.

Programs that read pictures give words and where they stand, and nothing of a table. With its lines on the page the
table is read as in any other PDF.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import raw

from checker.extract.ocr.engine import POINTS_A_PIXEL

_DARKER = 40
"""By how much a line is darker than the paper, of 255."""
_SHORTEST = 80
"""Pixels, some 10 mm: no stroke of a letter is so long."""
_SOLID = 0.96
_NEXT = 2
_FEWEST = 3
_MOST = 400
_THICKEST = 12
_LONG = 300
_LEAST_SLANT, _MOST_SLANT = 0.2, 3.0

Flags = NDArray[np.bool_]


_LEAST_SIDE = 50
"""A picture of fewer pixels a side holds no table."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line in a picture, in pixels from the upper left."""

    x0: float
    top: float
    x1: float
    bottom: float


class _Run(NamedTuple):
    """Dark pixels side by side."""

    height: int
    begin: int
    end: int


def rulings_in(picture: Image.Image) -> list[Ruling]:
    """Give the lines of the tables in a picture; none where there are too few to be a table's."""
    if min(picture.size) < _LEAST_SIDE:
        return []
    dark = _dark_in(picture)
    area = _spread(_solid(dark))
    areas = [_bounds(group) for group in _groups(area)]
    thin = dark & ~area
    across = [Ruling(x0, y, x1, y) for x0, x1, y in _lines(thin)]
    down = [_through(Ruling(x, y0, x, y1), areas) for y0, y1, x in _lines(thin.T)]
    for x0, top, x1, bottom in areas:
        across += [Ruling(x0, y, x1, y) for y in (top, bottom)]
        down += [Ruling(x, top, x, bottom) for x in (x0, x1)]
    if min(len(across), len(down)) < _FEWEST or len(across) + len(down) > _MOST:
        return []
    return [*across, *down]


def _through(line: Ruling, areas: Sequence[tuple[float, float, float, float]]) -> Ruling:
    """Give a line down that ends at a dark area, as below the head of a table, with its part in the area."""
    top, bottom = line.top, line.bottom
    for x0, upper, x1, lower in areas:
        if x0 <= line.x0 <= x1:
            top = upper if abs(top - lower) <= _THICKEST else top
            bottom = lower if abs(bottom - upper) <= _THICKEST else bottom
    return Ruling(line.x0, top, line.x1, bottom)


def slant_of(picture: Image.Image) -> float:
    """Give by how many degrees the long lines across a picture fall to the right; 0.0 where they don't clearly."""
    slopes = []
    for group in _groups(_dark_in(picture)):
        begin, _, end, _ = _bounds(group)
        inner = [run for run in group if run.begin > begin + _NEXT and run.end < end - _NEXT]
        if end - begin >= _LONG and len({run.height for run in inner}) >= _FEWEST:
            middles = [(run.begin + run.end) / 2 for run in inner]
            slopes.append(float(np.polyfit(middles, [run.height for run in inner], 1)[0]))
    if len(slopes) < _FEWEST:
        return 0.0
    degrees = math.degrees(math.atan(float(np.median(slopes))))
    return degrees if _LEAST_SLANT <= abs(degrees) <= _MOST_SLANT else 0.0


def _solid(flags: Flags) -> Flags:
    """Give the upper left corners of the squares that are wholly dark and thicker than a line."""
    for _ in range(2):
        sums = np.cumsum(np.pad(flags, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
        flags = np.pad(
            sums[:, _THICKEST:] - sums[:, :-_THICKEST] == _THICKEST, ((0, 0), (0, _THICKEST - 1))
        ).T
    return flags


def _spread(corners: Flags) -> Flags:
    """Give the squares whose upper left corners are given."""
    for _ in range(2):
        sums = np.cumsum(np.pad(corners, ((0, 0), (_THICKEST, 0))), axis=1, dtype=np.int32)
        corners = (sums[:, _THICKEST:] - sums[:, :-_THICKEST] > 0).T
    return corners


def _dark_in(picture: Image.Image) -> Flags:
    grey = np.asarray(picture.convert("L"), np.uint8)
    return grey < int(np.median(grey)) - _DARKER


def _groups(dark: Flags) -> list[list[_Run]]:
    """Give the long dark runs in groups: those that touch from one row of pixels to the next, or over a small gap."""
    groups: list[list[_Run]] = []
    recent: list[list[_Run]] = []
    for runs in _runs(dark):
        recent = [group for group in recent if runs[0].height - group[-1].height <= _NEXT]
        for run in runs:
            own = next((group for group in recent if _touch(group[-1], run)), None)
            if own is None:
                own = []
                groups.append(own)
                recent.append(own)
            own.append(run)
    return groups


def _touch(one: _Run, other: _Run) -> bool:
    return one.begin < other.end and other.begin < one.end


def _bounds(group: Sequence[_Run]) -> tuple[int, int, int, int]:
    """Give the left, upper, right and lower edge of a group."""
    return (
        min(run.begin for run in group),
        group[0].height,
        max(run.end for run in group),
        group[-1].height,
    )


def _lines(dark: Flags) -> list[tuple[float, float, float]]:
    """Give begin, end and height of the lines that run across."""
    return [(begin, end, (first + last) / 2) for begin, first, end, last in map(_bounds, _groups(dark))]


def _runs(dark: Flags) -> Iterator[list[_Run]]:
    """Give the long dark runs of each row of pixels that has any."""
    if dark.shape[1] <= _SHORTEST:
        return
    sums = np.cumsum(dark, axis=1, dtype=np.int32)
    solid = sums[:, _SHORTEST:] - sums[:, :-_SHORTEST] >= _SOLID * _SHORTEST
    for height in np.flatnonzero(solid.any(axis=1)).tolist():
        steps = np.diff(solid[height].astype(np.int8), prepend=0, append=0)
        begins, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        yield [
            _Run(height, begin + 1, end + _SHORTEST)
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]


def with_rulings(pdf: bytes, pictures: Sequence[Path]) -> bytes:
    """Give a PDF of recognised text with the lines that stand in each page's picture."""
    found: dict[int, list[Ruling]] = {}
    for index, place in enumerate(pictures):
        with Image.open(place) as picture:
            rulings = rulings_in(picture)
        if rulings:
            found[index] = rulings
    if not found:
        return pdf
    with pypdfium2.PdfDocument(pdf) as document:
        for index, rulings in found.items():
            if index < len(document):
                _draw(document[index], rulings)
        data = io.BytesIO()
        document.save(data)
    return data.getvalue()


def _draw(page: pypdfium2.PdfPage, rulings: Sequence[Ruling]) -> None:
    height = page.get_height()
    for line in rulings:
        x0, top, x1, bottom = (edge * POINTS_A_PIXEL for edge in (line.x0, line.top, line.x1, line.bottom))
        path = raw.FPDFPageObj_CreateNewPath(x0, height - top)
        raw.FPDFPath_LineTo(path, x1, height - bottom)
        raw.FPDFPageObj_SetStrokeColor(path, 0, 0, 0, 255)
        raw.FPDFPageObj_SetStrokeWidth(path, 0.5)
        raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_NONE, 1)
        raw.FPDFPage_InsertObject(page, path)
    page.gen_content()
    page.close()
