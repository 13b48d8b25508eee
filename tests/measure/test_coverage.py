from __future__ import annotations

import json

import pytest
from rich.console import Console

from checker.extract import extract
from checker.language import load_pipelines
from checker.measure import (
    CorpusText,
    Coverage,
    coverage,
    coverage_dict,
    print_coverage,
    reach_of,
    without_single_evidence,
)
from checker.measure.coverage import grade_of
from checker.model import Level
from checker.rulebook import Rulebook, load_rules
from checker.texts import load_texts

PACK = {
    "pack.yaml": """\
name: prove
version: 1.0.0
title: {nb: Prøve, nn: Prøve, en: Trial}
uses: [felles]
""",
    "concepts/walks.yaml": """\
concepts:
  walk:
    nb: [skolevandring, klasseromsbesøk, runde]
    nn: [skulevandring]
    exclude:
      nb: [runde i skogen]
  looked_at:
    nb: [undervisning]
""",
    "requirements/PR-101.yaml": """\
id: PR-101
title: {nb: Skolevandring, nn: Skulevandring, en: Walks}
question: Q1
level: school
required: [responsible]
severity: high
source:
  - title: {nb: Internkontroll, nn: Internkontroll, en: Internal control}
    reference: kommuneloven § 25-1
rationale: {nb: Noen ser timene., nn: Nokon ser timane., en: Somebody sees the lessons.}
follow_up: {nb: Hvem ser timene?, nn: Kven ser timane?, en: Who sees the lessons?}
patterns:
  - {id: walks, all: [walk]}
  - {id: looks, all: [walk, looked_at], within: 3}
examples:
  - {name: a, form: nb, text: Rektor går skolevandring., expect: {status: documented}}
  - {name: b, form: nn, text: Rektor går skulevandring., expect: {status: documented}}
  - {name: c, form: nb, text: Turen går til fjells., expect: {status: missing}}
  - {name: d, form: nn, text: Turen går til fjells., expect: {status: missing}}
""",
}


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("rules") / "prove"
    for name, text in PACK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_rules([str(folder)])


def text(id_: str, markdown: str, kind: str = "document", *, is_apart: bool = False) -> CorpusText:
    return CorpusText(id_, kind, extract(markdown.encode(), path="a.md"), Level.SCHOOL, is_apart)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found(rulebook: Rulebook) -> Coverage:
    return coverage(
        rulebook,
        [
            text("by/a.md", "Rektor går en runde og ser undervisning i alle fag. Vi går skolevandring."),
            text("by/b.md", "Avdelingsleder går skolevandring. Turen er en runde i skogen."),
            text("PR-101/nn/b", "Rektor går skulevandring.", "example"),
            text("by/c.md", "Klasseromsbesøk er fast.", is_apart=True),
        ],
        load_pipelines(),
    )


def test_a_term_is_met_where_its_concept_counts(found: Coverage) -> None:
    uses = {use.term: (use.texts, use.examples) for use in found.terms if use.concept == "walk"}

    assert uses == {
        "skolevandring": (("by/a.md", "by/b.md"), ()),
        "runde": (("by/a.md",), ()),
        "klasseromsbesøk": ((), ()),
        "skulevandring": ((), ("PR-101/nn/b",)),
    }


def test_terms_that_only_a_text_kept_apart_meets_are_not_told_from_those_never_met(found: Coverage) -> None:
    assert ("walk", "klasseromsbesøk") in {(use.concept, use.term) for use in found.never_met}
    assert ("walk", "skulevandring") not in {(use.concept, use.term) for use in found.never_met}


def test_a_pattern_could_fire_where_its_concepts_are_named_and_fires_within_its_limits(
    found: Coverage,
) -> None:
    walks, looks = found.patterns

    assert (walks.could, walks.fired, walks.in_examples, walks.could_apart) == (3, 3, 1, 1)
    assert walks.texts == ("by/a.md", "by/b.md")
    assert (looks.could, looks.fired, looks.grade) == (1, 0, "thin")
    assert found.never_fired == (looks,)


def test_a_line_counts_once_for_a_requirement(found: Coverage) -> None:
    (reach,) = reach_of(found)

    assert (reach.could, reach.could_apart, reach.fired.n, reach.fired.value) == (3, 1, 3, 1.0)
    assert reach.patterns == {"blind": 0, "thin": 2, "measured": 0}


@pytest.mark.parametrize(("lines", "grade"), [(0, "blind"), (1, "thin"), (4, "thin"), (5, "measured")])
def test_five_lines_make_a_rule_measured(lines: int, grade: str) -> None:
    assert grade_of(lines) == grade


def test_terms_that_one_text_alone_meets_can_be_left_out(rulebook: Rulebook, found: Coverage) -> None:
    without, count = without_single_evidence(rulebook, found, among={"by/a.md"})

    terms = {term.text for term in without.concepts["walk"].terms}
    assert terms == {"skolevandring", "klasseromsbesøk", "skulevandring"}
    assert count >= 2
    assert without_single_evidence(rulebook, found, among=set()) == (rulebook, 0)


def test_the_data_is_plain_and_names_no_text_that_is_kept_apart(found: Coverage) -> None:
    data = json.dumps(coverage_dict(found))

    assert "by/c.md" not in data
    assert json.loads(data)["texts"] == {"document": 2, "document apart": 1, "example": 1}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_coverage_is_printed_in_every_language(found: Coverage, language: str) -> None:
    console = Console(width=140, record=True, force_terminal=False)

    print_coverage(found, console, load_texts(language), full=True)

    out = console.export_text()
    assert "PR-101 looks" in out
    assert "walk: klasseromsbesøk" in out
    assert "walk: runde (by/a.md)" in out
