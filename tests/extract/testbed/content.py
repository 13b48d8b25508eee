"""What the plans of the test-bed say, and what a right reading of them gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FORMS = ("nb", "nn")
SOFT = "\u00ad"
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ])")
_LONG_WORD = re.compile(r"[^\W\d_]{9,}")
_VOWELS = "aeiouyæøå"


@cache
def content(form: str) -> dict[str, Any]:
    """Give the content in a written form."""
    text = (Path(__file__).parent / "content.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe").load(text)[form])


@dataclass
class Truth:
    """What a right reading gives.

    Args:
        sentences: key sentences in reading order.
        columns: key sentences of columns that are written line by line.
        words: long and hyphenated words that must be found whole.
        rows: rows of ruled tables, as pairs of column name and text; ``merged`` those with merged cells.
        unruled: rows of tables without lines, their texts alone.
        once: what must stand in exactly one block.
        never: what must not stand in any block that is plan text.
    """

    sentences: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    rows: list[tuple[tuple[str | None, str], ...]] = field(default_factory=list)
    merged: list[tuple[tuple[str | None, str], ...]] = field(default_factory=list)
    unruled: list[tuple[str, ...]] = field(default_factory=list)
    once: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def sentences_of(paragraph: str) -> list[str]:
    """Give the sentences of a paragraph."""
    return _SENTENCE.split(paragraph)


def hard_words(text: str) -> list[str]:
    """Give the words of a text that a line's end breaks easily: the long ones and those with a hyphen."""
    return [word for word in re.findall(r"[\w-]+", text) if len(word) >= 12 or "-" in word.strip("-")]


def softened(text: str) -> str:
    """Give a text with soft hyphens in its long words, so that a layout program may break them there."""

    def broken(match: re.Match[str]) -> str:
        word = match[0]
        places = [
            index
            for index in range(3, len(word) - 2)
            if word[index].lower() not in _VOWELS and word[index + 1].lower() in _VOWELS
        ]
        for index in reversed(places):
            word = word[:index] + SOFT + word[index:]
        return word

    return _LONG_WORD.sub(broken, text)
