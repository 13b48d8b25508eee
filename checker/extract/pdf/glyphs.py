"""Holds the characters of a page as columns of arrays: a page has thousands, and an object for each takes time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]

_ABOVE, _BELOW = 0.78, 0.22


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of glyphs is set."""

    size: float
    bold: bool
    colour: int


@dataclass(slots=True)
class Glyphs:
    """The characters of a page or of a part of it, in the order of the file.

    Args:
        text: what each stands for: a letter, or the letters of a ligature.
        size: of the type.
        look: number of the style in ``styles``; glyphs of one style have one number.
        order: place in the file.
        space: whether white space stands before it.
        form: whether it was filled in.
    """

    text: Texts
    x0: Floats
    x1: Floats
    base: Floats
    size: Floats
    look: Integers
    order: Integers
    space: Flags
    form: Flags
    styles: Sequence[Style] = field(default=())

    def __len__(self) -> int:
        return len(self.text)

    @property
    def top(self) -> Floats:
        """The upper edges, from the size: the boxes in fonts are not to be trusted."""
        return self.base - _ABOVE * self.size

    @property
    def bottom(self) -> Floats:
        """The lower edges."""
        return self.base + _BELOW * self.size

    def of(self, which: Flags | Integers | slice) -> Glyphs:
        """Give some of the glyphs: by flag, by place, or from one to another."""
        columns: dict[str, Any] = {name: getattr(self, name)[which] for name in COLUMNS}
        return Glyphs(**columns, styles=self.styles)

    def with_more(self, more: Glyphs) -> Glyphs:
        """Give these glyphs and then ``more``."""
        if not len(more):
            return self
        moved = replace(more, look=more.look + len(self.styles))
        columns: dict[str, Any] = {
            name: np.concatenate((getattr(self, name), getattr(moved, name))) for name in COLUMNS
        }
        return Glyphs(**columns, styles=(*self.styles, *more.styles))


COLUMNS = tuple(one.name for one in fields(Glyphs) if one.name != "styles")


@dataclass(slots=True)
class FilledIn:
    """The letters of an answer in a form, with where each begins and ends, before they are glyphs."""

    texts: list[str]
    places: list[tuple[float, float]]
    bases: list[float]
    spaces: list[bool]

    def set_in(self, style: Style, first: int) -> Glyphs:
        """Give them as glyphs of one style; ``first`` is the place of the first in the file."""
        count = len(self.texts)
        edges = np.array(self.places, np.float64).reshape(count, 2)
        texts = np.empty(count, np.object_)
        texts[:] = self.texts
        return Glyphs(
            text=texts,
            x0=edges[:, 0],
            x1=edges[:, 1],
            base=np.array(self.bases, np.float64),
            size=np.full(count, style.size, np.float64),
            look=np.zeros(count, np.int64),
            order=np.arange(first, first + count),
            space=np.array(self.spaces, np.bool_),
            form=np.ones(count, np.bool_),
            styles=(style,),
        )


def no_glyphs() -> Glyphs:
    """Give an empty set."""
    return FilledIn([], [], [], []).set_in(Style(0.0, bold=False, colour=0), 0)
