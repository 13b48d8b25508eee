"""Tells which language a text is in: bokmål, nynorsk, or one that the rules do not cover.

Bokmål or nynorsk is decided by weights: words that only one form has, from a list, and words and pieces of
words weighed in a treebank (``data/written_form.txt.xz``). Other languages are known by their stop words or
their script.

Measured on single sentences of UD Norwegian (``python -m checker.language.train``): see the model's card.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from checker.language.words import word_lists

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
STRONGEST_PIECES = 4
PIECE_WEIGHT = 0.25
LISTED_WEIGHT = 4.0
NORWEGIAN = frozenset({"nb", "nn", "no"})
SIGNS = {"nb": 1, "nn": -1}
REMEMBERED_WORDS = 100_000
LEAST_SURPLUS = 0.4
"""Least surplus of one form's weight (natural log odds) for a text to be decided."""

FOREIGN_SHARE = 0.12
FOREIGN_WORDS = 2
FOREIGN_LEAD = 1.5
"""Another language needs that share and number of stop words, and this many times those of Norwegian."""

MANY_WORDS = 20
NORWEGIAN_SHARE = 0.08
"""A text of many words with a lesser share of Norwegian stop words is in a language that is not known."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What the words of a text say of its language.

    Args:
        words: how many there are.
        surplus: weight for bokmål less weight for nynorsk.
        norwegian: how many Norwegian stop words there are.
        foreign: of each other language, its number of stop words that are not Norwegian.
        shared: of each other language, its number of stop words that are Norwegian too.
    """

    words: int
    surplus: float
    norwegian: int
    foreign: tuple[tuple[str, int], ...]
    shared: tuple[tuple[str, int], ...]

    def __add__(self, other: Votes) -> Votes:
        return Votes(
            self.words + other.words,
            self.surplus + other.surplus,
            self.norwegian + other.norwegian,
            _sorted(Counter(dict(self.foreign)) + Counter(dict(other.foreign))),
            _sorted(Counter(dict(self.shared)) + Counter(dict(other.shared))),
        )


NO_VOTES = Votes(0, 0.0, 0, (), ())


def _sorted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items()))


def form_of(text: str) -> str | None:
    """Give "nb" or "nn" by the words of a text, None where they do not tell.

    Example:
        >>> form_of("Rektor vitjar alle klassane kvar haust.")
        'nn'
        >>> form_of("Rektor besøker alle klassene hver høst.")
        'nb'
    """
    return form_by_votes(votes_of(text))


def form_by_votes(votes: Votes) -> str | None:
    """Give "nb" or "nn", whichever has a clear surplus."""
    if abs(votes.surplus) < LEAST_SURPLUS:
        return None
    if votes.words >= MANY_WORDS and votes.norwegian < NORWEGIAN_SHARE * votes.words:
        return None
    return "nb" if votes.surplus > 0 else "nn"


def foreign_by_votes(votes: Votes) -> str | None:
    """Give the language other than Norwegian that a text is in, None where it is no known one."""
    if not votes.foreign:
        return None
    name, count = min(votes.foreign, key=lambda entry: (-entry[1], entry[0]))
    norwegian = votes.norwegian - dict(votes.shared).get(name, 0)
    enough = count >= max(FOREIGN_WORDS, FOREIGN_SHARE * votes.words)
    return name if enough and count >= FOREIGN_LEAD * norwegian else None


def votes_of(text: str) -> Votes:
    """Count the votes of a text's words; for another language, names and the like have none."""
    written = WORD.findall(text)
    words = Counter(map(str.lower, written))
    capitals = Counter(word.lower() for word in written if word[0].isupper())
    surplus = 0.0
    norwegian = 0
    foreign: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for word, count in words.items():
        surplus += count * surplus_of(word)
        languages = _languages_of(word)
        is_norwegian = not NORWEGIAN.isdisjoint(languages)
        norwegian += count * is_norwegian
        for language in languages:
            if language not in NORWEGIAN:
                (shared if is_norwegian else foreign)[language] += count - (not is_norwegian) * capitals[word]
    return Votes(words.total(), surplus, norwegian, _sorted(foreign), _sorted(shared))


@lru_cache(maxsize=REMEMBERED_WORDS)
def surplus_of(word_lower: str) -> float:
    """Give how much a word speaks for bokmål; below zero for nynorsk. Single letters say nothing."""
    if len(word_lower) == 1:
        return 0.0
    for language in _languages_of(word_lower):
        if language in SIGNS:
            return SIGNS[language] * LISTED_WEIGHT
    for form, pieces in word_lists("languages")["telling_pieces"].items():
        if any(piece in word_lower for piece in pieces):
            return SIGNS[form] * LISTED_WEIGHT
    weight = _word_weights().get(word_lower)
    if weight is not None:
        return weight
    known = _piece_weights()
    found = [known[piece] for piece in pieces_of(word_lower) if piece in known]
    found.sort(key=lambda weight: (-abs(weight), weight))
    return PIECE_WEIGHT * sum(found[:STRONGEST_PIECES])


def pieces_of(word: str) -> list[str]:
    """Give the pieces of a word of two to five letters, with marks at its start and end."""
    marked = f"^{word}$"
    return [
        marked[start : start + length]
        for length in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(marked) - length + 1)
    ]


@cache
def _stop_words() -> Mapping[str, tuple[str, ...]]:
    """Give, for each stop word, the languages that have it."""
    languages: dict[str, list[str]] = {}
    for language, words in word_lists("languages")["stop_words"].items():
        for word in words:
            languages.setdefault(word, []).append(language)
    return {word: tuple(dict.fromkeys(of_word)) for word, of_word in languages.items()}


@cache
def _patterns(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), name) for name, pattern in word_lists("languages")[kind].items())


@lru_cache(maxsize=REMEMBERED_WORDS)
def _languages_of(word: str) -> tuple[str, ...]:
    known = _stop_words().get(word)
    if known is not None:
        return known
    alike = tuple(language for pattern, language in _patterns("patterns") if pattern.fullmatch(word))
    if alike or word.isascii():
        return alike
    return tuple(language for script, language in _patterns("scripts") if script.fullmatch(word))


@cache
def _weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Give the weights of words and of pieces that were learnt from a treebank."""
    data = (files("checker.language") / "data" / "written_form.txt.xz").read_bytes()
    words: dict[str, float] = {}
    pieces: dict[str, float] = {}
    for line in lzma.decompress(data).decode("utf-8").splitlines():
        kind, entry, weight = line.split("\t")
        (words if kind == "w" else pieces)[entry] = float(weight)
    return words, pieces


def _word_weights() -> Mapping[str, float]:
    return _weights()[0]


def _piece_weights() -> Mapping[str, float]:
    return _weights()[1]
