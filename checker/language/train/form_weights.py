"""Learns how much a word, or a piece of a word, speaks for bokmål or nynorsk."""

from __future__ import annotations

import lzma
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checker.language.forms import WORD, pieces_of
from checker.language.train.lemma_table import LEFT_OUT
from checker.language.train.treebank import Sentence

MIN_WORD_COUNT = 3
MIN_PIECE_COUNT = 8
MIN_WEIGHT = 0.4
MIN_WORD_WEIGHT = 0.7
PER_MILLION = 1_000_000
WORD_SMOOTHING = 5.0
PIECE_SMOOTHING = 1.5
MOST_PER_WORD = 5
"""A word counts at most this often for its pieces, so that they tell of all words, not of a few."""


def write_form_weights(sentences: Mapping[str, Iterable[Sentence]], path: Path) -> None:
    """Write the weights of words and pieces: above zero for bokmål, below for nynorsk."""
    counts = {form: _word_counts(of_form) for form, of_form in sentences.items()}
    lines = [*_word_lines(counts["nb"], counts["nn"]), *_piece_lines(counts["nb"], counts["nn"])]
    path.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


def _word_counts(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(
        word.lower()
        for sentence in sentences
        for word, pos in zip(sentence.words, sentence.pos, strict=True)
        if pos not in LEFT_OUT and WORD.fullmatch(word)
    )


def _word_lines(nb: Counter[str], nn: Counter[str]) -> Iterator[str]:
    nb_scale, nn_scale = PER_MILLION / nb.total(), PER_MILLION / nn.total()
    for word in sorted(nb.keys() | nn.keys()):
        if nb[word] + nn[word] >= MIN_WORD_COUNT:
            odds = (nb[word] * nb_scale + WORD_SMOOTHING) / (nn[word] * nn_scale + WORD_SMOOTHING)
            weight = math.log(odds)
            yield f"w\t{word}\t{weight if abs(weight) >= MIN_WORD_WEIGHT else 0:.1f}"


def _piece_lines(nb: Counter[str], nn: Counter[str]) -> Iterator[str]:
    nb_pieces, nn_pieces = _piece_counts(nb), _piece_counts(nn)
    nb_words = sum(min(count, MOST_PER_WORD) for count in nb.values())
    nn_words = sum(min(count, MOST_PER_WORD) for count in nn.values())
    for piece in sorted(nb_pieces.keys() | nn_pieces.keys()):
        if nb_pieces[piece] + nn_pieces[piece] < MIN_PIECE_COUNT:
            continue
        nb_share = (nb_pieces[piece] + PIECE_SMOOTHING) / nb_words
        nn_share = (nn_pieces[piece] + PIECE_SMOOTHING) / nn_words
        weight = math.log(nb_share / nn_share)
        if abs(weight) >= MIN_WEIGHT:
            yield f"p\t{piece}\t{weight:.1f}"


def _piece_counts(words: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for piece in dict.fromkeys(pieces_of(word)):
            counts[piece] += min(count, MOST_PER_WORD)
    return counts
