"""Decides the status of each requirement at each school from its passages (requirements.md, "Statuses" and rulings)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.assess.review import review_of
from checker.model import (
    PRACTISED,
    Document,
    ElementHit,
    ElementKind,
    Finding,
    Passage,
    Problem,
    ReadStatus,
    School,
    Severity,
    Stance,
    Status,
)
from checker.rulebook import Requirement

DENYING = frozenset({Stance.DENIED, Stance.ENDED})
UNREAD_PROBLEMS = frozenset(
    {
        Problem.ENCRYPTED,
        Problem.DAMAGED,
        Problem.NO_TEXT,
        Problem.TOO_LARGE,
        Problem.TIMEOUT,
        Problem.CRASHED,
        Problem.BLOCKED,
    }
)
"""Ruling 19: what keeps a requirement without a passage from being called missing."""

SCORE_STEP = 0.001
NEAREST = 3


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document of a school with its passages.

    Args:
        basis: what a finding on it rests on (ruling 29).
        near: the passages that nearly counted, each with its reason.
        sections: how many headings it has.
    """

    document: Document
    passages: tuple[Passage, ...]
    basis: tuple[str, ...] = ()
    near: tuple[Passage, ...] = ()
    sections: int = 0

    @property
    def is_lost(self) -> bool:
        """Whether it could not be read, or only in part, so that nothing may be called missing."""
        if self.document.status is ReadStatus.PARTLY_READ:
            return True
        return self.document.status is ReadStatus.UNREADABLE and self.document.problem in UNREAD_PROBLEMS

    @property
    def is_searched(self) -> bool:
        """Whether its text was searched."""
        return self.document.status in {ReadStatus.READ, ReadStatus.PARTLY_READ, ReadStatus.CONTAINER}


@dataclass(frozen=True, slots=True)
class _Verdict:
    status: Status
    evidence: tuple[Passage, ...] = ()
    missing: tuple[ElementKind, ...] = ()
    elements: tuple[ElementHit, ...] = ()
    conflict: bool = False
    subthemes: tuple[str, ...] = ()


def finding_of(school: School, requirement: Requirement, documents: Sequence[ReadDocument]) -> Finding:
    """Give the finding on one requirement at one school, with its derivation.

    Args:
        documents: all of the school's documents, unread ones among them, in the order of their paths.
    """
    passages = [p for d in documents for p in d.passages if p.requirement == requirement.id]
    decide = _by_subthemes if requirement.subtheme_titles else _by_elements
    verdict = decide(requirement, passages)
    if verdict.status in {Status.DOCUMENTED, Status.PARTIAL} and not verdict.conflict:
        verdict = _disputed_elsewhere(verdict, [p for d in documents for p in d.passages])
    evidence = _falling(verdict.evidence)
    near = [p for d in documents for p in d.near if p.requirement == requirement.id]
    unread = tuple(d.document.path for d in documents if d.is_lost)
    reason = None
    status = verdict.status
    if status is Status.MISSING and not documents:
        reason = "no_documents"
    elif status is Status.MISSING and unread:
        status, reason = Status.NOT_ASSESSABLE, "unreadable_documents"
    basis_of = {d.document.path: d.basis for d in documents}
    chosen = {_line(p) for p in evidence}
    rest = [p for p in passages if _line(p) not in chosen]
    searched = [d for d in documents if d.is_searched]
    found = Finding(
        school=school.id,
        requirement=requirement.id,
        pack=requirement.pack,
        status=status,
        severity=_severity(requirement, status),
        missing=verdict.missing,
        conflict=verdict.conflict,
        reason=reason,
        basis=_basis(verdict, basis_of),
        subthemes=verdict.subthemes,
        elements=verdict.elements,
        evidence=evidence,
        considered=(*evidence, *rest),
        nearest=_nearest(rest, near) if status is not Status.DOCUMENTED else (),
        searched_documents=len(searched),
        searched_pages=sum(d.document.pages or 0 for d in searched),
        searched_sections=sum(d.sections for d in searched),
        searched_terms=requirement.term_count,
        searched_concepts=requirement.concept_count,
        unread=unread,
    )
    return replace(found, review=review_of(found))


def _nearest(passages: Sequence[Passage], near: Sequence[Passage]) -> tuple[Passage, ...]:
    """Give the first passages that did not count, each line once; then those that rules nearly caught."""
    ranked = (*passages, *sorted(near, key=lambda passage: (-passage.score, *_line(passage))))
    lines = {_line(passage): passage for passage in reversed(ranked)}
    return tuple(sorted(lines.values(), key=ranked.index))[:NEAREST]


def _falling(evidence: Sequence[Passage]) -> tuple[Passage, ...]:
    """Give the evidence, each line once, with scores that fall in its order: what decides stands first everywhere."""
    scored: list[Passage] = []
    seen = set()
    for passage in evidence:
        if _line(passage) in seen:
            continue
        seen.add(_line(passage))
        most = scored[-1].score - SCORE_STEP if scored else passage.score
        scored.append(replace(passage, score=round(max(min(passage.score, most), 0.0), 3)))
    return tuple(scored)


def _by_elements(requirement: Requirement, passages: Sequence[Passage]) -> _Verdict:
    practices = _joined_by_name([p for p in passages if p.is_practice and p.stance in PRACTISED])
    denials = [p for p in passages if p.stance in DENYING]
    if not practices:
        return _without_practice(passages, denials)
    ranked = sorted(practices, key=lambda p: (len(_missing(requirement, p)), -p.score))
    best = ranked[0]
    missing = _missing(requirement, best)
    disputed = _disputing(requirement, ranked, [p for p in denials if p.denies_system])
    return _Verdict(
        Status.PARTIAL if missing else Status.DOCUMENTED,
        (best, *disputed, *ranked[1:]),
        missing,
        tuple(hit for hit in best.elements if hit.kind in requirement.required),
        bool(disputed),
    )


def _joined_by_name(practices: Sequence[Passage]) -> list[Passage]:
    """Give the practices, each with the elements that passages under the same name lend it (ruling 25)."""
    lent: dict[str, dict[ElementKind, ElementHit]] = {}
    for passage in practices:
        for name in passage.names:
            for hit in passage.elements:
                lent.setdefault(name, {}).setdefault(hit.kind, hit)
    joined = []
    for passage in practices:
        elements = {hit.kind: hit for hit in passage.elements}
        for name in passage.names:
            for kind, hit in lent[name].items():
                elements.setdefault(kind, hit)
        joined.append(replace(passage, elements=tuple(hit for _, hit in sorted(elements.items()))))
    return joined


def _disputing(
    requirement: Requirement, practices: Sequence[Passage], denials: Sequence[Passage]
) -> list[Passage]:
    """Give the denials that are about the same thing as the practices that carry the status (ruling 12).

    They are so where the same rule caught both, or where another document denies in general that the requirement's
    practice exists. A practice that nothing denies, and that lacks no more, carries the status alone: no conflict.
    """
    rules_at = _rules_by_place((*practices, *denials))
    kinds = {pattern.id: pattern.kind for pattern in requirement.patterns}
    general = {_line(denial): denial for denial in denials if kinds.get(denial.rule) == "denial"}
    least = len(_missing(requirement, practices[0]))
    for practice in practices:
        if len(_missing(requirement, practice)) > least:
            break
        own = rules_at[_line(practice)]
        same = any(own & rules_at[_line(denial)] for denial in denials)
        elsewhere = any(denial.place.path != practice.place.path for denial in general.values())
        if not same and not elsewhere:
            return []
    return [denial for denial in denials if _line(denial) not in {_line(p) for p in practices}]


def _disputed_elsewhere(verdict: _Verdict, passages: Sequence[Passage]) -> _Verdict:
    """Give the verdict with the conflict that another requirement has on the very sentence that decides (ruling 1).

    A visit to lessons answers two requirements: what denies in another document that there are visits, on the one,
    denies the other as well. It counts only where no other sentence carries the status.
    """
    best = verdict.evidence[0]
    practices = {_line(p) for p in verdict.evidence if p.is_practice and p.stance in PRACTISED}
    if len(practices) > 1:
        return verdict
    others = {p.requirement for p in passages if _line(p) in practices and p.is_practice} - {best.requirement}
    denials = [
        p
        for p in passages
        if p.requirement in others
        and p.stance in DENYING
        and p.denies_system
        and not p.is_practice
        and p.place.path != best.place.path
    ]
    if not denials:
        return verdict
    return replace(verdict, evidence=(best, denials[0], *verdict.evidence[1:]), conflict=True)


def _rules_by_place(passages: Iterable[Passage]) -> Mapping[tuple[str, int, int], set[str]]:
    rules: dict[tuple[str, int, int], set[str]] = {}
    for passage in passages:
        rules.setdefault(_line(passage), set()).add(passage.rule)
    return rules


def _line(passage: Passage) -> tuple[str, int, int]:
    """Give the line that a passage is."""
    return passage.place.path, passage.place.block, passage.place.offset


def _without_practice(passages: Sequence[Passage], denials: Sequence[Passage]) -> _Verdict:
    """Give the status where no practice holds: denied, planned, only mentioned, or missing."""
    if denials:
        return _Verdict(Status.DENIED, _ranked(denials))
    planned = [p for p in passages if p.stance is Stance.PLANNED]
    if planned:
        return _Verdict(Status.PLANNED, _ranked(planned))
    return _Verdict(Status.MENTIONED, _ranked(passages)) if passages else _Verdict(Status.MISSING)


def _by_subthemes(requirement: Requirement, passages: Sequence[Passage]) -> _Verdict:
    """Two different sub-themes with concrete practice make it documented, one partial."""
    practices = [p for p in passages if p.is_practice and p.stance in PRACTISED and p.subtheme]
    if not practices:
        return _without_practice(passages, [p for p in passages if p.stance in DENYING])
    found = tuple(
        theme for theme in requirement.subtheme_titles if any(p.subtheme == theme for p in practices)
    )
    enough = len(found) >= (requirement.minimum_subthemes or 1)
    return _Verdict(
        Status.DOCUMENTED if enough else Status.PARTIAL, _spread(practices, found), subthemes=found
    )


def _spread(practices: Sequence[Passage], themes: Sequence[str]) -> tuple[Passage, ...]:
    """Order practices so that each sub-theme's best comes before any sub-theme's second."""
    rounds: list[tuple[int, int, Passage]] = []
    for number, theme in enumerate(themes):
        ranked = _ranked(p for p in practices if p.subtheme == theme)
        rounds.extend((turn, number, passage) for turn, passage in enumerate(ranked))
    return tuple(passage for _, _, passage in sorted(rounds, key=lambda r: r[:2]))


def _ranked(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(passages, key=lambda p: (-p.score, not p.is_practice)))


def _missing(requirement: Requirement, passage: Passage) -> tuple[ElementKind, ...]:
    found = {hit.kind for hit in passage.elements}
    return tuple(kind for kind in requirement.required if kind not in found)


def _severity(requirement: Requirement, status: Status) -> Severity:
    """A partly documented requirement is one step less grave than the rule says; one that is met is low."""
    if not status.is_gap:
        return Severity.LOW
    if status is not Status.PARTIAL:
        return requirement.severity
    return Severity.MEDIUM if requirement.severity is Severity.HIGH else Severity.LOW


def _basis(verdict: _Verdict, basis_of: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    found = {basis for passage in verdict.evidence[:1] for basis in basis_of.get(passage.place.path, ())}
    return tuple(sorted(found))
