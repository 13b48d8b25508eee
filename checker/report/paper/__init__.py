"""The working paper ``report.docx``: method, criteria, findings with quotes, what was not read, and decisions."""

from checker.report.paper.make import paper_bytes

__all__ = ["paper_bytes"]
