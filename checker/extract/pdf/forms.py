"""Reads what was filled into a form or noted on the page; pdfium counts neither as the page's text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

from checker.extract.clean import clean_text
from checker.extract.pdf.frame import Frame
from checker.extract.pdf.glyphs import FilledIn, Glyphs, Style
from checker.extract.pdf.sheet import Entry, Rect, Sheet

_MOST_ANNOTATIONS = 5_000
_HIDDEN_FLAGS = 2 | 32
_TICKED, _UNTICKED = "☒", "☐"
_LETTER_WIDTH = 0.5
_COMMENTS = frozenset(
    (
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
    )
)


def _string(call: Callable[[Any, int], int]) -> str:
    """Give the UTF-16 string that a pdfium call writes into a buffer."""
    length = call(None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return clean_text(buffer.raw[:length].decode("utf-16-le", "surrogatepass").rstrip("\x00")).strip()


def _contents(annotation: Any) -> str:
    return _string(
        lambda buffer, length: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, length)
    )


def _answer(form: Any, annotation: Any) -> str:
    """Give what stands in a form field; a box to tick gives its sign."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}:
        return _TICKED if raw.FPDFAnnot_IsChecked(form, annotation) else _UNTICKED
    if kind in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}:
        return _string(
            lambda buffer, length: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
        )
    return ""


def _set_in(text: str, rect: Rect, first: int, body_size: float) -> Glyphs:
    """Give the glyphs of an answer, set in its field as a viewer would."""
    x0, top, x1, bottom = rect
    size = max(4.0, min(body_size, 0.75 * (bottom - top)))
    room = max(8, int((x1 - x0) / (_LETTER_WIDTH * size)))
    rows: list[list[str]] = []
    for paragraph in text.split("\n"):
        rows.append([])
        for word in paragraph.split():
            if sum(len(one) + 1 for one in rows[-1]) + len(word) > room and rows[-1]:
                rows.append([])
            rows[-1].append(word)
    pitch = min(1.2 * size, (bottom - top) / max(1, len(rows)))
    glyphs = FilledIn([], [], [], [])
    for index, words in enumerate(rows):
        base = (top + bottom) / 2 + 0.28 * size if len(rows) == 1 else top + 0.8 * size + index * pitch
        x = x0 + 1
        step = min(_LETTER_WIDTH * size, (x1 - x0 - 2) / max(1, sum(len(word) + 1 for word in words)))
        for word in words:
            for place, letter in enumerate(word):
                glyphs.texts.append(letter)
                glyphs.places.append((x, x + step))
                glyphs.bases.append(base)
                glyphs.spaces.append(place == 0 and x > x0 + 1)
                x += step
            x += step
    return glyphs.set_in(Style(size, bold=False, colour=0), first)


def read_annotations(page: Any, form: Any, frame: Frame, sheet: Sheet, body_size: float) -> None:
    """Put the answers of a form among the sheet's glyphs, and free text and comments among its entries."""
    order = 10 + int(sheet.glyphs.order.max(initial=0))
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN_FLAGS:
                continue
            area = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, area)
            rect = frame.rect(area.left, area.bottom, area.right, area.top)
            if kind == raw.FPDF_ANNOT_WIDGET and form is not None:
                text = _answer(form, annotation)
                if text:
                    sheet.glyphs = sheet.glyphs.with_more(_set_in(text, rect, order, body_size))
                    order += len(text) + 10
            elif kind == raw.FPDF_ANNOT_FREETEXT or kind in _COMMENTS:
                text = _contents(annotation)
                if text:
                    sheet.entries.append(Entry(text, rect, is_comment=kind in _COMMENTS))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
