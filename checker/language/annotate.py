"""Annotates a document: languages, sentences, tokens, lemmas; parts of speech with a trained pipeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from checker.language.annotated import AnnotatedBlock, AnnotatedDocument, Token, Unit
from checker.language.detect import document_languages
from checker.language.pipelines import Pipelines
from checker.language.sentences import sentence_spans
from checker.model import Block, BlockKind, Document, Problem, ReadStatus

CELL_JOINER = " | "
LAST_NUMBER = re.compile(r"\s\S*\d\.$")
LONGEST_UNIT = 10_000
BATCH_UNITS = 128
COVERED = frozenset({"nb", "nn", "mul", None})
NAMED = frozenset({"en", "se"})
NORWEGIAN = frozenset({"nb", "nn", None})
TRAINED_COMPONENTS = ("tok2vec", "transformer", "morphologizer", "tagger", "parser")


@dataclass(frozen=True, slots=True)
class _Text:
    """A unit's text with the language of its block, and whether it is worth the trained network."""

    text: str
    language: str | None
    is_dear: bool


def annotate(
    document: Document, pipelines: Pipelines, *, matters: Callable[[Block], bool] | None = None
) -> AnnotatedDocument:
    """Give the document with its languages, and each block's sentences with their tokens.

    Args:
        matters: whether a block is worth the trained network; one that is not, or is in another language than
            Norwegian, has words, sentences and lemmas only. None for all blocks.
    """
    document = with_languages(document)
    blocks = document.blocks
    units = [list(_unit_spans(block)) for block in blocks]
    texts = [
        _Text(block.text[start:end], block.language, is_dear)
        for block, spans in zip(blocks, units, strict=True)
        for is_dear in (block.language in NORWEGIAN and (matters is None or matters(block)),)
        for start, end, _ in spans
    ]
    tokens = iter(_tokens_of(texts, pipelines))
    annotated = tuple(
        AnnotatedBlock(
            block,
            block.language,
            tuple(Unit(block.text[start:end], start, cell, next(tokens)) for start, end, cell in spans),
        )
        for block, spans in zip(blocks, units, strict=True)
    )
    return AnnotatedDocument(document, annotated)


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


def _tokens_of(texts: Sequence[_Text], pipelines: Pipelines) -> list[tuple[Token, ...]]:
    """Give the tokens of each text; the same text in the same language is worked on once."""
    done: dict[_Text, tuple[Token, ...]] = {}
    groups: dict[tuple[bool, bool], list[_Text]] = {}
    for text in dict.fromkeys(texts):
        groups.setdefault((text.language == "nn", text.is_dear), []).append(text)
    for (is_nynorsk, is_dear), group in groups.items():
        nlp = pipelines.of("nn" if is_nynorsk else "nb").nlp
        docs = [_tokenised(nlp, text) for text in group]
        left_out = [] if is_dear else [name for name in TRAINED_COMPONENTS if name in nlp.pipe_names]
        for text, doc in zip(group, nlp.pipe(docs, batch_size=BATCH_UNITS, disable=left_out), strict=True):
            done[text] = _plain_tokens(doc)
    return [done[text] for text in texts]


def _tokenised(nlp: Language, text: _Text) -> Doc:
    """Give the text's tokens; the full stop after a number that ends it is a token of its own."""
    if LAST_NUMBER.search(text.text):
        doc = nlp.make_doc(text.text[:-1])
        words = [token.text for token in doc] + [text.text[-1]]
        doc = Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc] + [False])
    else:
        doc = nlp.make_doc(text.text)
    doc._.written_form = text.language if text.language in {"nb", "nn"} else None
    return doc


def _plain_tokens(doc: Doc) -> tuple[Token, ...]:
    """Give a Doc's tokens as plain values, white space left out."""
    kept = [token for token in doc if not token.is_space]
    place = {token.i: number for number, token in enumerate(kept)}
    parsed = doc.has_annotation("DEP")
    return tuple(
        Token(
            token.text,
            token.idx,
            token.idx + len(token.text),
            token.lower_,
            token.lemma_,
            token.pos_,
            str(token.morph),
            token.dep_ if parsed else "",
            place.get(token.head.i, number) if parsed else number,
        )
        for number, token in enumerate(kept)
    )
