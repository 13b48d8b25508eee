from __future__ import annotations

from pathlib import Path

import pytest

from checker.extract import extract, find_readers
from checker.measure import load_passages
from checker.measure.corpora import (
    CorpusText,
    corpora_in,
    corpus_documents,
    example_texts,
    passage_texts,
    sentence_texts,
)
from checker.measure.fitting import AllowedPhrase, allowed_phrases, rule_wordings, shared_with
from checker.rulebook import load_rules

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SENTENCE = "Rektor er inne i alle timene på småtrinnet."


def document(text: str, *, is_apart: bool = False) -> CorpusText:
    return CorpusText("by/plan.md", "document", extract(text.encode(), path="plan.md"), is_apart=is_apart)


def found(wording: str, text: str = SENTENCE, *, allowed: str = "", is_apart: bool = False) -> list[str]:
    phrases = [AllowedPhrase(phrase=allowed, reason="law")] if allowed else []
    shared = shared_with([("KL-102", wording)], [document(text, is_apart=is_apart)], phrases)
    return [f"{item.words} ({item.document})" for item in shared]


def test_five_words_in_a_row_are_found_whatever_case_and_punctuation() -> None:
    assert found("«ER INNE, i alle timene»") == ["er inne i alle timene (by/plan.md)"]


def test_four_words_in_a_row_are_nobodys() -> None:
    assert found("rektor er inne i klassen, alle timene") == []


def test_a_longer_run_is_told_once_and_whole() -> None:
    assert found("rektor er inne i alle timene") == ["rektor er inne i alle timene (by/plan.md)"]


def test_words_of_different_cells_are_not_in_a_row() -> None:
    assert found("er inne i alle timene", "| A | B |\n|---|---|\n| er inne i | alle timene |") == []


def test_a_document_kept_apart_is_not_named() -> None:
    assert found("er inne i alle timene", is_apart=True) == ["er inne i alle timene ()"]


def test_an_allowed_phrase_is_no_fitting() -> None:
    assert found("er inne i alle timene", allowed="inne i alle timene") == []
    assert found("er inne i alle timene", allowed="i alle timene") != []


def test_a_term_breaks_where_other_words_may_stand() -> None:
    wordings = dict.fromkeys(text for _, text in rule_wordings(load_rules()))

    assert not [text for text in wordings if "..." in text]
    assert len(wordings) > 10_000


def test_every_allowed_phrase_has_a_reason() -> None:
    assert all(len(phrase.reason) > 8 for phrase in allowed_phrases())


@pytest.mark.parametrize("name", ["tverrmark", "havnas"])
def test_a_corpus_has_documents_of_both_sides_with_text(name: str) -> None:
    corpus = next(corpus for corpus in corpora_in(CORPUS) if corpus.name == name)

    texts = list(corpus_documents(corpus, find_readers(builtin_only=True)))

    assert {text.is_apart for text in texts} == {True, False}
    assert all(text.id.startswith(f"{name}/") and text.document.blocks for text in texts)


def test_the_other_material_is_read_with_what_is_kept_apart_marked() -> None:
    passages = list(passage_texts(load_passages(CORPUS / "passages")))
    sentences = list(sentence_texts(CORPUS / "sentences", load_rules()))
    examples = list(example_texts(load_rules()))

    assert {text.is_apart for text in passages} == {True, False}
    assert {text.is_apart for text in sentences} == {True, False}
    assert {text.is_apart for text in examples} == {False}
    assert len({text.id for text in [*passages, *sentences]}) == len(passages) + len(sentences)
