"""Compounds that share their last part."""

from __future__ import annotations

import pytest

from checker.language import Depth, Token, annotate, load_pipelines, shared_compounds
from checker.model import Block, BlockKind, Document, ReadStatus


def tokens_of(text: str) -> tuple[Token, ...]:
    document = Document("plan.docx", "docx", ReadStatus.READ, blocks=(Block(BlockKind.PARAGRAPH, text),))
    return annotate(document, load_pipelines(trained=False), depth=Depth.WORDS).blocks[0].units[0].tokens


@pytest.mark.parametrize(
    ("text", "word", "compound"),
    [
        ("Plan for klasse- og læringsledelse på trinnet", "klasse-", "klasseledelse"),
        ("Plan for skule- og klasseleiing", "skule-", "skuleleiing"),
        ("Rutinar for time-, klasse- og skuleleiing", "time-", "timeleiing"),
        ("Rutinar for time-, klasse- og skuleleiing", "klasse-", "klasseleiing"),
        ("Arbeid med klasse- eller læringsmiljøet", "klasse-", "klassemiljøet"),
    ],
)
def test_a_word_with_a_hyphen_is_completed_by_the_word_it_is_joined_to(
    text: str, word: str, compound: str
) -> None:
    tokens = tokens_of(text)
    shared = shared_compounds(tokens)
    number = next(n for n, token in enumerate(tokens) if token.text == word)

    assert compound in shared[number]


def test_a_word_that_is_no_compound_lends_its_end_to_none() -> None:
    (parts,) = shared_compounds(tokens_of("Tid til klasse- og kollegarettleiing")).values()

    assert parts == ("klasserettleiing",)


@pytest.mark.parametrize(
    "text",
    [
        "Klasse- læringsledelse",
        "Klasseledelse og skoleledelse",
        "Klasse- og",
        "Uke 3- og 4",
        "X- og klasseledelse",
    ],
)
def test_other_words_are_left_as_they_are(text: str) -> None:
    assert shared_compounds(tokens_of(text)) == {}
