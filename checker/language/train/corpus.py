"""Turns treebank sentences into spaCy examples.

Most examples are single sentences, as the pipeline meets them in use. Some lose their full stop or first
capital, as in headings and list items, which the treebank lacks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from checker.language.train.treebank import Sentence, Treebank, read_treebank

MONITOR_EVERY = 10
"""Every tenth dev sentence watches the training; the others are trained on."""

SEED = 20
SHARE_GROUPED = 0.2
SHARE_WITHOUT_STOP = 0.12
SHARE_WITHOUT_CAPITAL = 0.08
MAX_GROUP = 3


def doc_of(sentences: Sequence[Sentence], vocab: Vocab) -> Doc:
    """Give the sentences as one annotated document."""
    words: list[str] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        heads.extend(len(words) + head for head in sentence.heads)
        starts.extend(number == 0 for number in range(len(sentence.words)))
        words.extend(sentence.words)
    return Doc(
        vocab,
        words=words,
        spaces=[space for sentence in sentences for space in _spaces(sentence)],
        lemmas=[lemma for sentence in sentences for lemma in sentence.lemmas],
        pos=[pos for sentence in sentences for pos in sentence.pos],
        morphs=[own.removeprefix("_") for sentence in sentences for own in sentence.features],
        heads=heads,
        deps=[dep for sentence in sentences for dep in sentence.deps],
        sent_starts=starts,
    )


def example_of(sentences: Sequence[Sentence], vocab: Vocab) -> Example:
    """Give the sentences as an example: words to predict on, and the annotation to reach."""
    reference = doc_of(sentences, vocab)
    predicted = Doc(
        vocab, words=[token.text for token in reference], spaces=[bool(t.whitespace_) for t in reference]
    )
    return Example(predicted, reference)


def training_sentences(treebank: Treebank) -> list[Sentence]:
    """Give what is trained on: the train part, and dev but for what watches the training."""
    return [*treebank.train, *(s for n, s in enumerate(treebank.dev) if n % MONITOR_EVERY)]


def monitoring_sentences(treebank: Treebank) -> list[Sentence]:
    """Give the dev sentences that watch the training."""
    return list(treebank.dev[::MONITOR_EVERY])


def varied(sentences: Iterable[Sentence], chance: random.Random) -> Iterator[tuple[Sentence, ...]]:
    """Give the sentences in groups, some without full stop or first capital."""
    group: list[Sentence] = []
    wanted = 1
    for sentence in sentences:
        group.append(_varied(sentence, chance))
        if len(group) >= wanted:
            yield tuple(group)
            group = []
            wanted = chance.randint(2, MAX_GROUP) if chance.random() < SHARE_GROUPED else 1
    if group:
        yield tuple(group)


def make_training_reader(folder: str, limit: int) -> Callable[[Language], Iterator[Example]]:
    """Make the reader of the training examples; ``limit`` sentences a form, 0 for all."""

    def read(nlp: Language) -> Iterator[Example]:
        chance = random.Random(SEED)
        for _, treebank in sorted(read_treebank(Path(folder)).items()):
            sentences = training_sentences(treebank)[: limit or None]
            for group in varied(sentences, chance):
                yield example_of(group, nlp.vocab)

    return read


def make_monitoring_reader(folder: str, limit: int) -> Callable[[Language], Iterator[Example]]:
    """Make the reader of the examples that watch the training; ``limit`` sentences a form, 0 for all."""

    def read(nlp: Language) -> Iterator[Example]:
        for _, treebank in sorted(read_treebank(Path(folder)).items()):
            for sentence in monitoring_sentences(treebank)[: limit or None]:
                yield example_of((sentence,), nlp.vocab)

    return read


def _spaces(sentence: Sentence) -> tuple[bool, ...]:
    """Give where a space follows; always after the last word."""
    return (*sentence.spaces[:-1], True)


def _varied(sentence: Sentence, chance: random.Random) -> Sentence:
    if chance.random() < SHARE_WITHOUT_STOP and _can_lose_stop(sentence):
        sentence = _without_last(sentence)
    if chance.random() < SHARE_WITHOUT_CAPITAL and sentence.pos[0] != "PROPN":
        first = sentence.words[0]
        sentence = replace(sentence, words=(first[:1].lower() + first[1:], *sentence.words[1:]))
    return sentence


def _can_lose_stop(sentence: Sentence) -> bool:
    last = len(sentence.words) - 1
    return last > 0 and sentence.words[last] == "." and last not in sentence.heads[:last]


def _without_last(sentence: Sentence) -> Sentence:
    return Sentence(
        sentence.words[:-1],
        sentence.spaces[:-1],
        sentence.lemmas[:-1],
        sentence.pos[:-1],
        sentence.features[:-1],
        sentence.heads[:-1],
        sentence.deps[:-1],
    )


spacy.registry.readers("skolesjekk.TrainingSentences.v1", func=make_training_reader)
spacy.registry.readers("skolesjekk.MonitoringSentences.v1", func=make_monitoring_reader)
