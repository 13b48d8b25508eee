"""The parts of the working paper around the findings: summary, method, limits, criteria, documents, decisions."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report.decided import Decided
from checker.report.looks import LOOKS
from checker.report.method import method_rows, method_sentences
from checker.report.paper.document import PORTRAIT_WIDTH, Paper
from checker.report.paper.tables import Cell, plain
from checker.report.rows import decisions_without_finding
from checker.report.view import FindingView, ReportView
from checker.report.words import date_words, one_line, path_within, question_words, required_words

_SPACE = "\N{NO-BREAK SPACE}"
_LIMITS = ("received", "unread", "interviews", "rules", "quotes", "practice")


def write_front(paper: Paper, view: ReportView) -> None:
    """Write title, what it is about, and the table of contents."""
    texts, run = view.texts, view.report.run
    paper.title(texts("report.title"))
    paper.subtitle(texts("paper.kind"))
    paper.paragraph(one_line(run.folder), label=texts("report.folder"))
    paper.paragraph(date_words(run.as_of, texts), label=texts("report.as_of"))
    paper.paragraph(date_words(run.started, texts), label=texts("report.made"))
    paper.paragraph(texts("report.lead"))
    paper.paragraph(texts("paper.contents"), label="")
    paper.contents_here()
    paper.new_page()


def write_summary(paper: Paper, view: ReportView) -> None:
    """Write how many findings have which status, and what is to be known first."""
    texts = view.texts
    paper.heading(texts("report.heading.summary"), 1)
    total = len(view.findings)
    rows = [
        (
            Cell(
                ((f"{LOOKS[status].sign}{_SPACE}{texts(f'status.{status}')}", False),),
                fill=LOOKS[status].fill[1:],
                ink=LOOKS[status].ink[1:],
                is_bold=True,
            ),
            str(count),
            texts(f"report.meaning.{status}"),
        )
        for status, count in view.counts
    ]
    heads = (texts("report.column.status"), texts("paper.column.count"), texts("report.column.meaning"))
    paper.table(heads, (2400, 900, PORTRAIT_WIDTH - 3300), rows, title=texts("report.heading.counts"))
    lines = [texts("paper.counts", gaps=len(view.gaps), total=total)]
    conflicts = sum(finding.finding.conflict for finding in view.findings)
    reviews = sum(finding.finding.review is not None for finding in view.findings)
    lines.append(f"{texts('report.summary.conflicts')}: {conflicts}")
    lines.append(f"{texts('report.summary.reviews')}: {reviews}")
    if view.without_documents:
        names = ", ".join(one_line(school.name) for school in view.without_documents)
        lines.append(texts("report.summary.no_documents", schools=names))
    lines.append(texts("paper.unread_count", count=len(view.unread)))
    paper.bullets(lines)
    paper.paragraph(texts("report.summary.only_received"))


def write_method(paper: Paper, view: ReportView) -> None:
    """Write how the report was made."""
    texts = view.texts
    paper.heading(texts("report.heading.method"), 1)
    for sentence in method_sentences(view):
        paper.paragraph(sentence)
    heads = (texts("report.column.item"), texts("report.column.value"))
    widths = (3000, PORTRAIT_WIDTH - 3000)
    paper.table(heads, widths, method_rows(view), title=texts("report.heading.method"))
    if view.report.notices:
        paper.paragraph(texts("report.heading.notices") + ":")
        paper.bullets(view.report.notices)


def write_limits(paper: Paper, view: ReportView) -> None:
    """Write what the findings do not say."""
    paper.heading(view.texts("paper.heading.limits"), 1)
    paper.bullets(view.texts(f"paper.limit.{name}") for name in _LIMITS)


def write_criteria(paper: Paper, view: ReportView) -> None:
    """Write every requirement with its source."""
    texts = view.texts
    paper.heading(texts("report.heading.criteria"), 1)
    rows = [
        (
            plain(info.id, bold=True),
            Cell(
                (
                    (one_line(info.title), False),
                    (f"{texts(f'report.level.{info.level}')} · {question_words(info.question, texts)}", True),
                )
            ),
            info.source,
            required_words(info, texts),
        )
        for info in view.parts.requirements
    ]
    heads = [texts(f"report.column.{name}") for name in ("requirement", "title", "source", "required")]
    paper.table(heads, (900, 3100, 3100, PORTRAIT_WIDTH - 7100), rows, title=texts("report.heading.criteria"))


def write_unread(paper: Paper, view: ReportView) -> None:
    """Write the documents that could not be read, or only in part."""
    texts = view.texts
    paper.heading(texts("paper.heading.unread"), 1)
    if not view.unread:
        paper.paragraph(texts("report.summary.all_read"))
        return
    paper.paragraph(texts("report.summary.unread_lead"))
    heads = [texts(f"report.column.{name}") for name in ("path", "read", "message")]
    rows = [(document.path, document.status, document.message) for document in view.unread]
    paper.table(heads, (4600, 1700, PORTRAIT_WIDTH - 6300), rows, title=texts("paper.heading.unread"))


def write_decisions(paper: Paper, view: ReportView) -> None:
    """Write what persons decided and wrote beside the program's findings; nothing where nobody did."""
    decided = [finding for finding in view.findings if finding.decided.is_told]
    gone = decisions_without_finding(view)
    if not (decided or gone):
        return
    texts = view.texts
    paper.heading(texts("paper.heading.decisions"), 1)
    paper.paragraph(texts("paper.decisions.lead"))
    heads = [texts(f"report.column.{name}") for name in ("school", "requirement", "status", "decision")]
    rows = [
        (
            one_line(finding.school.name),
            plain(finding.requirement.id, bold=True),
            status_cell(finding),
            _lines_cell(_told(finding.decided, view)),
        )
        for finding in decided
    ]
    rows += [
        (one_line(school), plain(requirement, bold=True), plain("–"), _lines_cell(_told(said, view)))
        for school, requirement, said in gone
    ]
    widths = (1900, 900, 1900, PORTRAIT_WIDTH - 4700)
    paper.table(heads, widths, rows, title=texts("paper.heading.decisions"))


def _lines_cell(lines: Iterable[str]) -> Cell:
    return Cell(tuple((line, False) for line in lines))


def _told(decided: Decided, view: ReportView) -> list[str]:
    notes = (
        ("interview", decided.interview),
        ("observed", decided.observation),
        ("comment", decided.comment),
        ("reply", decided.reply),
    )
    lines = [decided.verdict] if decided.verdict else []
    if decided.assessment == "examine":
        lines.append(f"{view.texts('report.assessment.examine')}: {decided.grounds}")
    lines += [f"{view.texts(f'report.column.{name}')}: {text}" for name, text in notes if text]
    return lines + [line for line in decided.earlier if line != decided.verdict]


def status_cell(finding: FindingView) -> Cell:
    """Give a cell with a finding's status by sign, word and colour."""
    look = LOOKS[finding.finding.status]
    return Cell(
        ((f"{finding.sign}{_SPACE}{finding.status}", False),),
        fill=look.fill[1:],
        ink=look.ink[1:],
        is_bold=True,
    )


def write_documents(paper: Paper, view: ReportView) -> None:
    """Write the documents that were received, by school."""
    texts = view.texts
    paper.heading(texts("paper.heading.received"), 1)
    heads = [texts(f"report.column.{name}") for name in ("document", "period", "pages", "read")]
    widths = (4900, 1900, 900, PORTRAIT_WIDTH - 7700)
    for school in view.schools:
        paper.paragraph(one_line(school.school.name) + ":", stays_with_next=True)
        if not school.documents:
            paper.paragraph(texts("report.reason.no_documents"))
            continue
        rows = [
            (
                path_within(document.entry.document.path, school.school),
                one_line(document.entry.period or ""),
                str(document.entry.document.pages or ""),
                document.status,
            )
            for document in school.documents
        ]
        paper.table(heads, widths, rows, title=one_line(school.school.name))
