from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checker.model import ElementKind, Finding, Status
from checker.run import Judge

FOLDER = Path(__file__).parent
STANCES: dict[str, list[str]] = YAML(typ="safe").load((FOLDER / "stance.yaml").read_text(encoding="utf-8"))
TIMES: dict[str, list[str]] = YAML(typ="safe").load((FOLDER / "timing.yaml").read_text(encoding="utf-8"))
ELEMENTS: list[dict[str, Any]] = YAML(typ="safe").load((FOLDER / "elements.yaml").read_text(encoding="utf-8"))


def finding(judge: Judge, text: str) -> Finding:
    return judge.findings(text, title="")["PR-101"]


@pytest.mark.parametrize(
    ("stance", "text"), [(stance, text) for stance, texts in STANCES.items() for text in texts]
)
def test_the_stance_of_a_sentence(judge: Judge, stance: str, text: str) -> None:
    found = finding(judge, text)

    assert [passage.stance.value for passage in found.considered[:1]] == [stance]


@pytest.mark.parametrize("case", ELEMENTS, ids=[case["name"] for case in ELEMENTS])
def test_the_elements_of_a_practice(judge: Judge, case: dict[str, Any]) -> None:
    found = finding(judge, case["text"])
    kinds = {hit.kind.value for hit in found.considered[0].elements}

    assert set(case.get("has", [])) <= kinds
    assert not set(case.get("lacks", [])) & kinds


def test_a_heading_alone_is_not_a_practice(judge: Judge) -> None:
    assert finding(judge, "# Skolevandring\n\nSkolen ligger ved fjorden.").status is Status.MISSING


def test_another_sense_does_not_count(judge: Judge) -> None:
    assert finding(judge, "Rektor lager undervisningsplan i uke 40.").status is Status.MISSING
    assert finding(judge, "Rektor har undervisningsbesøk i uke 40.").status is Status.PARTIAL


def test_a_misspelt_word_counts_with_a_lower_score(judge: Judge) -> None:
    found = finding(judge, "Rektor gjennomfører skolevandrig i alle klasser.")

    assert found.status is Status.PARTIAL
    assert found.evidence[0].score < 1.0
    assert found.evidence[0].mentions[0].how.value == "fuzzy"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Rektor har skole- og fjellvandring i uke 40.", True),
        ("Rektor har skule- og fjellvandring i veke 40.", True),
        ("Rektor har fjell- og skogvandring i uke 40.", False),
        ("Rektor har fjellvandring i uke 40.", False),
    ],
)
def test_a_compound_that_shares_its_end_with_the_next_one_counts(
    judge: Judge, text: str, is_named: bool
) -> None:
    assert finding(judge, text).status.is_gap
    assert (finding(judge, text).status is not Status.MISSING) == is_named


def test_what_stands_under_aims_is_planned(judge: Judge) -> None:
    text = "# {heading}\n\n- Rektor besøker alle klasser i uke 40"

    assert finding(judge, text.format(heading="Framtidsbilde")).status is Status.PLANNED
    assert finding(judge, text.format(heading="Slik gjør vi det")).status is Status.PARTIAL
    assert finding(judge, text.format(heading="Teikn på god praksis")).status is Status.PLANNED


def test_a_measure_that_has_not_begun_is_planned(judge: Judge) -> None:
    text = "| Tiltak | Ansvar | Status |\n|---|---|---|\n| Skolevandring | Rektor | {status} |"

    assert finding(judge, text.format(status="Ikke startet")).status is Status.PLANNED
    assert finding(judge, text.format(status="Ikkje starta")).status is Status.PLANNED
    assert finding(judge, text.format(status="I gang")).status is Status.PARTIAL


def test_a_long_quotation_beside_its_source_is_quoted(judge: Judge) -> None:
    text = "Udir skriver: «Skolevandring er når rektor besøker alle klasser og ser på undervisningen sammen med læreren»."

    assert finding(judge, text).status is Status.MENTIONED


def test_every_quote_stands_in_its_text(judge: Judge) -> None:
    for case in ELEMENTS:
        folded = " ".join(case["text"].replace("|", " ").split())
        found = finding(judge, case["text"])
        quotes = [p.quote for p in found.considered] + [
            hit.quote for p in found.considered for hit in p.elements
        ]

        for quote in quotes:
            assert quote in folded, case["name"]


def test_a_very_long_line_is_judged_in_time(judge: Judge) -> None:
    """A line of 0.3 MB without a full stop must not cost more than its length."""
    text = "Rektor besøker alle klasser " + "og spiser lunsj med " * 15_000

    assert finding(judge, text).status is Status.PARTIAL


@pytest.mark.parametrize(
    ("is_definite", "text"), [(kind == "timing", text) for kind, texts in TIMES.items() for text in texts]
)
def test_a_definite_time_is_told_from_a_vague_one(judge: Judge, is_definite: bool, text: str) -> None:
    found = finding(judge, text)

    assert (ElementKind.TIMING in {hit.kind for hit in found.considered[0].elements}) == is_definite


@pytest.mark.parametrize("heading", ["Årsplan for SFO", "Renhold", "Skyss", "Reinhald og parkering"])
def test_a_section_on_another_matter_answers_nothing(judge: Judge, heading: str) -> None:
    text = f"# {heading}\n\nRektor besøker alle klasser i uke 40."

    assert finding(judge, text).status is Status.MISSING


def test_a_nearer_heading_on_class_leadership_counts_in_any_document(judge: Judge) -> None:
    text = "# HMS-håndbok\n\n## Klasseledelse\n\nRektor besøker alle klasser i uke 40."

    assert finding(judge, text).status is Status.PARTIAL
