"""Puts glyphs together to pieces of lines, and pieces to lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

import numpy as np

from checker.extract.pdf.glyphs import Floats, Glyphs, Integers
from checker.extract.pdf.hyphens import tidy
from checker.extract.pdf.sheet import LOWERED, RAISED, Rect, hull

BULLETS = "•◦▪▫■□●○‣⁃∙·►▶➢➤❖◆◇✓✔✗☐☑☒→–—*o-"
"""Signs that may stand before a list item; the last six only with a space after them."""
_LABEL = re.compile(r"[•◦▪▫■□●○‣⁃∙·►▶➢➤❖◆◇✓✔☐☑☒→–—*o-]|\(?(?:\d{1,2}|[a-zæøå]|[ivx]{1,4})[.)]")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?")
_GAP = 0.9
_LABEL_GAP = 4.5
_LONGEST_LABEL = 6
_MOST_DOTS = 300


@dataclass(slots=True)
class Line:
    """A line of text, or a piece of one.

    Args:
        text: with marks for raised digits, and a hyphen mark at its end.
        first, last: place of its glyphs in the file.
        parts: the boxes of the lines that were put together, for a cell of several lines.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    colour: int
    first: int
    last: int
    form: bool = False
    hidden: bool = False
    letters: int = 0
    pieces: list[Line] = field(default_factory=list)

    @property
    def rect(self) -> Rect:
        """The line's box."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        """Half way down the line."""
        return (self.top + self.bottom) / 2


def _line_of(glyphs: Glyphs) -> Line:
    """Give the piece of line of glyphs that are set in more than one way or height."""
    texts, spaces, forms = glyphs.text.tolist(), glyphs.space.tolist(), glyphs.form.tolist()
    heights, kinds = glyphs.base.tolist(), glyphs.size.tolist()
    styles = [glyphs.styles[look] for look in glyphs.look.tolist()]
    sizes = Counter(kinds)
    size = max(sorted(sizes), key=lambda key: sizes[key])
    size = max(size, *(key for key in sizes if sizes[key] >= 0.3 * len(texts)))
    main = [index for index, kind in enumerate(kinds) if kind >= 0.85 * size]
    bases = Counter(round(heights[index], 1) for index in main)
    base = max(sorted(bases), key=lambda key: bases[key])
    colours = Counter(styles[index].colour for index in main)
    bold = sum(styles[index].bold for index in main if texts[index].isalnum())
    chars: list[str] = []
    raised = False
    for text, space, kind, height in zip(texts, spaces, kinds, heights, strict=True):
        is_raised = kind <= 0.85 * size and base - height > 0.12 * size and text.isdigit()
        if raised and not is_raised:
            chars.append(LOWERED)
        if space and chars:
            chars.append(" ")
        if is_raised and not raised:
            chars.append(RAISED)
        raised = is_raised
        chars.append(text)
    if raised:
        chars.append(LOWERED)
    return Line(
        text=tidy("".join(chars)),
        x0=float(glyphs.x0.min()),
        top=base - 0.78 * size,
        x1=float(glyphs.x1.max()),
        bottom=base + 0.22 * size,
        base=base,
        size=size,
        bold=bold > 0.75 * max(1, sum(texts[index].isalnum() for index in main)),
        colour=max(sorted(colours), key=lambda key: colours[key]),
        first=int(glyphs.order[0]),
        last=int(glyphs.order[-1]),
        form=any(forms),
        letters=sum(texts[index].isalpha() for index in main),
    )


def _begins(glyphs: Glyphs, group: Integers | None) -> Integers:
    """Give the places at which a piece of line begins: after a wide gap, at another height, in another group."""
    size = np.maximum(glyphs.size[1:], glyphs.size[:-1])
    rise = np.abs(glyphs.base[1:] - glyphs.base[:-1])
    smaller = np.minimum(glyphs.size[1:], glyphs.size[:-1])
    is_level = (rise <= 0.1 * size) | ((rise <= 0.55 * size) & (smaller <= 0.86 * size))
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    goes_on = is_level & (glyphs.x0[1:] >= glyphs.x0[:-1] - 0.3 * size)
    if group is not None:
        goes_on &= group[1:] == group[:-1]
    is_near = gap <= _GAP * size
    begins = np.concatenate(([True], ~(goes_on & is_near)))
    for index in (np.flatnonzero(goes_on & ~is_near & (gap <= _LABEL_GAP * size)) + 1).tolist():
        lead = begins[max(0, index - _LONGEST_LABEL - 1) : index]
        if not lead.any():
            continue
        start = index - 1 - int(lead[::-1].argmax())
        text = "".join(glyphs.text[start:index])
        if index - start <= _LONGEST_LABEL and (
            _LABEL.fullmatch(text) or (glyphs.text[index].isalpha() and _NUMBER.fullmatch(text))
        ):
            begins[index] = False
    return np.flatnonzero(begins)


def pieces_of(glyphs: Glyphs) -> list[Line]:
    """Give the pieces of line that glyphs in the order of the file make; a wide gap ends a piece."""
    return [piece for _, piece in grouped_pieces(glyphs)]


def grouped_pieces(glyphs: Glyphs, group: Integers | None = None) -> list[tuple[int, Line]]:
    """Give the pieces of line as ``pieces_of`` does, each with the number of its group, which none crosses."""
    if not len(glyphs):
        return []
    starts = _begins(glyphs, group)
    ends = np.append(starts[1:], len(glyphs))
    base = _rounded(glyphs.base)
    is_even = np.ones(len(starts), np.bool_)
    for column in (glyphs.look, base, glyphs.form):
        differs = np.concatenate(([False], column[1:] != column[:-1]))
        differs[starts] = False
        is_even &= ~np.logical_or.reduceat(differs, starts)
    shown = glyphs.text.copy()
    shown[glyphs.space] = " " + shown[glyphs.space]
    texts, signs = shown.tolist(), glyphs.text.tolist()
    groups = np.zeros(len(starts), np.int64) if group is None else group[starts]
    columns = zip(
        groups.tolist(),
        starts.tolist(),
        ends.tolist(),
        is_even.tolist(),
        np.minimum.reduceat(glyphs.x0, starts).tolist(),
        np.maximum.reduceat(glyphs.x1, starts).tolist(),
        base[starts].tolist(),
        glyphs.look[starts].tolist(),
        glyphs.order[starts].tolist(),
        glyphs.order[ends - 1].tolist(),
        glyphs.form[starts].tolist(),
        strict=True,
    )
    found: list[tuple[int, Line]] = []
    for number, start, end, even, x0, x1, height, look, first, last, form in columns:
        if not even:
            piece = _line_of(glyphs.of(slice(start, end)))
            if piece.text.strip():
                found.append((number, piece))
            continue
        text = tidy("".join(texts[start:end])[len(texts[start]) - len(signs[start]) :])
        if not text.strip():
            continue
        style = glyphs.styles[look]
        size, one = style.size, signs[start:end]
        line = Line(
            text=text,
            x0=x0,
            top=height - 0.78 * size,
            x1=x1,
            bottom=height + 0.22 * size,
            base=height,
            size=size,
            bold=style.bold and any(map(str.isalnum, one)),
            colour=style.colour,
            first=first,
            last=last,
            form=form,
            letters=sum(map(str.isalpha, one)),
        )
        found.append((number, line))
    return found


def _rounded(heights: Floats) -> Floats:
    """Give the heights to a tenth of a point, as ``round`` does: one for each stretch of equal ones."""
    starts = np.flatnonzero(np.concatenate(([True], heights[1:] != heights[:-1])))
    rounded = np.array([round(height, 1) for height in heights[starts].tolist()], np.float64)
    return np.repeat(rounded, np.diff(starts, append=len(heights)))


def with_drawn_bullets(pieces: list[Line], dots: Iterable[Rect]) -> list[Line]:
    """Give the pieces with a "•" before those that a drawn spot stands left of."""
    made = list(pieces)
    for x0, top, x1, bottom in islice(dots, _MOST_DOTS):
        middle = (top + bottom) / 2
        beside = [
            index
            for index, piece in enumerate(made)
            if piece.top <= middle <= piece.bottom and 1 <= piece.x0 - x1 <= 2.5 * piece.size
        ]
        if not beside:
            continue
        index = min(beside, key=lambda one: (made[one].x0, one))
        if not _LABEL.match(made[index].text) and not any(
            piece.top <= middle <= piece.bottom and x0 - 2.5 * piece.size <= piece.x1 <= x0 for piece in made
        ):
            made[index] = replace(made[index], text=f"• {made[index].text}", x0=x0)
    return made


def merged(pieces: list[Line]) -> Line:
    """Give pieces on one base line, from left to right, as one line."""
    if len(pieces) == 1:
        return pieces[0]
    main = max(pieces, key=lambda piece: (len(piece.text), -piece.first))
    x0, top, x1, bottom = hull([piece.rect for piece in pieces])
    bold_letters = sum(max(piece.letters, 1) for piece in pieces if piece.bold)
    texts = [pieces[0].text]
    for before, piece in pairwise(pieces):
        glued = piece.x0 - before.x1 < 0.12 * main.size and not piece.text.startswith(" ")
        texts.append(piece.text if glued else " " + piece.text)
    return Line(
        text=tidy("".join(texts)),
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        base=main.base,
        size=main.size,
        bold=bold_letters > 0.75 * sum(max(piece.letters, 1) for piece in pieces),
        colour=main.colour,
        first=min(piece.first for piece in pieces),
        last=max(piece.last for piece in pieces),
        form=any(piece.form for piece in pieces),
        hidden=main.hidden,
        letters=sum(piece.letters for piece in pieces),
        pieces=pieces,
    )


def on_one_line(one: Line, other: Line) -> bool:
    """Whether two pieces stand at the same height."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.size, other.size)


def rows_of(pieces: Iterable[Line]) -> list[list[Line]]:
    """Give the pieces by height, each row from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda one: (one.base, one.x0, one.first)):
        if (
            rows
            and abs(rows[-1][0].base - piece.base) <= 0.4 * piece.size
            and on_one_line(rows[-1][0], piece)
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: (one.x0, one.first)) for row in rows]


def lines_of(pieces: Iterable[Line]) -> list[Line]:
    """Give whole lines from pieces that stand in one column, top down."""
    return [merged(row) for row in rows_of(pieces)]
