"""Words that OCR read wrong are found by likeness, more widely than in typed text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker.extract import extract
from checker.language import annotate, load_pipelines
from checker.match import ConceptMatcher, passages_of
from checker.match.lines import simple_tokens
from checker.model import How
from checker.rulebook import load_rules

PACK = Path(__file__).parent.parent / "data" / "rules" / "prove"


@pytest.fixture(scope="module")
def matcher() -> ConceptMatcher:
    return ConceptMatcher(load_rules([str(PACK)]))


def found(matcher: ConceptMatcher, word: str, *, is_scanned: bool) -> list[How]:
    hits = matcher.hits(simple_tokens(word), is_scanned=is_scanned)
    return [hit.how for name, hit in ((name, hit) for name, some in hits.items() for hit in some)]


@pytest.mark.parametrize("word", ["skolevaudriug", "skuievandrlng", "skalevanbring"])
def test_what_ocr_makes_of_a_term_is_found_in_a_scan_alone(matcher: ConceptMatcher, word: str) -> None:
    assert found(matcher, word, is_scanned=False) == []
    assert How.FUZZY in found(matcher, word, is_scanned=True)


@pytest.mark.parametrize(
    "word", ["skolevegring", "skulevegring", "ettervandring", "innvandring", "skolevandel", "skolepenger"]
)
def test_other_words_are_not_found_even_in_a_scan(matcher: ConceptMatcher, word: str) -> None:
    assert found(matcher, word, is_scanned=True) == []


def test_blocks_with_a_confidence_are_the_scanned_ones() -> None:
    rules = load_rules([str(PACK)])
    typed = extract(b"Rektor gjennomf\xc3\xb8rer skolevaudriug i alle klasser.", path="plan.txt")
    scanned = replace(typed, blocks=tuple(replace(block, confidence=0.7) for block in typed.blocks))
    matcher, pipelines = ConceptMatcher(rules), load_pipelines()

    passages = [passages_of(annotate(one, pipelines), rules, matcher) for one in (typed, scanned)]

    assert [len(some) for some in passages] == [0, 1]
