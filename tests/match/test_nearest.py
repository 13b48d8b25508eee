from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checker.extract import extract
from checker.language import annotate, load_pipelines
from checker.match import ConceptMatcher, Searched, search
from checker.model import Level
from checker.rulebook import Rulebook, load_rules

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parent / "nearest.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rules()


def searched(text: str, rulebook: Rulebook) -> Searched:
    document = extract(text.encode(), path="plan.md")
    return search(
        annotate(document, load_pipelines()), rulebook, ConceptMatcher(rulebook), level=Level.SCHOOL
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_line_that_nearly_counts_is_given_with_the_one_reason(
    case: dict[str, Any], rulebook: Rulebook
) -> None:
    found = searched(f"Om skulen.\n\n{case['text']}\n\nSlutt.", rulebook)
    near = [passage for passage in found.near if passage.requirement == case["requirement"]]

    assert [(passage.quote, passage.why_not) for passage in near] == [(case["text"], case["why_not"])]
    assert not any(passage.requirement == case["requirement"] for passage in found.passages)


def test_where_a_practice_holds_nothing_else_is_near(rulebook: Rulebook) -> None:
    practice = "Rektor gjennomfører skolevandring i uke 40 og gir lærerne tilbakemelding på klasseledelsen."
    twin = CASES[0]["text"]
    found = searched(f"{practice}\n\n{twin}", rulebook)

    assert {p.requirement for p in found.passages if p.is_practice} >= {"KL-102"}
    assert "KL-102" not in {passage.requirement for passage in found.near}


def test_a_text_about_something_else_is_near_to_nothing(rulebook: Rulebook) -> None:
    assert searched("Kantina er open kvar dag. Bussen går klokka to.", rulebook).near == ()
