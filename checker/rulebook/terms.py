"""The syntax of a term: how a rule author writes the words that stand for a concept.

* ``skolevandring`` – the word in all its inflections.
* ``være inne i`` – the words one after the other, each in all its inflections.
* ``besøke ... klasse`` – up to six other words may stand between.
* ``besøke|vitje`` – either word.
* ``klasse*``, ``*ledelse``, ``*miljø*`` – compounds that begin with, end with or hold the word.
* ``^*timen`` – a name with a capital that ends so (Granlitimen, Åsmark-timen).
* ``=MOT`` – exactly this form, capitals included.
* ``<number>`` – a number in figures (38, 8.–10., 1.4.).
* ``<date>`` – a date in figures, with its year (12.10.2026, 3/9-26).
* ``<rolle>`` – any mention of the concept ``rolle``.
* a word that stands as itself only, in no other inflection: ``'ingen``.

A word that is not in dictionary form stands for all inflections of its dictionary forms as well; among exclusions,
cues, column names and headings it stands for itself only ("ledet" is no "leder" there).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GAP = "..."
GAP_WORDS = 6
NUMBER = "<number>"
DATE = "<date>"


class SlotKind(StrEnum):
    """What a place in a term matches."""

    WORD = "word"
    STRICT = "strict"
    FORM = "form"
    EXACT = "exact"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    INFIX = "infix"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the alternatives in a place of a term."""

    kind: SlotKind
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a term: any of ``choices``, after at most ``gap`` other words."""

    choices: tuple[Choice, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it was written, and its places."""

    text: str
    slots: tuple[Slot, ...]


class TermSyntaxError(ValueError):
    """A term that can't be read; the message is the key of its explanation in the text catalogue."""


def parse_term(text: str, *, strict: bool = False) -> Term:
    """Give the places of a term.

    Example:
        >>> [slot.gap for slot in parse_term("besøke ... klasse*").slots]
        [0, 6]

    Args:
        strict: whether a word that is not in dictionary form stands for itself only.

    Raises:
        TermSyntaxError: the term is empty, begins or ends with a gap, or has a lone ``*`` or ``|``.
    """
    slots: list[Slot] = []
    gap = 0
    parts = text.split()
    if not parts:
        raise TermSyntaxError("rules.term.empty")
    if parts[0] == GAP or parts[-1] == GAP:
        raise TermSyntaxError("rules.term.gap_at_edge")
    for part in parts:
        if part == GAP:
            gap = GAP_WORDS
            continue
        slots.append(Slot(tuple(_parse_choice(choice, strict) for choice in part.split("|")), gap))
        gap = 0
    return Term(text, tuple(slots))


def _parse_choice(text: str, strict: bool) -> Choice:
    if not text or text in {"*", "**", "=", "'", "<>"}:
        raise TermSyntaxError("rules.term.empty_choice")
    if text == NUMBER:
        return Choice(SlotKind.NUMBER, "")
    if text == DATE:
        return Choice(SlotKind.DATE, "")
    if text == "#":
        raise TermSyntaxError("rules.term.hash")
    if text.startswith("<") and text.endswith(">"):
        return Choice(SlotKind.CONCEPT, text[1:-1])
    if text.startswith("="):
        return Choice(SlotKind.EXACT, text[1:])
    if text.startswith("'"):
        return Choice(SlotKind.FORM, text[1:].casefold())
    if text.startswith("^*") and len(text) > 2:
        return Choice(SlotKind.NAME, text[2:].casefold())
    stem = text.strip("*").casefold()
    if "*" in stem:
        raise TermSyntaxError("rules.term.star_inside")
    if text.startswith("*") and text.endswith("*"):
        return Choice(SlotKind.INFIX, stem)
    if text.startswith("*"):
        return Choice(SlotKind.SUFFIX, stem)
    if text.endswith("*"):
        return Choice(SlotKind.PREFIX, stem)
    return Choice(SlotKind.STRICT if strict else SlotKind.WORD, stem)
