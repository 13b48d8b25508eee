"""Dictionary forms by word, part of speech and features, counted in a treebank, and by ending.

``data/lemmas_nb.txt.xz`` and ``data/lemmas_nn.txt.xz`` are written by ``python -m checker.language.train``:
single words only, tab-separated. Lines ``w`` hold word, lemma, part of speech, features (where they tell
lemmas apart) and count; lines ``e`` hold part of speech, features, ending and what is put in its place.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

RARE = 50
"""A lemma counted this many times less often than a word's commonest is left out of its plausible ones."""

LONGEST_ENDING = 5
NO_FEATURES = "*"


@dataclass(frozen=True, slots=True)
class LemmaTable:
    """The table of one written form.

    Args:
        lemmas: a word's lemmas, commonest first.
        by_pos: lemma by word and part of speech.
        by_features: lemma by word, part of speech and features, where they tell lemmas apart.
        endings: by part of speech, features and ending, what is put in the ending's place.
    """

    lemmas: Mapping[str, tuple[str, ...]]
    by_pos: Mapping[tuple[str, str], str]
    by_features: Mapping[tuple[str, str, str], str]
    endings: Mapping[tuple[str, str, str], str]

    def lemma(self, word: str, pos: str, features: str) -> str | None:
        """Give the counted lemma of a word in a part of speech, None where it was not seen."""
        return self.by_features.get((word, pos, features)) or self.by_pos.get((word, pos))

    def by_ending(self, word: str, pos: str, features: str) -> str | None:
        """Give what the longest known ending makes of a word."""
        for length in range(min(LONGEST_ENDING, len(word) - 1), -1, -1):
            ending = word[len(word) - length :]
            replacement = self.endings.get((pos, features, ending))
            if replacement is not None:
                return word[: len(word) - length] + replacement
        return None


@cache
def lemma_table(form: str) -> LemmaTable:
    """Give the table of a written form ("nb" or "nn")."""
    data = (files("checker.language") / "data" / f"lemmas_{form}.txt.xz").read_bytes()
    counts: dict[str, dict[str, int]] = {}
    of_pos: dict[tuple[str, str], dict[str, int]] = {}
    by_features: dict[tuple[str, str, str], str] = {}
    endings: dict[tuple[str, str, str], str] = {}
    for line in lzma.decompress(data).decode("utf-8").splitlines():
        kind, first, second, third, fourth, *rest = line.split("\t")
        if kind == "e":
            endings[first, second, third] = fourth
            continue
        count = int(rest[0])
        lemmas = counts.setdefault(first, {})
        lemmas[second] = lemmas.get(second, 0) + count
        in_pos = of_pos.setdefault((first, third), {})
        in_pos[second] = in_pos.get(second, 0) + count
        if fourth != NO_FEATURES:
            by_features.setdefault((first, third, fourth), second)
    return LemmaTable(
        {word: _common(lemmas) for word, lemmas in counts.items()},
        {key: _common(lemmas)[0] for key, lemmas in of_pos.items()},
        by_features,
        endings,
    )


def _common(lemmas: Mapping[str, int]) -> tuple[str, ...]:
    """Give the lemmas by count, without those that are rare beside the commonest."""
    if len(lemmas) == 1:
        return tuple(lemmas)
    ranked = sorted(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
    return tuple(lemma for lemma in ranked if lemmas[lemma] * RARE > lemmas[ranked[0]])
