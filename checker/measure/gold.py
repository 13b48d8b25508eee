"""The answer key of a corpus, and which of its schools rules are tuned on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import Field, StringConstraints

from checker.measure.errors import GoldError
from checker.measure.files import Entry, read_json, validated
from checker.model import ElementKind, Level, Status

DEFAULT_OWNER = "Skoleeier"
NO_DOCUMENTS = "no_documents"

RequirementId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}-\d{3}$")]


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A place that decides a status: ``document`` is the file's path inside the school's folder."""

    document: str
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """What is right for one requirement at one school or the owner.

    Args:
        accept: further statuses that are right as well.
        subthemes: None for requirements that do not count sub-themes.
        reason: ``no_documents`` for a school that sent nothing.
    """

    school: str
    requirement: str
    level: Level
    status: Status
    missing: tuple[ElementKind, ...] = ()
    conflict: bool = False
    subthemes: tuple[str, ...] | None = None
    accept: tuple[Status, ...] = ()
    evidence: tuple[GoldQuote, ...] = ()
    reason: str | None = None

    def accepts(self, status: Status) -> bool:
        """Whether ``status`` is right."""
        return status == self.status or status in self.accept


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document of the key: ``path`` with its folder first, ``observations`` the ids of those on it."""

    path: str
    school: str
    language: str | None
    readable: bool
    observations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """An answer key.

    Args:
        name: of the municipality: the key file's name without ending.
        as_of: the date on which the key holds.
        owner: the owner's folder, the one of the documents that is no school's.
    """

    name: str
    as_of: datetime.date
    owner: str
    findings: tuple[GoldFinding, ...]
    documents: tuple[GoldDocument, ...]

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools and the owner that the key speaks of, in the key's order."""
        return tuple(dict.fromkeys(finding.school for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Split:
    """Which schools rules are tuned on; every other school of the key is untuned."""

    tuned: tuple[str, ...] = ()
    untuned: tuple[str, ...] = ()

    def is_tuned(self, school: str) -> bool:
        """Whether rules may be tuned on ``school``: only where the split says so."""
        return school in self.tuned


class _Quote(Entry):
    document: str
    quote: str
    page: int | None = None


class _Finding(Entry):
    status: Status
    missing: tuple[ElementKind, ...] = ()
    conflict: bool = False
    subthemes: tuple[str, ...] | None = None
    accept: tuple[Status, ...] = ()
    evidence: tuple[_Quote, ...] = ()
    reason: Literal["no_documents"] | None = None


class _Observation(Entry):
    id: str
    quote: str | None = None
    page: int | None = None


class _Document(Entry):
    observations: tuple[_Observation, ...] = ()
    language: str | None = None
    readable: bool = True


class _School(Entry):
    findings: dict[RequirementId, _Finding]
    traps: tuple[str, ...] = ()


class _Key(Entry):
    as_of: datetime.date
    schools: dict[str, dict[str, Any]]
    owner: dict[str, Any] = Field(default_factory=dict)
    documents: dict[str, _Document] = Field(default_factory=dict)


class _Side(Entry):
    tuned: tuple[str, ...] = ()
    untuned: tuple[str, ...] = ()


def load_gold(gold: Path) -> Gold:
    """Give the answer key in the file ``gold``; its format stands in the corpus' README.

    Raises:
        GoldError: the file can't be read, or an entry is not as it should be; the place is named.
    """
    key = validated(_Key, read_json(gold, error=GoldError), file=gold.name, error=GoldError)
    owner = _owner_of(key)
    findings: list[GoldFinding] = []
    for school, entries in key.schools.items():
        findings += _findings(nfc(school), Level.SCHOOL, entries, file=gold.name, place=("schools", school))
    findings += _findings(owner, Level.OWNER, key.owner, file=gold.name, place=("owner",))
    documents = tuple(
        GoldDocument(
            path=nfc(path),
            school=nfc(path).split("/")[0],
            language=document.language,
            readable=document.readable,
            observations=tuple(dict.fromkeys(observation.id for observation in document.observations)),
        )
        for path, document in key.documents.items()
    )
    return Gold(gold.stem, key.as_of, owner, tuple(findings), documents)


def load_split(path: Path, name: str) -> Split:
    """Give the split of the municipality ``name`` in the file ``path`` (``split.json`` beside the key).

    Without that file, or without the municipality in it, no school is tuned on.

    Raises:
        GoldError: the file is faulty, or a school stands on both sides.
    """
    if not path.exists():
        return Split()
    data = read_json(path, error=GoldError)
    if not isinstance(data, dict):
        raise GoldError(
            "measure.file.wrong_value", file=path.name, place="", found="", problem="object", count=1
        )
    if name not in data:
        return Split()
    side = validated(_Side, data[name], file=path.name, place=(name,), error=GoldError)
    split = Split(tuple(map(nfc, side.tuned)), tuple(map(nfc, side.untuned)))
    for school in split.tuned:
        if school in split.untuned:
            raise GoldError("measure.split.both_sides", file=path.name, school=school)
    return split


def nfc(text: str) -> str:
    """Give ``text`` in the one Unicode form that names and paths are compared in."""
    return normalize("NFC", text)


def _owner_of(key: _Key) -> str:
    folders = (path.split("/")[0] for path in key.documents)
    return nfc(next((folder for folder in folders if folder not in key.schools), DEFAULT_OWNER))


def _findings(
    school: str, level: Level, entries: dict[str, Any], *, file: str, place: tuple[str, ...]
) -> Iterator[GoldFinding]:
    by_requirement = {name: entry for name, entry in entries.items() if name != "traps"}
    data = {"findings": by_requirement, "traps": entries.get("traps", ())}
    checked = validated(_School, data, file=file, place=place, error=GoldError)
    for requirement, entry in checked.findings.items():
        yield GoldFinding(
            school=school,
            requirement=requirement,
            level=level,
            status=entry.status,
            missing=entry.missing,
            conflict=entry.conflict,
            subthemes=entry.subthemes,
            accept=entry.accept,
            evidence=tuple(GoldQuote(nfc(q.document), q.quote, q.page) for q in entry.evidence),
            reason=entry.reason,
        )
