"""What is made of recognised text, with engines that stand in for the programs, and with rapidocr where it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_maker import PdfPage, pdf
from PIL import Image

from checker.extract import Readers, extract
from checker.extract.ocr import (
    Engine,
    Recognised,
    Word,
    has_rapidocr,
    rapid_engine,
    read_scanned_pdf,
    reading,
)
from checker.extract.pdf import read_pdf, read_pdf_pages
from checker.extract.pdf.picture import picture_of, scale_of
from checker.model import BlockKind, Document, Problem, ReadStatus

SCAN = (
    Path(__file__).parents[2]
    / "corpus"
    / "tverrmark"
    / "Hestehagan skole"
    / "Referat trinnledermøte sept.pdf"
)
HEIC = Path(__file__).parents[1] / "data" / "bilde.heic"
TEXT = [
    "Rektor leder kriseteamet og møter elevene i døra",
    "Avdelingslederen følger opp klassene hver måned,",
    "og teamet skriver referat fra alle sine samlinger.",
]


def scan(pages: int = 1, **style: float) -> bytes:
    return pdf(*(PdfPage(**style).picture(0, 0, style.get("width", 595), 842) for _ in range(pages)))


def lines(text: Sequence[str] = TEXT, confidence: float = 0.9) -> list[tuple[str, tuple[float, ...], float]]:
    """Lines as rapidocr gives them: in pixels of a picture with 200 dots an inch."""
    return [
        (one, (200.0, 300.0 + 40 * at, 1200.0, 332.0 + 40 * at), confidence) for at, one in enumerate(text)
    ]


def engine_of(*found: list[tuple[str, tuple[float, ...], float]]) -> Engine:
    """An engine that gives the lines in turn, picture after picture."""
    left = list(found)
    return rapid_engine(lambda _: left.pop(0) if left else [])


def scanned(data: bytes, engine: Engine) -> Document:
    return read_scanned_pdf(
        data, read_pdf_pages(data, path="a.pdf"), engine, lambda one: read_pdf(one, path="b")
    )


def test_recognised_lines_become_blocks_with_place_and_confidence() -> None:
    document = scanned(scan(), engine_of(lines(confidence=0.83)))
    (block,) = document.blocks

    assert block.text == " ".join(TEXT)
    assert block.confidence == 0.83
    _, x0, top, x1, bottom = block.boxes[0]
    assert (x0, x1) == pytest.approx((72, 432), abs=6)
    assert top < 108 + 6 < bottom
    assert (document.status, document.ocr_pages) == (ReadStatus.READ, (1,))


def test_places_hold_on_a_page_so_large_that_its_picture_is_made_smaller() -> None:
    page = PdfPage(width=9_000, height=9_000).picture(0, 0, 9_000, 9_000)

    (block,) = scanned(pdf(page), engine_of(lines())).blocks

    pixels = reading.MOST_PIXELS**0.5
    assert block.boxes[0][1] == pytest.approx(200 / pixels * 9_000, rel=0.05)


def test_a_page_that_is_metres_wide_is_never_rendered_so() -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(scan(width=60_000)) as source:
        page = source[0]

        assert scale_of(page, dpi=200, most_pixels=1_000_000) < 0.2
        picture = picture_of(page, dpi=200, most_pixels=1_000_000)
        assert picture.width * picture.height <= 1_010_000
        page.close()


def test_a_page_read_badly_is_turned_and_its_places_turned_back() -> None:
    noise = lines(["lll iii", "|| 1 l"], confidence=0.2)
    engine = engine_of(noise, lines(), noise, noise)

    (block,) = scanned(scan(), engine).blocks

    assert block.text == " ".join(TEXT)
    _, x0, top, x1, bottom = block.boxes[0]
    assert (x0, x1) == pytest.approx((595 - 432, 595 - 72), abs=6)
    assert top < 842 - 114 < bottom


def test_a_page_that_stays_hard_to_read_makes_the_document_partly_read() -> None:
    poor = lines(confidence=0.3)

    document = scanned(scan(2), engine_of(lines(), poor, [], [], []))

    assert (document.status, document.problem) == (ReadStatus.PARTLY_READ, Problem.NO_TEXT)
    assert (document.message, document.message_fields) == ("extract.ocr_poor", (("pages", "2"),))
    assert {block.page for block in document.blocks} == {1, 2}


def test_pages_beyond_the_most_that_are_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 2)

    document = scanned(scan(4), engine_of(lines(), lines()))

    assert (document.status, document.message) == (ReadStatus.PARTLY_READ, "extract.pdf.pages_without_text")
    assert (document.ocr_pages, document.message_fields) == ((1, 2), (("pages", "3–4"),))


def test_every_scanned_page_among_many_is_read() -> None:
    pages = []
    for number in range(30):
        page = PdfPage().lines(70, 100, f"Side {number} har tekst som kan leses av alle som vil.")
        pages += [page, PdfPage().picture(0, 0, 595, 842)]

    document = scanned(pdf(*pages), engine_of(*[lines()] * 30))

    assert document.ocr_pages == tuple(range(2, 61, 2))
    assert document.status is ReadStatus.READ


ENGLISH_LAYER = [
    "Rektor leder kriseteamet og moter elevene i dora hver morgen, og teamet skriver referat",
    "fra alle sine samlinger. Alle klasser har felles regler som elevene har vaert med pa a lage.",
    "Kontaktlaereren tar opp saken med foresatte, og det skal skje innen en uke etter at den er meldt.",
    "Skolen har en plan for hvordan vi arbeider med trygge klasser, og den blir evaluert hvert ar.",
]


def test_a_text_layer_without_norwegian_letters_is_read_again_or_told() -> None:
    data = pdf(PdfPage().picture(0, 0, 595, 842).lines(70, 100, *ENGLISH_LAYER, size=9, mode=3))

    without = read_pdf(data, path="a.pdf")
    with_ocr = scanned(data, engine_of(lines()))

    assert (without.status, without.problem) == (ReadStatus.PARTLY_READ, Problem.NO_TEXT)
    assert (without.message, without.message_fields) == (
        "extract.pdf.pages_without_letters",
        (("pages", "1"),),
    )
    assert without.blocks[0].text.startswith("Rektor leder kriseteamet og moter")
    assert [block.text for block in with_ocr.blocks] == [" ".join(TEXT)]
    assert (with_ocr.status, with_ocr.ocr_pages) == (ReadStatus.READ, (1,))


@pytest.mark.parametrize("more", ["Rektor møter elevene.", ""])
def test_norwegian_letters_or_no_picture_make_a_text_layer_right(more: str) -> None:
    page = PdfPage().lines(70, 100, *ENGLISH_LAYER, more or "Slutt", size=9)
    if more:
        page.picture(0, 0, 595, 842)

    assert read_pdf(pdf(page), path="a.pdf").status is ReadStatus.READ


def test_an_english_page_over_a_picture_is_right_without_norwegian_letters() -> None:
    english = ["All staff greet the pupils at the door in the morning and know what is expected of them."] * 5
    data = pdf(PdfPage().picture(0, 0, 595, 842).lines(70, 100, *english, size=9))

    assert read_pdf(data, path="a.pdf").status is ReadStatus.READ


def test_words_of_several_pages_keep_their_confidence_apart() -> None:
    def recognise(pictures: Sequence[Path]) -> Recognised:
        made = pdf(*(PdfPage().lines(72, 110, *TEXT) for _ in pictures))
        words = tuple(
            Word(number, (72, 95 + 14 * at, 400, 112 + 14 * at), sure, len(line))
            for number, sure in ((1, 0.95), (2, 0.8))
            for at, line in enumerate(TEXT)
        )
        return Recognised(made, words)

    document = scanned(scan(2), Engine(recognise, lambda _: None))

    assert {(block.page, block.confidence) for block in document.blocks} == {(1, 0.95), (2, 0.8)}


def picture_bytes(form: str, **more: object) -> bytes:
    data = io.BytesIO()
    Image.new("L", (1400, 1000), 255).save(data, form, **more)
    return data.getvalue()


def read_picture(data: bytes, name: str, engine: Engine) -> Document:
    return reading.read_picture(data, f"a.{name}", name, engine, lambda one: read_pdf(one, path="b"))


def test_the_pictures_of_a_tiff_are_its_pages() -> None:
    more = [Image.new("L", (1400, 1000), 255)]
    data = picture_bytes("TIFF", save_all=True, append_images=more)

    document = read_picture(data, "tiff", engine_of(lines(), lines()))

    assert (document.pages, document.ocr_pages) == (2, (1, 2))
    assert {block.page for block in document.blocks} == {1, 2}


def test_a_photo_is_turned_as_the_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sizes: list[tuple[int, int]] = []

    def lines_of(place: Path) -> list[tuple[str, tuple[float, ...], float]]:
        with Image.open(place) as picture:
            sizes.append(picture.size)
        return lines()

    read_picture(picture_bytes("JPEG", exif=exif), "jpg", rapid_engine(lines_of))

    assert sizes == [(1000, 1400)]


def test_a_heic_picture_says_what_to_do_where_it_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_HEIF", "no_such_library")
    data = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"

    document = extract(data, path="bilde.heic", readers=Readers(rapidocr=True))

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.UNSUPPORTED)
    assert document.message == "extract.picture_heic"


def test_a_heic_picture_is_opened() -> None:
    sizes: list[tuple[int, int]] = []

    def lines_of(place: Path) -> list[tuple[str, tuple[float, ...], float]]:
        with Image.open(place) as picture:
            sizes.append(picture.size)
        return lines()

    read = read_picture(HEIC.read_bytes(), "heic", rapid_engine(lines_of))

    assert (read.format, sizes) == ("heic", [(1600, 900)])


@pytest.mark.skipif(not has_rapidocr(), reason="rapidocr, an optional extra, is not installed")
def test_rapidocr_reads_a_scan_with_norwegian_letters() -> None:
    document = extract(SCAN.read_bytes(), path="skann.pdf", readers=Readers(rapidocr=True))
    text = " ".join(block.text for block in document.blocks)

    assert (document.status, document.ocr_pages) == (ReadStatus.READ, (1,))
    assert "Sak 2. Svømming" in text
    assert "skolevandringene heller ikke er gjennomført" in text
    assert all(block.confidence is not None and 0.5 < block.confidence <= 1 for block in document.blocks)
    assert all(block.kind is not BlockKind.TABLE_ROW for block in document.blocks)


def test_tesseract_goes_before_rapidocr_and_without_both_there_is_no_engine() -> None:
    assert Readers().ocr is None
    assert Readers(rapidocr=True).ocr is not None
    assert Readers(tesseract="/bin/false", rapidocr=True).ocr is not None


def test_a_photo_without_letters_is_read_once() -> None:
    seen: list[Path] = []

    def lines_of(place: Path) -> list[tuple[str, tuple[float, ...], float]]:
        seen.append(place)
        return []

    scanned(scan(2), rapid_engine(lines_of))

    assert len(seen) == 2
