"""The rows of the gap list, for the workbook and the CSV file, and the CSV file itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.report.looks import CONFLICT_SIGN, REVIEW_SIGN
from checker.report.view import FindingView, QuoteView, ReportView
from checker.report.words import clean, level_words, one_line
from checker.texts import Texts

ASSESSMENTS: tuple[str, ...] = ("agree", "partly", "disagree", "examine", "not_relevant")
"""The auditor's answers: keys below ``report.assessment`` in the text catalogue."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the gap list.

    Args:
        key: its name, also the key of its heading below ``report.column``.
        width: in characters, for the workbook.
        cell: gives its text for a finding.
        own_hand: whether it is left empty for a human to fill in.
    """

    key: str
    width: int
    cell: Callable[[FindingView, Texts], str]
    own_hand: bool = False


def gap_columns() -> tuple[Column, ...]:
    """Give the columns of the gap list, in order."""
    return (
        Column("school", 17, lambda view, _: one_line(view.school.name)),
        Column("orgnr", 10, lambda view, _: one_line(view.school.orgnr or "")),
        Column("level", 9, lambda view, texts: level_words(view.school.level, texts)),
        Column("question", 15, lambda view, _: view.question),
        Column("requirement", 8, lambda view, _: view.requirement.id),
        Column("title", 21, lambda view, _: one_line(view.requirement.title)),
        Column("source", 20, lambda view, _: clean(view.requirement.source)),
        Column("status", 14, lambda view, _: view.status),
        Column("severity", 9, lambda view, _: view.severity),
        Column("lacks", 18, lambda view, _: view.lacks),
        Column("quote", 44, lambda view, _: _of_quotes(view, lambda quote: quote.text)),
        Column("document", 21, lambda view, _: _of_quotes(view, lambda quote: quote.document)),
        Column("page", 9, lambda view, _: _of_quotes(view, lambda quote: quote.where)),
        Column("section", 18, lambda view, _: _of_quotes(view, lambda quote: quote.section)),
        Column("period", 10, lambda view, _: _of_quotes(view, lambda quote: quote.period)),
        Column("revised", 10, lambda view, _: _of_quotes(view, lambda quote: quote.revised)),
        Column("observations", 10, lambda view, _: _of_quotes(view, lambda quote: quote.observations)),
        Column("reason", 18, lambda view, _: view.reason),
        Column("review", 24, lambda view, _: _review(view)),
        Column("nearest", 36, lambda view, _: "\n".join(map(_near, view.nearest))),
        Column("searched", 20, lambda view, _: view.search),
        Column("conflict", 8, lambda view, texts: texts("report.yes") if view.finding.conflict else ""),
        Column("follow_up", 26, lambda view, _: view.follow_up),
        Column("assessment", 13, _empty, own_hand=True),
        Column("comment", 20, _empty, own_hand=True),
        Column("reply", 20, _empty, own_hand=True),
    )


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
    return f"«{quote.text}» ({place}): {quote.why_not}"


def _empty(_view: FindingView, _texts: Texts) -> str:
    return ""
