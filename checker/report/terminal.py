"""A report and a finding in the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.model import PRACTISED, Finding, Level, Passage, Report, Status
from checker.report.looks import CONFLICT_SIGN, LOOKS, REVIEW_SIGN
from checker.report.view import (
    FindingView,
    Matrix,
    QuoteView,
    ReportView,
    considered_views,
    finding_view,
    gravest,
    report_view,
)
from checker.report.words import clean, element_words, one_line, shortened

_GRAVEST = 10
_LISTED = 20
_WIDEST = 100
_NAME_WIDTH = 26
_SUM_WIDTH = 8


@dataclass(frozen=True, slots=True)
class _Screen:
    """A console, with what it can show."""

    console: Console
    view: ReportView

    @property
    def width(self) -> int:
        return min(self.console.width, _WIDEST)

    def say(self, key: str, **fields: object) -> str:
        return self.view.texts(key, **fields)

    def plain(self, text: str) -> str:
        """Give the text without line breaks, with only what the console can write."""
        encoding = self.console.encoding
        return re.sub(r"\s+", " ", clean(text)).encode(encoding, "replace").decode(encoding)

    def sign(self, status: Status) -> str:
        """Give a status' sign, or its letter where the console can't write the signs."""
        signs = "".join(look.sign for look in LOOKS.values())
        if self.plain(signs) == signs:
            return LOOKS[status].sign
        return self.say(f"report.letter.{status}")

    def heading(self, key: str) -> None:
        self.console.print()
        self.console.print(Text(self.plain(self.say(key)), style="bold"))

    def line(self, *parts: tuple[str, str] | str, indent: int = 0) -> None:
        """Print a line of parts, each a text or (text, style)."""
        text = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            text.append(self.plain(words), style=style)
        for wrapped in text.wrap(self.console, self.width - indent):
            wrapped.rstrip()
            self.console.print(Text(" " * indent) + wrapped, no_wrap=True, overflow="ignore", crop=False)


def print_summary(report: Report, console: Console) -> None:
    """Print what a run found: overview, counts, the gravest gaps, what was not read, and notices."""
    screen = _Screen(console, report_view(report))
    view = screen.view
    for matrix in view.matrices:
        _print_matrix(screen, matrix)
    _print_counts(screen)
    _print_gravest(screen)
    screen.heading("report.heading.unread")
    if not view.unread:
        screen.line(screen.say("report.summary.all_read"), indent=2)
    for document in view.unread[:_LISTED]:
        screen.line((document.path, "bold"), " ", f"({document.status}) {document.message}", indent=2)
    _print_more(screen, len(view.unread) - _LISTED)
    if report.notices:
        screen.heading("report.heading.notices")
        for notice in report.notices[:_LISTED]:
            screen.line(notice, indent=2)
        _print_more(screen, len(report.notices) - _LISTED)


def print_finding(finding: Finding, report: Report, console: Console) -> None:
    """Print why a finding has its status: every passage considered, what counted, what was lacking."""
    screen = _Screen(console, report_view(report))
    told = finding_view(finding, report)
    style = LOOKS[finding.status].style
    screen.line((one_line(told.school.name), "bold"))
    screen.line((told.requirement.id, "bold"), " ", told.requirement.title)
    screen.line((screen.sign(finding.status), style), " ", (told.status, style), " ", told.meaning)
    for key, words in (
        ("report.finding.why", told.explanation),
        ("report.finding.lacks", told.lacks),
        ("report.finding.reason", told.reason),
        ("report.finding.basis", told.basis),
        ("report.finding.subthemes", told.subthemes),
        ("report.finding.review", told.review),
        ("report.finding.follow_up", told.follow_up),
    ):
        if words:
            screen.line((f"{screen.say(key)}:", "bold"), " ", words)
    if told.review_quote is not None:
        _print_quote(screen, told.review_quote)
    if finding.conflict:
        screen.line((screen.say("report.finding.conflict"), "bold red"))
    screen.heading("report.finding.considered")
    considered = considered_views(finding, report)
    if not considered:
        considered = tuple(zip(finding.evidence, told.quotes, strict=False))
    if not considered:
        screen.line(screen.say("report.finding.no_passages"), indent=2)
    for passage, quote in considered:
        _print_passage(screen, passage, quote)
    if told.nearest:
        screen.heading("report.finding.nearest")
        for quote in told.nearest:
            _print_quote(screen, quote)
    if told.search:
        console.print()
        screen.line(told.search)


def _print_matrix(screen: _Screen, matrix: Matrix) -> None:
    """Print a matrix, in as many tables beside each other's names as the width asks for."""
    key = "report.schools" if matrix.level is Level.SCHOOL else "report.owners"
    width = max(len(head) for head in matrix.heads) + 1
    room = max(1, (screen.width - _NAME_WIDTH - _SUM_WIDTH) // width)
    for start in range(0, len(matrix.heads), room):
        stop = start + room
        last = stop >= len(matrix.heads)
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), collapse_padding=True)
        table.add_column(screen.plain(screen.say(key)), width=_NAME_WIDTH, no_wrap=True, overflow="ellipsis")
        for head in matrix.heads[start:stop]:
            table.add_column(screen.plain(head), justify="center", width=width - 1, no_wrap=True)
        if last:
            table.add_column(screen.plain(screen.say("report.column.gaps")), justify="right", no_wrap=True)
        for row in matrix.rows:
            cells = [_matrix_cell(screen, cell) for cell in row.cells[start:stop]]
            sums = [Text(str(row.gaps))] if last else []
            table.add_row(Text(screen.plain(row.school.name)), *cells, *sums)
        screen.console.print()
        screen.console.print(table)


def _matrix_cell(screen: _Screen, view: FindingView | None) -> Text:
    if view is None:
        return Text("")
    marks = (CONFLICT_SIGN if view.finding.conflict else "") + (REVIEW_SIGN if view.finding.review else "")
    return Text(screen.sign(view.finding.status) + marks, style=LOOKS[view.finding.status].style)


def _print_counts(screen: _Screen) -> None:
    view = screen.view
    screen.heading("report.heading.counts")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1))
    for status, count in view.counts:
        style = LOOKS[status].style
        apart = screen.say("report.summary.apart") if status is Status.NOT_ASSESSABLE else ""
        table.add_row(
            "",
            Text(screen.sign(status), style=style),
            Text(screen.plain(screen.say(f"status.{status}")), style=style),
            Text(str(count), justify="right"),
            Text(screen.plain(apart)),
        )
    for sign, key, count in (
        (CONFLICT_SIGN, "conflicts", sum(finding.finding.conflict for finding in view.findings)),
        (REVIEW_SIGN, "reviews", sum(finding.finding.review is not None for finding in view.findings)),
    ):
        table.add_row(
            "",
            sign,
            Text(screen.plain(screen.say(f"report.summary.{key}"))),
            Text(str(count), justify="right"),
            "",
        )
    screen.console.print(table)
    total = screen.say("report.summary.of", total=len(view.findings))
    screen.line((f"{len(view.gaps)} {screen.say('report.summary.gaps')}", "bold"), " ", total, indent=2)
    screen.line(screen.say("report.summary.only_received"), indent=2)


def _print_gravest(screen: _Screen) -> None:
    view = screen.view
    gaps = gravest(view)
    screen.heading("report.heading.gravest")
    if view.without_documents:
        names = ", ".join(one_line(school.name) for school in view.without_documents)
        screen.line(screen.say("report.summary.no_documents", schools=names), indent=2)
    if not view.gaps:
        screen.line(screen.say("report.summary.no_gaps"), indent=2)
    for gap in gaps[:_GRAVEST]:
        style = LOOKS[gap.finding.status].style
        title = shortened(one_line(gap.requirement.title), 52)
        lacking = f": {gap.lacks}" if gap.finding.status is Status.PARTIAL else ""
        screen.line(
            (screen.sign(gap.finding.status), style),
            " ",
            (one_line(gap.school.name), "bold"),
            " ",
            f"{gap.requirement.id} {title}",
            " – ",
            (gap.status, style),
            lacking,
            indent=2,
        )
    _print_more(screen, len(gaps) - _GRAVEST)


def _print_more(screen: _Screen, count: int) -> None:
    if count > 0:
        screen.line(screen.say("report.summary.more", count=count), indent=2)


def _print_passage(screen: _Screen, passage: Passage, quote: QuoteView) -> None:
    _print_quote(screen, quote, cited=True)
    if passage.is_practice and passage.stance in PRACTISED:
        screen.line((screen.say("report.finding.counted"), "green"), indent=4)
    else:
        why = screen.say("report.finding.not_counted", why=quote.why_not)
        screen.line((why, "yellow"), indent=4)
    key = "report.finding.reading_cue" if quote.cue else "report.finding.reading"
    screen.line(screen.say(key, stance=quote.stance, cue=quote.cue), indent=4)
    if passage.mentions:
        terms = "; ".join(_mention_words(passage))
        screen.line(screen.say("report.finding.hit", terms=terms, rule=passage.rule), indent=4)
    for hit in passage.elements:
        screen.line((element_words((hit.kind,), screen.view.texts), "bold"), f": «{hit.quote}»", indent=4)


def _mention_words(passage: Passage) -> Sequence[str]:
    seen = dict.fromkeys(f"«{mention.text}» ({mention.concept})" for mention in passage.mentions)
    return tuple(seen)


def _print_quote(screen: _Screen, quote: QuoteView, *, cited: bool = False) -> None:
    place = ", ".join(part for part in (quote.document, quote.where, quote.section) if part)
    if quote.text:
        screen.line(f"«{quote.text}»", indent=2)
    reason = f" – {quote.why_not}" if quote.why_not and not cited else ""
    screen.line((place + reason, "dim"), indent=4)
