"""The findings in the working paper: the matrix, by question over all schools, and by school."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model import RequirementInfo
from checker.report.looks import CONFLICT_SIGN, LOOKS, REVIEW_SIGN
from checker.report.paper.document import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Paper
from checker.report.paper.frame import status_cell
from checker.report.paper.tables import Cell, plain
from checker.report.rows import marked_sign, shown_quotes
from checker.report.view import FindingView, Matrix, MatrixRow, ReportView, SchoolView
from checker.report.words import clean, one_line, question_words
from checker.texts import Texts

_MOST_COLUMNS = 16
_NAME_WIDTH, _GAPS_WIDTH = 2500, 1000
_PLACE_JOINT = ", "


def write_matrix(paper: Paper, view: ReportView) -> None:
    """Write schools by requirements, by sign and colour, with the key to the signs."""
    texts = view.texts
    paper.heading(texts("report.heading.matrix"), 1)
    for matrix in view.matrices:
        for start in range(0, len(matrix.requirements), _MOST_COLUMNS):
            _write_matrix_part(paper, view, matrix, slice(start, start + _MOST_COLUMNS))
    signs = [f"{LOOKS[status].sign} {texts(f'status.{status}')}" for status in LOOKS]
    signs.append(f"{CONFLICT_SIGN} {texts('report.summary.conflicts')}")
    signs.append(f"{REVIEW_SIGN} {texts('report.summary.reviews')}")
    paper.paragraph(" · ".join(signs), label=texts("report.heading.legend"))


def _write_matrix_part(paper: Paper, view: ReportView, matrix: Matrix, part: slice) -> None:
    texts = view.texts
    requirements = matrix.requirements[part]
    if not requirements or not matrix.rows:
        return
    kind = texts("report.schools" if matrix.level.value == "school" else "report.owners")
    heads = [kind, *(info.id for info in requirements), texts("report.column.gaps")]
    each = min((LANDSCAPE_WIDTH - _NAME_WIDTH - _GAPS_WIDTH) // len(requirements), 1100)
    rows = [_matrix_row(row, part) for row in matrix.rows]
    below = [str(count) for count in matrix.gaps[part]]
    rows.append([plain(texts("report.matrix.gaps_below"), bold=True), *map(_centred, below), plain("")])
    paper.table(heads, (_NAME_WIDTH, *[each] * len(requirements), _GAPS_WIDTH), rows, title=kind)


def _matrix_row(row: MatrixRow, part: slice) -> list[Cell]:
    return [
        plain(one_line(row.school.name), bold=True),
        *(_sign_cell(cell) for cell in row.cells[part]),
        _centred(str(row.gaps)),
    ]


def _sign_cell(finding: FindingView | None) -> Cell:
    if finding is None:
        return plain("")
    look = LOOKS[finding.finding.status]
    return Cell(
        ((marked_sign(finding), False),),
        fill=look.fill[1:],
        ink=look.ink[1:],
        is_bold=True,
        is_centred=True,
    )


def _centred(text: str) -> Cell:
    return Cell(((text, False),), is_centred=True)


def write_by_question(paper: Paper, view: ReportView) -> None:
    """Write each question's requirements, with every school's status, lack and quote."""
    texts = view.texts
    paper.heading(texts("paper.heading.by_question"), 1)
    for question in dict.fromkeys(info.question for info in view.parts.requirements):
        paper.heading(question_words(question, texts), 2)
        for info in view.parts.requirements:
            if info.question == question:
                _write_requirement(paper, view, info)


def _write_requirement(paper: Paper, view: ReportView, info: RequirementInfo) -> None:
    texts = view.texts
    findings = [
        finding
        for finding in view.findings
        if (finding.finding.pack, finding.finding.requirement) == (info.pack, info.id)
    ]
    paper.heading(f"{info.id} {one_line(info.title)}", 3)
    paper.paragraph(clean(info.source), label=texts("report.column.source"), stays_with_next=True)
    paper.paragraph(_counted(findings, view), stays_with_next=True)
    heads = [texts(f"report.column.{name}") for name in ("school", "status", "lacks", "quote")]
    rows = [
        (one_line(finding.school.name), status_cell(finding), _lacks(finding), quotes_cell(finding))
        for finding in findings
    ]
    widths = (1700, 1900, 1700, PORTRAIT_WIDTH - 5300)
    paper.table(heads, widths, rows, title=f"{info.id} {one_line(info.title)}")


def _counted(findings: Sequence[FindingView], view: ReportView) -> str:
    """Give how many schools have which status."""
    statuses = [finding.finding.status for finding in findings]
    counts = [
        f"{view.texts(f'status.{status}')}: {statuses.count(status)}"
        for status in LOOKS
        if statuses.count(status)
    ]
    return " · ".join(counts)


def _lacks(finding: FindingView) -> str:
    return "\n".join(part for part in (finding.lacks, finding.reason) if part)


def quotes_cell(finding: FindingView) -> Cell:
    """Give a cell with the quotes that decide a finding, each with document, page and headings below it."""
    lines: list[tuple[str, bool]] = []
    for quote in shown_quotes(finding):
        lines.append((f"«{quote.text}»", False))
        place = (quote.document, quote.where, quote.section)
        lines.append((_PLACE_JOINT.join(part for part in place if part), True))
    return Cell(tuple(lines) or (("–", False),))


def write_by_school(paper: Paper, view: ReportView) -> None:
    """Write each school's findings, with quotes and the questions to ask."""
    paper.heading(view.texts("paper.heading.by_school"), 1)
    for school in view.schools:
        _write_school(paper, view, school)


def _write_school(paper: Paper, view: ReportView, school: SchoolView) -> None:
    texts = view.texts
    paper.heading(one_line(school.school.name), 2)
    counts = [f"{texts(f'status.{status}')}: {count}" for status, count in school.counts if count]
    paper.paragraph(" · ".join((school.level, *counts)), stays_with_next=True)
    if not school.documents:
        paper.paragraph(texts("report.reason.no_documents"))
    if not school.findings:
        return
    heads = [texts(f"report.column.{name}") for name in ("title", "status", "quote", "follow_up")]
    rows = [
        (
            Cell(((finding.requirement.id, True), (one_line(finding.requirement.title), False))),
            status_cell(finding),
            _found_cell(finding),
            _asked_cell(finding, texts),
        )
        for finding in school.findings
    ]
    widths = (1900, 1800, 3300, PORTRAIT_WIDTH - 7000)
    paper.table(heads, widths, rows, title=one_line(school.school.name))


def _found_cell(finding: FindingView) -> Cell:
    lines = quotes_cell(finding).lines
    lacks = tuple((line, False) for line in _lacks(finding).split("\n") if line)
    return Cell((*lacks, *lines) if shown_quotes(finding) else lacks)


def _asked_cell(finding: FindingView, texts: Texts) -> Cell:
    lines = [finding.follow_up] if finding.is_gap and finding.follow_up else []
    said = finding.decided.verdict
    decided = ((f"{texts('report.column.decision')}: {said}", True),) if said else ()
    return Cell((*((line, False) for line in lines), *decided))
