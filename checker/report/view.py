"""What a reader sees of a report: every finding, quote and count in words, ready to be laid out.

The workbook, the page, the CSV file and the terminal all lay out the same views.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from checker.model import (
    PRACTISED,
    ElementKind,
    Finding,
    Level,
    Passage,
    Place,
    ReadStatus,
    Report,
    ReportDocument,
    RequirementInfo,
    School,
    Status,
)
from checker.report.decided import NO_DECISIONS, NOTHING, Decided, Decisions
from checker.report.looks import GRAVEST_FIRST, LOOKS, SEVERITY_ORDER
from checker.report.order import Ordered, evidence_of, is_denial, ordered, why_not_counted
from checker.report.words import (
    document_message,
    element_words,
    lacks,
    one_line,
    page_words,
    path_within,
    question_words,
    section_words,
    shortened,
    subtheme_words,
    where,
    worded,
)
from checker.texts import Texts, load_texts

WORDS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote and where it stands, in words.

    Args:
        document: path as seen from the school's folder.
        where: page, slide or cell; empty where the format has none.
        stance: how the sentence was read; ``cue`` the words that decided it.
        why_not: why it did not count; empty for evidence.
        elements: the elements that stand in it.
    """

    text: str
    document: str
    where: str
    section: str
    stance: str = ""
    cue: str = ""
    is_denial: bool = False
    is_practice: bool = True
    why_not: str = ""
    elements: str = ""
    period: str = ""
    revised: str = ""
    observations: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words."""

    finding: Finding
    school: School
    requirement: RequirementInfo
    anchor: str
    status: str
    sign: str
    severity: str
    question: str
    lacks: str
    meaning: str
    explanation: str
    follow_up: str
    reason: str
    basis: str
    subthemes: str
    review: str
    review_quote: QuoteView | None
    quotes: tuple[QuoteView, ...]
    elements: tuple[tuple[str, tuple[QuoteView, ...]], ...]
    nearest: tuple[QuoteView, ...]
    search: str
    decided: Decided = NOTHING

    @property
    def is_gap(self) -> bool:
        """Whether the finding counts as a gap."""
        return self.finding.status.is_gap


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in words."""

    entry: ReportDocument
    path: str
    school: str
    status: str
    message: str
    language: str
    unread: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A school's line of the matrix; a cell is None where there is no finding."""

    school: School
    anchor: str
    cells: tuple[FindingView | None, ...]
    gaps: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Schools by requirements of one level; ``gaps`` counts the gaps of each column."""

    level: Level
    requirements: tuple[RequirementInfo, ...]
    heads: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SchoolView:
    """A school with its findings and documents."""

    school: School
    anchor: str
    level: str
    findings: tuple[FindingView, ...]
    documents: tuple[DocumentView, ...]
    counts: tuple[tuple[Status, int], ...]
    gaps: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """A whole report in words."""

    report: Report
    parts: Ordered
    texts: Texts
    schools: tuple[SchoolView, ...]
    findings: tuple[FindingView, ...]
    documents: tuple[DocumentView, ...]
    matrices: tuple[Matrix, ...]
    counts: tuple[tuple[Status, int], ...]
    decisions: Decisions = field(default_factory=dict)

    @property
    def unread(self) -> tuple[DocumentView, ...]:
        """The documents that could not be read, or only in part."""
        return tuple(document for document in self.documents if document.unread)

    @property
    def gaps(self) -> tuple[FindingView, ...]:
        """The findings that are gaps."""
        return tuple(view for view in self.findings if view.is_gap)

    @property
    def without_documents(self) -> tuple[School, ...]:
        """The schools that sent nothing."""
        silent = {view.school.id for view in self.findings if view.finding.reason == "no_documents"}
        return tuple(school for school in self.parts.schools if school.id in silent)


def report_view(
    report: Report, *, all_evidence: bool = False, decisions: Decisions = NO_DECISIONS
) -> ReportView:
    """Give all that a reader sees of a report, in its language, with what persons decided in a case."""
    parts = ordered(report)
    teller = _Teller(parts, load_texts(report.language), all_evidence, decisions)
    findings = tuple(teller.finding(finding) for finding in parts.findings)
    documents = tuple(teller.document(entry) for entry in parts.documents)
    schools = tuple(_school_view(school, teller, findings, documents) for school in parts.schools)
    return ReportView(
        report=report,
        parts=parts,
        texts=teller.texts,
        schools=schools,
        findings=findings,
        documents=documents,
        matrices=_matrices(parts, findings),
        counts=_counts(findings),
        decisions=decisions,
    )


def finding_view(finding: Finding, report: Report) -> FindingView:
    """Give one finding of a report in words, with all its evidence."""
    return _Teller(ordered(report), load_texts(report.language), True, NO_DECISIONS).finding(finding)


def considered_views(finding: Finding, report: Report) -> tuple[tuple[Passage, QuoteView], ...]:
    """Give every passage that was looked at for a finding, with its words."""
    teller = _Teller(ordered(report), load_texts(report.language), True, NO_DECISIONS)
    school = teller.parts.school_by_id[finding.school]
    return tuple((passage, teller.passage(passage, school)) for passage in finding.considered)


def gravest(view: ReportView) -> tuple[FindingView, ...]:
    """Give the gaps, gravest first: by severity, then status, then the report's order.

    Those of schools that sent nothing are left out: there is one thing to say of them, not one a requirement.
    """
    told = [gap for gap in view.gaps if gap.finding.reason != "no_documents"]
    return tuple(
        sorted(
            told,
            key=lambda gap: (
                SEVERITY_ORDER.index(gap.finding.severity),
                GRAVEST_FIRST.index(gap.finding.status),
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Turns the parts of a report into words."""

    parts: Ordered
    texts: Texts
    all_evidence: bool
    decisions: Decisions

    def finding(self, finding: Finding) -> FindingView:
        school = self.parts.school_by_id[finding.school]
        requirement = self.parts.requirement_of(finding)
        evidence = evidence_of(finding, all_evidence=self.all_evidence)
        return FindingView(
            finding=finding,
            school=school,
            requirement=requirement,
            anchor=f"{_school_anchor(school, self.parts)}-{_slug(finding.requirement)}-{_slug(finding.pack)}",
            status=self.texts(f"status.{finding.status}"),
            sign=LOOKS[finding.status].sign,
            severity=self.texts(f"report.severity.{finding.severity}"),
            question=question_words(requirement.question, self.texts),
            lacks=lacks(finding, requirement, self.texts),
            meaning=finding.meaning or self.texts(f"report.meaning.{finding.status}"),
            explanation=one_line(finding.explanation),
            follow_up=one_line(finding.follow_up or requirement.follow_up),
            reason=self.reason(finding, school),
            basis=", ".join(worded(self.texts, "report.basis", name) for name in finding.basis),
            subthemes=subtheme_words(finding, requirement),
            review=worded(self.texts, "report.review", finding.review.because) if finding.review else "",
            review_quote=self.review_quote(finding, school),
            quotes=tuple(self.passage(passage, school) for passage in evidence),
            elements=self.elements(finding, school),
            nearest=tuple(self.near(passage, school) for passage in finding.nearest),
            search=self.search(finding, school),
            decided=self.decisions.get((finding.school, finding.requirement), NOTHING),
        )

    def passage(self, passage: Passage, school: School) -> QuoteView:
        entry = self.parts.document_by_path[passage.place.path]
        kinds = tuple(dict.fromkeys(hit.kind for hit in passage.elements))
        return QuoteView(
            text=one_line(passage.quote),
            document=path_within(passage.place.path, school),
            where=where(passage.place, self.texts, file_format=entry.document.format),
            section=section_words(passage.place.section),
            stance=self.texts(f"report.stance.{passage.stance}"),
            cue=one_line(passage.stance_cue),
            is_denial=is_denial(passage),
            is_practice=passage.is_practice,
            why_not="" if passage.is_practice and passage.stance in PRACTISED else self.why_not(passage),
            elements=element_words(kinds, self.texts),
            period=one_line(entry.period or ""),
            revised=one_line(entry.revised or ""),
            observations=_observation_ids(entry),
        )

    def why_not(self, passage: Passage) -> str:
        why_not = worded(self.texts, "report.why_not", why_not_counted(passage))
        words = one_line(passage.stance_cue)
        if not passage.why_not or not words:
            return why_not
        return self.texts("report.why_not.words", why_not=why_not, words=shortened(words, WORDS_SHOWN))

    def near(self, passage: Passage, school: School) -> QuoteView:
        return replace(self.passage(passage, school), why_not=self.why_not(passage))

    def place(self, quote: str, place: Place, school: School) -> QuoteView:
        entry = self.parts.document_by_path[place.path]
        return QuoteView(
            text=one_line(quote),
            document=path_within(place.path, school),
            where=where(place, self.texts, file_format=entry.document.format),
            section=section_words(place.section),
        )

    def elements(self, finding: Finding, school: School) -> tuple[tuple[str, tuple[QuoteView, ...]], ...]:
        grouped = []
        for kind in ElementKind:
            hits = tuple(
                self.place(hit.quote, hit.place, school) for hit in finding.elements if hit.kind is kind
            )
            if hits:
                grouped.append((self.texts(f"element.{kind}"), hits))
        return tuple(grouped)

    def reason(self, finding: Finding, school: School) -> str:
        if finding.reason is None:
            return ""
        reason = worded(self.texts, "report.reason", finding.reason)
        if not finding.unread:
            return reason
        files = "; ".join(self.unread_file(path, school) for path in finding.unread)
        return self.texts("report.reason.files", reason=reason, files=files)

    def unread_file(self, path: str, school: School) -> str:
        problem = self.parts.document_by_path[path].document.problem
        name = path_within(path, school)
        return f"{name} ({self.texts(f'report.problem.{problem}')})" if problem else name

    def review_quote(self, finding: Finding, school: School) -> QuoteView | None:
        review = finding.review
        if review is None or review.path is None:
            return None
        entry = self.parts.document_by_path[review.path]
        return QuoteView(
            text=one_line(review.quote or ""),
            document=path_within(review.path, school),
            where=page_words(review.page, self.texts, file_format=entry.document.format),
            section="",
        )

    def search(self, finding: Finding, school: School) -> str:
        if finding.status is Status.DOCUMENTED:
            return ""
        sentence = self.texts(
            "report.finding.search",
            documents=finding.searched_documents,
            pages=finding.searched_pages,
            sections=finding.searched_sections,
            concepts=finding.searched_concepts,
            terms=finding.searched_terms,
        )
        if not finding.unread or finding.reason is not None:
            return sentence
        files = "; ".join(self.unread_file(path, school) for path in finding.unread)
        return f"{sentence} {self.texts('report.finding.unread', files=files)}"

    def document(self, entry: ReportDocument) -> DocumentView:
        document = entry.document
        language = document.language or ""
        unread = document.status in {ReadStatus.UNREADABLE, ReadStatus.PARTLY_READ}
        school = self.parts.school_by_id.get(entry.school) if entry.school is not None else None
        message = document_message(entry, self.texts)
        if message is None and document.problem is not None:
            message = self.texts(f"report.problem.{document.problem}")
        return DocumentView(
            entry=entry,
            path=one_line(document.path),
            school=one_line(school.name) if school else "",
            status=self.texts(f"report.read.{document.status}"),
            message=one_line(message or ""),
            language=worded(self.texts, "report.language", language) if language else "",
            unread=unread,
        )


def _observation_ids(entry: ReportDocument) -> str:
    return ", ".join(dict.fromkeys(observation.id for observation in entry.observations))


def _school_view(
    school: School,
    teller: _Teller,
    findings: Sequence[FindingView],
    documents: Sequence[DocumentView],
) -> SchoolView:
    own = tuple(view for view in findings if view.school.id == school.id)
    return SchoolView(
        school=school,
        anchor=_school_anchor(school, teller.parts),
        level=teller.texts(f"report.level.{school.level}"),
        findings=own,
        documents=tuple(view for view in documents if view.entry.school == school.id),
        counts=_counts(own),
        gaps=sum(view.is_gap for view in own),
    )


def _counts(findings: Sequence[FindingView]) -> tuple[tuple[Status, int], ...]:
    return tuple((status, sum(view.finding.status is status for view in findings)) for status in LOOKS)


def _matrices(parts: Ordered, findings: Sequence[FindingView]) -> tuple[Matrix, ...]:
    by_place = {(view.finding.school, view.finding.pack, view.finding.requirement): view for view in findings}
    matrices = []
    for level in Level:
        requirements = tuple(info for info in parts.requirements if info.level is level)
        schools = [school for school in parts.schools if school.level is level]
        rows = []
        for school in schools:
            cells = tuple(by_place.get((school.id, info.pack, info.id)) for info in requirements)
            gaps = sum(_is_gap(cell) for cell in cells)
            rows.append(MatrixRow(school, _school_anchor(school, parts), cells, gaps))
        if requirements and rows:
            sums = tuple(
                sum(_is_gap(row.cells[column]) for row in rows) for column in range(len(requirements))
            )
            matrices.append(Matrix(level, requirements, _heads(requirements), tuple(rows), sums))
    return tuple(matrices)


def _is_gap(cell: FindingView | None) -> bool:
    return cell is not None and cell.is_gap


def _heads(requirements: Sequence[RequirementInfo]) -> tuple[str, ...]:
    """Give the requirements' numbers, without the letters that all share."""
    letters = {info.id.partition("-")[0] for info in requirements}
    packs = {info.pack for info in requirements}
    if len(letters) == 1 and len(packs) == 1:
        return tuple(info.id.partition("-")[2] or info.id for info in requirements)
    return tuple(info.id for info in requirements)


def _school_anchor(school: School, parts: Ordered) -> str:
    return f"s{parts.school_number[school.id]}"


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "_", text)
