"""The rows of the gap list, for the workbook and the CSV file, and the CSV file itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.model import fingerprint_of
from checker.report.decided import Decided
from checker.report.looks import CONFLICT_SIGN, REVIEW_SIGN
from checker.report.order import evidence_of
from checker.report.rowkeys import RowKey
from checker.report.view import FindingView, QuoteView, ReportView
from checker.report.words import clean, date_words, level_words, one_line, shortened
from checker.texts import Texts

ASSESSMENTS: tuple[str, ...] = ("agree", "partly", "disagree", "examine", "not_relevant")
"""The auditor's answers: keys below ``report.assessment`` in the text catalogue."""

NEAREST_SHOWN = 2
"""So many of the passages that came nearest stand in a row; the page has them all."""

NEAREST_LETTERS = 130

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the gap list.

    Args:
        key: its name, also the key of its heading below ``report.column``.
        width: in characters, for the workbook.
        cell: gives its text for a finding.
        own_hand: whether it is for a human to fill in.
    """

    key: str
    width: int
    cell: Callable[[FindingView, Texts], str]
    own_hand: bool = False


def gap_columns() -> tuple[Column, ...]:
    """Give the columns of the gap list, in order."""
    return (
        Column("school", 17, lambda view, _: one_line(view.school.name)),
        Column("requirement", 8, lambda view, _: view.requirement.id),
        Column("title", 20, lambda view, _: one_line(view.requirement.title)),
        Column("status", 16, lambda view, _: view.status),
        Column("severity", 10, lambda view, _: view.severity),
        Column("lacks", 16, lambda view, _: view.lacks),
        Column("quote", 42, lambda view, _: _of_quotes(view, lambda quote: quote.text)),
        Column("document", 18, lambda view, _: _of_quotes(view, lambda quote: quote.document)),
        Column("page", 9, lambda view, _: _of_quotes(view, lambda quote: quote.where)),
        Column("section", 16, lambda view, _: _of_quotes(view, lambda quote: quote.section)),
        Column("conflict", 9, lambda view, texts: texts("report.yes") if view.finding.conflict else ""),
        Column("review", 20, lambda view, _: _review(view)),
        Column("follow_up", 26, lambda view, _: view.follow_up),
        *_own_hand_columns(),
        Column("earlier", 24, lambda view, _: "\n".join(view.decided.earlier)),
        Column("reason", 18, lambda view, _: view.reason),
        Column("nearest", 54, lambda view, _: "\n".join(map(_near, view.nearest[:NEAREST_SHOWN]))),
        Column("searched", 22, lambda view, _: view.search),
        Column("question", 18, lambda view, _: view.question),
        Column("source", 26, lambda view, _: clean(view.requirement.source)),
        Column("level", 10, lambda view, texts: level_words(view.school.level, texts)),
        Column("orgnr", 11, lambda view, _: one_line(view.school.orgnr or "")),
        Column("period", 11, lambda view, _: _of_quotes(view, lambda quote: quote.period)),
        Column("revised", 11, lambda view, _: _of_quotes(view, lambda quote: quote.revised)),
        Column("observations", 13, lambda view, _: _of_quotes(view, lambda quote: quote.observations)),
    )


def _own_hand_columns() -> tuple[Column, ...]:
    """Give the columns that the auditor fills in; a case gives what was decided before."""
    return (
        Column("assessment", 14, _assessment, own_hand=True),
        Column("own_status", 15, _own_status, own_hand=True),
        Column("grounds", 26, lambda view, _: view.decided.grounds, own_hand=True),
        Column("author", 14, lambda view, _: view.decided.author, own_hand=True),
        Column("assessed", 12, _day, own_hand=True),
        Column("interview", 24, lambda view, _: view.decided.interview, own_hand=True),
        Column("observed", 24, lambda view, _: view.decided.observation, own_hand=True),
        Column("comment", 22, lambda view, _: view.decided.comment, own_hand=True),
        Column("reply", 20, lambda view, _: view.decided.reply, own_hand=True),
    )


def row_key(view: FindingView) -> RowKey:
    """Give what a finding's row is known by when a workbook is read back."""
    finding = view.finding
    return RowKey(
        finding.school,
        finding.requirement,
        finding.pack,
        fingerprint_of(passage.quote for passage in evidence_of(finding)),
        view.decided.decision,
    )


def decisions_without_finding(view: ReportView) -> tuple[tuple[str, str, Decided], ...]:
    """Give what a case says of findings that the report no longer has: school, requirement and what is said."""
    there = {(finding.finding.school, finding.finding.requirement) for finding in view.findings}
    return tuple((*key, view.decisions[key]) for key in sorted(view.decisions) if key not in there)


def gaps_csv(view: ReportView) -> str:
    """Give the text of ``gaps.csv``: one row a gap, semicolons, CRLF; no cell can act as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns = gap_columns()
    writer.writerow([view.texts(f"report.column.{column.key}") for column in columns])
    for gap in view.gaps:
        writer.writerow([harmless(column.cell(gap, view.texts)) for column in columns])
    return out.getvalue()


def harmless(text: str) -> str:
    """Give the text so that a spreadsheet that opens a CSV file takes it for text.

    Example:
        >>> harmless("=1+1")
        "'=1+1"
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def marked_sign(view: FindingView) -> str:
    """Give the status sign, with marks for a conflict and for what should be checked by hand."""
    conflict = CONFLICT_SIGN if view.finding.conflict else ""
    return view.sign + conflict + (REVIEW_SIGN if view.finding.review else "")


def shown_quotes(view: FindingView) -> tuple[QuoteView, ...]:
    """Give the quotes that a row of the gap list shows: the best one, and in a conflict the denial too."""
    best = view.quotes[:1]
    if not view.finding.conflict or any(quote.is_denial for quote in best):
        return best
    return best + tuple(quote for quote in view.quotes[1:] if quote.is_denial)[:1]


def _of_quotes(view: FindingView, part: Callable[[QuoteView], str]) -> str:
    parts: Sequence[str] = [part(quote) for quote in shown_quotes(view)]
    if len(parts) > 1 and len(set(parts)) == 1:
        return parts[0]
    return "\n".join(parts) if any(parts) else ""


def _review(view: FindingView) -> str:
    quote = view.review_quote
    if quote is None:
        return view.review
    place = ", ".join(part for part in (quote.document, quote.where) if part)
    return f"{view.review}\n{f'«{quote.text}» ' if quote.text else ''}({place})"


def _near(quote: QuoteView) -> str:
    place = ", ".join(part for part in (quote.document, quote.where) if part)
    return f"«{shortened(quote.text, NEAREST_LETTERS)}» ({place}): {quote.why_not}"


def _assessment(view: FindingView, texts: Texts) -> str:
    answer = view.decided.assessment
    return texts(f"report.assessment.{answer}") if answer else ""


def _own_status(view: FindingView, texts: Texts) -> str:
    status = view.decided.status
    return texts(f"status.{status}") if status else ""


def _day(view: FindingView, texts: Texts) -> str:
    day = view.decided.day
    return date_words(day.isoformat(), texts) if day else ""
