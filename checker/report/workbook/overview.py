"""The sheet with the matrix: schools by requirements."""

from __future__ import annotations

from typing import Any

from checker.report.looks import CONFLICT_SIGN, LOOKS, REVIEW_SIGN
from checker.report.rows import marked_sign
from checker.report.view import Matrix
from checker.report.words import one_line, shortened
from checker.report.workbook.book import Book, new_sheet, write_text

_TITLE_LIMIT = 60
_HEAD_POINTS = 185
_ROWS_ON_ONE_PAGE = 30


def overview_sheet(opened: Book) -> None:
    """Write the matrices, the key to their signs, and the count of each status."""
    sheet = new_sheet(opened, opened.say("report.sheet.matrix"))
    sheet.set_column(0, 0, 34)
    if len(opened.view.schools) <= _ROWS_ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    widest = max((len(matrix.requirements) for matrix in opened.view.matrices), default=0)
    sheet.set_column(1, max(widest, 1), 6)
    sheet.set_column(widest + 1, widest + 1, 6)
    row = 0
    for matrix in opened.view.matrices:
        row = _write_matrix(opened, sheet, matrix, row) + 2
    write_text(sheet, row, 0, opened.say("report.heading.legend"), opened.title)
    for status, count in opened.view.counts:
        row += 1
        write_text(sheet, row, 0, opened.say(f"status.{status}"), opened.body)
        write_text(sheet, row, 1, LOOKS[status].sign, opened.signs[status])
        sheet.write_number(row, 2, count, opened.body)
    for sign, key in ((CONFLICT_SIGN, "conflicts"), (REVIEW_SIGN, "reviews")):
        row += 1
        write_text(sheet, row, 0, opened.say(f"report.summary.{key}"), opened.body)
        write_text(sheet, row, 1, sign, opened.bold)
    write_text(sheet, row + 2, 0, opened.say("report.summary.only_received"))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _write_matrix(opened: Book, sheet: Any, matrix: Matrix, row: int) -> int:
    """Write one matrix and give the row after it."""
    sheet.set_row(row, _HEAD_POINTS)
    key = "report.schools" if matrix.level.value == "school" else "report.owners"
    write_text(sheet, row, 0, opened.say(key), opened.head)
    for column, requirement in enumerate(matrix.requirements, start=1):
        label = shortened(f"{requirement.id} {one_line(requirement.title)}", _TITLE_LIMIT)
        write_text(sheet, row, column, label, opened.head_turned)
    total = len(matrix.requirements) + 1
    write_text(sheet, row, total, opened.say("report.column.gaps"), opened.head_turned)
    for line in matrix.rows:
        row += 1
        _write_school(opened, sheet, row, line.school.id, one_line(line.school.name))
        for column, cell in enumerate(line.cells, start=1):
            if cell is None:
                write_text(sheet, row, column, "", opened.not_asked)
            else:
                write_text(sheet, row, column, marked_sign(cell), opened.signs[cell.finding.status])
        sheet.write_number(row, total, line.gaps, opened.bold)
    row += 1
    write_text(sheet, row, 0, opened.say("report.matrix.gaps_below"), opened.bold)
    for column, count in enumerate(matrix.gaps, start=1):
        sheet.write_number(row, column, count, opened.bold)
    return row + 1


def _write_school(opened: Book, sheet: Any, row: int, school: str, name: str) -> None:
    """Write a school's name as a link to its sheet."""
    goal = opened.school_sheets[school].replace("'", "''")
    sheet.write_url(row, 0, f"internal:'{goal}'!A1", opened.link, name or goal)
