"""A document that was not really read never passes for one that was: pictures, fonts without a key, empty pages."""

from __future__ import annotations

import io
import math
import random
from typing import Any

import pytest
from hostile import without_unicode
from pdf_maker import PdfPage, pdf
from PIL import Image, ImageDraw

from checker.extract import extract
from checker.model import Document, Problem, ReadStatus

TEXT = "Rektor vitjar alle klassar to gonger i året og gir tilbakemelding same dag."
LINES = [TEXT] * 12


def wheel() -> Image.Image:
    """Give a year wheel as schools draw it: twelve months around, with what is done in each."""
    picture = Image.new("RGB", (900, 900), "white")
    draw = ImageDraw.Draw(picture)
    for radius, colour in ((430, "#cfe3f5"), (300, "#f7ecc6"), (140, "white")):
        draw.ellipse((450 - radius, 450 - radius, 450 + radius, 450 + radius), outline="black", fill=colour)
    for month in range(12):
        angle = month * math.pi / 6
        draw.line((450, 450, 450 + 430 * math.cos(angle), 450 + 430 * math.sin(angle)), fill="black")
        place = (400 + 360 * math.cos(angle + 0.26), 440 + 360 * math.sin(angle + 0.26))
        draw.text(place, f"{month + 1}: skolevandring", fill="black", font_size=17)
    return picture


def photograph() -> Image.Image:
    """Give something like a photograph: colours that run into each other, with grain."""
    grain = random.Random(1)
    small = Image.new("RGB", (24, 24))
    small.putdata([tuple(grain.randrange(256) for _ in range(3)) for _ in range(24 * 24)])
    return small.resize((900, 900), Image.Resampling.BICUBIC)


def ground() -> Image.Image:
    return Image.new("RGB", (900, 900), "#1d4f7c")


def with_picture(picture: Image.Image, *lines: str) -> bytes:
    """Give a plan: a page of text, and a page with a picture over most of it and a few lines."""
    return joined(pdf(PdfPage().lines(70, 100, *LINES)), picture, lines)


def joined(text: bytes, picture: Image.Image, lines: tuple[str, ...]) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(text)
    other = pypdfium2.PdfDocument(pdf(PdfPage().lines(70, 40, *lines) if lines else PdfPage()))
    document.import_pages(other)
    page = document[1]
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=90)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(jpeg, inline=True)
    matrix = pypdfium2.PdfMatrix().scale(520, 700).translate(37, 60)
    image.set_matrix(matrix)
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def outcome(document: Document) -> tuple[Any, ...]:
    return document.status, document.problem, document.message_fields


@pytest.mark.parametrize(
    "lines", [(), ("Årshjul for klasseleiing 2026–2027", "Sjå hjulet for kva vi gjer når.")]
)
def test_a_year_wheel_as_a_picture_makes_the_plan_partly_read(lines: tuple[str, ...]) -> None:
    document = extract(with_picture(wheel(), *lines), path="plan.pdf")

    assert outcome(document) == (ReadStatus.PARTLY_READ, Problem.NO_TEXT, (("pages", "2"),))
    assert document.blocks[0].text.startswith("Rektor vitjar")
    assert all(any(line in block.text for block in document.blocks) for line in lines)


@pytest.mark.parametrize("picture", [photograph(), ground()])
def test_a_cover_with_a_photograph_or_a_colour_is_read(picture: Image.Image) -> None:
    lines = ("Plan for godt skulemiljø", "Fjellvang skule", "Vedteken i skulemiljøutvalet i juni")

    document = extract(with_picture(picture, *lines), path="plan.pdf")

    assert outcome(document) == (ReadStatus.READ, None, ())


def test_a_drawing_beside_much_text_is_no_gap() -> None:
    document = extract(with_picture(wheel(), *LINES[:5]), path="plan.pdf")

    assert document.status is ReadStatus.READ


def test_a_font_without_a_key_is_no_text() -> None:
    document = extract(without_unicode(), path="plan.pdf")

    assert outcome(document) == (ReadStatus.UNREADABLE, Problem.NO_TEXT, ())


def test_nothing_is_read_of_a_plan_that_is_pictures_only() -> None:
    pages = [PdfPage().picture(0, 0, 595, 842) for _ in range(3)]

    document = extract(pdf(*pages), path="plan.pdf")

    assert outcome(document) == (ReadStatus.UNREADABLE, Problem.NO_TEXT, ())
