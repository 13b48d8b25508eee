"""Reads a page's glyphs through pdfium and brings them into the frame of the sheet."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from checker.extract.clean import clean_text
from checker.extract.pdf.sheet import HYPHEN, Glyph, Rect, Sheet, Style, Turned, centre_in, hull

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b|bd$|[-,]hv\b", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_WHITE = 0xF5
MOST_CHARACTERS = 200_000
"""Characters of one page that are read; a full page of small print has some 10,000."""
_SMALLEST_SIZE = 1.6
_ASKEW_DEGREES = 7.0
_MOSTLY = 0.8
_BREAKS = frozenset(
    (9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x2028, 0x2029, 0x202F, 0x3000, *range(0x2000, 0x200B))
)
_DROPPED = frozenset((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_MARKED_HYPHENS = frozenset((0x02, 0xFFFE))


@dataclass(frozen=True, slots=True)
class _Run:
    """What all glyphs of one text object share; ``angle`` is clockwise in the page's own space."""

    style: Style
    angle: float
    invisible: bool
    outline: bool


@dataclass(slots=True)
class _Mark:
    """A glyph in the page's own space (origin bottom left, before rotation)."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    run: _Run
    order: int
    space: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns points of the page's own space into those of the sheet: CropBox, rotation, origin top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in {90, 270} else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give the point as shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """Give the rectangle as shown."""
        if self.rotation == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return (min(a, c), min(b, d), max(a, c), max(b, d))


def _run_of(text_page: Any, index: int, text_object: Any) -> _Run:
    """Give what the glyphs of the text object at ``index`` share."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace")
    mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(text_object, red, green, blue, alpha)
    colour = red.value << 16 | green.value << 8 | blue.value
    outline = mode in {raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE}
    bold = (
        bool(_BOLD.search(font))
        or bool(flags.value & _FORCE_BOLD)
        or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    )
    invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (alpha.value == 0 and not outline)
    angle = math.degrees(math.atan2(-matrix.b, matrix.a)) % 360
    return _Run(Style(round(abs(size), 2), bold, colour, font), angle, invisible, outline)


def _text_of(code: int) -> str | None:
    """Give what a character stands for: empty where it shows nothing, None where it is no character."""
    if code in _MARKED_HYPHENS:
        return HYPHEN
    if code < 0x20 or 0x7F <= code < 0xA0 or code == 0xFFFD:
        return None
    return clean_text(chr(code)) if 0xE000 <= code < 0xFB10 else chr(code)


def _swift(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Give one of pdfium's functions with plain types, for calls that are made for each character.

    ctypes makes no objects for them and lets no other thread in, which takes a third of the time.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    found: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return found


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_unicode_at = _swift(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_object_at = _swift(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_box_at = _swift(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_origin_at = _swift(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)


def _marks_of(text_page: Any) -> tuple[list[_Mark], int]:
    """Give the page's glyphs in the order of the file, and how many characters are none."""
    marks: list[_Mark] = []
    runs: dict[int, _Run] = {}
    texts: dict[int, str | None] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pointer = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    to_box, to_x, to_y = ctypes.addressof(box), ctypes.addressof(x), ctypes.addressof(y)
    space, garbled = True, 0
    last: _Run | None = None
    at_x = at_y = 0.0
    for index in range(min(text_page.count_chars(), MOST_CHARACTERS)):
        code = _unicode_at(pointer, index)
        if code in _BREAKS:
            space = True
            continue
        address = _object_at(pointer, index)
        if not address or code in _DROPPED:
            continue
        if code not in texts:
            texts[code] = _text_of(code)
        text = texts[code]
        if text is None:
            garbled += 1
            continue
        run = runs.get(address)
        if run is None:
            run = runs[address] = _run_of(text_page.raw, index, ctypes.cast(address, raw.FPDF_PAGEOBJECT))
        if text:
            _box_at(pointer, index, to_box)
            if run is not last or run.angle:
                _origin_at(pointer, index, to_x, to_y)
                at_x, at_y, last = x.value, y.value, run
            else:
                at_x = box.left  # an upright run has one base line
            marks.append(
                _Mark(text, box.left, box.bottom, box.right, box.top, at_x, at_y, run, len(marks), space)
            )
        space = False
    return marks, garbled


def _quarter(angle: float, rotation: int) -> int:
    """Give the direction of a run on the shown page (0, 90, 180, 270), or -1 where it is askew."""
    shown = (angle + rotation) % 360
    quarter = round(shown / 90) * 90
    return quarter % 360 if abs(shown - quarter) <= _ASKEW_DEGREES else -1


def _turned_runs(marks: list[_Mark], frame: Frame) -> list[Turned]:
    """Give the text of glyphs that do not stand upright, a line each, in the order of the file."""
    runs: list[list[_Mark]] = []
    for mark in marks:
        last = runs[-1][-1] if runs else None
        size = mark.run.style.size
        if (
            last is not None
            and last.run.angle == mark.run.angle
            and math.hypot(mark.x - last.x, mark.y - last.y) < 3 * size
            and abs(mark.order - last.order) == 1
        ):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    found = []
    for run in runs:
        text = clean_text("".join((" " if mark.space else "") + mark.text for mark in run)).strip()
        rect = hull([frame.rect(mark.left, mark.bottom, mark.right, mark.top) for mark in run])
        if text:
            found.append(Turned(text, rect, _quarter(run[0].run.angle, frame.rotation) == -1))
    return found


def _is_seen(glyph: Glyph, run: _Run, sheet: Sheet) -> bool:
    """Whether a reader can see a glyph that is set invisibly, minute or white."""
    rect = (glyph.x0, glyph.top, glyph.x1, glyph.bottom)
    if run.invisible:
        return any(centre_in(rect, image) for image in sheet.images)
    if glyph.style.size < _SMALLEST_SIZE:
        return False
    if run.outline or not _is_white(glyph.style.colour):
        return True
    return any(centre_in(rect, fill.rect) for fill in sheet.fills) or any(
        centre_in(rect, image) for image in sheet.images
    )


def _is_white(colour: int) -> bool:
    return min(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF) >= _WHITE


def reading_turn(marks: list[_Mark], rotation: int) -> int:
    """Give how far the page must be turned clockwise so that most of its text stands upright."""
    angles = Counter(mark.run.angle for mark in marks)
    count: Counter[int] = Counter()
    for angle, seen in angles.items():
        count[_quarter(angle, rotation)] += seen
    count.pop(-1, None)
    if not count:
        return 0
    quarter = max(sorted(count), key=lambda key: count[key])
    return -quarter % 360 if count[quarter] >= _MOSTLY * sum(count.values()) else 0


def read_marks(page: Any) -> tuple[list[_Mark], int, bool]:
    """Give the glyphs of a pdfium page in its own space, how many are none, and whether it was cut."""
    text_page = page.get_textpage()
    try:
        marks, garbled = _marks_of(text_page)
        return marks, garbled, text_page.count_chars() > MOST_CHARACTERS
    finally:
        text_page.close()


def place_marks(marks: list[_Mark], frame: Frame, sheet: Sheet) -> None:
    """Put the glyphs on the sheet, those that can't be seen and those not upright apart.

    The sheet's fills and pictures must be there already.
    """
    sideways: list[_Mark] = []
    looks: dict[int, tuple[bool, bool]] = {}
    is_plain, left, top = frame.rotation == 0, frame.left, frame.top
    width, height, glyphs, hidden = sheet.width, sheet.height, sheet.glyphs, sheet.hidden
    for mark in marks:
        run = mark.run
        look = looks.get(id(run))
        if look is None:
            doubtful = run.invisible or run.style.size < _SMALLEST_SIZE or _is_white(run.style.colour)
            look = looks[id(run)] = (_quarter(run.angle, frame.rotation) == 0, doubtful)
        is_upright, is_doubtful = look
        if not is_upright:
            if not run.invisible:
                sideways.append(mark)
            continue
        if is_plain:
            x0, x1, base = mark.left - left, mark.right - left, top - mark.y
        else:
            x0, _, x1, _ = frame.rect(mark.left, mark.bottom, mark.right, mark.top)
            base = frame.point(mark.x, mark.y)[1]
        glyph = Glyph(mark.text, x0, x1, base, run.style, mark.order, mark.space)
        is_off = x1 < 0 or x0 > width or base < 0 or (base > height and glyph.top > height)
        is_seen = not is_off and (not is_doubtful or _is_seen(glyph, run, sheet))
        (glyphs if is_seen else hidden).append(glyph)
    sheet.turned.extend(_turned_runs(sideways, frame))
