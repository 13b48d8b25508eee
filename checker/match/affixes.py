"""Looks words up by how they begin, end, or what stands in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Affixes:
    """The beginnings, ends or insides of words that terms ask for, by length."""

    numbers: dict[int, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, text: str, number: int) -> None:
        """Enter a choice."""
        self.numbers[len(text)].setdefault(text, []).append(number)

    def at_start(self, word: str) -> Iterator[int]:
        """Give the choices for words that begin as this one does."""
        for length, texts in self.numbers.items():
            yield from texts.get(word[:length], ())

    def at_end(self, word: str) -> Iterator[int]:
        """Give the choices for words that end as this one does."""
        for length, texts in self.numbers.items():
            if length <= len(word):
                yield from texts.get(word[len(word) - length :], ())

    def within(self, word: str) -> Iterator[int]:
        """Give the choices for words that hold what this one holds."""
        for length, texts in self.numbers.items():
            for start in range(len(word) - length + 1):
                yield from texts.get(word[start : start + length], ())
