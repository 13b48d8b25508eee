"""Reads a page's drawn lines, coloured areas and pictures through pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from checker.extract.pdf.frame import Frame
from checker.extract.pdf.sheet import Edge, Fill, Rect, Sheet

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 200
_MOST_FILLS = 2_000
_MOST_FRAMES = 200
_MOST_DEPTH = 6
_SHORTEST = 3.0
_THICKEST_LINE = 2.6
_STRAIGHT = 1.0
_WHITE = 0xF8
_PATTERN = 0x808080

_Matrix = tuple[float, float, float, float, float, float]
_Path = list[tuple[float, float]]


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """Give the matrix that does ``inner`` first and ``outer`` then."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _objects(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """Give the page's objects, those within forms too, each with its whole matrix."""
    pile: list[tuple[Any, bool, _Matrix, int]] = [(page.raw, False, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)]
    read = raw.FS_MATRIX()
    while pile:
        holder, is_form, outer, depth = pile.pop()
        count = raw.FPDFFormObj_CountObjects(holder) if is_form else raw.FPDFPage_CountObjects(holder)
        for index in range(count):
            one = (
                raw.FPDFFormObj_GetObject(holder, index) if is_form else raw.FPDFPage_GetObject(holder, index)
            )
            raw.FPDFPageObj_GetMatrix(one, read)
            matrix = _times((read.a, read.b, read.c, read.d, read.e, read.f), outer)
            yield one, matrix
            if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                pile.append((one, True, matrix, depth + 1))


def _subpaths(path: Any, matrix: _Matrix, frame: Frame) -> tuple[list[_Path], bool]:
    """Give the subpaths as points on the sheet, and whether a curve is among them."""
    a, b, c, d, e, f = matrix
    found: list[_Path] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if kind == raw.FPDF_SEGMENT_MOVETO or not found:
            found.append([point])
        else:
            found[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(found[-1]) > 2:
            found[-1].append(found[-1][0])
    return [points for points in found if len(points) > 1], curved


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Edge | None:
    """Give the line between two points, if it runs across or down and is long enough."""
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST:
        y = (y0 + y1) / 2
        return Edge(min(x0, x1), y, max(x0, x1), y, across=True)
    if abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST:
        x = (x0 + x1) / 2
        return Edge(x, min(y0, y1), x, max(y0, y1), across=False)
    return None


def _bounds(points: _Path) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _is_dot(rect: Rect) -> bool:
    """Whether the area is a spot of the size of a list item's sign."""
    wide, high = rect[2] - rect[0], rect[3] - rect[1]
    return 1.5 <= wide <= 8 and 1.5 <= high <= 8 and abs(wide - high) <= 1


def _is_frame(rect: Rect) -> bool:
    """Whether the area is large enough to be a box with a heading and text."""
    return rect[2] - rect[0] >= 60 and rect[3] - rect[1] >= 30


def _edges_of_fill(rect: Rect) -> list[Edge]:
    """Give the edges of a filled area: one line where it is drawn as thin as a line, else its four sides."""
    x0, top, x1, bottom = rect
    wide, high = x1 - x0, bottom - top
    if high <= _THICKEST_LINE and wide >= _SHORTEST:
        return [Edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2, across=True)]
    if wide <= _THICKEST_LINE and high >= _SHORTEST:
        return [Edge((x0 + x1) / 2, top, (x0 + x1) / 2, bottom, across=False)]
    if high < 8 or wide < 12:
        return []
    return [
        Edge(x0, top, x1, top, across=True, of_fill=True),
        Edge(x0, bottom, x1, bottom, across=True, of_fill=True),
        Edge(x0, top, x0, bottom, across=False, of_fill=True),
        Edge(x1, top, x1, bottom, across=False, of_fill=True),
    ]


def _colour(one: Any) -> int | None:
    """Give the fill colour of an object; None where it is white or clear; a pattern counts as grey."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(one, red, green, blue, alpha):
        return _PATTERN
    if alpha.value < 8:
        return None
    if min(red.value, green.value, blue.value) >= _WHITE:
        return None
    return red.value << 16 | green.value << 8 | blue.value


def _read_path(path: Any, matrix: _Matrix, frame: Frame, sheet: Sheet) -> None:
    """Put the lines and areas of one path on the sheet."""
    if raw.FPDFPath_CountSegments(path) > _MOST_SEGMENTS:
        return
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill_mode, stroked)
    colour = _colour(path) if fill_mode.value else None
    subpaths, curved = _subpaths(path, matrix, frame)
    for points in subpaths:
        rect = _bounds(points)
        if colour is not None and len(sheet.fills) < _MOST_FILLS:
            sheet.fills.append(Fill(rect, colour))
        if (colour is not None or (curved and stroked.value)) and _is_dot(rect):
            sheet.dots.append(rect)
        if (colour is not None or stroked.value) and _is_frame(rect) and len(sheet.frames) < _MOST_FRAMES:
            sheet.frames.append(rect)
        if curved:
            continue
        thin = min(rect[2] - rect[0], rect[3] - rect[1]) <= _THICKEST_LINE
        if (
            (colour is not None or (stroked.value and thin))
            and (thin or not stroked.value)
            and len(points) <= 6
        ):
            sheet.edges.extend(_edges_of_fill(rect))
        elif stroked.value:
            sheet.edges.extend(edge for edge in map(_straight, points, points[1:]) if edge is not None)


def read_drawings(page: Any, frame: Frame, sheet: Sheet) -> None:
    """Put the page's lines, coloured areas and pictures on the sheet; stops at too many objects."""
    for count, (one, matrix) in enumerate(_objects(page)):
        if count >= _MOST_OBJECTS:
            sheet.crowded = True
            return
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            sheet.paths += 1
            _read_path(one, matrix, frame, sheet)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, e, f = matrix
            corners = [(e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f)]
            sheet.images.append(_bounds([frame.point(x, y) for x, y in corners]))
