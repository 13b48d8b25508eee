"""Misspelt words count, also where they decide the stance: an error of typing hides no gap."""

from __future__ import annotations

import pytest

from checker.model import Status
from checker.run import Judge


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rektot gjennomfører skolevandring i alle klasser.", Status.PARTIAL),
        ("Vi onsker å komme i gang med skolevandring.", Status.PLANNED),
        ("Skolen mangier system for skolevandring.", Status.DENIED),
        ("Vi planlegget å innføre skolevandring.", Status.PLANNED),
        ("Skulen manglar skulevandrng.", Status.DENIED),
        ("Me ynskjer å koma i gang med sku1evandring.", Status.PLANNED),
        ("Skolen har innvandring som tema.", Status.MISSING),
    ],
)
def test_a_misspelt_word_is_read_as_the_word_it_stands_for(judge: Judge, text: str, status: Status) -> None:
    assert judge.findings(text, title="")["PR-101"].status is status
