"""Misread words are put right where that gives a word that exists."""

from __future__ import annotations

import pytest

from checker.language import is_well_formed, repaired


@pytest.mark.parametrize(
    ("misread", "word"),
    [
        ("onsker", "ønsker"),
        ("oppfolging", "oppfølging"),
        ("ska1", "skal"),
        ("sko1evandring", "skolevandring"),
        ("mangier", "mangler"),
        ("arlig", "årlig"),
        ("ynskjer", None),
        ("klasseleiing", None),
        ("skolevandring", None),
        ("uke", None),
        ("qwrtz", None),
    ],
)
def test_a_confusion_is_put_right_where_that_gives_a_word(misread: str, word: str | None) -> None:
    assert repaired(misread) == word


@pytest.mark.parametrize("word", ["utviklingsleder", "veiledningssamtalene", "plangruppa", "rektor"])
def test_compounds_of_known_words_are_words(word: str) -> None:
    assert is_well_formed(word)


@pytest.mark.parametrize("word", ["klasseledwlse", "rektot", "vandrig"])
def test_what_no_list_knows_is_no_word(word: str) -> None:
    assert not is_well_formed(word)
