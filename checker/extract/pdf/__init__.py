"""Reads PDF: text with its layout through pdfium, drawn tables by pdfplumber's grid search."""

from checker.extract.pdf.pages import PdfBudget
from checker.extract.pdf.read import read_pdf

__all__ = ["PdfBudget", "read_pdf"]
