from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.assess import ReadDocument, finding_of
from checker.model import (
    Document,
    ElementHit,
    ElementKind,
    Finding,
    Level,
    Passage,
    Place,
    Problem,
    ReadStatus,
    School,
    Severity,
    Stance,
    Status,
)
from checker.rulebook import Requirement

SCHOOL = School("Åsen skule", "Åsen skule", Level.SCHOOL)
R, T, F = ElementKind.RESPONSIBLE, ElementKind.TIMING, ElementKind.FOLLOWUP


def near(share: float, block: int, why_not: str = "pupils") -> Passage:
    return replace(passage(block=block), is_practice=False, score=share, why_not=why_not)


def requirement(**changes: Any) -> Requirement:
    words = {"nb": "", "nn": "", "en": ""}
    return replace(
        Requirement(
            id="PR-101",
            pack="prove",
            level=Level.SCHOOL,
            question="Q1",
            severity=Severity.HIGH,
            state="stable",
            required=(R, T),
            minimum_subthemes=None,
            patterns=(),
            elements={},
            own_elements=frozenset(),
            about=(),
            names=(),
            plain_negation=True,
            title=words,
            rationale=words,
            follow_up=words,
            source=words,
            subtheme_titles={},
            examples=(),
            term_count=3,
        ),
        **changes,
    )


def passage(
    stance: Stance = Stance.AFFIRMED,
    *elements: ElementKind,
    block: int = 0,
    path: str = "Åsen skule/plan.docx",
    rule: str = "visit",
    **changes: Any,
) -> Passage:
    place = Place(path, block, 0)
    hits = tuple(ElementHit(kind, "rektor", place) for kind in elements)
    return replace(
        Passage("PR-101", rule, "Rektor besøker klassene.", place, stance, True, 1.0, elements=hits),
        **changes,
    )


def finding(*passages: Passage, requirement_: Requirement | None = None, **document: Any) -> Finding:
    read = Document("Åsen skule/plan.docx", "docx", ReadStatus.READ)
    documents = [ReadDocument(replace(read, **document), passages)]
    return finding_of(SCHOOL, requirement_ or requirement(), documents)


def test_a_practice_with_all_elements_is_documented() -> None:
    assert finding(passage(Stance.AFFIRMED, R, T)).status is Status.DOCUMENTED
    assert finding(passage(Stance.PAST, R, T)).status is Status.DOCUMENTED


def test_what_a_partial_practice_lacks_is_named_in_the_catalogue_s_order() -> None:
    found = finding(passage(Stance.AFFIRMED, F), requirement_=requirement(required=(R, T, F)))

    assert (found.status, found.missing) == (Status.PARTIAL, (R, T))
    assert found.severity is Severity.MEDIUM


def test_elements_are_never_pooled_over_practices() -> None:
    found = finding(passage(Stance.AFFIRMED, R, block=1), passage(Stance.AFFIRMED, T, block=2))

    assert (found.status, found.missing) == (Status.PARTIAL, (T,))


def test_the_practice_that_lacks_fewest_decides() -> None:
    found = finding(passage(Stance.AFFIRMED, block=1), passage(Stance.AFFIRMED, T, block=2))

    assert found.missing == (R,)
    assert found.evidence[0].place.block == 2


@pytest.mark.parametrize(
    ("stances", "status"),
    [
        ([Stance.QUOTED], Status.MENTIONED),
        ([Stance.QUOTED, Stance.PLANNED], Status.PLANNED),
        ([Stance.PLANNED, Stance.DENIED], Status.DENIED),
        ([Stance.ENDED], Status.DENIED),
        ([Stance.DENIED, Stance.AFFIRMED], Status.PARTIAL),
        ([], Status.MISSING),
    ],
)
def test_which_status_wins(stances: list[Stance], status: Status) -> None:
    found = finding(*(passage(stance, block=number) for number, stance in enumerate(stances)))

    assert found.status is status


def test_a_topic_alone_is_only_mentioned() -> None:
    assert finding(passage(is_practice=False)).status is Status.MENTIONED


def test_a_denial_of_the_same_practice_is_a_conflict_and_stands_in_the_evidence() -> None:
    found = finding(passage(Stance.AFFIRMED, R, T, block=1), passage(Stance.DENIED, block=7))

    assert (found.status, found.conflict) == (Status.DOCUMENTED, True)
    assert [p.stance for p in found.evidence] == [Stance.AFFIRMED, Stance.DENIED]
    assert found.review is not None


def test_a_single_case_denied_is_no_conflict() -> None:
    found = finding(
        passage(Stance.AFFIRMED, R, T, block=1), passage(Stance.DENIED, block=7, denies_system=False)
    )

    assert not found.conflict


def test_a_practice_that_nothing_denies_carries_the_status_alone() -> None:
    found = finding(
        passage(Stance.AFFIRMED, R, T, block=1),
        passage(Stance.AFFIRMED, R, T, block=2, rule="leads_meeting"),
        passage(Stance.DENIED, block=7),
    )

    assert not found.conflict


def test_a_school_that_sent_nothing_has_missing_with_the_reason() -> None:
    found = finding_of(SCHOOL, requirement(), [])

    assert (found.status, found.reason) == (Status.MISSING, "no_documents")


@pytest.mark.parametrize(
    ("status", "problem", "expected"),
    [
        (ReadStatus.UNREADABLE, Problem.ENCRYPTED, Status.NOT_ASSESSABLE),
        (ReadStatus.UNREADABLE, Problem.NO_TEXT, Status.NOT_ASSESSABLE),
        (ReadStatus.PARTLY_READ, Problem.LANGUAGE, Status.NOT_ASSESSABLE),
        (ReadStatus.UNREADABLE, Problem.UNSUPPORTED, Status.MISSING),
        (ReadStatus.UNREADABLE, Problem.EMPTY, Status.MISSING),
        (ReadStatus.READ, None, Status.MISSING),
    ],
)
def test_nothing_is_called_missing_where_a_document_was_lost(
    status: ReadStatus, problem: Problem | None, expected: Status
) -> None:
    found = finding(status=status, problem=problem)

    assert found.status is expected
    assert found.unread == (("Åsen skule/plan.docx",) if expected is Status.NOT_ASSESSABLE else ())


def test_what_is_found_stands_although_a_document_was_lost() -> None:
    found = finding(passage(Stance.AFFIRMED, R, T), status=ReadStatus.PARTLY_READ, problem=Problem.NO_TEXT)

    assert found.status is Status.DOCUMENTED


def test_two_sub_themes_are_documented_and_one_is_partial() -> None:
    words = {"nb": "", "nn": "", "en": ""}
    themes = requirement(required=(), minimum_subthemes=2, subtheme_titles={"rules": words, "goals": words})
    rules = passage(block=1, subtheme="rules")
    goals = passage(block=2, subtheme="goals")

    both = finding(goals, rules, replace(goals, place=replace(goals.place, block=3)), requirement_=themes)
    assert (both.status, both.subthemes, both.missing) == (Status.DOCUMENTED, ("rules", "goals"), ())
    assert [p.subtheme for p in both.evidence] == ["rules", "goals", "goals"]
    assert finding(rules, requirement_=themes).status is Status.PARTIAL
    assert finding(replace(rules, stance=Stance.PLANNED), requirement_=themes).status is Status.PLANNED


def test_each_line_stands_once_in_the_evidence_and_scores_fall() -> None:
    same = passage(Stance.AFFIRMED, R, T, block=1)
    found = finding(same, replace(same, rule="visit_again"), passage(Stance.AFFIRMED, block=2))

    assert [p.place.block for p in found.evidence] == [1, 2]
    assert found.evidence[0].score > found.evidence[1].score


def test_what_a_finding_rests_on_is_said() -> None:
    document = Document("Åsen skule/plan.docx", "docx", ReadStatus.READ)
    read = ReadDocument(document, (passage(Stance.AFFIRMED, R, T),), basis=("draft", "expired"))

    assert finding_of(SCHOOL, requirement(), [read]).basis == ("draft", "expired")


def test_what_came_nearest_stands_nearest_first_after_what_was_only_named() -> None:
    planned = passage(Stance.PLANNED, block=1)
    quoted = passage(Stance.QUOTED, block=2)
    document = Document("Åsen skule/plan.docx", "docx", ReadStatus.READ)
    nearly = (near(0.7, 3), near(0.95, 4, "other_actor"), near(0.8, 2))
    read = ReadDocument(document, (planned, quoted), near=nearly, sections=7)
    found = finding_of(SCHOOL, requirement(), [read])

    assert [(p.place.block, p.why_not) for p in found.nearest] == [(2, ""), (4, "other_actor"), (3, "pupils")]
    assert (found.searched_documents, found.searched_sections) == (1, 7)


def test_a_passage_that_nearly_counted_is_no_evidence() -> None:
    document = Document("Åsen skule/plan.docx", "docx", ReadStatus.READ)
    found = finding_of(SCHOOL, requirement(), [ReadDocument(document, (), near=(near(0.95, 1),))])

    assert (found.status, found.evidence, len(found.nearest)) == (Status.MISSING, (), 1)


@pytest.mark.parametrize(
    ("denial", "conflict"),
    [
        (
            passage(Stance.DENIED, path="Åsen skule/referat.docx", requirement="PR-102", is_practice=False),
            True,
        ),
        (
            passage(Stance.DENIED, path="Åsen skule/referat.docx", requirement="PR-103", is_practice=False),
            False,
        ),
        (passage(Stance.DENIED, block=8, requirement="PR-102", is_practice=False), False),
        (
            passage(
                Stance.DENIED,
                path="Åsen skule/referat.docx",
                requirement="PR-102",
                is_practice=False,
                denies_system=False,
            ),
            False,
        ),
    ],
)
def test_a_denial_of_the_same_sentence_on_another_requirement_is_a_conflict(
    denial: Passage, conflict: bool
) -> None:
    found = finding(
        passage(Stance.AFFIRMED, R, T, block=1),
        passage(Stance.AFFIRMED, block=1, requirement="PR-102"),
        denial,
    )

    assert (found.status, found.conflict) == (Status.DOCUMENTED, conflict)
    assert (denial.quote in [p.quote for p in found.evidence if p.stance is Stance.DENIED]) == conflict
