"""Reads the characters of a page through pdfium, a column at a time.

pdfium has no call that gives the places of more than one character, and a call costs ten times what pdfium does in
it. So each is made as cheap as ctypes allows, in loops that run in C, and only for what can't be had for a whole page
(its text) or a whole run (type, colour, angle).
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from checker.extract.clean import clean_text
from checker.extract.pdf.glyphs import Flags, Floats, Integers, Style, Texts
from checker.extract.pdf.sheet import HYPHEN

MOST_CHARACTERS = 200_000
"""Characters of one page that are read; a full page of small print has some 10,000."""
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b|bd$|[-,]hv\b", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BREAKS = frozenset(
    (9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x2028, 0x2029, 0x202F, 0x3000, *range(0x2000, 0x200B))
)
_DROPPED = frozenset((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_MARKED_HYPHENS = frozenset((0x02, 0xFFFE))
_LONGEST_NAME = 128
_AT_A_TIME = 512
_STRIDE = 8
_STROKED = frozenset((raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE))
_FILLED_AND_STROKED = raw.FPDF_TEXTRENDERMODE_FILL_STROKE
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE


_SHOWN, _EMPTY, _GARBLED, _SPACE, _NOTHING = range(5)
"""Kinds of character: those of the first two end a space, those of the last two don't stand for themselves."""


@dataclass(frozen=True, slots=True)
class Run:
    """What all glyphs of one text object share; ``angle`` is clockwise in the page's own space."""

    look: int
    angle: float
    invisible: bool
    outline: bool


@dataclass(slots=True)
class Marks:
    """The glyphs of a page in its own space (origin bottom left, before rotation), in the order of the file.

    Args:
        x, y: where each stands on its base line.
        run: number of its run in ``runs``, whose ``look`` is the number of a style in ``styles``.
        garbled: number of characters that are none.
        cut: whether there was more text than is read.
    """

    text: Texts
    left: Floats
    bottom: Floats
    right: Floats
    top: Floats
    x: Floats
    y: Floats
    run: Integers
    space: Flags
    runs: Sequence[Run]
    styles: Sequence[Style]
    garbled: int = 0
    cut: bool = False


def _untyped(function: Any, result: Any) -> Callable[..., Any]:
    """Give one of pdfium's functions for calls by the thousand.

    Without types of the arguments ctypes passes them on as they are, which takes half the time: pointers must come as
    ``c_void_p`` or ``byref``. And it lets no other thread in.
    """
    found: Callable[..., Any] = ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)
    return found


_unicode_at = _untyped(raw.FPDFText_GetUnicode, ctypes.c_uint)
_text_of_page = _untyped(raw.FPDFText_GetText, ctypes.c_int)
_object_at = _untyped(raw.FPDFText_GetTextObject, ctypes.c_size_t)
_box_at = _untyped(raw.FPDFText_GetLooseCharBox, ctypes.c_int)
_origin_at = _untyped(raw.FPDFText_GetCharOrigin, ctypes.c_int)
_matrix_at = _untyped(raw.FPDFText_GetMatrix, ctypes.c_int)
_size_at = _untyped(raw.FPDFText_GetFontSize, ctypes.c_double)
_font_info_at = _untyped(raw.FPDFText_GetFontInfo, ctypes.c_ulong)
_font_of = _untyped(raw.FPDFTextObj_GetFont, ctypes.c_size_t)
_mode_of = _untyped(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
_fill_of = _untyped(raw.FPDFPageObj_GetFillColor, ctypes.c_int)


def _text_of(code: int) -> str | None:
    """Give what a character stands for: empty where it shows nothing, None where it is no character."""
    if code in _MARKED_HYPHENS:
        return HYPHEN
    if code < 0x20 or 0x7F <= code < 0xA0 or code == 0xFFFD:
        return None
    return clean_text(chr(code)) if 0xE000 <= code < 0xFB10 else chr(code)


class _Texts(dict[int, str]):
    """What each code that has been met stands for."""

    def __missing__(self, code: int) -> str:
        text = self[code] = _text_of(code) or ""
        return text


class _Kinds(dict[int, int]):
    """The kind of each code that has been met."""

    def __missing__(self, code: int) -> int:
        if code in _BREAKS:
            kind = _SPACE
        elif code in _DROPPED:
            kind = _NOTHING
        else:
            text = _text_of(code)
            kind = _GARBLED if text is None else _SHOWN if text else _EMPTY
        self[code] = kind
        return kind


@dataclass(slots=True)
class CharacterReader:
    """Reads the characters of the pages of one document, with what it can keep from page to page."""

    _texts: _Texts = field(default_factory=_Texts)
    _kinds: _Kinds = field(default_factory=_Kinds)
    _boxes: Any = field(default_factory=raw.FS_RECTF.__mul__(_AT_A_TIME))
    _to_boxes: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        """Make the pointers to the boxes once, as they cost half a call each."""
        width = ctypes.sizeof(raw.FS_RECTF)
        self._to_boxes = [ctypes.byref(self._boxes, width * index) for index in range(_AT_A_TIME)]

    def read(self, page: Any) -> Marks:
        """Give the glyphs of a pdfium page."""
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            read = self._marks_of(ctypes.cast(text_page.raw, ctypes.c_void_p), min(count, MOST_CHARACTERS))
            read.cut = count > MOST_CHARACTERS
            return read
        finally:
            text_page.close()

    def _marks_of(self, page: ctypes.c_void_p, count: int) -> Marks:
        codes = _codes_of(page, count)
        kinds = np.fromiter(map(self._kinds.__getitem__, codes), np.int64, count)
        objects = np.zeros(count, np.uint64)
        of_run = np.flatnonzero(kinds < _SPACE)
        in_order = not any(_is_from_right(code) for code in set(codes))
        objects[of_run] = _objects_at(page, of_run, in_order=in_order)
        has_object = objects != 0
        ending = np.flatnonzero((kinds <= _EMPTY) & has_object)
        spaces_before = np.cumsum(kinds == _SPACE)[ending]
        follows_space = np.ones(len(ending), np.bool_)
        follows_space[1:] = spaces_before[1:] > spaces_before[:-1]
        is_shown = kinds[ending] == _SHOWN
        shown = ending[is_shown]
        places = shown.tolist()
        boxes = self._boxes_at(page, places)
        run, runs, styles = _runs_of(page, shown, objects[shown])
        x, y = _origins(page, shown, boxes[:, 0], run, runs)
        texts = np.empty(len(places), np.object_)
        texts[:] = list(map(self._texts.__getitem__, map(codes.__getitem__, places)))
        return Marks(
            text=texts,
            left=boxes[:, 0],
            bottom=boxes[:, 3],
            right=boxes[:, 2],
            top=boxes[:, 1],
            x=x,
            y=y,
            run=run,
            space=follows_space[is_shown],
            runs=runs,
            styles=styles,
            garbled=int(np.count_nonzero((kinds == _GARBLED) & has_object)),
        )

    def _boxes_at(self, page: ctypes.c_void_p, places: Sequence[int]) -> Floats:
        """Give left, top, right and bottom of the characters at ``places``."""
        found = np.zeros((len(places), 4), np.float64)
        read = np.frombuffer(self._boxes, np.float32).reshape(_AT_A_TIME, 4)
        for start in range(0, len(places), _AT_A_TIME):
            some = places[start : start + _AT_A_TIME]
            deque(map(_box_at, repeat(page), some, self._to_boxes), maxlen=0)
            found[start : start + len(some)] = read[: len(some)]
        return found


def _codes_of(page: ctypes.c_void_p, count: int) -> list[int]:
    """Give the code of each character.

    pdfium's text of a whole page has the same, unless it leaves some out or gives two for one.
    """
    buffer = np.zeros(2 * count + 2, np.uint16)
    length = _text_of_page(page, 0, count, ctypes.c_void_p(buffer.ctypes.data)) - 1
    codes: list[int] = buffer[: max(length, 0)].tolist()
    if len(codes) == count and not any(0xD800 <= code < 0xE000 for code in set(codes)):
        return codes
    return list(map(_unicode_at, repeat(page), range(count)))


def _is_from_right(code: int) -> bool:
    """Whether a character may be of a script that runs from right to left."""
    return 0x590 <= code < 0x900 or 0xFB1D <= code < 0xFE00 or 0xFE70 <= code < 0xFF00 or code >= 0x10000


def _objects_at(page: ctypes.c_void_p, places: Integers, *, in_order: bool) -> NDArray[np.uint64]:
    """Give the address of the text object to which each character belongs; 0 for those that pdfium put in.

    The characters of an object follow each other, if all run the same way (``in_order``): where every eighth is of one
    object, those between are too.
    """
    count = len(places)
    step = _STRIDE if in_order else 1
    found = np.zeros(count, np.uint64)
    probes = np.arange(0, count, step)
    found[probes] = np.fromiter(
        map(_object_at, repeat(page), places[probes].tolist()), np.uint64, len(probes)
    )
    if step == 1 or not count:
        return found
    probed = found[probes]
    is_known = np.zeros(count, np.bool_)
    is_known[probes] = True
    starts = probes[:-1][(probed[1:] == probed[:-1]) & (probed[1:] != 0)]
    between = (starts[:, np.newaxis] + np.arange(1, step)).ravel()
    found[between] = np.repeat(found[starts], step - 1)
    is_known[between] = True
    rest = np.flatnonzero(~is_known)
    found[rest] = np.fromiter(map(_object_at, repeat(page), places[rest].tolist()), np.uint64, len(rest))
    return found


def _runs_of(
    page: ctypes.c_void_p, places: Integers, objects: NDArray[np.uint64]
) -> tuple[Integers, list[Run], list[Style]]:
    """Give the number of each character's run, the runs, and the styles in which they are set."""
    run = np.zeros(len(places), np.int64)
    reader = _RunReader(page)
    starts = _changes(objects)
    numbers: dict[int, int] = {}
    of_start: list[int] = []
    for place, address in zip(places[starts].tolist(), objects[starts].tolist(), strict=True):
        number = numbers.get(address)
        if number is None:
            number = numbers[address] = len(numbers)
            reader.read(place, address)
        of_start.append(number)
    run = np.repeat(np.array(of_start, np.int64), np.diff(starts, append=len(places)))
    return run, reader.runs, list(reader.styles)


def _changes(values: NDArray[Any]) -> Integers:
    """Give the places at which a value differs from the one before, the first among them."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))


class _Setting(ctypes.Structure):
    """The colour of a text object and its matrix, of which the first four numbers tell how its glyphs are set."""

    _fields_ = (("colour", ctypes.c_uint * 4), ("matrix", raw.FS_MATRIX))


_SET_ALIKE = struct.Struct("4I4f")


class _RunReader:
    """Reads what the glyphs of each text object of a page share; most objects are set like one before."""

    def __init__(self, page: ctypes.c_void_p) -> None:
        self._page = page
        self._setting = _Setting()
        self._address = ctypes.addressof(self._setting)
        self._to_matrix = ctypes.byref(self._setting, _Setting.matrix.offset)
        width = ctypes.sizeof(ctypes.c_uint)
        self._to_colour = tuple(ctypes.byref(self._setting, width * part) for part in range(4))
        self._fonts: dict[int, bool] = {}
        self._known: dict[tuple[bytes, float, int, int], Run] = {}
        self.styles: dict[Style, int] = {}
        self.runs: list[Run] = []

    def read(self, place: int, address: int) -> None:
        """Add the run of the text object at ``address``, one of whose characters stands at ``place``."""
        text_object = ctypes.c_void_p(address)
        if not _matrix_at(self._page, place, self._to_matrix):
            self._setting.matrix = raw.FS_MATRIX()
        if not _fill_of(text_object, *self._to_colour):
            self._setting.colour[:] = [0] * 4
        setting = ctypes.string_at(self._address, _SET_ALIKE.size)
        size, font, mode = _size_at(self._page, place), _font_of(text_object), _mode_of(text_object)
        run = self._known.get((setting, size, font, mode))
        if run is None:
            if font not in self._fonts:
                self._fonts[font] = self._is_bold(place)
            run = self._run_of(setting, size, mode, is_bold=self._fonts[font])
            self._known[setting, size, font, mode] = run
        self.runs.append(run)

    def _run_of(self, setting: bytes, size: float, mode: int, *, is_bold: bool) -> Run:
        red, green, blue, alpha, a, b, c, d = _SET_ALIKE.unpack(setting)
        outline = mode in _STROKED
        style = Style(
            size=round(abs(size * (math.hypot(c, d) or 1.0)), 2),
            bold=is_bold or mode == _FILLED_AND_STROKED,
            colour=red << 16 | green << 8 | blue,
        )
        return Run(
            look=self.styles.setdefault(style, len(self.styles)),
            angle=math.degrees(math.atan2(-b, a)) % 360,
            invisible=mode == _INVISIBLE or (alpha == 0 and not outline),
            outline=outline,
        )

    def _is_bold(self, place: int) -> bool:
        name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
        _font_info_at(
            self._page, place, ctypes.byref(name), ctypes.c_ulong(_LONGEST_NAME), ctypes.byref(flags)
        )
        font = name.value.decode("utf-8", "replace")
        return bool(_BOLD.search(font)) or bool(flags.value & _FORCE_BOLD)


def _origins(
    page: ctypes.c_void_p, places: Integers, left: Floats, run: Integers, runs: Sequence[Run]
) -> tuple[Floats, Floats]:
    """Give where the characters stand on their base lines; an upright run has one, of which the first tells."""
    found_x, found_y = ctypes.c_double(), ctypes.c_double()
    to_x, to_y = ctypes.byref(found_x), ctypes.byref(found_y)
    starts = _changes(run)
    counts = np.diff(starts, append=len(places))
    first_x, first_y = [], []
    for place in places[starts].tolist():
        _origin_at(page, place, to_x, to_y)
        first_x.append(found_x.value)
        first_y.append(found_y.value)
    x, y = left.copy(), np.repeat(np.array(first_y, np.float64), counts)
    x[starts] = first_x
    is_turned = np.array([bool(one.angle) for one in runs], np.bool_)
    for index in np.flatnonzero(is_turned[run]).tolist() if is_turned.any() else []:
        _origin_at(page, int(places[index]), to_x, to_y)
        x[index], y[index] = found_x.value, found_y.value
    return x, y
