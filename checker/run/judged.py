"""What a worker is given for its files, and what it gives for each document."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from checker.assess import Dating, Shingles
from checker.extract import Readers
from checker.model import Document, Observation, Passage, School, SourceFile
from checker.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What files are judged by, but for the rules.

    Args:
        cache: the cache's file, where texts that were read before are found; None for no cache.
        made_by: name of the readers with their versions; texts of other readers are not taken from the cache.
    """

    schools: tuple[School, ...]
    as_of: date
    language: str
    readers: Readers
    model_nb: str | None = None
    cache: Path | None = None
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Setting):
    """What every worker needs, once.

    Args:
        rules: key of the rules, by which what is found is kept.
        observed_by: key of what else decides what is observed of a document: the day, the schools, the language.
        has_new_files: whether a file must be read or annotated, so that models are wanted at once.
    """

    rulebook: Rulebook
    rules: str = ""
    observed_by: str = ""
    has_new_files: bool = True


def reading_by(rulebook: Rulebook, setting: Setting) -> Reading:
    """Give what every worker needs to judge by some rules."""
    return Reading(rulebook=rulebook, **{f.name: getattr(setting, f.name) for f in fields(setting)})


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


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to judge.

    Args:
        sha256: of its bytes, where it is known.
        key: by which what is found in it is kept; None where it can't be.
        changed: for a file that earlier rules judged, of each document in it the numbers of the units in which today's
            may find other concepts; None for a file that is judged for the first time.
        seen_by: key of those earlier rules.
        if_same: what is found where those units turn out to hold the same concepts; None where that is not enough.
    """

    file: SourceFile
    sha256: str | None = None
    key: str | None = None
    changed: tuple[frozenset[int], ...] | None = None
    seen_by: str = ""
    if_same: tuple[JudgedDocument, ...] | None = None
