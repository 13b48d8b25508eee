"""What annotation gives: tokens, units, blocks and documents as plain, picklable values."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model import Block, Document


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a unit.

    Args:
        start: offset in the unit's text, ``end`` exclusive.
        lemma: the most likely dictionary form, in lower case but for names.
        pos: part of speech in the scheme of Universal Dependencies; "" where no trained pipeline is in use.
        morph: features as ``Definite=Def|Number=Sing``; "" where unknown.
        dep: relation to the head; "" where unknown.
        head: index of the head in the unit's tokens; the token's own where it has none or it is unknown.
    """

    text: str
    start: int
    end: int
    lower: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a block or of a table cell; a heading is one.

    Args:
        start: offset of the unit in its block's text.
        cell: index in the block's cells; None outside tables.
    """

    text: str
    start: int
    cell: int | None
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedBlock:
    """A block with its language and its units in order."""

    block: Block
    language: str | None
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its languages filled in, and one annotated block for each of its blocks."""

    document: Document
    blocks: tuple[AnnotatedBlock, ...]
