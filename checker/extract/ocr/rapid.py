"""Reads pictures with rapidocr 3 (an optional extra with its models in the package; it knows æ, ø and å).

The old ``rapidocr-onnxruntime`` knows none of the three and is never used. rapidocr gives lines; each is set in
a PDF at its place, so that it is read with columns and tables like any other page.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from checker.extract.ocr.engine import POINTS_A_PIXEL, Engine, Recognised, Rect, Word

_SIZE = 0.8
"""A line's type size against the height of its box."""
_RISE = 0.22
"""How far above the lower edge of its box a line's base stands, against the height of the box."""

Line = tuple[str, Rect, float]
"""A line's text, its box in pixels, and its confidence."""


def has_rapidocr() -> bool:
    """Whether rapidocr 3 and the library that runs its models are installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def rapid_engine(lines_of: Callable[[Path], Sequence[Line]] | None = None) -> Engine:
    """Give the engine that rapidocr is; ``lines_of`` stands in for it in tests."""
    read = lines_of or _lines_of
    return Engine(lambda pictures: _recognise(pictures, read), lambda _: None)


def _recognise(pictures: Sequence[Path], lines_of: Callable[[Path], Sequence[Line]]) -> Recognised:
    words: list[Word] = []
    with pypdfium2.PdfDocument.new() as made:
        for number, place in enumerate(pictures, start=1):
            with Image.open(place) as picture:
                width, height = picture.size
            page = made.new_page(width * POINTS_A_PIXEL, height * POINTS_A_PIXEL)
            for text, edges, confidence in lines_of(place):
                x0, top, x1, bottom = (edge * POINTS_A_PIXEL for edge in edges)
                rect = (x0, top, x1, bottom)
                letters = sum(char.isalnum() for char in text)
                if letters and x1 > x0 and bottom > top:
                    _set(made, page, text, rect)
                    words.append(Word(number, rect, confidence, letters))
            page.gen_content()
            page.close()
        data = io.BytesIO()
        made.save(data)
    return Recognised(data.getvalue(), tuple(words))


def _set(made: pypdfium2.PdfDocument, page: Any, text: str, rect: Rect) -> None:
    """Set a line of text so that it fills its box from side to side."""
    x0, top, x1, bottom = rect
    size = _SIZE * (bottom - top)
    line = raw.FPDFPageObj_NewTextObj(made, b"Helvetica", size)
    letters = text.encode("utf-16-le", "replace") + b"\x00\x00"
    raw.FPDFText_SetText(line, (ctypes.c_ushort * (len(letters) // 2)).from_buffer_copy(letters))
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(line, *edges)
    width = edges[2].value - edges[0].value
    stretch = (x1 - x0) / width if width > 0 else 1.0
    base = page.get_height() - bottom + _RISE * (bottom - top)
    raw.FPDFPageObj_Transform(line, stretch, 0, 0, 1, x0, base)
    raw.FPDFPage_InsertObject(page, line)


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def _lines_of(picture: Path) -> list[Line]:
    found = _rapidocr()(str(picture))
    if found.boxes is None or not found.txts:
        return []
    lines = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
        lines.append((str(text), (min(xs), min(ys), max(xs), max(ys)), float(score)))
    return lines
