"""Finds the names that stand outside a drawn grid: those of rows to its left, those of columns above it.

Schools draw matrices so: the cells have lines, the names have none. A column of prose beside a table must never
be taken for names: every row has to have exactly one name at its own height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.pdf.lines import Line
from checker.extract.pdf.ruled import Grid, GridCell

_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_LONGEST_NAME = 45
_FARTHEST = 150.0
_SAME_HEIGHT = 4.0
_ABOVE = 2.2
_SLACK = 2.0


def with_outer_names(grids: Sequence[Grid], lines: Sequence[Line]) -> tuple[list[Grid], frozenset[int]]:
    """Give the grids with the names that stand around them taken in, and the ``id`` of each line taken."""
    found: list[Grid] = []
    held: set[int] = set()
    for grid in grids:
        free = [line for line in lines if id(line) not in held]
        names = _row_names(grid, free)
        grown = _with_row_names(grid, names) if names else grid
        heads = _column_names(grown, grid, free) if names else []
        found.append(_with_column_names(grown, heads, shift=bool(names)) if heads else grown)
        held.update(id(line) for line in (*names, *heads))
    return found, frozenset(held)


def _row_names(grid: Grid, lines: Sequence[Line]) -> list[Line]:
    """Give the name of each row, top down; empty where one row has none, or more than one."""
    left, top, _, bottom = grid.rect
    beside = [
        line
        for line in lines
        if left - _FARTHEST <= line.x1 <= left + _SLACK and top <= line.middle <= bottom
    ]
    rows = len(grid.ys) - 1
    if rows < _FEWEST_ROWS or len(beside) != rows or any(len(line.text) > _LONGEST_NAME for line in beside):
        return []
    beside.sort(key=lambda line: line.middle)
    return beside if all(_stands_in(grid, row, line) for row, line in enumerate(beside)) else []


def _stands_in(grid: Grid, row: int, line: Line) -> bool:
    """Whether a line stands at the height of a row: half way down it, or as high as one of its lines."""
    top, bottom = grid.ys[row], grid.ys[row + 1]
    if not top <= line.middle <= bottom:
        return False
    if abs(line.middle - (top + bottom) / 2) <= _SAME_HEIGHT:
        return True
    bases = [other.base for cell in grid.cells if cell.rows[0] == row for other in cell.lines]
    return any(abs(base - line.base) <= _SAME_HEIGHT / 2 for base in bases)


def _column_names(grown: Grid, grid: Grid, lines: Sequence[Line]) -> list[Line]:
    """Give the names of the columns, left to right: one line above each, all at one height."""
    left, top, right, _ = grid.rect
    above = [
        line
        for line in lines
        if left - _SLACK <= line.x0
        and line.x1 <= right + _SLACK
        and 0 <= top - line.base <= _ABOVE * line.size
    ]
    above.sort(key=lambda line: line.x0)
    if len(above) != len(grid.xs) - 1 or len(above) < _FEWEST_COLUMNS:
        return []
    if max(line.base for line in above) - min(line.base for line in above) > _SAME_HEIGHT:
        return []
    fits = all(
        x0 <= (line.x0 + line.x1) / 2 <= x1
        for line, x0, x1 in zip(above, grid.xs[:-1], grid.xs[1:], strict=True)
    )
    return above if fits and grown.rect != grid.rect else []


def _with_row_names(grid: Grid, names: Sequence[Line]) -> Grid:
    """Give the grid with a first column that holds the names."""
    left = min(name.x0 for name in names) - _SLACK
    cells = [replace(cell, columns=(cell.columns[0] + 1, cell.columns[1] + 1)) for cell in grid.cells]
    for row, name in enumerate(names):
        rect = (left, grid.ys[row], grid.xs[0], grid.ys[row + 1])
        cells.append(GridCell(rect, (row, row + 1), (0, 1), [name]))
    return Grid([left, *grid.xs], list(grid.ys), cells)


def _with_column_names(grid: Grid, names: Sequence[Line], *, shift: bool) -> Grid:
    """Give the grid with a first row that holds the names; ``shift``: its first column has none."""
    top = min(name.top for name in names)
    cells = [replace(cell, rows=(cell.rows[0] + 1, cell.rows[1] + 1)) for cell in grid.cells]
    for index, name in enumerate(names):
        column = index + shift
        rect = (grid.xs[column], top, grid.xs[column + 1], grid.ys[0])
        cells.append(GridCell(rect, (0, 1), (column, column + 1), [name]))
    return Grid(list(grid.xs), [top, *grid.ys], cells)
