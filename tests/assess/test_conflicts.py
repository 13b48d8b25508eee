from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checker.assess import ReadDocument, finding_of
from checker.extract import extract
from checker.language import annotate, load_pipelines
from checker.match import ConceptMatcher, search
from checker.model import Finding, Level, School
from checker.rulebook import load_rules

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parent / "conflicts.yaml").read_text(encoding="utf-8")
)
SCHOOL = School("Ås skole", "Ås skole", Level.SCHOOL)


@pytest.fixture(scope="module")
def judge() -> Callable[..., Finding]:
    rulebook = load_rules()
    matcher, pipelines = ConceptMatcher(rulebook), load_pipelines()

    def read(text: str, name: str) -> ReadDocument:
        annotated = annotate(replace(extract(text.encode(), path=name), title=""), pipelines)
        found = search(annotated, rulebook, matcher, level=Level.SCHOOL)
        return ReadDocument(annotated.document, found.passages, near=found.near)

    def finding(requirement: str, *texts: str) -> Finding:
        documents = [read(text, f"Ås skole/{number}.md") for number, text in enumerate(texts)]
        rule = rulebook.requirement(requirement)
        assert rule is not None
        return finding_of(SCHOOL, rule, documents)

    return finding


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_two_documents_contradict_each_other_where_one_denies_the_same_thing(
    case: dict[str, Any], judge: Callable[..., Finding]
) -> None:
    alone = judge(case["requirement"], case["practice"])
    both = judge(case["requirement"], case["practice"], case["other"])

    assert both.status is alone.status
    assert both.conflict == case["conflict"]
    assert not case["conflict"] or any(p.place.path.endswith("1.md") for p in both.evidence)
