"""Draws on a PDF's pages what was read of them: a frame around each block, in the colour of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from checker.extract.pdf.picture import picture_of
from checker.model import Block, BlockKind, Box, Document

DPI = 110
MOST_PIXELS = 8_000_000
_STRIP, _PADDING, _TEXT = 26, 2.0, 13
_FILLED = 40
_COLOURS = {
    BlockKind.HEADING: (200, 30, 45),
    BlockKind.PARAGRAPH: (25, 95, 190),
    BlockKind.LIST_ITEM: (0, 130, 110),
    BlockKind.TABLE_ROW: (205, 105, 0),
    BlockKind.CAPTION: (135, 60, 170),
    BlockKind.FOOTNOTE: (110, 85, 40),
    BlockKind.NOTE: (90, 90, 90),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands of a block on one page; ``number`` is the block's place in the document, from 1."""

    number: int
    block: Block
    boxes: tuple[Box, ...]


def drawn_pages(data: bytes, document: Document) -> Iterator[Image.Image]:
    """Give a picture of each page of a PDF with its blocks drawn: frames, numbers, and the kinds' colours below.

    A row of a table has a frame around it and one around each line in its cells.
    """
    parts: dict[int, list[_Part]] = defaultdict(list)
    for number, block in enumerate(document.blocks, start=1):
        for page in sorted({box[0] for box in block.boxes}):
            boxes = tuple(box for box in block.boxes if box[0] == page)
            parts[page].append(_Part(number, block, boxes))
    with pypdfium2.PdfDocument(data) as source:
        source.init_forms()
        for index in range(len(source)):
            page = source[index]
            width = page.get_width()
            picture = picture_of(page, dpi=DPI, most_pixels=MOST_PIXELS).convert("RGB")
            yield _drawn(picture, parts[index + 1], picture.width / width)
            page.close()


def _drawn(picture: Image.Image, parts: Sequence[_Part], scale: float) -> Image.Image:
    sheet = Image.new("RGB", (picture.width, picture.height + _STRIP), (255, 255, 255))
    sheet.paste(picture)
    draw = ImageDraw.Draw(sheet, "RGBA")
    font = ImageFont.load_default(size=_TEXT)
    for part in parts:
        colour = _COLOURS[part.block.kind]
        for box in part.boxes:
            draw.rectangle(_scaled(box, scale, 0), fill=(*colour, _FILLED))
            if part.block.kind is BlockKind.TABLE_ROW:
                draw.rectangle(_scaled(box, scale, 0), outline=(*colour, 140))
        frame = _scaled(_around(part.boxes), scale, _PADDING)
        draw.rectangle(frame, outline=colour, width=2)
        _label(draw, font, str(part.number), frame, colour)
    _legend(draw, font, picture.height)
    return sheet


def _around(boxes: Sequence[Box]) -> Box:
    return (
        boxes[0][0],
        min(box[1] for box in boxes),
        min(box[2] for box in boxes),
        max(box[3] for box in boxes),
        max(box[4] for box in boxes),
    )


def _scaled(box: Box, scale: float, padding: float) -> tuple[float, float, float, float]:
    _, x0, top, x1, bottom = box
    return (
        (x0 - padding) * scale,
        (top - padding) * scale,
        (x1 + padding) * scale,
        (bottom + padding) * scale,
    )


def _label(
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    text: str,
    frame: tuple[float, float, float, float],
    colour: tuple[int, int, int],
) -> None:
    """Set a block's number at the upper left of its frame, outside it where there is room."""
    width = draw.textlength(text, font=font) + 4
    x = max(0.0, frame[0] - width)
    draw.rectangle((x, frame[1], x + width, frame[1] + _TEXT + 3), fill=colour)
    draw.text((x + 2, frame[1]), text, fill=(255, 255, 255), font=font)


def _legend(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, height: int
) -> None:
    """Name the kinds below the page, in the words of ``--format json``."""
    x = 8.0
    for kind, colour in _COLOURS.items():
        draw.rectangle((x, height + 8, x + 10, height + 18), fill=colour)
        draw.text((x + 14, height + 5), kind.value, fill=(0, 0, 0), font=font)
        x += 24 + draw.textlength(kind.value, font=font)
