"""Dictionary forms of single words."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from checker.language import is_known_word, lemmas_of
from checker.language.lemmas import best_lemma

SCHOOL_WORDS = YAML(typ="safe").load(
    (Path(__file__).parent / "school_words.yaml").read_text(encoding="utf-8")
)


def same_word(lemma: str, other: str) -> bool:
    """Whether two dictionary forms are of one word: equal, or a verb's infinitives in -a and -e."""
    return lemma == other or (lemma[:-1] == other[:-1] and {lemma[-1], other[-1]} == {"a", "e"})


@pytest.mark.parametrize(
    ("form", "word", "lemma"),
    [(form, word, lemma) for form, words in SCHOOL_WORDS.items() for word, lemma in words.items()],
)
def test_a_school_word_has_its_dictionary_form(form: str, word: str, lemma: str) -> None:
    assert lemma in lemmas_of(word, form)
    assert lemma in lemmas_of(word, None)


def test_the_school_words_are_many_enough_in_both_forms_and_their_first_lemma_is_nearly_always_right() -> (
    None
):
    """A verb's infinitive in -a and in -e are one; "leder" is of two words, and the other one may come first."""
    words = [(form, word, lemma) for form, of_form in SCHOOL_WORDS.items() for word, lemma in of_form.items()]
    right = [same_word(lemmas_of(word, form)[0], lemma) for form, word, lemma in words]

    assert min(len(of_form) for of_form in SCHOOL_WORDS.values()) >= 100
    assert len(words) >= 150
    assert sum(right) / len(words) >= 0.99


def test_an_unknown_compound_has_the_lemma_of_its_last_part() -> None:
    assert "gruppevandring" in lemmas_of("gruppevandringene", "nb")
    assert "trivselsvandring" in lemmas_of("trivselsvandringane", "nn")


def test_a_word_with_a_hyphen_is_lemmatised_by_its_last_part() -> None:
    assert lemmas_of("team-ledere", "nb")[:1] == ("team-leder",)
    assert "sfo-leiar" in lemmas_of("sfo-leiarane", "nn")


def test_a_word_that_nothing_is_known_of_is_its_own_lemma() -> None:
    assert lemmas_of("xqzw", "nb") == ("xqzw",)
    assert lemmas_of("2026/27", None) == ("2026/27",)


def test_the_written_form_decides_which_lemma_comes_first() -> None:
    assert lemmas_of("er", "nb")[0] == "være"
    assert lemmas_of("er", "nn")[0] == "vere"


def test_both_infinitives_are_lemmas_of_a_nynorsk_verb() -> None:
    assert {"vitja", "vitje"} <= set(lemmas_of("vitjar", "nn"))


@pytest.mark.parametrize("word", ["rektor", "rektors", "skule", "skole", "klassane", "elevenes", "vitjar"])
def test_words_of_either_form_are_known(word: str) -> None:
    assert is_known_word(word)


@pytest.mark.parametrize("word", ["skolevandrign", "klaseledelse", "evaluernig"])
def test_misspelt_words_are_not_known(word: str) -> None:
    assert not is_known_word(word)


def test_part_of_speech_and_features_choose_the_lemma() -> None:
    noun = best_lemma("leder", "nb", "NOUN", "Definite=Ind|Gender=Masc|Number=Sing")
    verb = best_lemma("leder", "nb", "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin")

    assert (noun, verb) == ("leder", "lede")


def test_a_name_keeps_its_form_but_for_the_genitive() -> None:
    assert best_lemma("Hansen", "nb", "PROPN", "") == "Hansen"
    assert best_lemma("Hansens", "nb", "PROPN", "Case=Gen") == "Hansen"
