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

Sheet = Any
"""An openpyxl worksheet."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell with something in it, at its row and column."""

    row: int
    column: int
    cell: GridCell


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
    head: GridRow | None = None
    for region in _regions(_filled(sheet)):
        rows = [_grid_row(row, sheet) for row in region]
        while rows and _is_line_of_its_own(rows[0], len(rows)):
            text = next(cell.text for cell in rows[0].cells if cell.text)
            composer.add(BlockKind.PARAGRAPH, text, sheet=name, marks=marks)
            rows = rows[1:]
        if not rows:
            continue
        has_head = any(cell.column for row in table_rows(rows) for cell in row.cells)
        if has_head:
            head = rows[0]
        elif head is not None and max(len(row.cells) for row in rows) <= len(head.cells):
            rows = [replace(head, is_head=True), *rows]
        composer.table(rows, sheet=name, marks=marks)
    for text in drawn:
        composer.add(BlockKind.PARAGRAPH, text, sheet=name, marks=marks)
    for comment in _comments(sheet):
        composer.add(BlockKind.NOTE, comment, sheet=name, marks=(Mark.COMMENT, *marks))


def _filled(sheet: Sheet) -> list[list[_Filled]]:
    """Give the rows that hold anything, each with its filled cells; far-off cells cost nothing."""
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    rows: dict[int, list[_Filled]] = {}
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


def _regions(rows: list[list[_Filled]]) -> Iterator[list[list[_Filled]]]:
    """Give the rows in groups that empty rows part, each with a cell for every column of the group."""
    groups: list[list[list[_Filled]]] = []
    reach = 0
    for row in rows:
        if not groups or row[0].row > reach + 1:
            groups.append([])
            reach = row[0].row
        groups[-1].append(row)
        reach = max(reach, *(item.row + item.cell.rows - 1 for item in row))
    for group in groups:
        columns = sorted({item.column for row in group for item in row})
        yield [_aligned(row, columns) for row in group]


def _aligned(row: list[_Filled], columns: Sequence[int]) -> list[_Filled]:
    """Give a row with an empty cell for each used column that it leaves out."""
    own = {item.column: item for item in row}
    found: list[_Filled] = []
    covered = 0
    for column in columns:
        item = own.get(column)
        if item is not None:
            last = column + item.cell.columns - 1
            width = sum(column <= other <= last for other in columns)
            found.append(replace(item, cell=replace(item.cell, columns=max(1, width))))
            covered = last
        elif column > covered:
            found.append(_Filled(row[0].row, column, GridCell("")))
    return found


def _grid_row(row: Sequence[_Filled], sheet: Sheet) -> GridRow:
    first = next((item for item in row if item.cell.text), row[0])
    return GridRow(
        tuple(item.cell for item in row),
        is_hidden=first.row in sheet.row_dimensions and bool(sheet.row_dimensions[first.row].hidden),
        ref=f"{get_column_letter(first.column)}{first.row}",
    )


def _is_line_of_its_own(row: GridRow, left: int) -> bool:
    """Whether a row above a table is a line about it: one cell that no other row shares."""
    filled = [cell for cell in row.cells if cell.text]
    return len(filled) == 1 and filled[0].rows == 1 and (len(row.cells) > 1 or left == 1)


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
