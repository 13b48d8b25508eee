"""Gives the text around a quote, for documents whose pages are not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.extract import find_readers
from checker.model import Block, Document, Place
from checker.run import read_alone

BEFORE, AFTER = 5, 6
MOST_KEPT = 8
MOST_LETTERS = 3000


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document that a finding refers to, with the words that stand there."""

    quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell of a row, under its column's name."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockShown:
    """A block of text: what stands before the quote, the quote, and what stands after it."""

    kind: str
    before: str
    marked: str = ""
    after: str = ""
    cells: tuple[CellShown, ...] = ()
    is_here: bool = False


class TextReader:
    """Reads documents' texts in processes of their own; those read last are kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Document] = {}

    def forget(self) -> None:
        """Forget every text."""
        self._kept.clear()

    def document(self, location: Path, path: str, sha256: str) -> Document | None:
        """Give a document as it is read; of an archive or mail the one in it, None where it has none.

        Args:
            location: where the file lies.
            path: the document's, as the report has it.
            sha256: of the document.
        """
        outer = path.partition("!/")[0]
        key = (str(location), sha256)
        if key not in self._kept:
            self._kept[key] = read_alone(location, path=outer, readers=find_readers(builtin_only=False))
            while len(self._kept) > MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
        return _within(self._kept[key], path)


def text_around(document: Document, spot: Spot) -> tuple[BlockShown, ...]:
    """Give the blocks around a quote, the quote marked; nothing where it is not found."""
    at = _block_of(document.blocks, spot)
    if at is None:
        return ()
    first = max(0, at - BEFORE)
    return tuple(
        _shown(block, spot.quote if number == at else None)
        for number, block in enumerate(document.blocks[first : at + AFTER + 1], start=first)
    )


def _within(document: Document, path: str) -> Document | None:
    if document.path == path:
        return document
    found = (_within(inner, path) for inner in document.attachments)
    return next((inner for inner in found if inner is not None), None)


def _block_of(blocks: Sequence[Block], spot: Spot) -> int | None:
    """Give the block that a quote stands in: the one that was named, where it does, else the first."""
    wanted = _folded(spot.quote).strip("▮ ")
    named = spot.place.block
    order = [named, *range(len(blocks))] if 0 <= named < len(blocks) else list(range(len(blocks)))
    for number in order:
        if wanted and wanted in _folded(blocks[number].text):
            return number
    return named if 0 <= named < len(blocks) else None


def _shown(block: Block, quote: str | None) -> BlockShown:
    kind = block.kind.value
    if block.cells:
        cells = tuple(CellShown(cell.column or "", cell.text[:MOST_LETTERS]) for cell in block.cells)
        return BlockShown(kind, "", cells=cells, is_here=quote is not None)
    text = " ".join(block.text.split())[:MOST_LETTERS]
    if quote is None:
        return BlockShown(kind, text)
    start = text.find(" ".join(quote.split()))
    if start < 0:
        return BlockShown(kind, "", text, is_here=True)
    end = start + len(" ".join(quote.split()))
    return BlockShown(kind, text[:start], text[start:end], text[end:], is_here=True)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
