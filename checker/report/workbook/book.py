"""An open workbook with its formats, and what all sheets are made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.model import Status
from checker.report.looks import LOOKS
from checker.report.view import ReportView
from checker.report.words import clean, date_words, one_line

A3, A4 = 8, 9
HEAD_POINTS = 42
_CELL_LIMIT = 32_000
_LINE_POINTS = 13.5
_HIGHEST_ROW_POINTS = 400
_INK = "#1F3A52"
_HEAD = {
    "bold": True,
    "font_size": 10,
    "font_color": "#FFFFFF",
    "bg_color": _INK,
    "text_wrap": True,
    "valign": "vcenter",
}
_BODY = {"text_wrap": True, "valign": "top", "font_size": 10}
_ROW = {**_BODY, "bottom": 1, "bottom_color": "#D5DBE1"}


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook with its formats.

    Args:
        school_sheets: the name of each school's sheet, by the school's id.
    """

    book: Any
    view: ReportView
    school_sheets: Mapping[str, str]
    head: Any
    head_turned: Any
    body: Any
    bold: Any
    link: Any
    title: Any
    own_hand: Any
    own_day: Any
    head_own_hand: Any
    statuses: dict[Status, Any]
    signs: dict[Status, Any]
    not_asked: Any

    def say(self, key: str, **fields: object) -> str:
        """Give a sentence of the catalogue in the report's language."""
        return self.view.texts(key, **fields)


def opened_book(book: Any, view: ReportView, school_sheets: Mapping[str, str]) -> Book:
    """Give the workbook with its formats."""
    statuses, signs = {}, {}
    for status, look in LOOKS.items():
        colours = {"bg_color": look.fill, "font_color": look.ink, "border": 1, "border_color": "#C8CFD6"}
        statuses[status] = book.add_format({**_BODY, **colours, "bold": True})
        signs[status] = book.add_format(
            {**colours, "bold": True, "align": "center", "valign": "vcenter", "font_size": 13}
        )
    own = {**_BODY, "bg_color": "#FFFDF3", "border": 1, "border_color": "#E3D9B0"}
    return Book(
        book=book,
        view=view,
        school_sheets=school_sheets,
        head=book.add_format(_HEAD),
        head_turned=book.add_format({**_HEAD, "rotation": 90, "valign": "bottom", "font_size": 9}),
        body=book.add_format(_ROW),
        bold=book.add_format({**_ROW, "bold": True}),
        link=book.add_format({**_ROW, "bold": True, "font_color": "#0B4F8A", "underline": 1}),
        title=book.add_format({"bold": True, "font_size": 14, "font_color": _INK}),
        own_hand=book.add_format(own),
        own_day=book.add_format(
            {**own, "align": "left", "num_format": "yyyy-mm-dd" if _is_english(view) else "dd.mm.yyyy"}
        ),
        head_own_hand=book.add_format({**_HEAD, "bg_color": "#6B5A12"}),
        statuses=statuses,
        signs=signs,
        not_asked=book.add_format({"bg_color": "#F4F5F7"}),
    )


def _is_english(view: ReportView) -> bool:
    return view.texts.language == "en"


def new_sheet(opened: Book, name: str, *, paper: int = A4) -> Any:
    """Give a new sheet, set up for print: landscape, as wide as the paper, with head and foot."""
    sheet = opened.book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    folder = one_line(opened.view.report.run.folder).replace("&", "&&")
    sheet.set_header(f"&L{folder[:80]}&C&A&R{date_words(opened.view.report.run.as_of, opened.view.texts)}")
    sheet.set_footer(f"&C{opened.say('report.sheet.page')}")
    return sheet


def write_text(sheet: Any, row: int, column: int, text: str, cell_format: Any = None) -> None:
    """Write a text as text, whatever sign it begins with."""
    shown = clean(text)
    if len(shown) > _CELL_LIMIT:
        shown = shown[:_CELL_LIMIT] + "…"
    if shown:
        sheet.write_string(row, column, shown, cell_format)
    else:
        sheet.write_blank(row, column, None, cell_format)


def write_table(
    opened: Book,
    sheet: Any,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
    *,
    top: int = 0,
    frozen_columns: int = 1,
) -> int:
    """Write a table with one head row, filter and frozen head, and give the number of its last row.

    Args:
        heads: key of each heading below ``report.column``, and the column's width in characters.
        rows: a cell is a text, a number or (text, format).
        top: the row of the heads.
    """
    for column, (key, width) in enumerate(heads):
        write_text(sheet, top, column, opened.say(f"report.column.{key}"), opened.head)
        sheet.set_column(column, column, width)
    last = top
    widths = [width for _, width in heads]
    for last, cells in enumerate(rows, start=top + 1):
        for column, cell in enumerate(cells):
            _write_cell(opened, sheet, last, column, cell)
        fit_row(sheet, last, [cell[0] if isinstance(cell, tuple) else cell for cell in cells], widths)
    if last == top:
        last += 1
        write_text(sheet, last, 0, opened.say("report.none"), opened.body)
    set_head_row(sheet, last, len(heads), top=top, frozen_columns=frozen_columns)
    return last


def _write_cell(opened: Book, sheet: Any, row: int, column: int, cell: Any) -> None:
    text, cell_format = cell if isinstance(cell, tuple) else (cell, opened.body)
    if isinstance(text, int):
        sheet.write_number(row, column, text, cell_format)
    else:
        write_text(sheet, row, column, text or "", cell_format)


def set_head_row(sheet: Any, last: int, width: int, *, top: int = 0, frozen_columns: int = 1) -> None:
    """Make a row the head of a table: it stays in sight, is printed on each page, and filters."""
    sheet.set_row(top, HEAD_POINTS)
    sheet.freeze_panes(top + 1, frozen_columns)
    sheet.autofilter(top, 0, max(last, top + 1), width - 1)
    sheet.repeat_rows(top)


def fit_row(sheet: Any, row: int, cells: Sequence[object], widths: Sequence[int]) -> None:
    """Give a row the height that its longest wrapped cell needs; not every program does so by itself."""
    lines = max(
        (lines_of(str(cell), width) for cell, width in zip(cells, widths, strict=True) if cell), default=1
    )
    sheet.set_row(row, min(_LINE_POINTS * lines + 2, _HIGHEST_ROW_POINTS))


def lines_of(text: str, width: int) -> int:
    """Estimate how many lines a text takes in a column, breaking at spaces.

    Example:
        >>> lines_of("Rektor går på besøk", 10)
        2
    """
    lines = 0
    for paragraph in text.split("\n"):
        used = 0
        lines += 1
        for word in paragraph.split(" "):
            if used and used + 1 + len(word) > width:
                lines += 1
                used = 0
            lines += len(word) // (width + 1)
            used += len(word) % (width + 1) + (1 if used else 0)
    return lines
