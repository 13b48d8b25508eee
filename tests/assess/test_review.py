from __future__ import annotations

from dataclasses import replace

import pytest

from checker.assess import only_gravest_reviews
from checker.assess.review import review_of
from checker.model import ElementHit, ElementKind, Finding, Passage, Place, Review, Severity, Stance, Status

R, T = ElementKind.RESPONSIBLE, ElementKind.TIMING


def passage(block: int = 1, stance: Stance = Stance.AFFIRMED, **changes: object) -> Passage:
    place = Place("Ås skole/plan.docx", block, 0, page=3)
    return replace(Passage("PR-101", "visit", f"Setning {block}.", place, stance, True, 1.0), **changes)


def near(score: float, why_not: str) -> Passage:
    return passage(9, is_practice=False, score=score, why_not=why_not)


def finding(status: Status, *evidence: Passage, **changes: object) -> Finding:
    made = Finding(
        "Ås skole", "PR-101", "prove", status, Severity.HIGH, evidence=evidence, considered=evidence
    )
    return replace(made, **changes)


def hit(kind: ElementKind, block: int) -> ElementHit:
    return ElementHit(kind, "rektor", Place("Ås skole/plan.docx", block, 0))


@pytest.mark.parametrize(
    ("told", "because", "quote"),
    [
        (finding(Status.MISSING, nearest=(near(0.95, "apart"),)), "review.near", "Setning 9."),
        (finding(Status.MISSING, nearest=(near(0.95, "pupils"),)), None, None),
        (finding(Status.MISSING), None, None),
        (finding(Status.MISSING, reason="no_documents"), None, None),
        (finding(Status.MENTIONED, passage(is_practice=False)), "review.only_named", "Setning 1."),
        (finding(Status.DENIED, passage(stance=Stance.DENIED)), None, None),
        (
            finding(
                Status.DENIED,
                passage(stance=Stance.DENIED),
                considered=(passage(stance=Stance.DENIED), passage(2, Stance.PLANNED)),
            ),
            "review.stances",
            "Setning 1.",
        ),
        (
            finding(Status.PARTIAL, passage(subtheme="rules"), subthemes=("rules",)),
            "review.one_subtheme",
            "Setning 1.",
        ),
        (
            finding(
                Status.DOCUMENTED,
                passage(1, subtheme="rules"),
                passage(2, subtheme="voice"),
                subthemes=("rules", "voice"),
            ),
            "review.two_subthemes",
            "Setning 2.",
        ),
        (
            finding(Status.PARTIAL, passage(), passage(2, elements=(hit(T, 2),)), missing=(R, T)),
            "review.element_elsewhere",
            "Setning 2.",
        ),
        (finding(Status.PARTIAL, passage(), missing=(R,)), "review.one_lacking", "Setning 1."),
        (finding(Status.DOCUMENTED, passage(score=0.8)), "review.unsure", "Setning 1."),
        (finding(Status.DOCUMENTED, passage(elements=(hit(R, 1),))), None, None),
        (
            finding(Status.DOCUMENTED, passage(), elements=(hit(R, 1), hit(T, 2))),
            "review.lent_element",
            "Setning 1.",
        ),
        (
            finding(Status.PARTIAL, passage(), passage(4, Stance.ENDED), conflict=True, missing=(R, T)),
            "review.conflict",
            "Setning 4.",
        ),
    ],
)
def test_each_doubt_has_its_reason_and_the_sentence_to_look_at(
    told: Finding, because: str | None, quote: str | None
) -> None:
    review = review_of(told)

    assert (review.because if review else None, review.quote if review else None) == (because, quote)


def test_an_unread_document_is_named_where_nothing_else_is_in_doubt() -> None:
    review = review_of(finding(Status.PLANNED, passage(stance=Stance.PLANNED), unread=("Ås skole/kart.pdf",)))

    assert review == Review("review.unread", "Ås skole/kart.pdf", weight=0.1)


def test_doubts_add_up_and_the_gravest_is_told() -> None:
    one = review_of(finding(Status.MENTIONED, passage(is_practice=False)))
    two = review_of(finding(Status.MENTIONED, passage(is_practice=False), nearest=(near(0.95, "apart"),)))

    assert one is not None
    assert two is not None
    assert one.because == two.because
    assert two.weight > one.weight


def test_of_a_report_the_gravest_doubts_are_marked_and_no_more_than_fifteen_percent() -> None:
    doubted = [
        finding(Status.MISSING, review=Review("review.near", weight=weight / 100)) for weight in range(20)
    ]
    silent = [
        finding(Status.MISSING, reason="no_documents", review=Review("review.near", weight=1))
        for _ in range(50)
    ]
    kept = [f.review.weight for f in only_gravest_reviews([*silent, *doubted]) if f.review is not None]

    assert kept == [0.17, 0.18, 0.19]


def test_a_small_report_may_mark_one() -> None:
    one = finding(Status.MISSING, review=Review("review.near", weight=0.2))

    assert only_gravest_reviews([one])[0].review is not None


def test_of_equal_doubts_the_graver_requirement_is_marked() -> None:
    mark = Review("review.near", weight=0.2)
    low = finding(Status.MISSING, review=mark, severity=Severity.LOW)
    high = finding(Status.MISSING, review=mark)

    assert [f.review is not None for f in only_gravest_reviews([low, high])] == [False, True]
