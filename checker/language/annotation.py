"""Annotates a document: languages, sentences, tokens, lemmas; parts of speech with a trained pipeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

import numpy as np
from spacy.attrs import IDX, IS_SPACE, LEMMA, MORPH, ORTH, POS, SENT_START
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from checker.language.annotated import AnnotatedBlock, AnnotatedDocument, Token, Unit
from checker.language.detect import document_languages
from checker.language.pipelines import Pipelines
from checker.language.seen import SeenUnits
from checker.language.sentences import sentence_spans
from checker.model import Block, BlockKind, Document, Problem, ReadStatus

CELL_JOINER = " | "
LAST_NUMBER = re.compile(r"\s\S*\d\.$")
LONGEST_UNIT = 10_000
BATCH_UNITS = 256
COVERED = frozenset({"nb", "nn", "mul", None})
NAMED = frozenset({"da", "en", "se", "sma", "smj", "sv"})
NORWEGIAN = frozenset({"nb", "nn", None})


class Depth(IntEnum):
    """How much of a text is worked out, from cheap to dear; each holds what stands before it."""

    WORDS = 0
    """Words and their likeliest lemmas."""
    TAGGED = 1
    """Also parts of speech and features, and lemmas that agree with them."""
    PARSED = 2
    """Also heads and relations."""


LEFT_OUT = {
    Depth.WORDS: ("tok2vec", "transformer", "morphologizer", "tagger", "parser"),
    Depth.TAGGED: ("parser",),
    Depth.PARSED: (),
}
"""The trained components that are not run."""

GIVEN = ("skolesjekk_form", "skolesjekk_sentences")
"""Components that are not run, as form and sentences are known."""

COLUMNS = (ORTH, LEMMA, POS, MORPH, IS_SPACE, IDX)
_Type = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A unit's text with the language of its block, and how deeply it is worked on."""

    text: str
    language: str | None
    depth: Depth


def annotate(
    document: Document,
    pipelines: Pipelines,
    *,
    matters: Callable[[Block], bool] | None = None,
    depth: Depth = Depth.PARSED,
    seen: SeenUnits | None = None,
) -> AnnotatedDocument:
    """Give the document with its languages, and each block's sentences with their tokens.

    Args:
        matters: whether a block is worth ``depth``; one that is not, or is in another language than
            Norwegian, has words, sentences and lemmas only. None for all blocks.
        depth: how deeply a block that matters is worked on.
        seen: the units of earlier documents, each worked on once; added to.
    """
    document = with_languages(document)
    depths = [depth if matters is None or matters(block) else Depth.WORDS for block in document.blocks]
    return AnnotatedDocument(document, _annotated(document.blocks, depths, pipelines, seen))


def deepened(
    annotated: AnnotatedDocument,
    pipelines: Pipelines,
    depth: Callable[[AnnotatedBlock], Depth],
    *,
    seen: SeenUnits | None = None,
) -> AnnotatedDocument:
    """Give the annotated document with the blocks that are worth it worked on as deeply as they are.

    For documents annotated at ``Depth.WORDS``: the words tell which blocks are worth more. A block comes out as
    if ``annotate`` had given it that depth; one whose depth is ``Depth.WORDS`` stays as it is.
    """
    depths = [depth(block) for block in annotated.blocks]
    chosen = [number for number, own in enumerate(depths) if own > Depth.WORDS]
    blocks = [annotated.document.blocks[number] for number in chosen]
    deep = dict(
        zip(chosen, _annotated(blocks, [depths[number] for number in chosen], pipelines, seen), strict=True)
    )
    return replace(
        annotated, blocks=tuple(deep.get(number, block) for number, block in enumerate(annotated.blocks))
    )


def _annotated(
    blocks: Sequence[Block], depths: Sequence[Depth], pipelines: Pipelines, seen: SeenUnits | None
) -> tuple[AnnotatedBlock, ...]:
    """Give the blocks, whose languages are known, with their units."""
    units = [list(_unit_spans(block)) for block in blocks]
    texts = [
        _Text(block.text[start:end], block.language, depth if block.language in NORWEGIAN else Depth.WORDS)
        for block, spans, depth in zip(blocks, units, depths, strict=True)
        for start, end, _ in spans
    ]
    tokens = iter(_tokens_of(texts, pipelines, seen))
    return tuple(
        AnnotatedBlock(
            block,
            block.language,
            tuple(Unit(block.text[start:end], start, cell, next(tokens)) for start, end, cell in spans),
        )
        for block, spans in zip(blocks, units, strict=True)
    )


def with_languages(document: Document) -> Document:
    """Give the document with its own language and each block's filled in; needs no pipeline.

    A document mostly in a language that the rules do not cover becomes ``partly_read``, problem ``language``.
    """
    language, of_blocks = document_languages(document.blocks)
    blocks = tuple(
        replace(block, language=own) for block, own in zip(document.blocks, of_blocks, strict=True)
    )
    document = replace(document, blocks=blocks)
    if language in COVERED or document.status is not ReadStatus.READ:
        return replace(document, language=language)
    key = language if language in NAMED else "other"
    return replace(
        document,
        language=language,
        status=ReadStatus.PARTLY_READ,
        problem=Problem.LANGUAGE,
        message=f"language.not_covered.{key}",
    )


def _unit_spans(block: Block) -> Iterator[tuple[int, int, int | None]]:
    """Give start, end and cell of each unit of a block; empty cells have none."""
    if block.cells is None:
        is_heading = block.kind is BlockKind.HEADING
        for start, end in _stripped(block.text) if is_heading else sentence_spans(block.text):
            yield from _cut(start, end, None)
        return
    at = 0
    for number, cell in enumerate(block.cells):
        text = cell.text.strip()
        if text:
            first = block.text.index(text, at)
            for start, end in sentence_spans(text):
                yield from _cut(first + start, first + end, number)
        at += len(cell.text) + len(CELL_JOINER)


def _stripped(text: str) -> Iterator[tuple[int, int]]:
    """Give the text without white space around it as one unit, none where it is empty."""
    stripped = text.strip()
    if stripped:
        start = text.index(stripped)
        yield start, start + len(stripped)


def _cut(start: int, end: int, cell: int | None) -> Iterator[tuple[int, int, int | None]]:
    """Give the unit, in pieces where it is too long to be a sentence."""
    for begin in range(start, end, LONGEST_UNIT):
        yield begin, min(begin + LONGEST_UNIT, end), cell


def _tokens_of(
    texts: Sequence[_Text], pipelines: Pipelines, seen: SeenUnits | None
) -> list[tuple[Token, ...]]:
    """Give the tokens of each text; the same text in the same language is worked on once.

    Texts of like length go through the network together.
    """
    done: dict[_Text, tuple[Token, ...]] = {}
    known: dict[tuple[int, ...], _Type] = {}
    groups: dict[tuple[bool, Depth], list[_Text]] = {}
    for text in dict.fromkeys(texts):
        before = seen.get(text) if seen is not None else None
        if before is not None:
            done[text] = before
            continue
        groups.setdefault((text.language == "nn", text.depth), []).append(text)
    for (is_nynorsk, depth), group in groups.items():
        nlp = pipelines.of("nn" if is_nynorsk else "nb").nlp
        group.sort(key=lambda text: len(text.text))
        docs = (_tokenised(nlp, text) for text in group)
        left_out = [name for name in (*GIVEN, *LEFT_OUT[depth]) if name in nlp.pipe_names]
        has_heads = depth is Depth.PARSED and "parser" in nlp.pipe_names
        with _threads().limit(limits=1, user_api="blas"):
            for text, doc in zip(
                group, nlp.pipe(docs, batch_size=BATCH_UNITS, disable=left_out), strict=True
            ):
                done[text] = _plain_tokens(doc, known, has_heads=has_heads)
                if seen is not None:
                    seen.put(text, done[text])
    return [done[text] for text in texts]


@cache
def _threads() -> ThreadpoolController:
    """Give what keeps numpy to one thread: documents are shared out among processes, not products among threads."""
    return ThreadpoolController()


def _tokenised(nlp: Language, text: _Text) -> Doc:
    """Give the text's tokens; the full stop after a number that ends it is a token of its own."""
    if LAST_NUMBER.search(text.text):
        doc = nlp.make_doc(text.text[:-1])
        words = [token.text for token in doc] + [text.text[-1]]
        doc = Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc] + [False])
    else:
        doc = nlp.make_doc(text.text)
    doc._.written_form = text.language if text.language in {"nb", "nn"} else None
    if text.depth is Depth.PARSED:
        _as_one_sentence(doc)
    return doc


def _as_one_sentence(doc: Doc) -> None:
    """Mark that no sentence begins within the text, which a parser keeps to."""
    starts = np.full((len(doc), 1), -1, dtype="int64")
    starts[:1] = 1
    doc.from_array([SENT_START], starts.astype("uint64"))


def _plain_tokens(doc: Doc, known: dict[tuple[int, ...], _Type], *, has_heads: bool) -> tuple[Token, ...]:
    """Give a Doc's tokens as plain values, white space left out.

    Args:
        known: what tokens of the same word, lemma, part of speech and features share; added to.
    """
    rows = doc.to_array(COLUMNS).tolist()
    kept = [number for number, row in enumerate(rows) if not row[-2]]
    place = {number: at for at, number in enumerate(kept)}
    links = _links(doc) if has_heads else None
    tokens = []
    for at, number in enumerate(kept):
        word, lemma_key, pos_key, features, _, start = rows[number]
        key = (word, lemma_key, pos_key, features)
        shared = known.get(key)
        if shared is None:
            shared = known[key] = _type_of(key, doc.vocab.strings)
        text, lower, lemma, pos, morph = shared
        head, dep = (at, "") if links is None else (place.get(links[number][0], at), links[number][1])
        tokens.append(Token(text, start, start + len(text), lower, lemma, pos, morph, dep, head))
    return tuple(tokens)


def _type_of(key: tuple[int, ...], strings: StringStore) -> _Type:
    """Give text, lower case, lemma, part of speech and features of a kind of token."""
    text, lemma, pos, morph = (strings[value] for value in key)
    return text, text.lower(), lemma, pos, morph.removeprefix("_")


def _links(doc: Doc) -> list[tuple[int, str]]:
    """Give each token's head, as an index in the Doc, and its relation to it."""
    return [(token.head.i, token.dep_) for token in doc]
