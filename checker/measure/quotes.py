"""Whether two quotes show the same place."""

from __future__ import annotations

import re
from unicodedata import normalize

SHARED = 0.6
LONGEST = 3
SEQUENCE = 3
_WORD = re.compile(r"\w+")
_SOFT_HYPHEN = "\u00ad"


def folded_words(text: str) -> tuple[str, ...]:
    """Give the words of ``text`` without case, punctuation and soft hyphens.

    Example:
        >>> folded_words("«Rektor er inne i timene», står det.")
        ('rektor', 'er', 'inne', 'i', 'timene', 'står', 'det')
    """
    return tuple(_WORD.findall(normalize("NFKC", text).replace(_SOFT_HYPHEN, "").casefold()))


def shows_the_same(ours: str, key: str) -> bool:
    """Whether our quote shows the place that the key's quote shows.

    It must share at least 60 % of the three-word sequences of the key's quote and be at most three times as
    long, counted in words. A key's quote of under three words must be equal when folded.
    """
    our_words, key_words = folded_words(ours), folded_words(key)
    if len(key_words) < SEQUENCE:
        return our_words == key_words
    wanted = _sequences(key_words)
    shared = len(wanted & _sequences(our_words)) / len(wanted)
    return shared >= SHARED and len(our_words) <= LONGEST * len(key_words)


def _sequences(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(words[start : start + SEQUENCE] for start in range(len(words) - SEQUENCE + 1))
