from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from checker.extract import Readers, extract, find_readers
from checker.model import Problem, ReadStatus

CORPUS = Path(__file__).parent.parent.parent / "corpus" / "tverrmark"
SCAN = CORPUS / "Hestehagan skole" / "Referat trinnledermøte sept.pdf"
TEXT_PDF = CORPUS / "Sagbekken skole" / "Sagbekkentimen.pdf"


def with_tesseract() -> Readers:
    return Readers(tesseract=shutil.which("tesseract"))


def test_a_scan_has_no_text_without_tesseract() -> None:
    document = extract(SCAN.read_bytes(), path="skann.pdf")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.NO_TEXT)


@pytest.mark.tesseract
def test_a_scan_is_read_with_tesseract_and_says_which_pages() -> None:
    document = extract(SCAN.read_bytes(), path="skann.pdf", readers=with_tesseract())
    text = " ".join(block.text for block in document.blocks)

    assert (document.status, document.problem) == (ReadStatus.READ, None)
    assert document.ocr_pages == tuple(range(1, (document.pages or 0) + 1))
    assert "MØTEREFERAT" in text
    assert all(block.page and block.boxes for block in document.blocks)


@pytest.mark.tesseract
def test_scanned_pages_among_others_come_in_their_places() -> None:
    pdf = pypdfium2.PdfDocument.new()
    for source in (TEXT_PDF, SCAN, TEXT_PDF):
        pdf.import_pages(pypdfium2.PdfDocument(source.read_bytes()), pages=[0])
    data = io.BytesIO()
    pdf.save(data)

    before = extract(data.getvalue(), path="blandet.pdf")
    after = extract(data.getvalue(), path="blandet.pdf", readers=with_tesseract())

    assert (before.status, before.problem) == (ReadStatus.PARTLY_READ, Problem.NO_TEXT)
    assert (after.status, after.ocr_pages) == (ReadStatus.READ, (2,))
    pages = [block.page for block in after.blocks]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert set(pages) == {1, 2, 3}


@pytest.mark.tesseract
def test_a_picture_of_text_is_read() -> None:
    picture = Image.new("L", (1400, 1000), 255)
    font = ImageFont.load_default(size=48)
    lines = "Rektor leder kriseteamet hver uke.\nTeamet skriver referat fra alle sine\nsamlinger og legger det i arkivet."
    ImageDraw.Draw(picture).multiline_text((60, 120), lines, font=font, fill=0, spacing=30)
    data = io.BytesIO()
    picture.save(data, "PNG", dpi=(200, 200))

    document = extract(data.getvalue(), path="plakat.png", readers=with_tesseract())

    assert document.status is ReadStatus.READ
    assert "kriseteamet" in document.blocks[0].text


@pytest.mark.tesseract
def test_a_damaged_picture_is_told_as_such() -> None:
    document = extract(b"\x89PNG\r\n\x1a\n broken", path="bilde.png", readers=with_tesseract())

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.DAMAGED)


def test_builtin_readers_use_no_outside_program() -> None:
    assert find_readers(builtin_only=True) == Readers()


@pytest.mark.tesseract
def test_blocks_of_a_scan_say_how_sure_they_are() -> None:
    document = extract(SCAN.read_bytes(), path="skann.pdf", readers=with_tesseract())

    assert all(block.confidence is not None and 0.3 < block.confidence <= 1 for block in document.blocks)
    assert all(block.confidence is None for block in extract(TEXT_PDF.read_bytes(), path="plan.pdf").blocks)


@pytest.mark.tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_and_its_places_are_those_on_the_page(turn: int) -> None:
    with pypdfium2.PdfDocument(SCAN.read_bytes()) as source:
        picture = source[0].render(scale=200 / 72, grayscale=True).to_pil().rotate(-turn, expand=True)
    data = io.BytesIO()
    picture.save(data, "PDF", resolution=200)

    document = extract(data.getvalue(), path="skann.pdf", readers=with_tesseract())
    head = next(block for block in document.blocks if "MØTEREFERAT" in block.text)
    _, x0, top, x1, bottom = head.boxes[0]

    assert document.status is ReadStatus.READ
    assert x0 < x1
    assert top < bottom
    width, height = picture.width * 72 / 200, picture.height * 72 / 200
    near = {90: width - x1, 180: height - bottom, 270: x0}[turn]
    assert near == pytest.approx(65, abs=5)


@pytest.mark.tesseract
def test_a_picture_of_a_few_strokes_has_no_text_and_harms_nothing() -> None:
    """Tesseract can't tell how such a picture is turned, and says so by its exit status."""
    picture = Image.new("RGB", (300, 200), "white")
    for at in range(40, 260):
        picture.putpixel((at, 100), (0, 0, 0))
    data = io.BytesIO()
    picture.save(data, "PNG")

    document = extract(data.getvalue(), path="strek.png", readers=find_readers(builtin_only=False))

    assert document.problem is Problem.NO_TEXT
