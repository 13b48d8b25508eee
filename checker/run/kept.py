"""What is kept of a judged file beside its text: what was found, by which rules, and the words that it was found in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from checker.language import AnnotatedBlock, AnnotatedDocument, Token, Unit
from checker.match import Trace
from checker.model import Document
from checker.run.judged import JudgedDocument
from checker.store import Codec

NO_CELL = -1
TOKEN = 5
KIND = 5


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What was found in a file; ``rules`` and ``observed_by`` are keys of all that it was judged by."""

    rules: str
    observed_by: str
    judged: tuple[JudgedDocument, ...]


@dataclass(frozen=True, slots=True)
class KeptTraces:
    """Which concepts were found in each document of a file, by the rules with the key ``rules``."""

    rules: str
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class PackedWords:
    """An annotated document in few and plain values.

    Args:
        strings: each text that words, lemmas, parts of speech, features and relations are made of, once.
        kinds: of words that share text, lower case, lemma, part of speech and features: five strings each.
        units: for each block, for each unit: start, length, cell, then of each token start, length, kind, relation
            and head.
        parsed: numbers of the blocks that are parsed.
    """

    document: Document
    strings: tuple[str, ...]
    kinds: tuple[int, ...]
    units: tuple[tuple[tuple[int, ...], ...], ...]
    parsed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptWords:
    """The words of each document of a file."""

    documents: tuple[PackedWords, ...]


class Codecs:
    """How these values are written."""

    def __init__(self) -> None:
        self.file: Codec[KeptFile] = Codec(KeptFile)
        self.traces: Codec[KeptTraces] = Codec(KeptTraces)
        self.words: Codec[KeptWords] = Codec(KeptWords)


def packed(annotated: AnnotatedDocument, parsed: Collection[int]) -> PackedWords:
    """Give an annotated document in few and plain values.

    Args:
        parsed: numbers of its blocks that are parsed.
    """
    strings: dict[str, int] = {}
    kinds: dict[tuple[int, ...], int] = {}

    def string(text: str) -> int:
        return strings.setdefault(text, len(strings))

    def row(unit: Unit) -> Iterator[int]:
        yield from (unit.start, len(unit.text), NO_CELL if unit.cell is None else unit.cell)
        for token in unit.tokens:
            words = (token.text, token.lower, token.lemma, token.pos, token.morph)
            kind = kinds.setdefault(tuple([string(word) for word in words]), len(kinds))
            yield from (token.start, token.end - token.start, kind, string(token.dep), token.head)

    units = tuple([tuple([tuple(row(unit)) for unit in block.units]) for block in annotated.blocks])
    numbers = tuple([number for kind in kinds for number in kind])
    return PackedWords(annotated.document, tuple(strings), numbers, units, tuple(sorted(parsed)))


def unpacked(words: PackedWords) -> AnnotatedDocument:
    """Give the annotated document that was packed."""
    strings, numbers = words.strings, words.kinds
    kinds = [
        tuple([strings[number] for number in numbers[at : at + KIND]]) for at in range(0, len(numbers), KIND)
    ]
    blocks = [
        AnnotatedBlock(
            block, block.language, tuple([_unit(block.text, unit, strings, kinds) for unit in units])
        )
        for block, units in zip(words.document.blocks, words.units, strict=True)
    ]
    return AnnotatedDocument(words.document, tuple(blocks))


def _unit(text: str, unit: tuple[int, ...], strings: Sequence[str], kinds: Sequence[tuple[str, ...]]) -> Unit:
    start, length, cell = unit[:3]
    tokens = []
    for at in range(3, len(unit), TOKEN):
        begin, size, kind, dep, head = unit[at : at + TOKEN]
        word, lower, lemma, pos, morph = kinds[kind]
        tokens.append(Token(word, begin, begin + size, lower, lemma, pos, morph, strings[dep], head))
    return Unit(text[start : start + length], start, None if cell == NO_CELL else cell, tuple(tokens))
