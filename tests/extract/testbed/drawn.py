"""Draws PDFs line by line, as some layout programs do."""

from __future__ import annotations

import textwrap
from typing import Any

from pdf_maker import PdfPage, pdf

from testbed.content import SOFT, Truth, content, hard_words, sentences_of, softened
from testbed.layouts import Layout
from testbed.parts import columns_of, sections_of, tell

_LEFT, _LEADING, _LOWEST = 60, 14, 780


class _Sheets:
    """Writes down the pages, beginning a new one where the last is full."""

    def __init__(self, running: str = "") -> None:
        self.pages: list[PdfPage] = []
        self._running = running
        self.y = 0.0
        self.turn()

    def turn(self) -> None:
        page = PdfPage()
        self.pages.append(page)
        self.y = 80
        if self._running:
            page.text(_LEFT, 40, self._running, size=8).text(500, 810, str(len(self.pages)), size=8)

    def line(self, text: str, **style: Any) -> None:
        if self.y > _LOWEST:
            self.turn()
        self.pages[-1].text(_LEFT, self.y, text, **style)
        self.y += _LEADING


def broken(text: str, width: int) -> list[str]:
    """Give a text in lines of at most ``width`` letters, its long words broken with a hyphen."""
    lines = [""]
    for word in softened(text).split():
        rest = word
        while True:
            room = width - len(lines[-1]) - bool(lines[-1])
            whole = rest.replace(SOFT, "")
            if len(whole) <= room or not lines[-1]:
                lines[-1] += (" " if lines[-1] else "") + whole
                break
            pieces = rest.split(SOFT)
            fitting = [n for n in range(1, len(pieces)) if len("".join(pieces[:n])) + 1 <= room]
            if fitting:
                lines[-1] += " " + "".join(pieces[: fitting[-1]]) + "-"
                rest = SOFT.join(pieces[fitting[-1] :])
            else:
                at = rest.find("-") + 1
                if 0 < at < len(rest) and len(rest[:at].replace(SOFT, "")) <= room:
                    lines[-1] += " " + rest[:at].replace(SOFT, "")
                    rest = rest[at:]
            lines.append("")
    return [line for line in lines if line]


def drawn_file(layout: Layout, form: str, truth: Truth) -> bytes:
    """Give the PDF of a drawn layout; it knows ``columns``, ``width``, ``headed`` and ``running``."""
    said = content(form)
    style = layout.style
    sheets = _Sheets(said["title"] if style.get("running") else "")
    width = style.get("width", 80)
    for part in layout.parts:
        if part == "title":
            truth.headings.append(said["title"])
            sheets.line(said["title"], size=18)
            sheets.y += 16
        for section in sections_of(part, form):
            tell(truth, section, section["heading"])
            sheets.y += 10
            sheets.line(section["heading"], size=12, bold=True)
            for text in section["paragraphs"]:
                for line in broken(text, width) if "width" in style else textwrap.wrap(text, 80):
                    sheets.line(line)
                sheets.y += 6
            for text in section["items"]:
                sheets.line(f"• {text}")
        if part == "columns":
            _columns(sheets, form, truth, style["columns"], style)
        if part == "plain":
            _plain(sheets, form, truth)
        if part == "matrix outside":
            _matrix(sheets, form, truth)
    return pdf(*sheets.pages)


def _columns(sheets: _Sheets, form: str, truth: Truth, count: int, style: dict[str, Any]) -> None:
    """Write columns of prose, a line of each in turn."""
    width = style.get("width", {2: 44, 3: 28}[count])
    sections = content(form)["sections"]
    columns: list[list[tuple[str, bool]]] = []
    for number in range(count):
        lines: list[tuple[str, bool]] = []
        for section in sections[number * 2 : number * 2 + 2]:
            if style.get("headed"):
                lines.append((section["heading"], True))
                truth.headings.append(section["heading"])
            for text in section["paragraphs"]:
                cut = broken(text, width) if "width" in style else textwrap.wrap(text, width)
                lines += [(line, False) for line in cut]
                truth.columns += sentences_of(text)
                truth.words += hard_words(text)
        columns.append(lines)
    step = 480 / count
    for row in range(max(map(len, columns))):
        for number, lines in enumerate(columns):
            if row < len(lines):
                text, bold = lines[row]
                sheets.pages[-1].text(_LEFT + number * step, sheets.y, text, size=9.5, bold=bold)
        sheets.y += 12


def _plain(sheets: _Sheets, form: str, truth: Truth) -> None:
    names, rows = columns_of("plain", form)
    truth.unruled += [tuple(row) for row in rows]
    sheets.y += 14
    for index, row in enumerate([names, *rows]):
        for x, text in zip((60, 220, 380), row, strict=True):
            sheets.pages[-1].text(x, sheets.y, text, bold=index == 0)
        sheets.y += 18


def _matrix(sheets: _Sheets, form: str, truth: Truth) -> None:
    """Draw a grid whose names of rows stand to its left and whose names of columns stand above it."""
    names, rows = columns_of("matrix", form)
    truth.rows += [tuple((name or None, text) for name, text in zip(names, row, strict=True)) for row in rows]
    page, top = sheets.pages[-1], sheets.y + 30
    xs = [180.0, 300.0, 420.0, 540.0]
    for x, name in zip(xs, names[1:], strict=False):
        page.text(x + 4, top - 6, name, size=10, bold=True)
    ys = [top + 24 * index for index in range(len(rows) + 1)]
    page.table(xs, ys, [row[1:] for row in rows])
    for y, row in zip(ys, rows, strict=False):
        page.text(_LEFT, y + 12, row[0], size=10)
    sheets.y = ys[-1] + 24
