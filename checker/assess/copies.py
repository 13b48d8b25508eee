"""Finds documents of two schools that hold nearly the same text (DOC-05, ruling 27).

Each document is kept as packed numbers and packed text, some 25 kB for ten pages, so that those of thousands fit in
memory at once. Which pairs may be copies is told by a sample of the shorter text's runs; each such pair is then counted
in full.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.model import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE_WORDS = 5
SHARED_LEAST = 0.5
BOILERPLATE_SHARE = 0.5
FEWEST_SHINGLES = 40
FEWEST_SCHOOLS_FOR_BOILERPLATE = 4
WORD = re.compile(r"\w+")

SAMPLED = 400
"""So many runs of a text are looked up in the others; a shorter text's are all."""

SAMPLE_LEAST = 0.35
"""Share of the sample that makes a pair worth counting: six standard deviations below ``SHARED_LEAST``."""

SPREADER = 2654435761
"""Knuth's multiplier: it spreads numbers so that the smallest products are a sample that two texts share."""


@dataclass(frozen=True, slots=True)
class Shingles:
    """The five-word runs of a document as numbers, and its blocks with their pages, both packed.

    Args:
        numbers: the runs of each block in turn, as 32-bit numbers in base 64.
        blocks: text, page and number of runs of each block, as JSON, compressed, in base 64.
    """

    path: str
    school: str
    numbers: str
    blocks: str


def shingles_of(document: Document, school: str) -> Shingles:
    """Give the five-word runs of a document; text in guillemets (law quotations) is left out."""
    blocks = []
    numbers = array("I")
    for block in document.blocks:
        text = re.sub(r"«[^»]{40,}»", " ", block.text)
        own = sorted(set(_numbers(text)))
        numbers.extend(own)
        if own:
            blocks.append((block.text, block.page, len(own)))
    packed = zlib.compress(json.dumps(blocks).encode(), 1)
    return Shingles(document.path, school, _text_of(numbers.tobytes()), _text_of(packed))


def _numbers(text: str) -> Iterator[int]:
    words = WORD.findall(text.casefold())
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    return (zlib.crc32(run.encode()) for run in runs)


def _text_of(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def copies_among(documents: Sequence[Shingles]) -> Mapping[str, tuple[str, str | None, int | None]]:
    """Give, for each document that is a near copy of another school's, that other's path and a shared passage.

    At least half of the shorter text's runs stand in the other; runs shared by more than half of the schools are left
    out where there are at least four.
    """
    if len({document.school for document in documents}) < 2:
        return {}
    own = _own_numbers(documents)
    pairs = []
    for first, second in _likely_pairs(own, [document.school for document in documents]):
        shared = len(_shared(own[first], own[second]))
        shorter = min(len(own[first]), len(own[second]))
        if shorter >= FEWEST_SHINGLES and shared >= SHARED_LEAST * shorter:
            pairs.append((-shared, first, second))
    copies: dict[str, tuple[str, str | None, int | None]] = {}
    for _, first, second in sorted(pairs):
        for here, there in ((first, second), (second, first)):
            if documents[here].path not in copies:
                passage = _shared_passage(documents[here], _shared(own[here], own[there]))
                copies[documents[here].path] = (documents[there].path, *passage)
    return copies


def _own_numbers(documents: Sequence[Shingles]) -> list[NDArray[Any]]:
    """Give each document's numbers, sorted, without those that more than half of the schools have."""
    # Read at first use: a run that finds all in the cache compares nothing.
    import numpy as np

    found = [
        np.unique(np.frombuffer(base64.b64decode(document.numbers), dtype=np.uint32))
        for document in documents
    ]
    of_school: dict[str, list[NDArray[Any]]] = defaultdict(list)
    for document, numbers in zip(documents, found, strict=True):
        of_school[document.school].append(numbers)
    if len(of_school) < FEWEST_SCHOOLS_FOR_BOILERPLATE:
        return found
    every = np.concatenate([np.unique(np.concatenate(several)) for several in of_school.values()])
    held, counts = np.unique(every, return_counts=True)
    common = held[counts > BOILERPLATE_SHARE * len(of_school)]
    return [np.setdiff1d(own, common, assume_unique=True) for own in found]


def _likely_pairs(own: Sequence[NDArray[Any]], schools: Sequence[str]) -> list[tuple[int, int]]:
    """Give the pairs of documents of two schools of which the one's sample stands for a good part in the other."""
    import numpy as np

    lengths = [len(numbers) for numbers in own]
    everything = np.concatenate(own)
    order = np.argsort(everything, kind="stable")
    everything = everything[order]
    holders = np.repeat(np.arange(len(own), dtype=np.int32), lengths)[order]
    pairs: set[tuple[int, int]] = set()
    for here, numbers in enumerate(own):
        if len(numbers) < FEWEST_SHINGLES:
            continue
        spread = numbers * np.uint32(SPREADER & 0xFFFFFFFF)
        sample = numbers[np.argsort(spread, kind="stable")[:SAMPLED]]
        starts = np.searchsorted(everything, sample, side="left")
        ends = np.searchsorted(everything, sample, side="right")
        found = np.concatenate([holders[start:end] for start, end in zip(starts, ends, strict=True)])
        met = np.bincount(found, minlength=len(own))
        least = SAMPLE_LEAST if len(numbers) > SAMPLED else SHARED_LEAST
        for there in np.flatnonzero(met >= least * len(sample)).tolist():
            if schools[there] != schools[here]:
                pairs.add((min(here, there), max(here, there)))
    return sorted(pairs)


def _shared(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    return np.intersect1d(one, other, assume_unique=True)


def _shared_passage(document: Shingles, shared: NDArray[Any]) -> tuple[str | None, int | None]:
    import numpy as np

    numbers = np.frombuffer(base64.b64decode(document.numbers), dtype=np.uint32)
    is_shared = np.isin(numbers, shared)
    at = 0
    for text, page, count in json.loads(zlib.decompress(base64.b64decode(document.blocks))):
        if count >= SHINGLE_WORDS and bool(is_shared[at : at + count].all()):
            first = re.split(r"(?<=[.!?])\s+", text)[0]
            return first[:400], page
        at += count
    return None, None
