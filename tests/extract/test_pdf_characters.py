"""The quick ways to a page's characters give what pdfium gives for each of them alone."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from pdf_maker import PdfPage, pdf
from pypdfium2 import raw

from checker.extract.pdf.characters import CharacterReader, _codes_of, _objects_at

FILES = sorted((Path(__file__).parent / "files").glob("*.pdf"))
MARKED = {0x02: 0xFFFE}
"""pdfium's two signs for a hyphen at the end of a line."""


def made() -> bytes:
    """A page of runs of one letter and of long ones, printed twice, askew, pale, with a broken word."""
    page = PdfPage().lines(60, 60, "Rektor leiar arbeidet med klasse-", "miljø gjennom heile skuleåret.")
    for place, letter in enumerate("Observasjon kvar veke"):
        page.text(60 + 7 * place, 120, letter, bold=place % 2 == 0)
    for shift in (0, 0.3):
        page.text(60 + shift, 160, "Trykt to gonger", size=14)
    page.text(300, 400, "UTKAST", turn=(1, 1, -1, 1)).text(60, 200, "hvitt", colour=(1, 1, 1))
    page.text(60, 220, "usynlig", mode=3).text(60, 240, "AB", bold=True).text(76, 240, "CD")
    return pdf(page)


def text_pages(data: bytes) -> Iterator[tuple[Any, int]]:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text_page = page.get_textpage()
        yield text_page, text_page.count_chars()


@pytest.mark.parametrize(
    "data", [made(), *(path.read_bytes() for path in FILES)], ids=["made", *(path.stem for path in FILES)]
)
def test_a_page_at_once_gives_what_each_character_gives(data: bytes) -> None:
    for page, count in text_pages(data):
        pointer = ctypes.cast(page.raw, ctypes.c_void_p)
        codes = [raw.FPDFText_GetUnicode(page, index) for index in range(count)]
        objects = [
            ctypes.cast(raw.FPDFText_GetTextObject(page, index), ctypes.c_void_p).value or 0
            for index in range(count)
        ]
        places = np.array([index for index in range(count) if codes[index] > 0x20], np.int64)

        assert [MARKED.get(code, code) for code in codes] == _codes_of(pointer, count)
        for in_order in (True, False):
            found = _objects_at(pointer, places, in_order=in_order)
            assert [objects[index] for index in places] == found.tolist()


def test_the_place_of_each_glyph_is_that_of_its_own_character() -> None:
    document = pypdfium2.PdfDocument(FILES[0].read_bytes())
    page = document[0]
    marks = CharacterReader().read(page)
    text_page = page.get_textpage()
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    shown = [
        index
        for index in range(text_page.count_chars())
        if raw.FPDFText_GetUnicode(text_page, index) > 0x20 and raw.FPDFText_GetTextObject(text_page, index)
    ]

    assert len(shown) == len(marks.text) > 100
    for index, place in enumerate(shown):
        raw.FPDFText_GetLooseCharBox(text_page, place, box)
        raw.FPDFText_GetCharOrigin(text_page, place, x, y)
        assert (box.left, box.top, box.right, box.bottom) == (
            marks.left[index],
            marks.top[index],
            marks.right[index],
            marks.bottom[index],
        )
        assert y.value == pytest.approx(marks.y[index])


def test_more_characters_than_are_asked_at_a_time_keep_their_places() -> None:
    page = PdfPage().lines(60, 60, *["Læraren følgjer opp kvar elev i klassen."] * 40)
    marks = CharacterReader().read(pypdfium2.PdfDocument(pdf(page))[0])

    lines = marks.left.reshape(40, -1)
    assert lines.shape[1] * 40 > 2 * 512
    assert (lines == lines[0]).all()
