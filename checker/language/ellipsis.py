"""Completes compounds that share their last part: "klasse- og læringsledelse" names klasseledelse too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from checker.language.annotated import Token
from checker.language.lemmas import is_known_word
from checker.language.words import word_lists

LEAST_FIRST_PART = 3
LEAST_LAST_PART = 4
FURTHEST = 6
"""So many tokens behind the first word the last one stands at most ("time-, klasse- og skoleledelse")."""


def shared_compounds(tokens: Sequence[Token]) -> Mapping[int, tuple[str, ...]]:
    """Give, for each word that ends in a hyphen and is joined to others, the compounds it may stand for.

    In lower case, longest shared part first; which of them are words at all is the caller's to judge.
    """
    found: dict[int, tuple[str, ...]] = {}
    for number, token in enumerate(tokens):
        first = token.lower[:-1]
        if token.lower[-1:] in _hyphens() and len(first) >= LEAST_FIRST_PART and first.isalpha():
            last = _joined(tokens, number)
            if last is not None:
                found[number] = tuple(first + part for part in _last_parts(last))
    return found


def _joined(tokens: Sequence[Token], number: int) -> str | None:
    """Give the word that a word with a hyphen is joined to, None where there is none."""
    was_joined = False
    for token in tokens[number + 1 : number + 1 + FURTHEST]:
        if token.lower in word_lists("ellipsis")["joiners"]:
            was_joined = True
        elif token.lower[-1:] not in _hyphens():
            return token.lower if was_joined and token.lower.isalpha() else None
    return None


def _last_parts(word: str) -> list[str]:
    whole = max(
        (len(w) for w in word_lists("ellipsis")["not_parted"] if word.endswith(w)), default=LEAST_LAST_PART
    )
    cuts = range(LEAST_FIRST_PART, len(word) - whole + 1)
    parts = [word[cut:] for cut in cuts if is_known_word(word[cut:])]
    return [part for part in parts if part not in word_lists("lemmas")["never_last_part"]]


@cache
def _hyphens() -> frozenset[str]:
    return frozenset(word_lists("ellipsis")["hyphens"])
