"""Tables in pictures: their lines are found, and what is recognised between them is read as rows."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pdf_maker import PdfPage, pdf
from PIL import Image, ImageDraw, ImageFont

from checker.extract import Readers, extract
from checker.extract.ocr.reading import _slanted, _without_strokes
from checker.extract.ocr.ruling import rulings_in, slant_of, with_rulings
from checker.extract.pdf import read_pdf
from checker.model import Block, BlockKind, Cell

XS, YS = (150, 450, 1050, 1450), (400, 480, 560, 640)
ROWS = (("Når", "Tiltak", "Ansvar"), ("Uke 40", "Skolevandring", "Rektor"), ("Uke 6", "Klassemøte", "Lærer"))
POINTS = 72 / 200


def table(*, ink: int = 40, width: int = 3, with_text: bool = True) -> Image.Image:
    """A page at 200 dots an inch with a line of text and a table below it."""
    picture = Image.new("L", (1654, 1200), 250)
    draw = ImageDraw.Draw(picture)
    for x in XS:
        draw.line((x, YS[0], x, YS[-1]), fill=ink, width=width)
    for y in YS:
        draw.line((XS[0], y, XS[-1], y), fill=ink, width=width)
    if with_text:
        font = ImageFont.load_default(size=34)
        draw.text((150, 200), "Rektor leder arbeidet med et godt klassemiljø.", fill=20, font=font)
        for y, row in zip(YS, ROWS, strict=False):
            for x, text in zip(XS, row, strict=False):
                draw.text((x + 20, y + 18), text, fill=20, font=font)
    return picture


def png(picture: Image.Image, place: Path) -> Path:
    picture.save(place, dpi=(200, 200))
    return place


@pytest.mark.parametrize(("ink", "width"), [(40, 3), (40, 1), (190, 2)])
def test_the_lines_of_a_table_are_found_where_they_stand(ink: int, width: int) -> None:
    found = rulings_in(table(ink=ink, width=width))

    across = sorted(line.top for line in found if line.top == line.bottom)
    down = sorted(line.x0 for line in found if line.x0 == line.x1)
    assert across == pytest.approx(list(YS), abs=2)
    assert down == pytest.approx(list(XS), abs=2)


def test_letters_and_a_few_lines_are_no_table() -> None:
    picture = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((100, 100), "TILTAK FELT", fill=0, font=ImageFont.load_default(size=90))
    draw.line((100, 300, 1500, 300), fill=0, width=3)
    draw.line((100, 1100, 1500, 1100), fill=0, width=3)

    assert rulings_in(picture) == []


def test_of_a_dark_area_both_edges_count() -> None:
    picture = table()
    ImageDraw.Draw(picture).rectangle((XS[0], YS[0], XS[-1], YS[1]), fill=120)

    across = sorted(line.top for line in rulings_in(picture) if line.top == line.bottom)

    assert across == pytest.approx(list(YS), abs=3)


def test_a_picture_smaller_than_a_line_has_none() -> None:
    assert rulings_in(Image.new("L", (40, 40), 255)) == []


@pytest.mark.parametrize("degrees", [-1.4, 0.6, 1.4])
def test_the_slant_of_a_table_is_told_and_undone(degrees: float) -> None:
    slanted = table().rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=250)

    found = slant_of(slanted)
    straight = slanted.rotate(found, Image.Resampling.BICUBIC, fillcolor=250)

    assert found == pytest.approx(degrees, abs=0.15)
    assert slant_of(straight) == 0.0
    assert len(rulings_in(straight)) == len(XS) + len(YS)


def test_a_straight_page_has_no_slant() -> None:
    assert slant_of(table()) == 0.0
    assert slant_of(Image.new("L", (1654, 1200), 250)) == 0.0


def test_a_place_on_a_straightened_page_is_told_as_it_was() -> None:
    picture = Image.new("L", (1000, 600), 255)
    ImageDraw.Draw(picture).rectangle((798, 98, 802, 102), fill=0)
    straight = picture.rotate(2.0, fillcolor=255)
    x, y = next((x, y) for y in range(600) for x in range(1000) if straight.getpixel((x, y)) == 0)

    found = _slanted((x, y, x + 4, y + 4), 2.0, (1000, 600))

    assert found == pytest.approx((798, 98, 802, 102), abs=3)
    assert _slanted((1, 2, 3, 4), 0.0, (1000, 600)) == (1, 2, 3, 4)


def recognised() -> bytes:
    """What a program that reads pictures gives of the table: its words where they stand, and no line."""
    page = PdfPage(width=1654 * POINTS, height=1200 * POINTS)
    page.text(150 * POINTS, 230 * POINTS, "Rektor leder arbeidet med et godt klassemiljø.", size=12)
    for y, row in zip(YS, ROWS, strict=False):
        for x, text in zip(XS, row, strict=False):
            page.text((x + 20) * POINTS, (y + 50) * POINTS, text, size=12)
    return pdf(page)


def test_words_between_lines_are_rows_with_names(tmp_path: Path) -> None:
    place = png(table(), tmp_path / "side.png")

    document = read_pdf(with_rulings(recognised(), [place]), path="skann.pdf")

    rows = [block.cells for block in document.blocks if block.cells]
    assert rows == [tuple(map(Cell, ROWS[0], row)) for row in ROWS[1:]]


def test_a_page_without_a_table_is_left_as_it_is(tmp_path: Path) -> None:
    place = png(Image.new("L", (1654, 1200), 255), tmp_path / "side.png")

    assert with_rulings(recognised(), [place]) == recognised()
    assert with_rulings(recognised(), []) == recognised()


def test_lines_taken_for_letters_are_left_out() -> None:
    cells = (Cell("Når |", "| Uke 40"), Cell(None, "Rektor |"))
    row = Block(BlockKind.TABLE_ROW, "", cells=cells, section=("Årshjul |",))

    cleared = _without_strokes(row)

    assert cleared.cells == (Cell("Når", "Uke 40"), Cell(None, "Rektor"))
    assert (cleared.text, cleared.section) == ("Uke 40 | Rektor", ("Årshjul",))
    assert _without_strokes(Block(BlockKind.PARAGRAPH, "Uke 40 || Rektor a|b")).text == "Uke 40 Rektor a|b"
    assert _without_strokes(Block(BlockKind.PARAGRAPH, "| ¦")).text == ""


@pytest.mark.tesseract
@pytest.mark.parametrize("degrees", [0.0, 1.2])
def test_a_scanned_table_is_read_as_rows_also_askew(degrees: float) -> None:
    picture = table().rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=250)
    data = io.BytesIO()
    picture.save(data, "png", dpi=(200, 200))

    document = extract(
        data.getvalue(), path="tabell.png", readers=Readers(tesseract=shutil.which("tesseract"))
    )

    rows = {block.text: block for block in document.blocks if block.cells}
    assert "Uke 40 | Skolevandring | Rektor" in rows
    page, x0, top, x1, bottom = rows["Uke 40 | Skolevandring | Rektor"].boxes[0]
    assert page == 1
    assert XS[0] * POINTS < x0 < x1 < XS[1] * POINTS
    assert (YS[1] - 25) * POINTS < top < bottom < (YS[2] + 25) * POINTS


def test_a_picture_of_a_few_dots_has_no_lines() -> None:
    assert rulings_in(Image.new("L", (3, 3), 0)) == []
