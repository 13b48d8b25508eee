"""Says which findings a human should look at, why, and at which sentence.

Each doubt has its own reason and weight: about how often a finding with it was wrong on the texts that rules are tuned
on. Doubts about one finding add up as independent chances; the gravest one is the reason that is told. Of a report, the
findings most in doubt are marked, at most 15 % of them.

Measured with ``skolesjekk evaluate`` (``review_share``, ``review_errors``), 25 November 2026: tverrmark 17 of 114
findings marked, 4 of 14 wrong ones among them; havnas 12 of 86, 7 of 17 wrong ones among them. The aim, 60 % of the
errors, is not reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.model import Finding, Passage, Review, Severity, Stance, Status

MARKED_SHARE = 0.15
UNSURE_SCORE = 0.9
NEAR_SHARE = 0.85
SETTLED = frozenset({"pupils", "parents", "visitors", "other_level", "quoted", "case", "question"})
"""Reasons that settle why a passage did not count; the others may be our fault."""

SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look at a finding: its key in the text catalogue, how much it weighs, and the passage."""

    because: str
    weight: float
    passage: Passage | None = None


def review_of(finding: Finding) -> Review | None:
    """Give the gravest doubt about a finding, weighing as much as all of them together; None without doubt."""
    doubts = sorted(_doubts(finding), key=lambda doubt: -doubt.weight)
    if not doubts:
        return None
    right = 1.0
    for doubt in doubts:
        right *= 1 - doubt.weight
    gravest = doubts[0]
    if gravest.passage is None:
        return Review(
            gravest.because, finding.unread[0] if finding.unread else None, weight=round(1 - right, 4)
        )
    place = gravest.passage.place
    return Review(gravest.because, place.path, place.page, gravest.passage.quote, round(1 - right, 4))


def only_gravest_reviews(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings of a report with the marks of those most in doubt only: at most 15 %, but one at least.

    Findings of schools that sent nothing are neither marked nor counted. Of equal doubts the graver requirement comes
    first, then the order of the report.
    """
    counted = [number for number, finding in enumerate(findings) if finding.reason != "no_documents"]
    marked = [(number, review) for number in counted if (review := findings[number].review) is not None]
    ranked = sorted(
        marked,
        key=lambda pair: (-pair[1].weight, SEVERITIES.index(findings[pair[0]].severity), pair[0]),
    )
    kept = {number for number, _ in ranked[: max(1, int(MARKED_SHARE * len(counted)))]}
    return tuple(
        finding if number in kept else replace(finding, review=None)
        for number, finding in enumerate(findings)
    )


def _doubts(finding: Finding) -> Iterator[Doubt]:
    status = finding.status
    if finding.reason == "no_documents":
        return
    if finding.conflict:
        yield Doubt("review.conflict", 0.25, _denial(finding))
    if status is Status.MISSING:
        yield from _of_nearest(finding, 1.0)
    elif status is Status.MENTIONED:
        yield from _of_mention(finding)
    elif status in {Status.DENIED, Status.PLANNED}:
        yield from _of_denial(finding)
    elif finding.subthemes:
        yield from _of_subthemes(finding)
    elif status in {Status.DOCUMENTED, Status.PARTIAL}:
        yield from _of_elements(finding)
    best = finding.evidence[0] if finding.evidence else None
    if best is not None and best.score < UNSURE_SCORE:
        yield Doubt("review.unsure", 0.25, best)
    if status.is_gap and finding.unread:
        yield Doubt("review.unread", 0.1)


def _denial(finding: Finding) -> Passage:
    denials = [p for p in finding.evidence if p.stance in {Stance.DENIED, Stance.ENDED}]
    return (denials or list(finding.evidence))[0]


def _of_nearest(finding: Finding, part: float) -> Iterator[Doubt]:
    """A passage that lacks one thing only may have been misread."""
    near = next((passage for passage in finding.nearest if passage.why_not), None)
    if near is None or near.why_not in SETTLED:
        return
    if near.score < NEAR_SHARE:
        yield Doubt("review.near", 0.15 * part, near)
    elif near.why_not in {"other_section", "other_actor"}:
        yield Doubt("review.near", 0.25 * part, near)
    else:
        yield Doubt("review.near", 0.45 * part, near)


def _of_mention(finding: Finding) -> Iterator[Doubt]:
    """A topic that is named may be a practice in words that no rule knows."""
    best = finding.evidence[0]
    plain = best.stance in {Stance.AFFIRMED, Stance.PAST, Stance.HEDGED, Stance.CONDITIONAL}
    yield Doubt("review.only_named", 0.35 if plain else 0.25, best)
    yield from _of_nearest(finding, 0.5)


def _of_denial(finding: Finding) -> Iterator[Doubt]:
    best = finding.evidence[0]
    others = [p for p in finding.considered if p.stance is not best.stance and p.stance is not Stance.QUOTED]
    if finding.status is Status.DENIED and others:
        yield Doubt("review.stances", 0.5, best)
    elif not best.is_practice:
        yield Doubt("review.only_named", 0.2, best)


def _of_subthemes(finding: Finding) -> Iterator[Doubt]:
    """What hangs on one sub-theme, or on two with a sentence each, turns over with a single misreading."""
    sentences = [p for p in finding.evidence if p.subtheme in finding.subthemes]
    if len(finding.subthemes) == 1:
        yield Doubt("review.one_subtheme", 0.4 if len(sentences) == 1 else 0.3, sentences[0])
    elif len(finding.subthemes) == 2:
        thin = [t for t in finding.subthemes if sum(p.subtheme == t for p in sentences) == 1]
        if thin:
            weakest = next(p for p in sentences if p.subtheme == thin[-1])
            yield Doubt("review.two_subthemes", 0.1 + 0.1 * len(thin), weakest)


def _of_elements(finding: Finding) -> Iterator[Doubt]:
    best = finding.evidence[0]
    if finding.status is Status.DOCUMENTED:
        lent = [hit for hit in finding.elements if hit.place.block != best.place.block]
        if lent and len(finding.evidence) == 1:
            yield Doubt("review.lent_element", 0.1, best)
        return
    elsewhere = next(
        (p for p in finding.evidence[1:] if {hit.kind for hit in p.elements} & set(finding.missing)), None
    )
    if elsewhere is not None:
        yield Doubt("review.element_elsewhere", 0.15, elsewhere)
    if len(finding.missing) == 1:
        yield Doubt("review.one_lacking", 0.15, best)
