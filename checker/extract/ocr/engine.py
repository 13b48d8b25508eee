"""What a program that reads pictures gives, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

DPI = 200
POINTS_AN_INCH = 72
POINTS_A_PIXEL = POINTS_AN_INCH / DPI
"""Every picture is taken to have ``DPI``; whoever made it knows how large the page really is."""

Rect = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in points."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a line, that was recognised: on which picture (from 1), where, and how surely (0 to 1)."""

    page: int
    rect: Rect
    confidence: float
    letters: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised: a PDF with a page of text for each picture, and its words with their confidence."""

    pdf: bytes
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that reads pictures.

    Args:
        recognise: reads picture files, one page each; raises ``ReadFault`` where it can't.
        turn_of: gives by how many degrees a picture has to be turned clockwise to stand upright; None where it
            can't tell.
    """

    recognise: Callable[[Sequence[Path]], Recognised]
    turn_of: Callable[[Path], int | None]


def confidence_of(words: Sequence[Word]) -> float | None:
    """Give the mean confidence of words, each by its letters; None for none."""
    letters = sum(word.letters for word in words)
    if not letters:
        return None
    return sum(word.confidence * word.letters for word in words) / letters
