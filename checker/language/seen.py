"""Remembers the tokens of units that were worked on before: the sentences of templates that schools share."""

from __future__ import annotations

from collections.abc import Hashable

from checker.language.annotated import Token

MOST_TOKENS = 150_000
"""In each of two generations; some 35 MB together."""


class SeenUnits:
    """The tokens of units by all that they depend on; what was not met for longest is forgotten.

    Args:
        most_tokens: so many tokens are kept at least, and twice as many at most.
    """

    def __init__(self, most_tokens: int = MOST_TOKENS) -> None:
        self._most = most_tokens
        self._count = 0
        self._young: dict[Hashable, tuple[Token, ...]] = {}
        self._old: dict[Hashable, tuple[Token, ...]] = {}

    def get(self, text: Hashable) -> tuple[Token, ...] | None:
        """Give the tokens of a unit that was met before."""
        found = self._young.get(text)
        if found is None and (found := self._old.get(text)) is not None:
            self.put(text, found)
        return found

    def put(self, text: Hashable, tokens: tuple[Token, ...]) -> None:
        """Remember a unit's tokens."""
        if self._count >= self._most:
            self._old, self._young, self._count = self._young, {}, 0
        self._young[text] = tokens
        self._count += len(tokens) + 1
