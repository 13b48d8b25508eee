"""Finds tables that have lines or stripes between their rows, and none between their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from checker.extract.pdf.sheet import Glyph

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


def _gaps(glyphs: Sequence[Glyph], least: float) -> list[Extent]:
    """Give the gaps of at least ``least`` between the stretches that the glyphs cover together."""
    gaps: list[Extent] = []
    end: float | None = None
    for glyph in sorted(glyphs, key=lambda one: one.x0):
        if end is not None and glyph.x0 - end >= least:
            gaps.append((end, glyph.x0))
        end = glyph.x1 if end is None else max(end, glyph.x1)
    return gaps


def _is_clear(gap: Extent, rows: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the gap is wide in at least half the rows that have text on both sides."""
    middle = (gap[0] + gap[1]) / 2
    wide = both = 0
    for row in rows:
        left = [glyph.x1 for glyph in row if glyph.x1 <= middle]
        right = [glyph.x0 for glyph in row if glyph.x0 >= middle]
        if left and right:
            both += 1
            wide += min(right) - max(left) >= _CLEAR_GAP * row[0].style.size
    return both >= 2 and wide >= both / 2


def _in_band(glyphs: Sequence[Glyph], top: float, bottom: float) -> list[Glyph]:
    return [glyph for glyph in glyphs if top < glyph.base - 0.3 * glyph.style.size <= bottom]


def _row_beside(
    glyphs: Sequence[Glyph], edge: float, gaps: Sequence[Extent], size: float, *, above: bool
) -> float | None:
    """Give the outer edge of a row of text next to the table, if it keeps to the table's columns and type."""
    low, high = (edge - _BESIDE * size, edge) if above else (edge, edge + _BESIDE * size)
    near = [glyph for glyph in glyphs if low < glyph.base <= high and glyph.style.size <= _LARGER * size]
    if not near:
        return None
    middles = [(left + right) / 2 for left, right in gaps]
    if any(glyph.x0 < middle < glyph.x1 for glyph in near for middle in middles):
        return None
    if len(_gaps(near, _CLEAR_GAP * size)) < len(gaps):
        return None
    return min(glyph.top for glyph in near) - 1 if above else max(glyph.bottom for glyph in near) + 1


def _table_of(
    glyphs: Sequence[Glyph], extent: Extent, ys: list[float]
) -> tuple[list[float], list[float]] | None:
    """Give the edges of columns and rows, if the text between the lines stands in columns."""
    x0, x1 = extent
    inside = [glyph for glyph in glyphs if x0 - 2 <= glyph.x0 and glyph.x1 <= x1 + 2]
    rows = [_in_band(inside, top, bottom) for top, bottom in pairwise(ys)]
    filled = [row for row in rows if row]
    body = [glyph for row in filled for glyph in row]
    if len(filled) < _FEWEST_LINES - 1 or len(filled) < 0.7 * len(rows):
        return None
    size = max(glyph.style.size for glyph in body)
    least = _LEAST_GAP * size
    gaps = [gap for gap in _gaps(body, least) if _is_clear(gap, filled)]
    if not gaps:
        return None
    top = _row_beside(inside, ys[0], gaps, size, above=True)
    bottom = _row_beside(inside, ys[-1], gaps, size, above=False)
    ys = [*([top] if top is not None else []), *ys, *([bottom] if bottom is not None else [])]
    if len(ys) <= _FEWEST_LINES:
        return None
    columns = [x0, *((left + right) / 2 for left, right in gaps), x1]
    for left, right in pairwise(columns):
        lengths = [sum(left <= glyph.x0 < right for glyph in row) for row in filled]
        if max(lengths) > _LONGEST_CELL or sum(map(bool, lengths)) < len(filled) / 2:
            return None
    return columns, ys


def lined_tables(
    glyphs: Sequence[Glyph], across: Sequence[tuple[float, float, float]], height: float
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


def _tables_in(
    glyphs: Sequence[Glyph], extent: Extent, ys: list[float]
) -> Iterator[tuple[list[float], list[float]]]:
    """Give the tables among lines of one extent; one ends where the text no longer keeps its columns."""
    start = 0
    while start + _FEWEST_LINES <= len(ys):
        end = start + 1
        held: list[Glyph] = []
        columns = 0
        while end < len(ys):
            held.extend(_within(glyphs, extent, ys[end - 1], ys[end]))
            if not _is_of_one_size(held):
                break
            gaps = len(_gaps(held, _LEAST_GAP * max((glyph.style.size for glyph in held), default=1.0)))
            if gaps < columns:
                break
            columns = gaps if end - start <= 2 else columns
            end += 1
        table = _table_of(glyphs, extent, ys[start:end]) if end - start >= _FEWEST_LINES else None
        if table is not None:
            yield table
        start = end - 1 if table is not None else start + 1


def _is_of_one_size(glyphs: Sequence[Glyph]) -> bool:
    """Whether no text among the rows is larger, as a heading between two tables is."""
    sizes = [glyph.style.size for glyph in glyphs]
    return not sizes or max(sizes) <= _LARGER * median(sizes)


def _within(glyphs: Sequence[Glyph], extent: Extent, top: float, bottom: float) -> list[Glyph]:
    x0, x1 = extent
    return [glyph for glyph in _in_band(glyphs, top, bottom) if x0 - 2 <= glyph.x0 and glyph.x1 <= x1 + 2]
