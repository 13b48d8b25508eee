"""What holds for every PDF: each block's text stands, letter by letter, in the boxes that it names."""

from __future__ import annotations

import re

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_maker import PdfPage, pdf

from checker.extract.pdf import read_pdf
from checker.model import Block, BlockKind, Box

IGNORED = re.compile(r"[\W_]")
WORDS = [
    *(
        "Rektor",
        "elevane",
        "skolevandring",
        "Klassemøte",
        "IKT-reglementet",
        "og",
        "i",
        "måneden",
        "følger",
        "opp",
    ),
    *("Årshjul", "tiltak", "ansvarlig", "kontaktlærer", "uke", "38", "3.", "trinn", "«ro»", "e-sigaretter"),
]
text_lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
paragraphs = st.lists(text_lines, min_size=1, max_size=6)
tables = st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=3), min_size=2, max_size=5)


@st.composite
def pages(draw: st.DrawFn) -> PdfPage:
    """A page with running text in one or two columns, of several sizes, and perhaps a drawn table below."""
    page = PdfPage(rotate=draw(st.sampled_from([0, 0, 0, 90, 180])))
    columns = draw(st.sampled_from([1, 1, 2]))
    lowest = 80.0
    for column in range(columns):
        y = 80.0
        for lines in draw(st.lists(paragraphs, min_size=1, max_size=3)):
            size = draw(st.sampled_from([9, 11, 11, 11, 16]))
            bold = draw(st.booleans())
            page.lines(60 + 250 * column, y, *[line[: 400 // size // columns] for line in lines],
                       leading=1.25 * size, size=size, bold=bold)  # fmt: skip
            y += 1.25 * size * len(lines) + draw(st.sampled_from([4, 14]))
        lowest = max(lowest, y)
    rows = draw(st.none() | tables)
    if rows is not None:
        ys = [lowest + 20 + 22 * index for index in range(len(rows) + 1)]
        page.table([60, 220, 380, 540], ys, rows, bold_head=draw(st.booleans()))
    return page


def letters(text: str) -> str:
    return IGNORED.sub("", text)


def as_stored(page: pypdfium2.PdfPage, box: Box) -> tuple[float, float, float, float]:
    """Give a box of a page as it is turned for the reader as ``(x0, y0, x1, y1)`` of the page as it is stored."""
    _, x0, top, x1, bottom = box
    width, height = page.get_size()
    turn = page.get_rotation()
    if turn == 90:
        return (top, x0, bottom, x1)
    if turn == 180:
        return (width - x1, top, width - x0, bottom)
    return (x0, height - bottom, x1, height - top)


def seen(source: pypdfium2.PdfDocument, boxes: tuple[Box, ...]) -> str:
    """Give the letters whose middle stands in the boxes, box by box."""
    found = []
    for box in boxes:
        page = source[box[0] - 1]
        x0, y0, x1, y1 = as_stored(page, box)
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, low, right, high = text.get_charbox(index)
            if x0 <= (left + right) / 2 <= x1 and y0 <= (low + high) / 2 <= y1:
                found.append(text.get_text_range(index, 1))
    return letters("".join(found))


def texts_of(block: Block) -> list[str]:
    """The texts that must stand in a block's boxes; a merged cell may stand in the row above."""
    return [cell.text for cell in block.cells] if block.cells else [block.text]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(pages(), min_size=1, max_size=3))
def test_every_block_stands_in_its_boxes(made: list[PdfPage]) -> None:
    data = pdf(*made)
    document = read_pdf(data, path="plan.pdf")

    with pypdfium2.PdfDocument(data) as source:
        for block in document.blocks:
            there = seen(source, block.boxes)
            assert block.boxes[0][0] == block.page
            assert all(letters(text) in there for text in texts_of(block)), (block, there)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(pages(), min_size=1, max_size=3))
def test_no_word_is_lost_or_made(made: list[PdfPage]) -> None:
    data = pdf(*made)
    document = read_pdf(data, path="plan.pdf")
    parts = [block.text for block in document.blocks] + [piece.text for piece in document.furniture]
    parts += sorted({cell.column for block in document.blocks for cell in block.cells or () if cell.column})

    with pypdfium2.PdfDocument(data) as source:
        whole = letters("".join(page.get_textpage().get_text_bounded() for page in source))
    kept = letters("".join(parts))

    assert set(whole) >= set(kept)
    for word in WORDS:
        if len(letters(word)) > 3 and letters(word) in whole:
            assert letters(word) in kept
    assert all(block.kind is BlockKind.TABLE_ROW or block.cells is None for block in document.blocks)
