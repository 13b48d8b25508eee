"""What ``clean_text`` takes away, and what it leaves."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.clean import _TABLE, clean_text, is_clean


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


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_cleaning_twice_is_cleaning_once_and_gives_sound_unicode(text: str) -> None:
    cleaned = clean_text(text)

    assert cleaned == clean_text(cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


def test_text_that_is_left_as_it_is_has_only_signs_that_stand_for_themselves() -> None:
    left = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if is_clean(char))

    assert len(left) > 600
    assert left == unicodedata.normalize("NFC", left.translate(_TABLE))
    assert all(unicodedata.is_normalized("NFC", char + left) for char in "aoAO")
