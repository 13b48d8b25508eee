"""Puts glyphs together to pieces of lines, and pieces to lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from checker.extract.pdf.hyphens import tidy
from checker.extract.pdf.sheet import LOWERED, RAISED, Glyph, Rect, hull

BULLETS = "•◦▪▫■□●○‣⁃∙·►▶➢➤❖◆◇✓✔✗☐☑☒→–—*o-"
"""Signs that may stand before a list item; the last six only with a space after them."""
_LABEL = re.compile(r"[•◦▪▫■□●○‣⁃∙·►▶➢➤❖◆◇✓✔☐☑☒→–—*o-]|\(?(?:\d{1,2}|[a-zæøå]|[ivx]{1,4})[.)]")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?")
_GAP = 0.9
_LABEL_GAP = 4.5
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


def _even_line(glyphs: list[Glyph]) -> Line | None:
    """Give the piece of line of glyphs that are all set alike on one base line, as most are; else None."""
    first = glyphs[0]
    style, base, form = first.style, first.base, first.form
    for glyph in glyphs:
        if glyph.style is not style or glyph.base != base or glyph.form != form:
            return None
    text = "".join([" " + glyph.text if glyph.space else glyph.text for glyph in glyphs])
    size = style.size
    return Line(
        text=tidy(text[1:] if first.space else text),
        x0=min([glyph.x0 for glyph in glyphs]),
        top=(height := round(base, 1)) - 0.78 * size,
        x1=max([glyph.x1 for glyph in glyphs]),
        bottom=height + 0.22 * size,
        base=height,
        size=size,
        bold=style.bold and any(glyph.text.isalnum() for glyph in glyphs),
        colour=style.colour,
        first=first.order,
        last=glyphs[-1].order,
        form=form,
        letters=sum([glyph.text.isalpha() for glyph in glyphs]),
    )


def _line_of(glyphs: list[Glyph]) -> Line:
    """Give the piece of line that the glyphs make."""
    even = _even_line(glyphs)
    if even is not None:
        return even
    sizes = Counter(glyph.style.size for glyph in glyphs)
    size = max(sorted(sizes), key=lambda key: sizes[key])
    size = max(size, *(key for key in sizes if sizes[key] >= 0.3 * len(glyphs)))
    main = [glyph for glyph in glyphs if glyph.style.size >= 0.85 * size]
    bases = Counter(round(glyph.base, 1) for glyph in main)
    base = max(sorted(bases), key=lambda key: bases[key])
    colours = Counter(glyph.style.colour for glyph in main)
    letters = sum(glyph.text.isalpha() for glyph in main)
    bold = sum(glyph.style.bold for glyph in main if glyph.text.isalnum())
    chars: list[str] = []
    raised = False
    for glyph in glyphs:
        is_raised = (
            glyph.style.size <= 0.85 * size and base - glyph.base > 0.12 * size and glyph.text.isdigit()
        )
        if raised and not is_raised:
            chars.append(LOWERED)
        if glyph.space and chars:
            chars.append(" ")
        if is_raised and not raised:
            chars.append(RAISED)
        raised = is_raised
        chars.append(glyph.text)
    if raised:
        chars.append(LOWERED)
    return Line(
        text=tidy("".join(chars)),
        x0=min(glyph.x0 for glyph in glyphs),
        top=base - 0.78 * size,
        x1=max(glyph.x1 for glyph in glyphs),
        bottom=base + 0.22 * size,
        base=base,
        size=size,
        bold=bold > 0.75 * max(1, sum(glyph.text.isalnum() for glyph in main)),
        colour=max(sorted(colours), key=lambda key: colours[key]),
        first=glyphs[0].order,
        last=glyphs[-1].order,
        form=any(glyph.form for glyph in glyphs),
        letters=letters,
    )


def _continues(run: list[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph stands on the same piece of line as the run."""
    last = run[-1]
    size = last.style.size
    if glyph.style is not last.style:
        size = max(size, glyph.style.size)
    rise = abs(glyph.base - last.base)
    if rise > 0.1 * size and not (
        rise <= 0.55 * size and min(last.style.size, glyph.style.size) <= 0.86 * size
    ):
        return False
    gap = glyph.x0 - last.x1
    if glyph.x0 < last.x0 - 0.3 * size:
        return False
    if gap <= _GAP * size:
        return True
    if gap > _LABEL_GAP * size or len(run) > 6:
        return False
    text = "".join(one.text for one in run)
    return bool(_LABEL.fullmatch(text)) or (glyph.text.isalpha() and bool(_NUMBER.fullmatch(text)))


def pieces_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Give the pieces of line that glyphs in the order of the file make; a wide gap ends a piece."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _continues(runs[-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [line for line in map(_line_of, runs) if line.text.strip()]


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
            and on_one_line(rows[-1][0], piece)
            and abs(rows[-1][0].base - piece.base) <= 0.4 * piece.size
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: (one.x0, one.first)) for row in rows]


def lines_of(pieces: Iterable[Line]) -> list[Line]:
    """Give whole lines from pieces that stand in one column, top down."""
    return [merged(row) for row in rows_of(pieces)]
