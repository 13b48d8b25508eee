"""Finds documents of two schools that hold nearly the same text (DOC-05, ruling 27)."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.model import Document

SHINGLE_WORDS = 5
SHARED_LEAST = 0.5
BOILERPLATE_SHARE = 0.5
FEWEST_SHINGLES = 40
FEWEST_SCHOOLS_FOR_BOILERPLATE = 4
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shingles:
    """The five-word runs of a document as numbers, and its longest shared-able sentences with their pages."""

    path: str
    school: str
    numbers: frozenset[int]
    sentences: tuple[tuple[str, int | None, frozenset[int]], ...]


def shingles_of(document: Document, school: str) -> Shingles:
    """Give the five-word runs of a document; text in guillemets (law quotations) is left out."""
    sentences = []
    numbers: set[int] = set()
    for block in document.blocks:
        text = re.sub(r"«[^»]{40,}»", " ", block.text)
        own = _numbers(text)
        numbers |= own
        if own:
            sentences.append((block.text, block.page, own))
    return Shingles(document.path, school, frozenset(numbers), tuple(sentences))


def _numbers(text: str) -> frozenset[int]:
    words = WORD.findall(text.casefold())
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def copies_among(documents: Sequence[Shingles]) -> Mapping[str, tuple[str, str | None, int | None]]:
    """Give, for each document that is a near copy of another school's, that other's path and a shared passage.

    At least half of the shorter text's runs stand in the other; runs shared by more than half of the schools are left
    out where there are at least four.
    """
    schools_of: dict[int, set[str]] = defaultdict(set)
    for document in documents:
        for number in document.numbers:
            schools_of[number].add(document.school)
    count = len({document.school for document in documents})
    common: frozenset[int] = frozenset()
    if count >= FEWEST_SCHOOLS_FOR_BOILERPLATE:
        common = frozenset(n for n, schools in schools_of.items() if len(schools) > BOILERPLATE_SHARE * count)
    own = {document.path: document.numbers - common for document in documents}
    holders: dict[int, list[int]] = defaultdict(list)
    for index, document in enumerate(documents):
        for number in own[document.path]:
            holders[number].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indices in holders.values():
        for place, first in enumerate(indices):
            for second in indices[place + 1 :]:
                shared[first, second] += 1
    copies: dict[str, tuple[str, str | None, int | None]] = {}
    for (first, second), number in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        one, other = documents[first], documents[second]
        shorter = min(len(own[one.path]), len(own[other.path]))
        if one.school == other.school or shorter < FEWEST_SHINGLES or number < SHARED_LEAST * shorter:
            continue
        for here, there in ((one, other), (other, one)):
            if here.path not in copies:
                copies[here.path] = (there.path, *_shared_passage(here, own[here.path] & own[there.path]))
    return copies


def _shared_passage(document: Shingles, shared: frozenset[int]) -> tuple[str | None, int | None]:
    for text, page, numbers in document.sentences:
        if len(numbers) >= SHINGLE_WORDS and numbers <= shared:
            first = re.split(r"(?<=[.!?])\s+", text)[0]
            return first[:400], page
    return None, None
