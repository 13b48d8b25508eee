"""Reads each page of a PDF: its pieces of line and its drawn tables, the document not yet seen as a whole."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from checker.extract.collector import uncollected
from checker.extract.limits import DEFAULT_LIMITS
from checker.extract.pdf.characters import CharacterReader
from checker.extract.pdf.drawings import read_drawings
from checker.extract.pdf.drawn import has_drawn_picture
from checker.extract.pdf.forms import read_annotations
from checker.extract.pdf.frame import Frame
from checker.extract.pdf.glyphs import Glyphs, no_glyphs
from checker.extract.pdf.lines import Line, lines_of, pieces_of, with_drawn_bullets
from checker.extract.pdf.placing import place_marks, reading_turn
from checker.extract.pdf.ruled import Grid, grids_of, take_text
from checker.extract.pdf.sheet import Sheet
from checker.extract.pdf.words import load_words

_FEWEST_LETTERS = 30
_FEW_LETTERS = 200
_LARGE_PICTURE = 0.5
_GARBLED_SHARE = 0.05
_LEAST_TEXT_SHARE = 0.5
_FEWEST_SIGNS = 40
_LETTERS_TO_TELL = 300
_NORWEGIAN_LETTERS = frozenset("æøå")
_FEWEST_COMMON = 5
_LEADERS = frozenset("._…·-–—|•☐☒")


@dataclass(frozen=True, slots=True)
class PdfBudget:
    """How much may be spent on one file.

    Args:
        pages: pages that are read; the rest is left, and the document is partly read.
        table_seconds: time on all tables of a document after which no more are looked for; None for the usual.
        begin: told of the number of pages before they are read.
    """

    pages: int = 5_000
    table_seconds: float | None = None
    begin: Callable[[int], None] | None = None


@dataclass(slots=True)
class PageRead:
    """What was read from one page.

    Args:
        letters: number of letters and digits that a reader sees.
        is_garbled: the text is that of a font without a key to its characters, and no language.
        is_picture: hardly any text, and a picture over most of the page.
        is_mostly_picture: little text beside a drawn picture over most of the page, which may hold the page's matter.
        tables_left: drawn tables were not looked for, as there are too many lines, or as no time was left.
        lacks_norwegian_letters: a picture over most of the page, and Norwegian words without one æ, ø or å among
            them: the text is that of an OCR program that did not know these letters.
    """

    sheet: Sheet
    pieces: list[Line] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    letters: int = 0
    is_garbled: bool = False
    is_picture: bool = False
    is_mostly_picture: bool = False
    lacks_norwegian_letters: bool = False
    tables_left: bool = False
    out_of_time: bool = False
    table_seconds: float = 0.0
    failed: bool = False


def _frame_of(page: Any, extra: int = 0) -> Frame:
    """Give the frame of a page: its CropBox within its MediaBox, as rotated."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, box.bottom, box.right, box.top, (page.get_rotation() + extra) % 360)


def _is_garbled(sheet: Sheet) -> tuple[int, bool]:
    """Give the number of letters and digits on the page, and whether its text is no language."""
    count: Counter[bool] = Counter()
    for text, seen in Counter(sheet.glyphs.text.tolist()).items():
        if text not in _LEADERS:
            count[text.isalnum()] += seen
    signs = count[True] + count[False]
    if signs + sheet.garbled < _FEWEST_SIGNS:
        return count[True], False
    garbled = sheet.garbled > _GARBLED_SHARE * (signs + sheet.garbled)
    return count[True], garbled or count[True] < _LEAST_TEXT_SHARE * signs


def _lacks_norwegian_letters(page: PageRead) -> bool:
    """Whether the text over a picture reads as Norwegian and has none of its own letters.

    Plans have 21 to 29 of them among 1,000 letters.
    """
    if page.letters < _LETTERS_TO_TELL or page.sheet.picture_share <= _LARGE_PICTURE:
        return False
    lines = [line.text for line in page.pieces]
    lines += [line.text for grid in page.grids for cell in grid.cells for line in cell.lines]
    text = " ".join(lines).casefold()
    if not _NORWEGIAN_LETTERS.isdisjoint(text):
        return False
    found = load_words().common.intersection(text.split())
    return len(found) >= _FEWEST_COMMON


def _common_size(glyphs: Glyphs) -> float:
    sizes: Counter[float] = Counter()
    for style, seen in zip(
        glyphs.styles, np.bincount(glyphs.look, minlength=len(glyphs.styles)).tolist(), strict=True
    ):
        sizes[round(style.size, 1)] += seen
    return max(sorted(sizes), key=lambda size: sizes[size]) if len(glyphs) else 10.0


def read_page(
    page: Any, number: int, form: Any, characters: CharacterReader, *, with_tables: bool
) -> PageRead:
    """Give what stands on a pdfium page."""
    marks = characters.read(page)
    turn = reading_turn(marks, page.get_rotation())
    frame = _frame_of(page, turn)
    width, height = frame.size
    sheet = Sheet(number, width, height, turn, garbled=marks.garbled, cut=marks.cut)
    read_drawings(page, frame, sheet)
    place_marks(marks, frame, sheet)
    read_annotations(page, form, frame, sheet, _common_size(sheet.glyphs))
    found = PageRead(sheet)
    found.letters, found.is_garbled = _is_garbled(sheet)
    found.is_picture = found.letters < _FEWEST_LETTERS and sheet.picture_share > _LARGE_PICTURE
    if with_tables:
        start = time.process_time()
        found.grids = take_text(sheet, grids_of(sheet))
        found.table_seconds = time.process_time() - start
    found.out_of_time = not with_tables
    found.tables_left = sheet.crowded or found.out_of_time
    found.pieces = with_drawn_bullets(pieces_of(sheet.glyphs), sheet.dots)
    found.lacks_norwegian_letters = _lacks_norwegian_letters(found)
    if not found.is_picture and found.letters < _FEW_LETTERS and sheet.picture_share > _LARGE_PICTURE:
        found.is_mostly_picture = has_drawn_picture(page, sheet, [piece.rect for piece in found.pieces])
    found.hidden = lines_of(pieces_of(sheet.hidden))
    for line in found.hidden:
        line.hidden = True
    sheet.glyphs, sheet.hidden, sheet.edges, sheet.fills = no_glyphs(), no_glyphs(), [], []
    return found


def read_pages(document: pdfium.PdfDocument, budget: PdfBudget) -> list[PageRead]:
    """Give what stands on each page, up to the budget; a page that can't be loaded is marked as failed."""
    form = document.formenv
    characters = CharacterReader()
    pages: list[PageRead] = []
    spent = 0.0
    with_tables = True
    count = min(len(document), budget.pages)
    if budget.begin is not None:
        budget.begin(count)
    allowed = budget.table_seconds
    if allowed is None:
        allowed = DEFAULT_LIMITS.table_seconds_for(count)
    for index in range(count):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            pages.append(PageRead(Sheet(index + 1, 0.0, 0.0), failed=True))
            continue
        with uncollected():
            pages.append(read_page(page, index + 1, form, characters, with_tables=with_tables))
        page.close()
        spent += pages[-1].table_seconds
        with_tables = spent <= allowed
    return pages
