"""Finds the page on which each block of a Word file stands when LibreOffice lays it out; for information only.

Another program, or other fonts, may break pages elsewhere, so findings never cite such a page. A rendering takes two
to three seconds a document (measured November 2026), far more than reading it: ``check`` makes none. Where Word itself
left its page breaks in the file, the reader has used these, and nothing is rendered.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

import pypdfium2

from checker.extract.doc import convert
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.readers import Readers
from checker.model import Block, BlockKind, Document

FORMATS = frozenset({"docx", "odt"})
_LETTERS = 40
_FEWEST = 6
_NEAR = 4_000
_ASIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.NOTE})


def with_rendered_pages(
    document: Document, data: bytes, *, readers: Readers, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Give the document with ``rendered_page`` on its blocks; as it is where that can't be found."""
    if document.format not in FORMATS or any(block.rendered_page for block in document.blocks):
        return document
    pdf = convert(data, document.format, "pdf", readers, limits).data
    if pdf is None:
        return document
    try:
        with pypdfium2.PdfDocument(pdf) as source:
            pages = [_letters(page.get_textpage().get_text_bounded()) for page in source]
    except pypdfium2.PdfiumError:
        return document
    return replace(document, blocks=tuple(blocks_on(pages, document.blocks)))


def blocks_on(pages: list[str], blocks: tuple[Block, ...]) -> list[Block]:
    """Give the blocks with the page on which the letters of each are found, from the place of the last one on.

    Example:
        >>> from checker.model import BlockKind
        >>> two = (Block(BlockKind.PARAGRAPH, "Rektor leder."), Block(BlockKind.PARAGRAPH, "Elevene deltar."))
        >>> [block.rendered_page for block in blocks_on(["Rektorleder", "Elevenedeltar"], two)]
        [1, 2]
    """
    whole = "".join(pages)
    starts = [sum(map(len, pages[:index])) for index in range(len(pages))]
    found: list[Block] = []
    cursor = 0
    for block in blocks:
        place = _place_of(block, whole, cursor, starts)
        if place is None:
            found.append(block)
            continue
        found.append(replace(block, rendered_page=bisect_right(starts, place)))
        if block.kind not in _ASIDE:
            cursor = place
    return found


def _place_of(block: Block, whole: str, cursor: int, starts: list[int]) -> int | None:
    """Give where a block's letters stand: after the last block, else on its page; short texts only near by."""
    texts = [cell.text for cell in block.cells] if block.cells else [block.text]
    page_start = starts[bisect_right(starts, cursor) - 1] if starts else 0
    for start in (cursor, page_start):
        places = []
        for key in (_letters(text)[:_LETTERS] for text in texts):
            end = start + _NEAR if len(key) < _LETTERS // 2 else len(whole)
            place = whole.find(key, start, end) if len(key) >= _FEWEST else -1
            places.extend([place] if place >= 0 else [])
        if places:
            return min(places)
    return None


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
