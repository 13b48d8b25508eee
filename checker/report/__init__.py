"""A report as files and in the terminal: JSON, workbook, page, CSV and summary."""

from checker.report.data import report_dict, report_json
from checker.report.decided import Decided, Decisions
from checker.report.extracted import document_dict, document_markdown
from checker.report.rowkeys import RowKey, row_key_of
from checker.report.rows import ASSESSMENTS
from checker.report.terminal import print_finding, print_summary
from checker.report.words import date_words
from checker.report.workbook import FINDING_SHEETS
from checker.report.writing import (
    FILE_NAMES,
    UnknownFormatError,
    numbered_instead_of,
    report_bytes,
    write_reports,
)

__all__ = [
    "ASSESSMENTS",
    "FILE_NAMES",
    "FINDING_SHEETS",
    "Decided",
    "Decisions",
    "RowKey",
    "UnknownFormatError",
    "date_words",
    "document_dict",
    "document_markdown",
    "numbered_instead_of",
    "print_finding",
    "print_summary",
    "report_bytes",
    "report_dict",
    "report_json",
    "row_key_of",
    "write_reports",
]
