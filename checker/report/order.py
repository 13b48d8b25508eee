"""The order of everything in a report, and looking its parts up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.model import (
    Finding,
    Passage,
    Report,
    ReportDocument,
    RequirementInfo,
    School,
    Stance,
)

EVIDENCE_LIMIT = 5
_DENYING = (Stance.DENIED, Stance.ENDED)
_PLAIN = (Stance.AFFIRMED, Stance.PAST)


@dataclass(frozen=True, slots=True)
class Ordered:
    """A report's parts in the contract's order, and maps to find them by.

    Args:
        documents: by path.
        findings: by school (as listed), pack, requirement.
        requirements: by pack, id.
        school_number: from 1, as listed.
    """

    schools: tuple[School, ...]
    documents: tuple[ReportDocument, ...]
    findings: tuple[Finding, ...]
    requirements: tuple[RequirementInfo, ...]
    school_by_id: Mapping[str, School]
    document_by_path: Mapping[str, ReportDocument]
    requirement_by_key: Mapping[tuple[str, str], RequirementInfo]
    school_number: Mapping[str, int]

    def document_id(self, path: str) -> str:
        """Give the id of the document at ``path``."""
        return self.document_by_path[path].id

    def requirement_of(self, finding: Finding) -> RequirementInfo:
        """Give what the report says of the finding's requirement."""
        return self.requirement_by_key[(finding.pack, finding.requirement)]

    def documents_of(self, school: str) -> tuple[ReportDocument, ...]:
        """Give the documents of a school or owner."""
        return tuple(document for document in self.documents if document.school == school)


def ordered(report: Report) -> Ordered:
    """Give the report's parts in the contract's order."""
    place = {school.id: index for index, school in enumerate(report.schools)}
    documents = tuple(sorted(report.documents, key=lambda entry: entry.document.path))
    return Ordered(
        schools=report.schools,
        documents=documents,
        findings=tuple(
            sorted(
                report.findings,
                key=lambda finding: (place[finding.school], finding.pack, finding.requirement),
            )
        ),
        requirements=tuple(sorted(report.requirements, key=lambda info: (info.pack, info.id))),
        school_by_id={school.id: school for school in report.schools},
        document_by_path={entry.document.path: entry for entry in documents},
        requirement_by_key={(info.pack, info.id): info for info in report.requirements},
        school_number={school.id: number for number, school in enumerate(report.schools, start=1)},
    )


def evidence_of(finding: Finding, *, all_evidence: bool = False) -> tuple[Passage, ...]:
    """Give a finding's evidence, best first, at most five of it; a conflict always shows its denial."""
    passages = sorted(finding.evidence, key=_evidence_key)
    if all_evidence or len(passages) <= EVIDENCE_LIMIT:
        return tuple(passages)
    kept = passages[:EVIDENCE_LIMIT]
    if finding.conflict and not denial_in(kept):
        rest = [passage for passage in passages[EVIDENCE_LIMIT:] if is_denial(passage)]
        kept = kept[: EVIDENCE_LIMIT - 1] + rest[:1] if rest else kept
    return tuple(kept)


def is_denial(passage: Passage) -> bool:
    """Whether the passage says that something is not there, or is there no longer."""
    return passage.stance in _DENYING


def why_not_counted(passage: Passage) -> str:
    """Give why a passage is no practice: why it was set aside, its stance, or ``topic_only``."""
    if passage.why_not:
        return passage.why_not
    return "topic_only" if passage.stance in _PLAIN else passage.stance.value


def denial_in(passages: Sequence[Passage]) -> bool:
    """Whether one of the passages is a denial."""
    return any(is_denial(passage) for passage in passages)


def _evidence_key(passage: Passage) -> tuple[float, str, int, int, int, str]:
    place = passage.place
    return (-passage.score, place.path, place.page or 0, place.block, place.offset, passage.quote)
