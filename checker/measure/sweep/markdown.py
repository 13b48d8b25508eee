"""The lines of a Markdown text, as far as the operators need to tell them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from checker.language.sentences import sentence_spans
from checker.measure.sweep.settings import Form

WORD = re.compile(r"[^\W\d_]+")
TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
LABEL = re.compile(r"\s*(?:\*\*)?([^\W\d_]+)(?:\*\*)?:")


@dataclass(frozen=True, slots=True)
class Task:
    """How a text is to be changed: the operator's kind and rate, what is left to chance, the written form."""

    form: Form
    kind: str = ""
    rate: float = 1.0
    chance: Random = field(default_factory=lambda: Random(0))


def is_heading(line: str) -> bool:
    """Whether a line is a heading."""
    return line.lstrip().startswith("#")


def is_row(line: str) -> bool:
    """Whether a line belongs to a table."""
    return "|" in line


def is_item(line: str) -> bool:
    """Whether a line is a list item."""
    return ITEM.match(line) is not None


def is_prose(line: str) -> bool:
    """Whether a line is part of a paragraph that is no field with a label."""
    return bool(line.strip()) and not (
        is_heading(line) or is_row(line) or is_item(line) or LABEL.match(line) is not None
    )


def cells_of(row: str) -> list[str]:
    """Give the cells of a table's row.

    Example:
        >>> cells_of("| Skolevandring | Rektor |")
        ['Skolevandring', 'Rektor']
    """
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


def row_of(cells: Sequence[str]) -> str:
    """Give the row of a table with ``cells``."""
    return f"| {' | '.join(cells)} |"


def sentences_of(line: str) -> list[str]:
    """Give the sentences of a line."""
    return [line[start:end].strip() for start, end in sentence_spans(line) if line[start:end].strip()]


def changed_prose(text: str, change: Callable[[str], str]) -> str:
    """Give ``text`` with each sentence of its paragraphs changed; lists, tables, headings and fields stay."""
    return "\n".join(
        " ".join(change(sentence) for sentence in sentences_of(line)) if is_prose(line) else line
        for line in text.split("\n")
    )


def changed_places(
    text: str, places: Sequence[tuple[int, int]], change: Callable[[str], str], task: Task
) -> str:
    """Give ``text`` with some of its places changed: the task's share of them, at least one."""
    if not places:
        return text
    count = max(1, round(task.rate * len(places)))
    for start, end in sorted(task.chance.sample(list(places), count), reverse=True):
        text = text[:start] + change(text[start:end]) + text[end:]
    return text


def with_capital(text: str) -> str:
    """Give ``text`` with a capital first letter, all others as they are."""
    return text[:1].upper() + text[1:]


def without_capital(text: str) -> str:
    """Give ``text`` with a small first letter, unless its first word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
