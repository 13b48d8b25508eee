"""What ``clean_text`` takes away, and what it leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract import clean
from checker.extract.clean import clean_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rektor leier møta.", "Rektor leier møta."),
        ("skole\u00adle\u00adiinga", "skoleleiinga"),
        ("A\u030arsplan for a\u030a fa\u030a ro", "Årsplan for å få ro"),
        ("\uf0b7 Vi lyttar", "• Vi lyttar"),
        ("\uf0fe Ja \uf0a8 Nei", "☑ Ja ☐ Nei"),
        ("o\ufb00entleg og \ufb01n", "offentleg og fin"),
        ("a\x00b\x02c\ufffed\x1fe", "abcde"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("1\u00a0240\u202felevar", "1 240 elevar"),
        ("IKT\u2011reglementet", "IKT-reglementet"),
        ("\ud83d\ude00 og \ud800 og \ude00", "😀 og  og "),
        ("null\u200bbreidd og \u202estyring\u202c", "nullbreidd og styring"),
    ],
)
def test_marks_that_no_reader_sees_go(text: str, expected: str) -> None:
    assert expected == clean_text(text)


def test_every_character_that_does_not_stand_for_itself_is_changed() -> None:
    """Texts are only rewritten where one is found, so that each must be found."""
    kept = [
        code for code in clean._TABLE if chr(code) not in "\t\n" and chr(code) in clean_text(f"å{chr(code)}")
    ]

    assert kept == []


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_cleaning_twice_is_cleaning_once_and_gives_sound_unicode(text: str) -> None:
    cleaned = clean_text(text)

    assert cleaned == clean_text(cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
