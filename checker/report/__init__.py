"""A report as files and in the terminal: JSON, workbook, page, CSV and summary."""

from checker.report.data import report_dict, report_json
from checker.report.extracted import document_dict, document_markdown
from checker.report.rows import ASSESSMENTS
from checker.report.terminal import print_finding, print_summary
from checker.report.writing import FILE_NAMES, UnknownFormatError, numbered_instead_of, write_reports

__all__ = [
    "ASSESSMENTS",
    "FILE_NAMES",
    "UnknownFormatError",
    "document_dict",
    "document_markdown",
    "numbered_instead_of",
    "print_finding",
    "print_summary",
    "report_dict",
    "report_json",
    "write_reports",
]
