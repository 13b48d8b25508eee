"""Reads PDF: text with its layout through pdfium, drawn tables by pdfplumber's grid search."""

from checker.extract.pdf.pages import PdfBudget
from checker.extract.pdf.read import PdfReading, read_pdf, read_pdf_pages

__all__ = ["PdfBudget", "PdfReading", "read_pdf", "read_pdf_pages"]
