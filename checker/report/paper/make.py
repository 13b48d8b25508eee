"""Puts the working paper together, part by part."""

from __future__ import annotations

from datetime import datetime

from checker.report.paper.document import Paper
from checker.report.paper.findings import write_by_question, write_by_school, write_matrix
from checker.report.paper.frame import (
    write_criteria,
    write_decisions,
    write_documents,
    write_front,
    write_limits,
    write_method,
    write_summary,
    write_unread,
)
from checker.report.view import ReportView
from checker.report.words import one_line


def paper_bytes(view: ReportView) -> bytes:
    """Give the bytes of ``report.docx``: the same for the same report."""
    paper = Paper(
        view.texts,
        title=view.texts("report.title"),
        subject=one_line(view.report.run.folder),
        day=datetime.fromisoformat(view.report.run.as_of),
    )
    write_front(paper, view)
    write_summary(paper, view)
    write_method(paper, view)
    write_limits(paper, view)
    write_criteria(paper, view)
    paper.turn(landscape=True)
    write_matrix(paper, view)
    paper.turn(landscape=False)
    write_by_question(paper, view)
    write_by_school(paper, view)
    write_unread(paper, view)
    write_decisions(paper, view)
    write_documents(paper, view)
    return paper.content()
