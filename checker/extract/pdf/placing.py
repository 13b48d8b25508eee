"""Brings the glyphs of a page into the frame of its sheet, those that no reader sees and those on their side apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from checker.extract.clean import clean_text
from checker.extract.pdf.characters import Marks
from checker.extract.pdf.frame import Frame
from checker.extract.pdf.glyphs import Flags, Glyphs, Integers
from checker.extract.pdf.sheet import Rect, Sheet, Turned, hull

_WHITE = 0xF5
_SMALLEST_SIZE = 1.6
_ASKEW_DEGREES = 7.0
_MOSTLY = 0.8
_LEAST_SPACE = 0.12


@lru_cache(maxsize=256)
def _quarter(angle: float, rotation: int) -> int:
    """Give the direction of a run on the shown page (0, 90, 180, 270), or -1 where it is askew."""
    shown = (angle + rotation) % 360
    quarter = round(shown / 90) * 90
    return quarter % 360 if abs(shown - quarter) <= _ASKEW_DEGREES else -1


def reading_turn(marks: Marks, rotation: int) -> int:
    """Give how far the page must be turned clockwise so that most of its text stands upright."""
    count: dict[int, int] = {}
    for run, seen in zip(marks.runs, np.bincount(marks.run, minlength=len(marks.runs)).tolist(), strict=True):
        quarter = _quarter(run.angle, rotation)
        count[quarter] = count.get(quarter, 0) + seen
    count.pop(-1, None)
    if not count:
        return 0
    quarter = max(sorted(count), key=lambda key: count[key])
    return -quarter % 360 if count[quarter] >= _MOSTLY * sum(count.values()) else 0


def place_marks(marks: Marks, frame: Frame, sheet: Sheet) -> None:
    """Put the glyphs on the sheet, those that can't be seen and those not upright apart.

    The sheet's fills and pictures must be there already.
    """
    if not len(marks.text):
        return
    upright = np.array([_quarter(run.angle, frame.rotation) == 0 for run in marks.runs], np.bool_)[marks.run]
    if upright.all():
        glyphs, run = _glyphs_of(marks, frame, np.arange(len(marks.text))), marks.run
    else:
        shown = np.array([not run.invisible for run in marks.runs], np.bool_)[marks.run]
        sheet.turned.extend(_turned_runs(marks, np.flatnonzero(~upright & shown).tolist(), frame))
        which = np.flatnonzero(upright)
        glyphs, run = _glyphs_of(marks, frame, which), marks.run[which]
    is_seen = _on_page(glyphs, sheet) & _seen(glyphs, run, marks, sheet)
    if is_seen.all():
        sheet.glyphs = glyphs
    else:
        sheet.glyphs, sheet.hidden = glyphs.of(is_seen), glyphs.of(~is_seen)


def _glyphs_of(marks: Marks, frame: Frame, which: Integers) -> Glyphs:
    """Give the chosen glyphs with their places on the sheet."""
    a, _ = frame.point(marks.left[which], marks.bottom[which])
    c, _ = frame.point(marks.right[which], marks.top[which])
    if frame.rotation:
        a, c = np.minimum(a, c), np.maximum(a, c)
    _, base = frame.point(marks.x[which], marks.y[which])
    look = np.array([run.look for run in marks.runs], np.int64)[marks.run[which]]
    return Glyphs(
        text=marks.text[which],
        x0=a,
        x1=c,
        base=base,
        size=np.array([style.size for style in marks.styles], np.float64)[look],
        look=look,
        order=which,
        space=marks.space[which],
        form=np.zeros(len(which), np.bool_),
        styles=marks.styles,
    )


def _on_page(glyphs: Glyphs, sheet: Sheet) -> Flags:
    below = (glyphs.base > sheet.height) & (glyphs.top > sheet.height)
    return ~((glyphs.x1 < 0) | (glyphs.x0 > sheet.width) | (glyphs.base < 0) | below)


def _seen(glyphs: Glyphs, run: Integers, marks: Marks, sheet: Sheet) -> Flags:
    """Whether a reader can see each glyph: not what is set invisibly, minute, or white on white."""
    white = [_is_white(style.colour) for style in marks.styles]
    is_hidden = np.array([one.invisible for one in marks.runs], np.bool_)[run]
    is_pale = np.array([white[one.look] and not one.outline for one in marks.runs], np.bool_)[run]
    is_minute = glyphs.size < _SMALLEST_SIZE
    seen = np.ones(len(glyphs), np.bool_)
    doubtful = np.flatnonzero(is_hidden | is_minute | is_pale)
    if not len(doubtful):
        return seen
    some = glyphs.of(doubtful)
    on_picture = _centred_in(some, sheet.images)
    on_fill = on_picture | _centred_in(some, [fill.rect for fill in sheet.fills])
    plain = ~is_minute[doubtful] & (~is_pale[doubtful] | on_fill)
    seen[doubtful] = np.where(is_hidden[doubtful], on_picture, plain)
    return seen


def _centred_in(glyphs: Glyphs, areas: Iterable[Rect]) -> Flags:
    """Whether the middle of each glyph lies in one of the areas."""
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    found = np.zeros(len(glyphs), np.bool_)
    for x0, top, x1, bottom in areas:
        found |= (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)
    return found


def _is_white(colour: int) -> bool:
    return min(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF) >= _WHITE


def _turned_runs(marks: Marks, which: list[int], frame: Frame) -> list[Turned]:
    """Give the text of glyphs that do not stand upright, a line each, in the order of the file."""
    x, y, numbers = marks.x.tolist(), marks.y.tolist(), marks.run.tolist()
    parts: list[list[int]] = []
    for index in which:
        last = parts[-1][-1] if parts else None
        if (
            last is not None
            and marks.runs[numbers[last]].angle == marks.runs[numbers[index]].angle
            and math.hypot(x[index] - x[last], y[index] - y[last])
            < 3 * marks.styles[marks.runs[numbers[index]].look].size
            and index - last == 1
        ):
            parts[-1].append(index)
        else:
            parts.append([index])
    found = []
    for part in parts:
        is_askew = _quarter(marks.runs[numbers[part[0]]].angle, frame.rotation) == -1
        spaces = marks.space[part] if is_askew else _real_spaces(marks, part)
        texts = zip(spaces.tolist(), marks.text[part].tolist(), strict=True)
        text = clean_text("".join((" " if space else "") + text for space, text in texts)).strip()
        if text:
            sides = zip(
                marks.left[part].tolist(),
                marks.bottom[part].tolist(),
                marks.right[part].tolist(),
                marks.top[part].tolist(),
                strict=True,
            )
            found.append(Turned(text, hull([frame.rect(*one) for one in sides]), is_askew))
    return found


def _real_spaces(marks: Marks, part: list[int]) -> Flags:
    """Whether a gap stands before each glyph of a line on its side, where pdfium may see a line in each glyph."""
    before, own = np.array(part[:-1], np.int64), np.array(part[1:], np.int64)
    across = np.maximum(marks.left[own] - marks.right[before], marks.left[before] - marks.right[own])
    down = np.maximum(marks.bottom[own] - marks.top[before], marks.bottom[before] - marks.top[own])
    size = marks.styles[marks.runs[int(marks.run[part[0]])].look].size
    is_apart = np.concatenate(([True], np.maximum(across, down) > _LEAST_SPACE * size))
    return np.asarray(marks.space[part] & is_apart, np.bool_)
