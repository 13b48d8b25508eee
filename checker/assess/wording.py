"""Puts a finding into the reader's words: why this status, what it means, what to ask the school."""

from __future__ import annotations

from dataclasses import replace

from checker.model import ElementKind, Finding, Status
from checker.rulebook import Requirement
from checker.texts import Texts


def worded(finding: Finding, requirement: Requirement, texts: Texts) -> Finding:
    """Give the finding with its explanation, meaning and follow-up question."""
    review = finding.review
    return replace(
        finding,
        explanation=_explanation(finding, requirement, texts),
        meaning=texts(f"report.meaning.{finding.status}"),
        follow_up=requirement.follow_up[texts.language],
        review=replace(review, because=texts(review.because)) if review else None,
    )


def _explanation(finding: Finding, requirement: Requirement, texts: Texts) -> str:
    if finding.reason is not None:
        return texts(f"assess.why.{finding.reason}")
    if finding.status is Status.MISSING:
        return texts("assess.why.missing", documents=finding.searched_documents)
    if requirement.subtheme_titles and finding.subthemes:
        names = ", ".join(requirement.subtheme_titles[theme][texts.language] for theme in finding.subthemes)
        return texts(f"assess.why.subthemes.{finding.status}", names=names)
    sentences = [
        texts(f"assess.why.{finding.status}", found=_named(finding, texts), lacking=_lacking(finding, texts))
    ]
    cue = finding.evidence[0].stance_cue if finding.evidence else ""
    if cue and finding.status in {Status.PLANNED, Status.DENIED, Status.MENTIONED}:
        sentences.append(texts("assess.why.cue", cue=cue))
    if finding.conflict:
        sentences.append(texts("assess.why.conflict"))
    return " ".join(sentences)


def _named(finding: Finding, texts: Texts) -> str:
    kinds = dict.fromkeys(hit.kind for hit in finding.elements)
    named = [f"{texts(f'element.{kind}')} («{_quote(finding, kind)}»)" for kind in kinds]
    return ", ".join(named) or texts("assess.nothing")


def _quote(finding: Finding, kind: ElementKind) -> str:
    return next(hit.quote for hit in finding.elements if hit.kind is kind)


def _lacking(finding: Finding, texts: Texts) -> str:
    return ", ".join(texts(f"element.{kind}") for kind in finding.missing)
