"""The word lists of the intake, read from ``data/*.yaml``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from checker.texts import read_yaml


@dataclass(frozen=True, slots=True)
class SchoolWords:
    """Generic words: ``kinds`` gives each word's kind of school, ``endings`` those words, longest first."""

    kinds: Mapping[str, str]
    endings: tuple[str, ...]
    joiners: frozenset[str]
    other: frozenset[str]


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """The owner's id where there is no folder, and the folder names (as name keys) that are the owner's."""

    default_id: str
    folders: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListWords:
    """The school list's file names, the meaning of each column name, and what its cells stand for."""

    files: tuple[str, ...]
    columns: Mapping[str, str]
    owner_levels: frozenset[str]
    written_forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IgnoredNames:
    """Patterns of names that are not read, and how a report of an earlier run is known."""

    files: tuple[tuple[str, tuple[str, ...]], ...]
    document_beginnings: tuple[bytes, ...]
    folders: tuple[str, ...]
    report_file: str
    report_schema: bytes
    report_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters that names hold, and how they are made plain for comparison."""

    expected: frozenset[str]
    plain: tuple[tuple[str, str], ...]


def name_key(name: str) -> str:
    """Give a name as names are compared: NFC, casefolded, single spaces.

    Example:
        >>> name_key("  Fjellgota   SKULE ")
        'fjellgota skule'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@cache
def school_words() -> SchoolWords:
    """Give the generic school words."""
    data = _data("school_words")
    kinds: dict[str, str] = {}
    endings: list[str] = []
    for kind, entry in data["kinds"].items():
        full = [stem + ending for stem in entry["stems"] for ending in entry["endings"]]
        kinds.update(dict.fromkeys((*full, *entry["short"]), kind))
        endings.extend(full)
    endings.sort(key=lambda word: (-len(word), word))
    return SchoolWords(kinds, tuple(endings), frozenset(data["joiners"]), frozenset(data["other"]))


@cache
def owner_words() -> OwnerWords:
    """Give the closed list of owner folders."""
    data = _data("owners")
    return OwnerWords(data["default_id"], frozenset(name_key(name) for name in data["folders"]))


@cache
def list_words() -> ListWords:
    """Give the words of the school list."""
    data = _data("school_list")
    columns = {name_key(name): field for field, names in data["columns"].items() for name in names}
    return ListWords(
        files=tuple(data["files"]),
        columns=columns,
        owner_levels=frozenset(data["owner_levels"]),
        written_forms=dict(data["written_forms"]),
    )


@cache
def ignored_names() -> IgnoredNames:
    """Give the patterns of names that are not read."""
    data = _data("ignored")
    return IgnoredNames(
        files=tuple((key, tuple(patterns)) for key, patterns in data["files"].items()),
        document_beginnings=tuple(bytes.fromhex(text) for text in data["document_beginnings"]),
        folders=tuple(data["folders"]),
        report_file=data["report_file"],
        report_schema=data["report_schema"].encode("utf-8"),
        report_files=tuple(data["report_files"]),
    )


@cache
def letters() -> Letters:
    """Give the letters of names."""
    data = _data("letters")
    return Letters(frozenset(data["expected"]), tuple(data["plain"].items()))


def _data(name: str) -> Any:
    source = files("checker.intake") / "data" / f"{name}.yaml"
    return read_yaml(source.read_text(encoding="utf-8"))


def generic_school_words() -> frozenset[str]:
    """Give the words that stand in many schools' names and name none by themselves ("skole", "barneskule")."""
    words = school_words()
    return frozenset(words.kinds) | words.joiners | words.other
