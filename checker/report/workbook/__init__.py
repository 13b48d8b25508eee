"""The workbook ``gaps.xlsx``: gap list, overview, documents, observations, criteria, method, and a sheet a school."""

from checker.report.workbook.make import BOOK_OPTIONS, workbook_bytes
from checker.report.workbook.names import FINDING_SHEETS, FIXED_SHEETS, sheet_names

__all__ = ["BOOK_OPTIONS", "FINDING_SHEETS", "FIXED_SHEETS", "sheet_names", "workbook_bytes"]
