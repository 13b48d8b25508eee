"""The workbook ``gaps.xlsx``: gap list, overview, documents, observations, criteria and method."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from checker.model import Status
from checker.report.looks import CONFLICT_SIGN, LOOKS, REVIEW_SIGN
from checker.report.method import method_rows, method_sentences
from checker.report.rows import ASSESSMENTS, gap_columns, marked_sign
from checker.report.view import FindingView, Matrix, ReportView
from checker.report.words import (
    clean,
    date_words,
    one_line,
    page_words,
    question_words,
    required_words,
    shortened,
)

_CELL_LIMIT = 32_000
_TITLE_LIMIT = 60
_ROWS_ON_ONE_PAGE = 30
_LINE_POINTS = 13.5
_HIGHEST_ROW_POINTS = 400
_A3, _A4 = 8, 9
_HEAD = {
    "bold": True,
    "font_size": 10,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A52",
    "text_wrap": True,
    "valign": "vcenter",
}
_BODY = {"text_wrap": True, "valign": "top", "font_size": 10}


@dataclass(frozen=True, slots=True)
class _Book:
    """An open workbook with its formats."""

    book: Any
    view: ReportView
    head: Any
    head_turned: Any
    body: Any
    bold: Any
    title: Any
    own_hand: Any
    head_own_hand: Any
    statuses: dict[Status, Any]
    signs: dict[Status, Any]
    not_asked: Any

    def say(self, key: str, **fields: object) -> str:
        return self.view.texts(key, **fields)


def workbook_bytes(view: ReportView) -> bytes:
    """Give the bytes of ``gaps.xlsx``: the same for the same report."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": view.texts("report.title"),
            "subject": one_line(view.report.run.folder),
            "author": "Skolesjekk",
            "created": datetime.fromisoformat(view.report.run.as_of),
        }
    )
    opened = _formats(book, view)
    _findings_sheet(opened, "gaps", view.gaps)
    _overview_sheet(opened)
    _findings_sheet(opened, "not_assessable", _with_status(view, Status.NOT_ASSESSABLE))
    _findings_sheet(opened, "documented", _with_status(view, Status.DOCUMENTED))
    _quotes_sheet(opened)
    _documents_sheet(opened)
    _observations_sheet(opened)
    _criteria_sheet(opened)
    _method_sheet(opened)
    book.close()
    return out.getvalue()


def _formats(book: Any, view: ReportView) -> _Book:
    statuses, signs = {}, {}
    for status, look in LOOKS.items():
        colours = {"bg_color": look.fill, "font_color": look.ink, "border": 1, "border_color": "#C8CFD6"}
        statuses[status] = book.add_format({**_BODY, **colours, "bold": True})
        signs[status] = book.add_format(
            {**colours, "bold": True, "align": "center", "valign": "vcenter", "font_size": 13}
        )
    return _Book(
        book=book,
        view=view,
        head=book.add_format(_HEAD),
        head_turned=book.add_format({**_HEAD, "rotation": 90, "valign": "bottom", "font_size": 9}),
        body=book.add_format(_BODY),
        bold=book.add_format({**_BODY, "bold": True}),
        title=book.add_format({"bold": True, "font_size": 14, "font_color": "#1F3A52"}),
        own_hand=book.add_format({**_BODY, "bg_color": "#FFFDF3", "border": 1, "border_color": "#E3D9B0"}),
        head_own_hand=book.add_format({**_HEAD, "bg_color": "#6B5A12"}),
        statuses=statuses,
        signs=signs,
        not_asked=book.add_format({"bg_color": "#F4F5F7"}),
    )


def _with_status(view: ReportView, status: Status) -> tuple[FindingView, ...]:
    return tuple(finding for finding in view.findings if finding.finding.status is status)


def _sheet(opened: _Book, name: str, *, paper: int = _A4) -> Any:
    sheet = opened.book.add_worksheet(opened.say(f"report.sheet.{name}"))
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    folder = one_line(opened.view.report.run.folder).replace("&", "&&")
    sheet.set_header(f"&L{folder}&C&A&R{date_words(opened.view.report.run.as_of, opened.view.texts)}")
    sheet.set_footer(f"&C{opened.say('report.sheet.page')}")
    return sheet


def _text(sheet: Any, row: int, column: int, text: str, cell_format: Any = None) -> None:
    """Write a text as text, whatever sign it begins with."""
    shown = clean(text)
    if len(shown) > _CELL_LIMIT:
        shown = shown[:_CELL_LIMIT] + "…"
    if shown:
        sheet.write_string(row, column, shown, cell_format)
    else:
        sheet.write_blank(row, column, None, cell_format)


def _table(opened: _Book, name: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> Any:
    """Write a sheet with one head row, filter, frozen head; a cell is a text, a number or (text, format)."""
    sheet = _sheet(opened, name)
    for column, (key, width) in enumerate(heads):
        _text(sheet, 0, column, opened.say(f"report.column.{key}"), opened.head)
        sheet.set_column(column, column, width)
    last = 0
    widths = [width for _, width in heads]
    for last, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            _cell(opened, sheet, last, column, cell)
        _fit_row(sheet, last, [cell[0] if isinstance(cell, tuple) else cell for cell in cells], widths)
    if last == 0:
        _text(sheet, 1, 0, opened.say("report.none"), opened.body)
    _head_row(sheet, last, len(heads))
    return sheet


def _cell(opened: _Book, sheet: Any, row: int, column: int, cell: Any) -> None:
    text, cell_format = cell if isinstance(cell, tuple) else (cell, opened.body)
    if isinstance(text, int):
        sheet.write_number(row, column, text, cell_format)
    else:
        _text(sheet, row, column, text or "", cell_format)


def _fit_row(sheet: Any, row: int, cells: Sequence[object], widths: Sequence[int]) -> None:
    """Give a row the height that its longest wrapped cell needs; not every program does so by itself."""
    lines = max(
        (_lines(str(cell), width) for cell, width in zip(cells, widths, strict=True) if cell), default=1
    )
    sheet.set_row(row, min(_LINE_POINTS * lines + 2, _HIGHEST_ROW_POINTS))


def _lines(text: str, width: int) -> int:
    """Estimate how many lines a text takes in a column, breaking at spaces."""
    lines = 0
    for paragraph in text.split("\n"):
        used = 0
        lines += 1
        for word in paragraph.split(" "):
            if used and used + 1 + len(word) > width:
                lines += 1
                used = 0
            lines += len(word) // (width + 1)
            used += len(word) % (width + 1) + (1 if used else 0)
    return lines


def _head_row(sheet: Any, last: int, width: int, *, frozen_columns: int = 1) -> None:
    sheet.set_row(0, 42)
    sheet.freeze_panes(1, frozen_columns)
    sheet.autofilter(0, 0, max(last, 1), width - 1)
    sheet.repeat_rows(0)


def _findings_sheet(opened: _Book, name: str, findings: Sequence[FindingView]) -> None:
    sheet = _sheet(opened, name, paper=_A3)
    columns = gap_columns()
    for number, column in enumerate(columns):
        head = opened.head_own_hand if column.own_hand else opened.head
        _text(sheet, 0, number, opened.say(f"report.column.{column.key}"), head)
        sheet.set_column(number, number, column.width)
    _text(sheet, 0, len(columns), opened.say("report.column.key"), opened.head)
    sheet.set_column(len(columns), len(columns), 10, None, {"hidden": True})
    for row, finding in enumerate(findings, start=1):
        cells = [column.cell(finding, opened.view.texts) for column in columns]
        for number, column in enumerate(columns):
            cell_format = opened.own_hand if column.own_hand else opened.body
            if column.key == "status":
                cell_format = opened.statuses[finding.finding.status]
            _text(sheet, row, number, cells[number], cell_format)
        _text(sheet, row, len(columns), finding.key, opened.body)
        _fit_row(sheet, row, cells, [column.width for column in columns])
    if not findings:
        _text(sheet, 1, 0, opened.say("report.none"), opened.body)
    _assessment_list(opened, sheet, [column.key for column in columns].index("assessment"), len(findings))
    _head_row(sheet, len(findings), len(columns) + 1)


def _assessment_list(opened: _Book, sheet: Any, column: int, count: int) -> None:
    sheet.data_validation(
        1,
        column,
        max(count, 1),
        column,
        {
            "validate": "list",
            "source": [opened.say(f"report.assessment.{answer}") for answer in ASSESSMENTS],
            "input_message": opened.say("report.assessment.prompt"),
            "error_message": opened.say("report.assessment.wrong"),
        },
    )


def _overview_sheet(opened: _Book) -> None:
    sheet = _sheet(opened, "matrix")
    sheet.set_column(0, 0, 34)
    if len(opened.view.schools) <= _ROWS_ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    widest = max((len(matrix.requirements) for matrix in opened.view.matrices), default=0)
    sheet.set_column(1, max(widest, 1), 6)
    sheet.set_column(widest + 1, widest + 1, 6)
    row = 0
    for matrix in opened.view.matrices:
        row = _matrix(opened, sheet, matrix, row) + 2
    _text(sheet, row, 0, opened.say("report.heading.legend"), opened.title)
    for status, count in opened.view.counts:
        row += 1
        _text(sheet, row, 0, opened.say(f"status.{status}"), opened.body)
        _text(sheet, row, 1, LOOKS[status].sign, opened.signs[status])
        sheet.write_number(row, 2, count, opened.body)
    for sign, key in ((CONFLICT_SIGN, "conflicts"), (REVIEW_SIGN, "reviews")):
        row += 1
        _text(sheet, row, 0, opened.say(f"report.summary.{key}"), opened.body)
        _text(sheet, row, 1, sign, opened.bold)
    _text(sheet, row + 2, 0, opened.say("report.summary.only_received"))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _matrix(opened: _Book, sheet: Any, matrix: Matrix, row: int) -> int:
    """Write one matrix and give the row after it."""
    sheet.set_row(row, 185)
    key = "report.schools" if matrix.level.value == "school" else "report.owners"
    _text(sheet, row, 0, opened.say(key), opened.head)
    for column, requirement in enumerate(matrix.requirements, start=1):
        label = shortened(f"{requirement.id} {one_line(requirement.title)}", _TITLE_LIMIT)
        _text(sheet, row, column, label, opened.head_turned)
    total = len(matrix.requirements) + 1
    _text(sheet, row, total, opened.say("report.column.gaps"), opened.head_turned)
    for line in matrix.rows:
        row += 1
        _text(sheet, row, 0, one_line(line.school.name), opened.bold)
        for column, cell in enumerate(line.cells, start=1):
            if cell is None:
                _text(sheet, row, column, "", opened.not_asked)
            else:
                _text(sheet, row, column, marked_sign(cell), opened.signs[cell.finding.status])
        sheet.write_number(row, total, line.gaps, opened.bold)
    row += 1
    _text(sheet, row, 0, opened.say("report.matrix.gaps_below"), opened.bold)
    for column, count in enumerate(matrix.gaps, start=1):
        sheet.write_number(row, column, count, opened.bold)
    return row + 1


def _quotes_sheet(opened: _Book) -> None:
    heads = (
        ("school", 22),
        ("requirement", 10),
        ("status", 20),
        ("quote", 70),
        ("document", 30),
        ("page", 14),
        ("section", 32),
        ("stance", 14),
        ("elements", 22),
    )
    rows = (
        (
            one_line(view.school.name),
            view.requirement.id,
            (f"{view.sign} {view.status}", opened.statuses[view.finding.status]),
            quote.text,
            quote.document,
            quote.where,
            quote.section,
            quote.stance,
            quote.elements,
        )
        for view in opened.view.findings
        for quote in view.quotes
    )
    _table(opened, "quotes", heads, rows)


def _documents_sheet(opened: _Book) -> None:
    heads = (
        ("path", 52),
        ("school", 22),
        ("read", 16),
        ("period", 14),
        ("revised", 14),
        ("language", 12),
        ("pages", 8),
        ("words", 8),
        ("message", 44),
        ("observations", 22),
    )
    lost = opened.statuses[Status.DENIED]
    documents = sorted(opened.view.documents, key=lambda document: not document.unread)
    rows = (
        (
            (view.path, lost) if view.unread else view.path,
            view.school,
            (view.status, lost) if view.unread else view.status,
            view.entry.period,
            view.entry.revised,
            view.language,
            view.entry.document.pages,
            view.entry.words,
            view.message,
            ", ".join(dict.fromkeys(observation.id for observation in view.entry.observations)),
        )
        for view in documents
    )
    _table(opened, "documents", heads, rows)


def _observations_sheet(opened: _Book) -> None:
    heads = (
        ("school", 22),
        ("document", 44),
        ("observation", 12),
        ("message", 52),
        ("page", 12),
        ("quote", 60),
    )
    rows = (
        (
            view.school,
            view.path,
            observation.id,
            observation.message,
            page_words(observation.page, opened.view.texts, file_format=view.entry.document.format),
            one_line(observation.quote or ""),
        )
        for view in opened.view.documents
        for observation in view.entry.observations
    )
    _table(opened, "observations", heads, rows)


def _criteria_sheet(opened: _Book) -> None:
    texts = opened.view.texts
    heads = (
        ("requirement", 10),
        ("title", 34),
        ("level", 12),
        ("question", 24),
        ("source", 36),
        ("required", 36),
        ("rationale", 40),
        ("follow_up", 40),
        ("pack", 16),
    )
    rows = [
        (
            info.id,
            one_line(info.title),
            texts(f"report.level.{info.level}"),
            question_words(info.question, texts),
            info.source,
            required_words(info, texts),
            info.rationale,
            info.follow_up,
            info.pack,
        )
        for info in opened.view.parts.requirements
    ]
    sheet = _table(opened, "criteria", heads, rows)
    row = len(rows) + 3
    _text(sheet, row, 0, opened.say("report.heading.statuses"), opened.title)
    for status, look in LOOKS.items():
        row += 1
        _text(sheet, row, 0, look.sign, opened.signs[status])
        _text(sheet, row, 1, opened.say(f"status.{status}"), opened.bold)
        sheet.merge_range(row, 2, row, 5, "", opened.body)
        _text(sheet, row, 2, opened.say(f"report.meaning.{status}"), opened.body)
        sheet.set_row(row, 32)


def _method_sheet(opened: _Book) -> None:
    sheet = _sheet(opened, "method")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    _text(sheet, 0, 0, opened.say("report.column.item"), opened.head)
    _text(sheet, 0, 1, opened.say("report.column.value"), opened.head)
    row = 0
    for sentence in method_sentences(opened.view):
        row += 1
        _text(sheet, row, 1, sentence, opened.body)
        _fit_row(sheet, row, [sentence], [110])
    for label, value in method_rows(opened.view):
        row += 1
        _text(sheet, row, 0, label, opened.bold)
        _text(sheet, row, 1, value, opened.body)
    for notice in opened.view.report.notices:
        row += 1
        _text(sheet, row, 0, opened.say("report.heading.notices"), opened.bold)
        _text(sheet, row, 1, notice, opened.body)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
