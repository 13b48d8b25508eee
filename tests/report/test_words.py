"""The small words: what is stripped, cut and said."""

from __future__ import annotations

import doctest

import pytest

from checker import report as package
from checker.model import ElementKind, Finding, Place, Severity, Status, fingerprint
from checker.report import rowkeys, rows, words, writing
from checker.report.workbook import book, names
from checker.texts import load_texts

from .sample import OWNER_TITLES, PACK, TITLES, Level, requirement


@pytest.mark.parametrize("module", [words, rows, writing, rowkeys, names, book, fingerprint])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_public_names_exist_and_are_documented() -> None:
    public = [getattr(package, name) for name in package.__all__]
    assert all(entry.__doc__ for entry in public if callable(entry))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x1b[0m", "ab[0m"),
        ("a\ufffeb\U0001ffffc", "abc"),
        ("to\nlinjer", "to\nlinjer"),
        ("vend\u202eom\u2066\u2069", "vendom"),
        ("æøå ▮ «sitat» 🙂", "æøå ▮ «sitat» 🙂"),
        ("\udc80", "\ufffd"),
    ],
)
def test_clean_keeps_letters_and_drops_what_steers_a_screen(text: str, expected: str) -> None:
    assert words.clean(text) == expected


def finding(status: Status, **fields: object) -> Finding:
    return Finding("S", "KL-102", PACK, status, Severity.HIGH, **fields)  # type: ignore[arg-type]


def test_what_a_partial_lacks_is_named_by_its_elements_in_both_written_forms() -> None:
    info = requirement(TITLES[1], Level.SCHOOL)
    partial = finding(Status.PARTIAL, missing=(ElementKind.LEADERSHIP, ElementKind.FOLLOWUP))

    assert words.lacks(partial, info, load_texts("nb")) == "ledelse, oppfølging"
    assert words.lacks(partial, info, load_texts("nn")) == "leiing, oppfølging"


def test_what_a_perspective_lacks_is_named_by_its_sub_themes() -> None:
    info = requirement(TITLES[10], Level.SCHOOL)
    partial = finding(Status.PARTIAL, subthemes=("rules",))

    assert words.lacks(partial, info, load_texts("nb")) == (
        "praksis på minst 2 deltemaer; funnet: regler og tydelige forventninger"
    )
    assert words.required_words(info, load_texts("nb")).startswith("konkret praksis på minst 2 deltemaer av")


def test_what_is_required_is_named_in_words() -> None:
    assert (
        words.required_words(requirement(OWNER_TITLES[1], Level.OWNER), load_texts("nb"))
        == "ansvar, tid, dokumentasjon"
    )


def test_a_place_is_told_as_page_slide_or_cell() -> None:
    say = load_texts("nn")

    assert words.where(Place("a.pdf", 0, 0, page=4), say, file_format="pdf") == "side 4"
    assert words.where(Place("a.pptx", 0, 0, page=4), say, file_format="pptx") == "lysbilete 4"
    assert words.where(Place("a.xlsx", 0, 0, sheet="Ark1", cell="B7"), say) == "ark Ark1, celle B7"
    assert words.where(Place("a.docx", 0, 0), say) == ""


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_status_has_its_words(language: str) -> None:
    say = load_texts(language)

    for status in Status:
        assert say(f"status.{status}")
        assert say(f"report.meaning.{status}")
        assert f"report.lacks.{status}" in say
        assert len(say(f"report.letter.{status}")) == 1
