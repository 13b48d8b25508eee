"""Puts the workbook together, sheet by sheet."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from checker.model import Status
from checker.report.view import FindingView, ReportView
from checker.report.words import one_line
from checker.report.workbook.book import opened_book
from checker.report.workbook.findings import findings_sheet
from checker.report.workbook.lists import (
    criteria_sheet,
    documents_sheet,
    method_sheet,
    observations_sheet,
    quotes_sheet,
)
from checker.report.workbook.names import FIXED_SHEETS, sheet_names
from checker.report.workbook.overview import overview_sheet
from checker.report.workbook.schools import school_sheet

BOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""What a document says is written as text, whatever sign it begins with."""


def workbook_bytes(view: ReportView) -> bytes:
    """Give the bytes of ``gaps.xlsx``: the same for the same report."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, BOOK_OPTIONS)
    book.set_properties(
        {
            "title": view.texts("report.title"),
            "subject": one_line(view.report.run.folder),
            "author": "Skolesjekk",
            "created": datetime.fromisoformat(view.report.run.as_of),
        }
    )
    fixed = [view.texts(f"report.sheet.{name}") for name in FIXED_SHEETS]
    schools = [(school.school.id, school.school.name) for school in view.schools]
    opened = opened_book(book, view, sheet_names(schools, fixed))
    findings_sheet(opened, "gaps", view.gaps)
    overview_sheet(opened)
    findings_sheet(opened, "not_assessable", _with_status(view, Status.NOT_ASSESSABLE))
    findings_sheet(opened, "documented", _with_status(view, Status.DOCUMENTED))
    quotes_sheet(opened)
    documents_sheet(opened)
    observations_sheet(opened)
    criteria_sheet(opened)
    method_sheet(opened)
    for school in view.schools:
        school_sheet(opened, school)
    book.close()
    return out.getvalue()


def _with_status(view: ReportView, status: Status) -> tuple[FindingView, ...]:
    return tuple(finding for finding in view.findings if finding.finding.status is status)
