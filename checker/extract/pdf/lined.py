"""Finds tables that have lines or stripes between their rows, and none between their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from checker.extract.pdf.glyphs import Glyphs

_SAME_EXTENT = 5.0
_FEWEST_LINES = 3
_HIGHEST_ROW = 0.35
_LEAST_GAP = 0.36
_CLEAR_GAP = 1.0
_BESIDE = 1.7
_LARGER = 1.2
_LONGEST_CELL = 500
_NARROWEST_ROW = 5.0
_MOST_LINES = 300

Extent = tuple[float, float]


def _groups(across: Sequence[tuple[float, float, float]]) -> list[tuple[Extent, list[float]]]:
    """Give the heights of the lines that begin and end at the same places."""
    groups: list[tuple[Extent, list[float]]] = []
    for x0, x1, y in sorted(across, key=lambda line: (line[2], line[0])):
        for (left, right), ys in groups:
            if abs(left - x0) <= _SAME_EXTENT and abs(right - x1) <= _SAME_EXTENT:
                if y - ys[-1] >= _NARROWEST_ROW:
                    ys.append(y)
                break
        else:
            groups.append(((x0, x1), [y]))
    return groups


def _runs(ys: list[float], height: float) -> list[list[float]]:
    """Cut the heights where they lie too far apart to be rows of one table."""
    runs = [[ys[0]]]
    for before, y in pairwise(ys):
        if y - before > _HIGHEST_ROW * height:
            runs.append([])
        runs[-1].append(y)
    return [run for run in runs if len(run) >= _FEWEST_LINES]


def _gaps(glyphs: Glyphs, least: float) -> list[Extent]:
    """Give the gaps of at least ``least`` between the stretches that the glyphs cover together."""
    ordered = np.argsort(glyphs.x0, kind="stable")
    starts = glyphs.x0[ordered][1:]
    ends = np.maximum.accumulate(glyphs.x1[ordered])[:-1]
    wide = starts - ends >= least
    return list(zip(ends[wide].tolist(), starts[wide].tolist(), strict=True))


def _is_clear(gap: Extent, rows: Sequence[Glyphs]) -> bool:
    """Whether the gap is wide in at least half the rows that have text on both sides."""
    middle = (gap[0] + gap[1]) / 2
    wide = both = 0
    for row in rows:
        left, right = row.x1[row.x1 <= middle], row.x0[row.x0 >= middle]
        if len(left) and len(right):
            both += 1
            wide += bool(right.min() - left.max() >= _CLEAR_GAP * row.size[0])
    return both >= 2 and wide >= both / 2


def _in_band(glyphs: Glyphs, top: float, bottom: float) -> Glyphs:
    height = glyphs.base - 0.3 * glyphs.size
    return glyphs.of((top < height) & (height <= bottom))


def _inside(glyphs: Glyphs, extent: Extent) -> Glyphs:
    x0, x1 = extent
    return glyphs.of((x0 - 2 <= glyphs.x0) & (glyphs.x1 <= x1 + 2))


def _row_beside(
    glyphs: Glyphs, edge: float, gaps: Sequence[Extent], size: float, *, above: bool
) -> float | None:
    """Give the outer edge of a row of text next to the table, if it keeps to the table's columns and type."""
    low, high = (edge - _BESIDE * size, edge) if above else (edge, edge + _BESIDE * size)
    near = glyphs.of((low < glyphs.base) & (glyphs.base <= high) & (glyphs.size <= _LARGER * size))
    if not len(near):
        return None
    middles = [(left + right) / 2 for left, right in gaps]
    if any(((near.x0 < middle) & (middle < near.x1)).any() for middle in middles):
        return None
    if len(_gaps(near, _CLEAR_GAP * size)) < len(gaps):
        return None
    return float(near.top.min()) - 1 if above else float(near.bottom.max()) + 1


def _table_of(glyphs: Glyphs, extent: Extent, ys: list[float]) -> tuple[list[float], list[float]] | None:
    """Give the edges of columns and rows, if the text between the lines stands in columns."""
    x0, x1 = extent
    inside = _inside(glyphs, extent)
    rows = [_in_band(inside, top, bottom) for top, bottom in pairwise(ys)]
    filled = [row for row in rows if len(row)]
    if len(filled) < _FEWEST_LINES - 1 or len(filled) < 0.7 * len(rows):
        return None
    body = _in_band(inside, ys[0], ys[-1])
    size = float(body.size.max())
    gaps = [gap for gap in _gaps(body, _LEAST_GAP * size) if _is_clear(gap, filled)]
    if not gaps:
        return None
    top = _row_beside(inside, ys[0], gaps, size, above=True)
    bottom = _row_beside(inside, ys[-1], gaps, size, above=False)
    ys = [*([top] if top is not None else []), *ys, *([bottom] if bottom is not None else [])]
    if len(ys) <= _FEWEST_LINES:
        return None
    columns = [x0, *((left + right) / 2 for left, right in gaps), x1]
    for left, right in pairwise(columns):
        lengths = [int(np.count_nonzero((left <= row.x0) & (row.x0 < right))) for row in filled]
        if max(lengths) > _LONGEST_CELL or sum(map(bool, lengths)) < len(filled) / 2:
            return None
    return columns, ys


def lined_tables(
    glyphs: Glyphs, across: Sequence[tuple[float, float, float]], height: float
) -> list[tuple[list[float], list[float]]]:
    """Give the edges of columns and of rows of each such table.

    Args:
        glyphs: the page's glyphs.
        across: ``(x0, x1, y)`` of the lines that run across, those at the edges of stripes among them.
        height: of the page.
    """
    found: list[tuple[list[float], list[float]]] = []
    widest = max((x1 - x0 for x0, x1, _ in across), default=0.0)
    long = [line for line in across if line[1] - line[0] >= widest / 4]
    for extent, ys in _groups(long) if len(long) <= _MOST_LINES else []:
        for run in _runs(ys, height):
            found.extend(_tables_in(glyphs, extent, run))
    return found


def _tables_in(glyphs: Glyphs, extent: Extent, ys: list[float]) -> Iterator[tuple[list[float], list[float]]]:
    """Give the tables among lines of one extent; one ends where the text no longer keeps its columns."""
    inside = _inside(glyphs, extent)
    start = 0
    while start + _FEWEST_LINES <= len(ys):
        end = start + 1
        columns = 0
        while end < len(ys):
            held = _in_band(inside, ys[start], ys[end])
            if not _is_of_one_size(held):
                break
            gaps = len(_gaps(held, _LEAST_GAP * float(held.size.max()))) if len(held) else 0
            if gaps < columns:
                break
            columns = gaps if end - start <= 2 else columns
            end += 1
        table = _table_of(glyphs, extent, ys[start:end]) if end - start >= _FEWEST_LINES else None
        if table is not None:
            yield table
        start = end - 1 if table is not None else start + 1


def _is_of_one_size(glyphs: Glyphs) -> bool:
    """Whether no text among the rows is larger, as a heading between two tables is."""
    return not len(glyphs) or bool(glyphs.size.max() <= _LARGER * np.median(glyphs.size))
