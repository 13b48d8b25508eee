"""Measures a pipeline on the UD test sentences of both written forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import harmonic_mean

from spacy.language import Language
from spacy.tokens import Doc

from checker.language.forms import WORD, form_of
from checker.language.sentences import sentence_spans
from checker.language.train.treebank import Sentence, Treebank

CONTENT = frozenset({"ADJ", "ADV", "NOUN", "VERB"})
UNSCORED_LEMMAS = frozenset({"PUNCT", "SYM"})
BLOCK_LENGTHS = (("12 words or more", 12, 10_000), ("6-11 words", 6, 11), ("under 6 words", 1, 5))


ORDER = (
    "UPOS",
    "features",
    "head (UAS)",
    "head and relation (LAS)",
    "lemma",
    "lemma, content words",
    "tokens, F",
    "sentences, F",
    *(f"written form, {name}" for name, _, _ in BLOCK_LENGTHS),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one written form: shares from 0 to 1, and how many were scored, by name."""

    shares: Mapping[str, float]
    counts: Mapping[str, int]


def measure(nlp: Language, treebanks: Mapping[str, Treebank]) -> dict[str, Figures]:
    """Give the figures on the test part of each written form."""
    return {form: _figures(nlp, form, treebank.test) for form, treebank in sorted(treebanks.items())}


def table_of(figures: Mapping[str, Figures]) -> str:
    """Give the figures as a Markdown table, in per cent."""
    forms = list(figures)
    names = sorted({name for of_form in figures.values() for name in of_form.shares}, key=ORDER.index)
    lines = ["| | " + " | ".join(f"{form} | n" for form in forms) + " |", "|---" * (2 * len(forms) + 1) + "|"]
    for name in names:
        cells = [f"{100 * figures[form].shares[name]:.1f} | {figures[form].counts[name]}" for form in forms]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _figures(nlp: Language, form: str, sentences: Sequence[Sentence]) -> Figures:
    hits: dict[str, list[bool]] = {}
    docs = list(nlp.pipe(_docs(nlp, form, sentences)))
    for doc, sentence in zip(docs, sentences, strict=True):
        for name, hit in (*_word_hits(doc, sentence), *_form_hits(form, sentence)):
            hits.setdefault(name, []).append(hit)
    shares = {name: sum(of_name) / len(of_name) for name, of_name in hits.items()}
    counts = {name: len(of_name) for name, of_name in hits.items()}
    for name, share in (
        ("tokens, F", _token_f(nlp, sentences)),
        ("sentences, F", _sentence_f(sentences)),
    ):
        shares[name], counts[name] = share, len(sentences)
    return Figures(shares, counts)


def _docs(nlp: Language, form: str, sentences: Sequence[Sentence]) -> Iterator[Doc]:
    """Give each test sentence as a document of its own, in the treebank's words."""
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=list(sentence.words), spaces=list(sentence.spaces))
        doc._.written_form = form
        for token in doc:
            token.is_sent_start = token.i == 0
        yield doc


def _word_hits(doc: Doc, sentence: Sentence) -> Iterator[tuple[str, bool]]:
    for number, token in enumerate(doc):
        pos = sentence.pos[number]
        yield "UPOS", token.pos_ == pos
        yield "features", str(token.morph) == sentence.features[number].removeprefix("_")
        if pos != "PUNCT":
            head = token.head.i == sentence.heads[number]
            yield "head (UAS)", head
            yield "head and relation (LAS)", head and token.dep_ == sentence.deps[number]
        if pos not in UNSCORED_LEMMAS:
            lemma = token.lemma_.lower() == sentence.lemmas[number].lower()
            yield "lemma", lemma
            if pos in CONTENT:
                yield "lemma, content words", lemma


def _form_hits(form: str, sentence: Sentence) -> Iterator[tuple[str, bool]]:
    words = len(WORD.findall(sentence.text))
    for name, least, most in BLOCK_LENGTHS:
        if least <= words <= most:
            yield f"written form, {name}", form_of(sentence.text) == form


def _token_f(nlp: Language, sentences: Sequence[Sentence]) -> float:
    """Give F of the tokeniser's token spans on the sentences' texts."""
    right = found = wanted = 0
    for sentence in sentences:
        gold, at = set(), 0
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            gold.add((at, at + len(word)))
            at += len(word) + space
        own = {
            (token.idx, token.idx + len(token)) for token in nlp.make_doc(sentence.text) if not token.is_space
        }
        right, found, wanted = right + len(gold & own), found + len(own), wanted + len(gold)
    return harmonic_mean((right / found, right / wanted))


def _sentence_f(sentences: Sequence[Sentence]) -> float:
    """Give F of sentence spans in running text; headings and the like end where the treebank marks it."""
    right = found = wanted = 0
    for block in _blocks(sentences):
        gold, at = set(), 0
        for text in block:
            gold.add((at, at + len(text)))
            at += len(text) + 1
        own = set(sentence_spans(" ".join(block)))
        right, found, wanted = right + len(gold & own), found + len(own), wanted + len(gold)
    return harmonic_mean((right / found, right / wanted))


def _blocks(sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    block: list[str] = []
    for sentence in sentences:
        block.append(sentence.text)
        if sentence.ends_block:
            yield block
            block = []
    if block:
        yield block
