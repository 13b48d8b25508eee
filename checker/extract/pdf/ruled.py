"""Finds tables with drawn lines; the grid search itself is pdfplumber's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from pdfplumber import table as plumber

from checker.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from checker.extract.pdf.lined import lined_tables
from checker.extract.pdf.lines import Line, grouped_pieces, lines_of, with_drawn_bullets
from checker.extract.pdf.sheet import Edge, Fill, Rect, Sheet, Turned, centre_in

_TOLERANCE = 3.0
_FEWEST_PATHS = 4
_MOST_CROSSINGS = 400_000
_MOST_CELLS = 2_000
_MOST_EDGES = 8_000
_LONG_EDGE = 15.0
_LONGEST_LONE_ROW = 300
_SLACK = 1.5


@dataclass(slots=True)
class GridCell:
    """A cell as drawn, with the rows and columns it covers (first and one past the last) and its glyphs."""

    rect: Rect
    rows: tuple[int, int]
    columns: tuple[int, int]
    lines: list[Line] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    shade: int | None = None

    @property
    def length(self) -> int:
        """The number of characters in the cell."""
        return sum(len(line.text) for line in self.lines) + sum(map(len, self.extra))


@dataclass(slots=True)
class Grid:
    """A drawn table: the edges of its rows and columns, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]

    @property
    def rect(self) -> Rect:
        """The whole table."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def owners(self) -> dict[tuple[int, int], GridCell]:
        """Give the cell that covers each place (row, column)."""
        return {
            (row, column): cell
            for cell in sorted(self.cells, key=lambda one: -_area(one.rect))
            for row in range(*cell.rows)
            for column in range(*cell.columns)
        }


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _plumber_edge(edge: Edge) -> dict[str, Any]:
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
        "orientation": "h" if edge.across else "v",
    }


def _merged_edges(edges: list[Edge]) -> list[dict[str, Any]] | None:
    """Give the edges snapped and joined; None where there are too many to be a table's."""
    if len(edges) > _MOST_EDGES:
        return None
    found = [_plumber_edge(edge) for edge in edges]
    merged: list[dict[str, Any]] = plumber.merge_edges(found, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged = [
        edge for edge in merged if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _TOLERANCE
    ]
    across = sum(edge["orientation"] == "h" for edge in merged)
    return merged if across * (len(merged) - across) <= _MOST_CROSSINGS else None


def _places(values: list[float]) -> list[float]:
    """Give sorted edges without those that lie closer than the tolerance to the one before."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOLERANCE:
            places.append(value)
    return places


def _grid_of(cells: list[Rect]) -> Grid | None:
    """Give the grid of one group of cells; None where it has only one column."""
    xs = _places([x for cell in cells for x in (cell[0], cell[2])])
    ys = _places([y for cell in cells for y in (cell[1], cell[3])])
    if len(xs) < 3 or len(ys) < 2:
        return None

    def nearest(places: list[float], value: float) -> int:
        return min(range(len(places)), key=lambda index: (abs(places[index] - value), index))

    made = []
    for rect in cells:
        columns = (nearest(xs, rect[0]), nearest(xs, rect[2]))
        rows = (nearest(ys, rect[1]), nearest(ys, rect[3]))
        if columns[0] < columns[1] and rows[0] < rows[1]:
            made.append(GridCell(rect, rows, columns))
    return Grid(xs, ys, made) if made else None


def grids_of(sheet: Sheet) -> list[Grid]:
    """Give the drawn tables of a page, top down, without their text; marks a sheet with too many lines."""
    edges = sheet.edges
    if sheet.paths < _FEWEST_PATHS and len(edges) < 2 * _FEWEST_PATHS:
        return []
    merged = _merged_edges(edges) if edges else []
    if merged is None:
        long = [edge for edge in edges if max(edge.x1 - edge.x0, edge.bottom - edge.top) >= _LONG_EDGE]
        merged = _merged_edges(long)
    if merged is None:
        sheet.crowded = True
        return []
    crossings = plumber.edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CELLS:
        sheet.crowded = True
        return []
    cells = plumber.intersections_to_cells(crossings)
    grids = [grid for grid in map(_grid_of, plumber.cells_to_tables(cells)) if grid is not None]
    across = [(edge["x0"], edge["x1"], edge["top"]) for edge in merged if edge["orientation"] == "h"]
    lined = _lined_grids(sheet, across)
    return _best_of(grids, lined)


def _best_of(grids: list[Grid], lined: list[Grid]) -> list[Grid]:
    """Give the tables with lines on all sides, and those with lines or stripes between their rows only.

    Where both are found, the second holds only if it has the columns of the first and is larger: then the
    first was made of single coloured rows.
    """
    kept = list(grids)
    for grid in lined:
        beneath = [other for other in grids if _overlap(grid.rect, other.rect)]
        if all(
            len(other.xs) == len(grid.xs) and 1.3 * _area(other.rect) < _area(grid.rect) for other in beneath
        ):
            kept = [other for other in kept if other not in beneath]
            kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _lined_grids(sheet: Sheet, across: list[tuple[float, float, float]]) -> list[Grid]:
    """Give the tables with lines or stripes between their rows only."""
    found = []
    for columns, ys in lined_tables(sheet.glyphs, across, sheet.height):
        cells = [
            GridCell((x0, y0, x1, y1), (row, row + 1), (column, column + 1))
            for row, (y0, y1) in enumerate(pairwise(ys))
            for column, (x0, x1) in enumerate(pairwise(columns))
        ]
        found.append(Grid(columns, ys, cells))
    return found


def _overlap(one: Rect, other: Rect) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def _cells_at(grid: Grid, x: Floats, y: Floats) -> Integers:
    """Give the number of the cell in which each point lies; -1 outside the table."""
    owners = np.full((len(grid.ys) - 1, len(grid.xs) - 1), -1, np.int64)
    numbers = {id(cell): number for number, cell in enumerate(grid.cells)}
    for place, cell in grid.owners().items():
        owners[place] = numbers[id(cell)]
    left, right = grid.xs[0], grid.xs[-1]
    top, bottom = grid.ys[0] - _SLACK, grid.ys[-1] + _SLACK
    row = np.clip(np.searchsorted(grid.ys, y, "right") - 1, 0, len(grid.ys) - 2)
    column = np.clip(np.searchsorted(grid.xs, x, "right") - 1, 0, len(grid.xs) - 2)
    is_inside = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return np.where(is_inside, owners[row, column], -1)


def _fill(grid: Grid, glyphs: Glyphs, turned: Sequence[Turned], dots: Sequence[Rect]) -> Flags:
    """Put the text into the cells, and tell which glyphs stand in one."""
    found = _cells_at(grid, (glyphs.x0 + glyphs.x1) / 2, glyphs.base - 0.3 * glyphs.size)
    inside = np.flatnonzero(found >= 0)
    inside = inside[np.argsort(found[inside], kind="stable")]
    pieces: dict[int, list[Line]] = {}
    for number, piece in grouped_pieces(glyphs.of(inside), found[inside]):
        pieces.setdefault(number, []).append(piece)
    for number, held in pieces.items():
        cell = grid.cells[number]
        cell.lines = lines_of(with_drawn_bullets(held, [dot for dot in dots if centre_in(dot, cell.rect)]))
    for one in turned:
        x, y = (one.rect[0] + one.rect[2]) / 2, (one.rect[1] + one.rect[3]) / 2
        number = -1 if one.askew else int(_cells_at(grid, np.array([x]), np.array([y]))[0])
        if number >= 0:
            grid.cells[number].extra.append(one.text)
    return found >= 0


def take_text(sheet: Sheet, grids: list[Grid]) -> list[Grid]:
    """Move the glyphs that stand in tables from the sheet into their cells; give the grids that are tables.

    A grid that turns out to be no table (one filled cell; one row of long text: framed boxes) is left alone.
    """
    kept = []
    for grid in grids:
        inside = _fill(grid, sheet.glyphs, sheet.turned, sheet.dots)
        if not _is_table(grid):
            continue
        _shade(grid, sheet.fills)
        sheet.glyphs = sheet.glyphs.of(~inside)
        sheet.turned = [one for one in sheet.turned if one.askew or not centre_in(one.rect, grid.rect)]
        kept.append(grid)
    return kept


def _is_table(grid: Grid) -> bool:
    """Whether the grid holds a table's text, and not framed boxes or a drawing."""
    filled = [cell for cell in grid.cells if cell.length]
    if len(filled) < 2 or len({cell.columns[0] for cell in filled}) < 2:
        return False
    rows = {cell.rows[0] for cell in filled}
    return len(rows) > 1 or max(cell.length for cell in filled) <= _LONGEST_LONE_ROW


def _shade(grid: Grid, fills: list[Fill]) -> None:
    """Note which cells are coloured."""
    large = [fill for fill in fills if fill.rect[2] - fill.rect[0] > 8 and fill.rect[3] - fill.rect[1] > 5]
    for cell in grid.cells:
        for fill in large:
            if centre_in(cell.rect, fill.rect) and _area(fill.rect) <= 1.3 * _area(grid.rect):
                cell.shade = fill.colour
