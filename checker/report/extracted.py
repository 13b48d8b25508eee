"""One file as it was read: as data for another program, and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from checker.model import Block, BlockKind, Cell, Document, Furniture
from checker.texts import Texts

_DEEPEST_HEADING = 6
_LEADING_SIGN = re.compile(r"^(\s*)([#>*+-]|\d+[.)])(?=\s|$)")


def document_dict(document: Document, texts: Texts) -> dict[str, Any]:
    """Give what was read of a file as the contract's ``extract --format json`` has it."""
    return {
        "path": document.path,
        "format": document.format,
        "pages": document.pages,
        "status": document.status.value,
        "problem": document.problem.value if document.problem else None,
        "message": _message(document, texts),
        "title": document.title,
        "language": document.language,
        "ocr_pages": list(document.ocr_pages),
        "blocks": [_block(block) for block in document.blocks],
        "furniture": [_furniture(piece) for piece in document.furniture],
        "attachments": [document_dict(inner, texts) for inner in document.attachments],
    }


def document_markdown(document: Document, texts: Texts) -> str:
    """Give what was read of a file as Markdown: headings, lists and tables; headers and footers left out."""
    parts = [f"<!-- {document.path} -->"]
    message = _message(document, texts)
    if message:
        parts.append(f"> {message}")
    page = None
    for table, group in groupby(document.blocks, key=lambda block: (block.table, block.page)):
        blocks = list(group)
        if blocks[0].page != page:
            page = blocks[0].page
            parts.append(f"<!-- {texts('report.where.page', page=page)} -->")
        parts.extend(_table(blocks) if table[0] is not None else _plain(blocks))
    parts.extend(document_markdown(inner, texts).rstrip("\n") for inner in document.attachments)
    return "\n\n".join(parts) + "\n"


def _message(document: Document, texts: Texts) -> str | None:
    if document.message is None:
        return None
    return texts(document.message, **dict(document.message_fields))


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "text": block.text,
        "page": block.page,
        "rendered_page": block.rendered_page,
        "boxes": [[page, *(round(edge, 2) for edge in edges)] for page, *edges in block.boxes],
        "section": list(block.section),
        "language": block.language,
        "confidence": block.confidence,
        "marks": [mark.value for mark in block.marks],
        "cells": None
        if block.cells is None
        else [{"column": cell.column, "text": cell.text} for cell in block.cells],
    }


def _furniture(piece: Furniture) -> dict[str, Any]:
    return {"kind": piece.kind.value, "text": piece.text, "page": piece.page}


def _plain(blocks: list[Block]) -> Iterator[str]:
    """Give each block as Markdown; items of one list stand together."""
    for is_list, group in groupby(blocks, key=lambda block: block.kind is BlockKind.LIST_ITEM):
        if is_list:
            yield "\n".join(f"- {_one_line(block.text)}" for block in group)
        else:
            yield from (_plain_block(block) for block in group)


def _plain_block(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"{'#' * min(block.level or 1, _DEEPEST_HEADING)} {_one_line(block.text)}"
    if block.kind is BlockKind.CAPTION:
        return f"*{_one_line(block.text)}*"
    return "\n".join(_LEADING_SIGN.sub(_escaped, line) for line in block.text.splitlines())


def _escaped(found: re.Match[str]) -> str:
    """Give a sign that would begin a heading, quotation or list, so that it stands as text."""
    sign = found.group(2)
    return f"{found.group(1)}{sign[:-1]}\\{sign[-1]}"


def _table(rows: list[Block]) -> Iterator[str]:
    """Give a table's rows below the names of its columns; a cell over several of them stands in the first."""
    width = max(len(row.cells or ()) for row in rows)
    widest = next((row.cells for row in rows if row.cells and len(row.cells) == width), ())
    names = [cell.column or "" for cell in widest]
    lines = [_row(names, width), _row(["---"] * width, width)]
    lines.extend(_row(_in_columns(row.cells, names) if row.cells else [row.text], width) for row in rows)
    yield "\n".join(lines)


def _in_columns(cells: Sequence[Cell], names: Sequence[str]) -> list[str]:
    """Give the texts of cells, each in its place among the columns."""
    texts: list[str] = []
    for left, cell in zip(range(len(cells), 0, -1), cells, strict=True):
        start, end = _span_of(cell, names, len(texts), len(names) - left + 1)
        texts += [""] * (start - len(texts))
        texts += [cell.text, *[""] * (end - start - 1)]
    return texts


def _span_of(cell: Cell, names: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Give the columns that a cell is named for, from ``first`` on and beginning before ``last``."""
    for start in range(first, last if cell.column else first):
        for end in range(start + 1, len(names) + 1):
            if " / ".join(dict.fromkeys(name for name in names[start:end] if name)) == cell.column:
                return start, end
    return first, first + 1


def _row(cells: list[str], width: int) -> str:
    padded = [*cells, *[""] * (width - len(cells))]
    return f"| {' | '.join(_one_line(cell).replace('|', chr(92) + '|') for cell in padded)} |"


def _one_line(text: str) -> str:
    return " ".join(text.split())
