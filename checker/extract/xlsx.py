"""Reads XLSX: each sheet under its name, rows with the names of their columns."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from checker.extract.compose import Composer
from checker.extract.faults import ReadFault
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.lines import folded, folded_lines
from checker.extract.package import Package, check_package
from checker.extract.properties import core_title
from checker.extract.tables import GridCell, GridRow, table_rows
from checker.extract.values import shown_value
from checker.model import BlockKind, Document, Mark, Problem, ReadStatus

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_MAX_GRID = 2_000_000
"""Above this number of places, rows are not filled up with empty cells."""

Sheet = Any
"""An openpyxl worksheet."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell with something in it, at its row and column."""

    row: int
    column: int
    cell: GridCell


_Row = list[_Filled]


def read_xlsx(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that a workbook is.

    Raises:
        ReadFault: it can't be read.
    """
    package = check_package(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    composer = Composer(limits)
    drawings = _drawings(package)
    for sheet in book.worksheets:
        _read_sheet(sheet, drawings.get(sheet.title, ()), composer)
    return Document(
        path=path,
        format="xlsx",
        status=ReadStatus.READ,
        pages=len(book.worksheets),
        title=core_title(package),
        blocks=composer.blocks if any(block.level is None for block in composer.blocks) else (),
        furniture=composer.furniture,
    )


def _read_sheet(sheet: Sheet, drawn: Sequence[str], composer: Composer) -> None:
    name = str(sheet.title)
    marks = () if sheet.sheet_state == "visible" else (Mark.HIDDEN,)
    composer.end_sections()
    composer.heading(name, 1, sheet=name, marks=marks)
    head: _Row | None = None
    for region in _regions(_filled(sheet)):
        rows = region
        while rows and _is_line_of_its_own(rows, region):
            composer.add(BlockKind.PARAGRAPH, rows[0][0].cell.text, sheet=name, marks=marks)
            rows = rows[1:]
        if not rows:
            continue
        grid = _grid(rows, sheet)
        if any(cell.column for row in table_rows(grid) for cell in row.cells):
            head = rows[0]
        elif head is not None and {item.column for row in rows for item in row} <= _columns(head):
            first, *others = _grid([head, *rows], sheet)
            grid = [replace(first, is_head=True), *others]
        composer.table(grid, sheet=name, marks=marks)
    for text in drawn:
        composer.add(BlockKind.PARAGRAPH, text, sheet=name, marks=marks)
    for comment in _comments(sheet):
        composer.add(BlockKind.NOTE, comment, sheet=name, marks=(Mark.COMMENT, *marks))


def _filled(sheet: Sheet) -> list[_Row]:
    """Give the rows that hold anything, each with its filled cells; far-off cells cost nothing."""
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    rows: dict[int, _Row] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        text = folded_lines(shown_value(cell.value, str(cell.number_format or "")))
        if not text:
            continue
        area = spans.get((row, column))
        fill = cell.fill.fill_type if cell.has_style and cell.fill else None
        grid_cell = GridCell(
            text,
            columns=1 if area is None else area.max_col - area.min_col + 1,
            rows=1 if area is None else area.max_row - area.min_row + 1,
            is_bold=bool(cell.has_style and cell.font and cell.font.b),
            is_shaded=fill not in {None, "none"},
        )
        rows.setdefault(row, []).append(_Filled(row, column, grid_cell))
    return [rows[row] for row in sorted(rows)]


def _regions(rows: list[_Row]) -> list[list[_Row]]:
    """Give the rows in groups that empty rows part."""
    groups: list[list[_Row]] = []
    reach = 0
    for row in rows:
        if not groups or row[0].row > reach + 1:
            groups.append([])
            reach = row[0].row
        groups[-1].append(row)
        reach = max(reach, *(item.row + item.cell.rows - 1 for item in row))
    return groups


def _grid(rows: Sequence[_Row], sheet: Sheet) -> list[GridRow]:
    """Give rows with an empty cell for each used column that they leave out and no cell above reaches."""
    columns = sorted({item.column for row in rows for item in row})
    is_sparse = len(columns) * len(rows) > _MAX_GRID
    reached: dict[int, int] = {}
    found: list[GridRow] = []
    for row in rows:
        own = {item.column: item for item in row}
        cells: list[GridCell] = []
        covered = 0
        for column in sorted(own) if is_sparse else columns:
            item = own.get(column)
            if item is not None:
                last = column + item.cell.columns - 1
                within = (
                    [other for other in columns if column <= other <= last] if last > column else [column]
                )
                cells.append(replace(item.cell, columns=len(within)))
                reached |= dict.fromkeys(within, item.row + item.cell.rows - 1)
                covered = last
            elif column > covered and reached.get(column, 0) < row[0].row:
                cells.append(GridCell(""))
        number = row[0].row
        is_hidden = number in sheet.row_dimensions and bool(sheet.row_dimensions[number].hidden)
        reference = f"{get_column_letter(row[0].column)}{number}"
        found.append(GridRow(tuple(cells), is_hidden=is_hidden, ref=reference))
    return found


def _columns(row: _Row) -> set[int]:
    """Give the columns that a row's cells stand in or span."""
    return {column for item in row for column in range(item.column, item.column + item.cell.columns)}


def _is_line_of_its_own(rows: Sequence[_Row], region: Sequence[_Row]) -> bool:
    """Whether a row above a table is a line about it: one cell, in a group that has more columns."""
    first = rows[0]
    if len(first) != 1 or first[0].cell.rows > 1:
        return False
    return len(rows) == 1 or any(len(row) > 1 for row in region)


def _comments(sheet: Sheet) -> Iterator[str]:
    for _, cell in sorted(sheet._cells.items()):
        if cell.comment is not None:
            yield folded(str(cell.comment.text or ""))


def _drawings(package: Package) -> dict[str, tuple[str, ...]]:
    """Give the lines that stand in drawn shapes, by the name of their sheet."""
    main = package.main_part("xl/workbook.xml")
    root = package.xml(main)
    relations = package.relations(main)
    found: dict[str, tuple[str, ...]] = {}
    for entry in () if root is None else root.iter(_MAIN + "sheet"):
        relation = relations.get(entry.get(_R + "id") or "")
        own = package.relations(relation.target) if relation else {}
        lines: list[str] = []
        for target in sorted(part.target for part in own.values() if part.kind == "drawing"):
            drawing = package.xml(target)
            for paragraph in () if drawing is None else drawing.iter(_DRAWN + "p"):
                line = folded("".join(piece.text or "" for piece in paragraph.iter(_DRAWN + "t")))
                lines.extend([line] if line else [])
        found[entry.get("name") or ""] = tuple(lines)
    return found
