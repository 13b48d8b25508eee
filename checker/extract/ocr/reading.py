"""Reads scanned pages and pictures: makes the pictures, has them recognised, and puts what was read in its place."""

from __future__ import annotations

import io
import math
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from checker.extract.faults import ReadFault
from checker.extract.ocr.engine import DPI, POINTS_A_PIXEL, Engine, Recognised, Rect, Word, confidence_of
from checker.extract.ocr.ruling import slant_of, with_rulings
from checker.extract.pdf.picture import picture_of, scale_of
from checker.extract.pdf.read import PdfReading, listed
from checker.extract.pdf.sheet import rotated
from checker.model import Block, Box, Cell, Document, Furniture, Problem, ReadStatus

MOST_PIXELS = 40_000_000
LARGEST_SIDE = 4_000
MOST_PAGES = 60
UPRIGHT = 0.75
"""A page whose words are as sure as this on the whole stands upright."""
FEWEST_LETTERS = 30
_SOME_LETTERS = 5
"""A page on which fewer were found is a photo, and isn't turned."""
READABLE = 0.5
"""A page whose words are less sure than this was not read, whatever came out."""
_TURNS = (180, 90, 270)
_STROKE = re.compile(r"(?<!\S)[|¦]+(?!\S)")
_HEIF = "pi_heif"

ReadPdf = Callable[[bytes], Document]


@dataclass(slots=True)
class _Page:
    """A picture that is read.

    Args:
        factor: points of the page for each point of the recognised text.
        turn: degrees by which it was turned clockwise before it was recognised.
        size: width and height of the turned picture in points of the recognised text.
        slant: degrees by which it was straightened, the other way round.
    """

    picture: Path
    factor: float = 1.0
    turn: int = 0
    size: tuple[float, float] = (0.0, 0.0)
    slant: float = 0.0

    def rect(self, rect: Rect) -> Rect:
        """Give a place in the recognised text as a place on the page."""
        x0, top, x1, bottom = rotated(_slanted(rect, self.slant, self.size), -self.turn % 360, *self.size)
        factor = self.factor
        return (
            round(x0 * factor, 1),
            round(top * factor, 1),
            round(x1 * factor, 1),
            round(bottom * factor, 1),
        )


def _slanted(rect: Rect, degrees: float, size: tuple[float, float]) -> Rect:
    """Give the rectangle around ``rect`` as it was before the picture was straightened about its middle."""
    if not degrees:
        return rect
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    middle_x, middle_y = size[0] / 2, size[1] / 2
    x, y = (rect[0] + rect[2]) / 2 - middle_x, (rect[1] + rect[3]) / 2 - middle_y
    wide, high = (rect[2] - rect[0]) / 2, (rect[3] - rect[1]) / 2
    x, y = middle_x + cosine * x - sine * y, middle_y + sine * x + cosine * y
    return (x - wide, y - high, x + wide, y + high)


def read_scanned_pdf(data: bytes, reading: PdfReading, engine: Engine, read: ReadPdf) -> Document:
    """Give the document with the pages that had no text, or not the right one, read from their pictures.

    Args:
        data: the PDF.
        reading: what was read of it without OCR, and which pages want it.
        engine: the program that reads pictures.
        read: reads a PDF that has text.
    """
    numbers, left = reading.unread[:MOST_PAGES], reading.unread[MOST_PAGES:]
    with _folder() as folder:
        pages = _pages_of(data, numbers, folder)
        scanned, poor = _read_pages(pages, engine, read)
    return _joined(reading, scanned, numbers, left=left, poor=[numbers[index] for index in poor])


def read_picture(data: bytes, path: str, name: str, engine: Engine, read: ReadPdf) -> Document:
    """Give the document that a picture shows; the pictures of a TIFF are its pages.

    Raises:
        ReadFault: it is no picture that can be opened, is too large, or shows no text.
    """
    with _folder() as folder:
        pages = [_saved(picture, folder, index) for index, picture in enumerate(_pictures_in(data, name))]
        scanned, poor = _read_pages(pages, engine, read)
    if not scanned.blocks or len(poor) == len(pages):
        raise ReadFault(Problem.NO_TEXT, "extract.picture")
    found = replace(
        scanned, path=path, format=name, pages=len(pages), ocr_pages=tuple(range(1, len(pages) + 1))
    )
    return _with_poor(found, [index + 1 for index in poor])


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="skolesjekk-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _pages_of(data: bytes, numbers: Sequence[int], folder: Path) -> list[_Page]:
    """Render pages, one after the other, for pictures take room."""
    pages = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in numbers:
            page = pdf[number - 1]
            scale = scale_of(page, dpi=DPI, most_pixels=MOST_PIXELS)
            made = _saved(picture_of(page, dpi=DPI, most_pixels=MOST_PIXELS, grey=True), folder, number)
            made.factor = 1 / (scale * POINTS_A_PIXEL)
            pages.append(made)
            page.close()
    return pages


def _saved(picture: Image.Image, folder: Path, number: int, *, turn: int = 0) -> _Page:
    place = folder / f"{number}-{turn}.png"
    picture.save(place, dpi=(DPI, DPI))
    size = (picture.width * POINTS_A_PIXEL, picture.height * POINTS_A_PIXEL)
    return _Page(place, turn=turn, size=size)


def _pictures_in(data: bytes, name: str) -> list[Image.Image]:
    """Give the pictures in a file, upright as the camera says, in grey.

    Raises:
        ReadFault: it can't be opened, or is too large.
    """
    if name == "heic" and not _can_open_heic():
        raise ReadFault(Problem.UNSUPPORTED, "extract.picture_heic")
    found = []
    try:
        with Image.open(io.BytesIO(data)) as opened:
            for frame in ImageSequence.Iterator(opened):
                if frame.width * frame.height > MOST_PIXELS:
                    raise ReadFault(Problem.TOO_LARGE, "extract.picture_too_large")
                picture = ImageOps.exif_transpose(frame).convert("L")
                picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
                found.append(picture)
                if name != "tiff" or len(found) == MOST_PAGES:
                    break
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.picture_damaged") from error
    return found


def _can_open_heic() -> bool:
    """Whether the library for HEIC is installed (the extra ``heic``)."""
    if find_spec(_HEIF) is None:
        return False
    import_module(_HEIF).register_heif_opener()
    return True


def _read_pages(pages: list[_Page], engine: Engine, read: ReadPdf) -> tuple[Document, list[int]]:
    """Give the document that pictures show, its places those of the pages; and the pages hard to read (from 0).

    Pages that come out badly are turned, and kept so where that reads better.
    """
    for page in pages:
        _straighten(page)
    recognised = engine.recognise([page.picture for page in pages])
    words: list[list[Word]] = [[] for _ in pages]
    for word in recognised.words:
        words[word.page - 1].append(word)
    better: dict[int, bytes] = {}
    for index, page in enumerate(pages):
        if _letters(words[index]) >= _SOME_LETTERS and not _reads_well(words[index]):
            turned = _turned(page, words[index], engine)
            if turned is not None:
                pages[index], result = turned
                words[index], better[index] = list(result.words), result.pdf
    pdf = _with_pages(recognised.pdf, better) if better else recognised.pdf
    scanned = read(with_rulings(pdf, [page.picture for page in pages]))
    poor = [
        index
        for index, found in enumerate(words)
        if sum(word.letters for word in found) >= FEWEST_LETTERS and (confidence_of(found) or 0.0) < READABLE
    ]
    blocks = [_placed(_without_strokes(block), pages, words) for block in scanned.blocks]
    return replace(scanned, blocks=tuple(block for block in blocks if block.text)), poor


def _straighten(page: _Page) -> None:
    """Turn the picture of a page by the slant of the tables on it, which otherwise mixes their rows."""
    with Image.open(page.picture) as picture:
        page.slant = slant_of(picture)
        if page.slant:
            straight = picture.rotate(page.slant, Image.Resampling.BICUBIC, fillcolor="white")
            straight.save(page.picture, dpi=(DPI, DPI))


def _reads_well(words: Sequence[Word]) -> bool:
    return _letters(words) >= FEWEST_LETTERS and (confidence_of(words) or 0.0) >= UPRIGHT


def _letters(words: Sequence[Word]) -> int:
    return sum(word.letters for word in words)


def _turned(page: _Page, words: Sequence[Word], engine: Engine) -> tuple[_Page, Recognised] | None:
    """Give a page turned upright and what was recognised of it; None where no turn reads better."""
    told = engine.turn_of(page.picture)
    if told == 0:
        return None
    best, most = None, _worth(words)
    for turn in _TURNS if told is None else (told,):
        with Image.open(page.picture) as picture:
            upright = picture.rotate(-turn, expand=True)
        made = _saved(upright, page.picture.parent, int(page.picture.stem.partition("-")[0]), turn=turn)
        made.factor, made.slant = page.factor, page.slant
        recognised = engine.recognise([made.picture])
        if _worth(recognised.words) > most:
            best, most = (made, recognised), _worth(recognised.words)
        if _reads_well(recognised.words):
            break
    return best


def _worth(words: Sequence[Word]) -> float:
    """Give how much was surely read: letters of words that are sure."""
    return sum(word.letters * word.confidence for word in words if word.confidence >= READABLE)


def _with_pages(pdf: bytes, better: dict[int, bytes]) -> bytes:
    """Give a PDF with some of its pages (from 0) replaced by the first page of others."""
    with pypdfium2.PdfDocument.new() as made, pypdfium2.PdfDocument(pdf) as source:
        for index in range(len(source)):
            if index in better:
                with pypdfium2.PdfDocument(better[index]) as other:
                    made.import_pages(other, pages=[0])
            else:
                made.import_pages(source, pages=[index])
        data = io.BytesIO()
        made.save(data)
    return data.getvalue()


def _without_strokes(block: Block) -> Block:
    """Give a block without the upright strokes by themselves, which are lines of a table taken for letters."""
    cells = block.cells and tuple(
        Cell(_cleared(cell.column) if cell.column else None, _cleared(cell.text)) for cell in block.cells
    )
    text = " | ".join(cell.text for cell in cells) if cells else _cleared(block.text)
    return replace(
        block,
        text=text if any(map(str.isalnum, text)) else "",
        cells=cells,
        section=tuple(map(_cleared, block.section)),
    )


def _cleared(text: str) -> str:
    return " ".join(_STROKE.sub(" ", text).split())


def _placed(block: Block, pages: Sequence[_Page], words: Sequence[Sequence[Word]]) -> Block:
    """Give a block with its places on the pages, and the confidence of its words."""
    inside = [
        word
        for number, x0, top, x1, bottom in block.boxes
        for word in words[number - 1]
        if x0 <= (word.rect[0] + word.rect[2]) / 2 <= x1
        and top <= (word.rect[1] + word.rect[3]) / 2 <= bottom
    ]
    on_pages = [word for number in sorted({box[0] for box in block.boxes}) for word in words[number - 1]]
    confidence = confidence_of(inside) or confidence_of(on_pages) or 0.0
    boxes: tuple[Box, ...] = tuple((box[0], *pages[box[0] - 1].rect(box[1:])) for box in block.boxes)
    return replace(block, boxes=boxes, confidence=round(confidence, 2))


def _joined(
    reading: PdfReading,
    scanned: Document,
    numbers: Sequence[int],
    *,
    left: Sequence[int],
    poor: Sequence[int],
) -> Document:
    """Give what was read without OCR with the scanned pages' blocks in their places."""
    found = reading.without_scans or reading.document
    blocks = [block for block in found.blocks if block.page not in numbers]
    blocks += [_moved(block, numbers) for block in scanned.blocks]
    furniture = [piece for piece in found.furniture if piece.page not in numbers]
    furniture += [_moved_furniture(piece, numbers) for piece in scanned.furniture]
    document = replace(
        found,
        title=found.title or scanned.title,
        blocks=tuple(sorted(blocks, key=lambda block: block.page or 0)),
        furniture=tuple(furniture),
        ocr_pages=tuple(numbers),
        met_time_limit=found.met_time_limit or scanned.met_time_limit,
    )
    if not document.blocks:
        return reading.document
    if left:
        return _partly(document, "extract.pdf.pages_without_text", left)
    return _with_poor(document, poor)


def _with_poor(document: Document, poor: Sequence[int]) -> Document:
    """Give the document with the pages that OCR could hardly read told."""
    return _partly(document, "extract.ocr_poor", poor) if poor else document


def _partly(document: Document, message: str, pages: Sequence[int]) -> Document:
    return replace(
        document,
        status=ReadStatus.PARTLY_READ,
        problem=Problem.NO_TEXT,
        message=message,
        message_fields=(("pages", listed(pages)),),
    )


def _moved(block: Block, numbers: Sequence[int]) -> Block:
    page = numbers[block.page - 1] if block.page else None
    boxes = tuple((numbers[box[0] - 1], *box[1:]) for box in block.boxes)
    return replace(block, page=page, boxes=boxes)


def _moved_furniture(piece: Furniture, numbers: Sequence[int]) -> Furniture:
    return replace(piece, page=numbers[piece.page - 1] if piece.page else None)
