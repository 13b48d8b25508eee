"""Makes the table of dictionary forms: words with lemmas, and endings by part of speech and features."""

from __future__ import annotations

import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.language.table import LONGEST_ENDING, NO_FEATURES
from checker.language.train.treebank import Sentence
from checker.language.words import word_lists

LEFT_OUT = frozenset({"PROPN", "X", "PUNCT", "SYM"})
MIN_ENDING_COUNT = 2
MIN_STEM = 2

Seen = Counter[tuple[str, str, str, str]]


def write_lemma_table(sentences: Iterable[Sentence], form: str, path: Path) -> None:
    """Write the table of the sentences' words, without names, foreign words and numbers."""
    corrections = word_lists("lemmas")["treebank_corrections"].get(form, {})
    seen: Seen = Counter()
    for (word, pos, features, lemma), count in counted(sentences).items():
        seen[word, pos, features, corrections.get(f"{word} {pos}", lemma)] += count
    lines = [*_word_lines(seen), *_ending_lines(seen)]
    path.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


def counted(sentences: Iterable[Sentence]) -> Seen:
    """Count word, part of speech, features and lemma together."""
    seen: Seen = Counter()
    for sentence in sentences:
        for word, pos, features, lemma in zip(
            sentence.words, sentence.pos, sentence.features, sentence.lemmas, strict=True
        ):
            if pos not in LEFT_OUT and not any(letter.isdigit() for letter in word):
                seen[word.lower(), pos, features.removeprefix("_"), lemma.lower()] += 1
    return seen


def _word_lines(seen: Seen) -> Iterator[str]:
    """Give a line for each word, lemma and part of speech; with features where these tell lemmas apart."""
    of_word: dict[tuple[str, str], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (word, pos, features, lemma), count in seen.items():
        of_word[word, pos][features][lemma] += count
    for (word, pos), by_features in sorted(of_word.items()):
        total: Counter[str] = Counter()
        for lemmas in by_features.values():
            total.update(lemmas)
        best = _commonest(total)
        telling = {f: _commonest(lemmas) for f, lemmas in by_features.items() if _commonest(lemmas) != best}
        for features, lemma in sorted(telling.items()):
            yield "\t".join(("w", word, lemma, pos, features, str(by_features[features][lemma])))
            total[lemma] -= by_features[features][lemma]
        for lemma, count in sorted(total.items()):
            if count > 0:
                yield "\t".join(("w", word, lemma, pos, NO_FEATURES, str(count)))


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda entry: (-counts[entry], entry))


def _ending_lines(seen: Seen) -> Iterator[str]:
    """Give the commonest replacement of each ending; one that a shorter ending implies is left out."""
    replaced: dict[tuple[str, str], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for word, pos, features, lemma in seen:
        common = _common_start(word, lemma)
        for length in range(LONGEST_ENDING + 1):
            stem = len(word) - length
            if MIN_STEM <= stem <= common:
                replaced[pos, features][word[stem:]][lemma[stem:]] += 1
    for (pos, features), endings in sorted(replaced.items()):
        kept: dict[str, str] = {}
        for ending in sorted(endings, key=lambda entry: (len(entry), entry)):
            replacement = _commonest(endings[ending])
            if endings[ending][replacement] < MIN_ENDING_COUNT or _implied(ending, kept) == replacement:
                continue
            kept[ending] = replacement
            yield "\t".join(("e", pos, features, ending, replacement))


def _implied(ending: str, kept: dict[str, str]) -> str | None:
    """Give what the longest shorter ending would put in this one's place."""
    for cut in range(1, len(ending) + 1):
        shorter = kept.get(ending[cut:])
        if shorter is not None:
            return ending[:cut] + shorter
    return None


def _common_start(word: str, lemma: str) -> int:
    length = 0
    while length < min(len(word), len(lemma)) and word[length] == lemma[length]:
        length += 1
    return length
