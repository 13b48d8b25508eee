"""One sheet a school or owner: all its findings, and the documents that they rest on."""

from __future__ import annotations

from typing import Any

from checker.report.rows import shown_quotes
from checker.report.view import FindingView, SchoolView
from checker.report.words import one_line, path_within
from checker.report.workbook.book import Book, fit_row, new_sheet, write_table, write_text

_HEADS = (
    ("requirement", 9),
    ("title", 30),
    ("status", 22),
    ("lacks", 24),
    ("quote", 52),
    ("document", 26),
    ("page", 10),
    ("follow_up", 34),
    ("decision", 28),
)
_TABLE_ROW = 3
_DOCUMENT_COLUMNS = (1, 2, 4)


def school_sheet(opened: Book, school: SchoolView) -> None:
    """Write a school's sheet."""
    sheet = new_sheet(opened, opened.school_sheets[school.school.id])
    write_text(sheet, 0, 0, one_line(school.school.name), opened.title)
    write_text(sheet, 1, 0, _counts(opened, school))
    rows = [_row(opened, finding) for finding in school.findings]
    last = write_table(opened, sheet, _HEADS, rows, top=_TABLE_ROW)
    _write_documents(opened, sheet, school, last + 2)


def _counts(opened: Book, school: SchoolView) -> str:
    parts = [school.level]
    if school.school.orgnr:
        parts.append(f"{opened.say('report.column.orgnr')} {one_line(school.school.orgnr)}")
    parts += [f"{opened.say(f'status.{status}')}: {count}" for status, count in school.counts if count]
    return " · ".join(parts)


def _row(opened: Book, view: FindingView) -> tuple[Any, ...]:
    quotes = shown_quotes(view)
    return (
        view.requirement.id,
        one_line(view.requirement.title),
        (f"{view.sign} {view.status}", opened.statuses[view.finding.status]),
        view.lacks or view.reason,
        "\n".join(f"«{quote.text}»" for quote in quotes),
        "\n".join(quote.document for quote in quotes),
        "\n".join(quote.where for quote in quotes),
        view.follow_up if view.is_gap else "",
        view.decided.verdict,
    )


def _write_documents(opened: Book, sheet: Any, school: SchoolView, row: int) -> None:
    write_text(sheet, row, 0, opened.say("report.heading.documents"), opened.title)
    if not school.documents:
        write_text(sheet, row + 1, 1, opened.say("report.reason.no_documents"), opened.body)
    for number, document in enumerate(school.documents, start=row + 1):
        cells = (path_within(document.entry.document.path, school.school), document.status, document.message)
        for column in range(_DOCUMENT_COLUMNS[0], _DOCUMENT_COLUMNS[-1] + 1):
            write_text(sheet, number, column, "", opened.body)
        for column, text in zip(_DOCUMENT_COLUMNS, cells, strict=True):
            write_text(sheet, number, column, text, opened.body)
        fit_row(sheet, number, cells, [_HEADS[column][1] for column in _DOCUMENT_COLUMNS])
