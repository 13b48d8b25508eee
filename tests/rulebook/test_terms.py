from __future__ import annotations

import pytest

from checker.rulebook import SlotKind, parse_term
from checker.rulebook.terms import TermSyntaxError


@pytest.mark.parametrize(
    ("text", "kinds", "gaps"),
    [
        ("skolevandring", [["word"]], [0]),
        ("besøke ... klasse*", [["word"], ["prefix"]], [0, 6]),
        ("besøke|vitje time", [["word", "word"], ["word"]], [0, 0]),
        ("*ledelse", [["suffix"]], [0]),
        ("*miljø*", [["infix"]], [0]),
        ("=MOT", [["exact"]], [0]),
        ("uke <number>", [["word"], ["number"]], [0, 0]),
        ("i <month_word>", [["word"], ["concept"]], [0, 0]),
        ("'lederne", [["form"]], [0]),
    ],
)
def test_a_term_is_read_as_its_places(text: str, kinds: list[list[str]], gaps: list[int]) -> None:
    term = parse_term(text)

    assert [[choice.kind.value for choice in slot.choices] for slot in term.slots] == kinds
    assert [slot.gap for slot in term.slots] == gaps


def test_among_cues_a_word_stands_for_its_own_inflections_only() -> None:
    term = parse_term("ledet", strict=True)

    assert term.slots[0].choices[0].kind is SlotKind.STRICT


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "rules.term.empty"),
        ("... time", "rules.term.gap_at_edge"),
        ("time ...", "rules.term.gap_at_edge"),
        ("besøke|", "rules.term.empty_choice"),
        ("kla*sse", "rules.term.star_inside"),
        ("uke #", "rules.term.hash"),
    ],
)
def test_a_term_that_cannot_be_read_says_why(text: str, key: str) -> None:
    with pytest.raises(TermSyntaxError, match=key):
        parse_term(text)
