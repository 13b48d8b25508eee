"""Reads words that OCR got wrong: one kind of confusion put right, where that gives a word that exists."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from checker.language.lemmas import is_well_formed
from checker.language.words import word_lists

LEAST_LETTERS = 4
MOST_PLACES = 3
REMEMBERED_WORDS = 50_000


@lru_cache(maxsize=REMEMBERED_WORDS)
def repaired(word_lower: str) -> str | None:
    """Give the word that a misread one stands for; None where it is a word already, or no repair gives one.

    Example:
        >>> repaired("onsker"), repaired("ska1"), repaired("ønsker")
        ('ønsker', 'skal', None)
    """
    if len(word_lower) < LEAST_LETTERS or is_well_formed(word_lower):
        return None
    for read, stood in word_lists("spelling")["confusions"]:
        for candidate in _put_right(word_lower, read, stood):
            if is_well_formed(candidate):
                return candidate
    return None


def _put_right(word: str, read: str, stood: str) -> list[str]:
    """Give the word with one or more places of a confusion put right, the fewest changes first."""
    pieces = word.split(read)
    places = len(pieces) - 1
    if not 0 < places <= MOST_PLACES:
        return []
    choices = sorted(product((read, stood), repeat=places), key=lambda chosen: chosen.count(stood))
    return [
        pieces[0] + "".join(letter + piece for letter, piece in zip(chosen, pieces[1:], strict=True))
        for chosen in choices[1:]
    ]
