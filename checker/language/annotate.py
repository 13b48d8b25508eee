"""Annotates a document: languages, sentences, tokens, lemmas; parts of speech with a trained pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from checker.language.annotated import AnnotatedBlock, AnnotatedDocument, Token, Unit
from checker.language.detect import document_languages
from checker.language.pipelines import Pipelines
from checker.language.sentences import sentence_spans
from checker.model import Block, BlockKind, Document, Problem, ReadStatus

CELL_JOINER = " | "
LAST_NUMBER = re.compile(r"\s\S*\d\.$")
COVERED = frozenset({"nb", "nn", "mul", None})
NAMED = frozenset({"en", "se"})


def annotate(document: Document, pipelines: Pipelines) -> AnnotatedDocument:
    """Give the document with languages, and each block's sentences or cells with their tokens.

    A document mostly in a language that the rules do not cover becomes ``partly_read``, problem ``language``.
    """
    language, block_languages = document_languages(document.blocks)
    blocks = tuple(
        replace(block, language=own) for block, own in zip(document.blocks, block_languages, strict=True)
    )
    document = _with_language(replace(document, blocks=blocks), language)
    units = [list(_unit_spans(block)) for block in blocks]
    texts = [
        (block.text[start:end], block.language)
        for block, spans in zip(blocks, units, strict=True)
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


def _with_language(document: Document, language: str | None) -> Document:
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
        if block.kind is BlockKind.HEADING:
            yield from _stripped(block.text)
            return
        for start, end in sentence_spans(block.text):
            yield start, end, None
        return
    at = 0
    for number, cell in enumerate(block.cells):
        text = cell.text.strip()
        if text:
            first = block.text.index(text, at)
            for start, end in sentence_spans(text):
                yield first + start, first + end, number
        at += len(cell.text) + len(CELL_JOINER)


def _stripped(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Give the text without white space around it as one unit, none where it is empty."""
    stripped = text.strip()
    if stripped:
        start = text.index(stripped)
        yield start, start + len(stripped), None


def _tokens_of(texts: Sequence[tuple[str, str | None]], pipelines: Pipelines) -> list[tuple[Token, ...]]:
    """Give the tokens of each text; the same text in the same language is worked on once."""
    distinct = list(dict.fromkeys(texts))
    done: dict[tuple[str, str | None], tuple[Token, ...]] = {}
    for form in ("nb", "nn"):
        nlp = pipelines.of(form).nlp
        wanted = [key for key in distinct if ("nn" if key[1] == "nn" else "nb") == form]
        docs = []
        for text, language in wanted:
            doc = _tokenised(nlp, text)
            doc._.written_form = language if language in {"nb", "nn"} else None
            docs.append(doc)
        for key, doc in zip(wanted, nlp.pipe(docs), strict=True):
            done[key] = _plain_tokens(doc)
    return [done[key] for key in texts]


def _tokenised(nlp: Language, text: str) -> Doc:
    """Give the text's tokens; the full stop after a number that ends it is a token of its own."""
    if not LAST_NUMBER.search(text):
        return nlp.make_doc(text)
    doc = nlp.make_doc(text[:-1])
    words = [token.text for token in doc] + [text[-1]]
    return Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc] + [False])


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
