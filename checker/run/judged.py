"""What a worker is given for its files, and what it gives for each document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checker.assess import Dating, Shingles
from checker.extract import Readers
from checker.model import Document, Observation, Passage, School, SourceFile
from checker.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Reading:
    """What every worker needs, once.

    Args:
        cache: the cache's file, where texts that were read before are found; None for no cache.
        made_by: name of the readers with their versions; texts of other readers are not taken from the cache.
    """

    rulebook: Rulebook
    schools: tuple[School, ...]
    as_of: date
    language: str
    readers: Readers
    model_nb: str | None = None
    cache: Path | None = None
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to judge, with its SHA-256 where it is known."""

    file: SourceFile
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """A document, its blocks dropped, with all that later steps need of them."""

    document: Document
    school: str | None
    words: int
    passages: tuple[Passage, ...]
    observations: tuple[Observation, ...]
    dating: Dating
    basis: tuple[str, ...]
    shingles: Shingles | None
    near: tuple[Passage, ...] = ()
    sections: int = 0
