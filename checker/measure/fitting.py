"""``python -m checker.measure.fitting``: no words of a rule are a corpus document's own.

A rule that holds because it quotes the document that it is measured on proves nothing. So no term, cue or example
may share five consecutive words with a document of the corpus. Law, titles of the directorate and set phrases of the
field are excepted; they stand in a data file with a reason each.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ruamel.yaml import YAML

from checker.extract import find_readers
from checker.measure.corpora import CorpusText, corpora_in, corpus_documents
from checker.measure.files import Entry
from checker.measure.quotes import folded_words
from checker.rulebook import Rulebook, Slot, Term, load_rules

WORDS = 5
ALLOWED_WORDS = 4
"""So many of five words make a sequence a set phrase where they stand in one."""

FITTED = 4

Sequence5 = tuple[str, ...]


class AllowedPhrase(Entry):
    """A phrase that belongs to nobody, with the reason."""

    phrase: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """Words that a rule shares with a document; ``document`` is empty for one that is kept apart."""

    place: str
    words: str
    document: str


def allowed_phrases() -> tuple[AllowedPhrase, ...]:
    """Give the phrases that may be shared."""
    text = (files("checker.measure") / "data" / "allowed_phrases.yaml").read_text(encoding="utf-8")
    return tuple(AllowedPhrase.model_validate(item) for item in YAML(typ="safe", pure=True).load(text))


def rule_wordings(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Give all that rules say in words of their own, with its place: terms, cues, exclusions, lines of examples."""
    for concept in rulebook.concepts.values():
        for term in (*concept.terms, *concept.exclude):
            for wording in _wordings_of(term):
                yield f"{concept.name}: {term.text}", wording
    for requirement in rulebook.requirements:
        for example in requirement.examples:
            place = f"{requirement.id}, {example.form}, {example.name}"
            for line in example.text.splitlines():
                for cell in line.split("|"):
                    yield place, cell


def _wordings_of(term: Term) -> Iterator[str]:
    """Give the runs of words of a term: it breaks where other words may stand, and each choice comes once."""
    runs: list[list[Slot]] = [[]]
    for slot in term.slots:
        if slot.gap:
            runs.append([])
        runs[-1].append(slot)
    for run in runs:
        for number in range(max(len(slot.choices) for slot in run)):
            yield " ".join(slot.choices[min(number, len(slot.choices) - 1)].text for slot in run)


def shared_with(
    wordings: Iterable[tuple[str, str]], documents: Iterable[CorpusText], allowed: Iterable[AllowedPhrase]
) -> tuple[Shared, ...]:
    """Give the runs of at least five words that rules share with documents, in order of place."""
    exempt = frozenset(
        part for phrase in allowed for part in _sequences(folded_words(phrase.phrase), ALLOWED_WORDS)
    )
    homes = _homes(documents)
    found: set[Shared] = set()
    for place, text in wordings:
        words = folded_words(text)
        for document, starts in _meetings(words, homes, exempt).items():
            found |= {Shared(place, run, document) for run in _runs(words, starts)}
    return tuple(sorted(found))


def _homes(documents: Iterable[CorpusText]) -> dict[Sequence5, set[str]]:
    """Give each sequence of five words with the documents that it stands in."""
    homes: dict[Sequence5, set[str]] = defaultdict(set)
    for text in documents:
        name = "" if text.is_apart else text.id
        for block in text.document.blocks:
            cells = (cell.text for cell in block.cells) if block.cells is not None else (block.text,)
            for cell in cells:
                for sequence in _sequences(folded_words(cell), WORDS):
                    homes[sequence].add(name)
    return homes


def _meetings(
    words: Sequence5, homes: Mapping[Sequence5, set[str]], exempt: frozenset[Sequence5]
) -> dict[str, list[int]]:
    """Give where the sequences begin that stand in a document and in no allowed phrase, by document."""
    meetings: dict[str, list[int]] = defaultdict(list)
    for start, sequence in enumerate(_sequences(words, WORDS)):
        if exempt.isdisjoint(_sequences(sequence, ALLOWED_WORDS)):
            for document in homes.get(sequence, ()):
                meetings[document].append(start)
    return meetings


def _runs(words: Sequence5, starts: Sequence[int]) -> Iterator[str]:
    """Give the longest runs of words that the sequences at ``starts`` make up."""
    first = last = starts[0]
    for start in [*starts[1:], len(words) + WORDS]:
        if start > last + 1:
            yield " ".join(words[first : last + WORDS])
            first = start
        last = start


def _sequences(words: Sequence5, count: int) -> list[Sequence5]:
    return [words[start : start + count] for start in range(len(words) - count + 1)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what rules share with corpus documents; exit status 4 where that is anything."""
    parser = argparse.ArgumentParser(prog="python -m checker.measure.fitting", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the corpora")
    asked = parser.parse_args(arguments)
    readers = find_readers(builtin_only=False)
    texts = [text for corpus in corpora_in(asked.corpus) for text in corpus_documents(corpus, readers)]
    wordings = list(rule_wordings(load_rules()))
    found = shared_with(wordings, texts, allowed_phrases())
    for shared in found:
        print(f"{shared.place}\n    «{shared.words}» ({shared.document or 'a document kept apart'})")
    print(f"{len(wordings)} wordings, {len(texts)} documents, {len(found)} shared")
    return FITTED if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
