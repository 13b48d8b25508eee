"""Makes the files of the layouts, each with the truth about it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any

import openpyxl
import pptx
from openpyxl.styles import Font
from pptx.util import Inches

from testbed.content import Truth, content, hard_words, sentences_of
from testbed.drawn import drawn_file
from testbed.layouts import Layout
from testbed.parts import columns_of, groups_of, note_rows, sections_of, tell
from testbed.word import word_file


def make(layout: Layout, form: str) -> tuple[str, bytes, Truth]:
    """Give the suffix, the bytes and the truth of a layout in a written form."""
    truth = Truth()
    makers = {"word": word_file, "drawn": drawn_file, "page": _page, "slides": _slides, "sheet": _sheet}
    suffixes = {"word": "docx", "drawn": "pdf", "page": "html", "slides": "pptx", "sheet": "xlsx"}
    return suffixes[layout.maker], makers[layout.maker](layout, form, truth), truth


def _page(layout: Layout, form: str, truth: Truth) -> bytes:
    said = content(form)
    out: list[str] = []
    for part in layout.parts:
        if part == "title":
            truth.headings.append(said["title"])
            out.append(f"<h1>{escape(said['title'])}</h1>")
        for section in sections_of(part, form):
            tell(truth, section, section["heading"])
            out.append(f"<h2>{escape(section['heading'])}</h2>")
            out += [f"<p>{escape(text)}</p>" for text in section["paragraphs"]]
            if section["items"]:
                out.append(
                    "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in section["items"]) + "</ul>"
                )
        if part in {"wheel", "matrix"}:
            names, rows = columns_of(part, form)
            note_rows(truth, names, rows)
            out.append("<table border='1' cellspacing='0'><tr>" + _cells(names, "th") + "</tr>")
            out += [f"<tr>{_cells(row, 'td')}</tr>" for row in rows]
            out.append("</table>")
        if part == "merged":
            names, groups = groups_of(form, truth)
            out.append("<table border='1' cellspacing='0'><tr>" + _cells(names, "th") + "</tr>")
            for first, rows in groups:
                for index, row in enumerate(rows):
                    head = f"<td rowspan='{len(rows)}'>{escape(first)}</td>" if index == 0 else ""
                    out.append(f"<tr>{head}{_cells(row, 'td')}</tr>")
            out.append("</table>")
    head = f"<html lang='{form}'><head><meta charset='utf-8'><title>{escape(said['title'])}</title></head>"
    return f"<!DOCTYPE html>{head}<body>{''.join(out)}</body></html>".encode()


def _cells(texts: list[str], tag: str) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


def _slides(layout: Layout, form: str, truth: Truth) -> bytes:
    said = content(form)
    show = pptx.Presentation()
    for part in layout.parts:
        if part == "title":
            slide = show.slides.add_slide(show.slide_layouts[0])
            slide.shapes.title.text = said["title"]
            truth.headings.append(said["title"])
        for section in sections_of(part, form):
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = section["heading"]
            lines = sentences_of(section["paragraphs"][0])[:1] + section["items"]
            slide.placeholders[1].text = "\n".join(lines)
            truth.headings.append(section["heading"])
            truth.sentences += lines
            truth.words += [word for line in lines for word in hard_words(line)]
        if part == "wheel":
            names, rows = columns_of(part, form)
            note_rows(truth, names, rows)
            slide = show.slides.add_slide(show.slide_layouts[6])
            place = (Inches(0.5), Inches(0.5), Inches(9), Inches(5))
            table = slide.shapes.add_table(len(rows) + 1, len(names), *place).table
            for at, row in enumerate([names, *rows]):
                for column, text in enumerate(row):
                    table.cell(at, column).text = text
    return _saved(show)


def _sheet(layout: Layout, form: str, truth: Truth) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for part in layout.parts:
        sheet = book.create_sheet(part)
        names, rows = columns_of(part, form)
        note_rows(truth, names, rows)
        truth.headings.append(part)
        sheet.append(names)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append(row)
    return _saved(book)


def _saved(thing: Any) -> bytes:
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def files(
    layouts: tuple[Layout, ...], forms: tuple[str, ...]
) -> Iterator[tuple[Layout, str, str, bytes, Truth]]:
    """Give every layout in every written form."""
    for layout in layouts:
        for form in forms:
            yield layout, form, *make(layout, form)
