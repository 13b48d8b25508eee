"""Reads DOCX and DOCM."""

from checker.extract.docx.reader import read_docx

__all__ = ["read_docx"]
