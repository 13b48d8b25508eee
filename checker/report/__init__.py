"""A report as files and in the terminal: JSON, workbook, page, CSV and summary."""

from checker.report.data import report_dict, report_json
from checker.report.decided import Decided, Decisions
from checker.report.extracted import document_dict, document_markdown
from checker.report.looks import CONFLICT_SIGN, LOOKS, REVIEW_SIGN
from checker.report.order import evidence_of
from checker.report.rowkeys import RowKey, row_key_of
from checker.report.rows import ASSESSMENTS, harmless, marked_sign
from checker.report.terminal import print_finding, print_summary
from checker.report.view import FindingView, ReportView, gravest, report_view
from checker.report.words import clean, date_words, one_line, question_words, required_words, shortened, where
from checker.report.workbook import BOOK_OPTIONS, FINDING_SHEETS
from checker.report.writing import (
    FILE_NAMES,
    UnknownFormatError,
    numbered_instead_of,
    report_bytes,
    write_reports,
)

__all__ = [
    "ASSESSMENTS",
    "BOOK_OPTIONS",
    "CONFLICT_SIGN",
    "FILE_NAMES",
    "FINDING_SHEETS",
    "LOOKS",
    "REVIEW_SIGN",
    "Decided",
    "Decisions",
    "FindingView",
    "ReportView",
    "RowKey",
    "UnknownFormatError",
    "clean",
    "date_words",
    "document_dict",
    "document_markdown",
    "evidence_of",
    "gravest",
    "harmless",
    "marked_sign",
    "numbered_instead_of",
    "one_line",
    "print_finding",
    "print_summary",
    "question_words",
    "report_bytes",
    "report_dict",
    "report_json",
    "report_view",
    "required_words",
    "row_key_of",
    "shortened",
    "where",
    "write_reports",
]
