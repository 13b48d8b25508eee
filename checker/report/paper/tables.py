"""Tables of a Word document, written as XML: python-docx takes minutes for those of 150 schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from docx.oxml import parse_xml

from checker.report.words import clean

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINE = "D5DBE1"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, each a text and whether it is the small line that says where a quote stands.

    Args:
        fill: background colour, hex without #; empty for none. ``ink`` likewise for the text.
        is_centred: whether the text stands in the middle.
    """

    lines: tuple[tuple[str, bool], ...]
    fill: str = ""
    ink: str = ""
    is_bold: bool = False
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The ids of the paragraph styles in cells: of text, of the head, and of the place of a quote."""

    text: str
    head: str
    place: str


def plain(text: str, *, bold: bool = False) -> Cell:
    """Give a cell with a text; line breaks in it begin new paragraphs."""
    return Cell(tuple((line, False) for line in text.split("\n")), is_bold=bold)


def table_element(
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Cell | str]],
    *,
    styles: CellStyles,
    title: str,
) -> Any:
    """Give a table whose head is repeated on each page and whose rows are not broken over two.

    Args:
        widths: of the columns, in twentieths of a point.
        title: what the table holds, for those who hear it read.
    """
    head = _row([plain(text) for text in heads], widths, styles, is_head=True)
    body = "".join(
        _row([plain(cell) if isinstance(cell, str) else cell for cell in cells], widths, styles)
        for cells in rows
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(
        f"<w:tbl {_NAMESPACE}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_borders()}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
        f'<w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{_text(title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for side in sides)


def _row(cells: Sequence[Cell], widths: Sequence[int], styles: CellStyles, *, is_head: bool = False) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    written = "".join(
        _cell(cell, width, styles, is_head=is_head) for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def _cell(cell: Cell, width: int, styles: CellStyles, *, is_head: bool) -> str:
    fill = "1F3A52" if is_head else cell.fill
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    lines = cell.lines or (("", False),)
    paragraphs = "".join(
        _paragraph(text, _style(styles, is_head, is_place), cell) for text, is_place in lines
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>{paragraphs}</w:tc>'


def _style(styles: CellStyles, is_head: bool, is_place: bool) -> str:
    if is_head:
        return styles.head
    return styles.place if is_place else styles.text


def _paragraph(text: str, style: str, cell: Cell) -> str:
    centred = '<w:jc w:val="center"/>' if cell.is_centred else ""
    look = ("<w:b/>" if cell.is_bold else "") + (f'<w:color w:val="{cell.ink}"/>' if cell.ink else "")
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_text(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{centred}</w:pPr>{run}</w:p>'


def _text(text: str) -> str:
    return escape(clean(text), quote=True)
