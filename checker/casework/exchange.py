"""A case as one file: written out so that it can be read after years, read in, and merged with another's."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter

from checker import __version__
from checker.casework.case import Case
from checker.casework.decisions import Conflict, Decision, Note
from checker.casework.errors import CaseFileError
from checker.casework.reports import PackFiles, unpacked
from checker.casework.shown import decisions_shown, standing_words
from checker.casework.tables import conflicts_in, decisions_in, notes_in
from checker.model import Report
from checker.report import report_bytes
from checker.store import Codec
from checker.texts import Texts

SCHEMA = "skolesjekk/case/1"
ABOUT, SUMS, README = "case.json", "SHA256SUMS", "LESMEG.txt"
MOST_MEMBERS, MOST_BYTES = 100_000, 4_000_000_000

DECISIONS = TypeAdapter(tuple[Decision, ...])
NOTES = TypeAdapter(tuple[Note, ...])
PACKS = TypeAdapter(tuple[PackFiles, ...])


@dataclass(frozen=True, slots=True)
class ExportedRun:
    """A run as an exported case has it."""

    recorded: str
    started: str
    seconds: float
    report: str


@dataclass(frozen=True, slots=True)
class ExportedConflict:
    """A conflict as an exported case has it: the ids of two decisions, and when they were found."""

    ours: str
    theirs: str
    found: datetime


RUNS = TypeAdapter(tuple[ExportedRun, ...])
CONFLICTS = TypeAdapter(tuple[ExportedConflict, ...])


@dataclass(frozen=True, slots=True)
class CaseContent:
    """All that an exported case holds.

    Args:
        reports: each report by its SHA-256, as ``gaps.json`` has it.
        wholes: the same reports with all that was considered, as JSON, where they are kept.
        documents: copies of dropped files, by their path below the case's ``documents``.
    """

    name: str
    created: str
    runs: tuple[ExportedRun, ...]
    reports: Mapping[str, Mapping[str, Any]]
    wholes: Mapping[str, bytes]
    decisions: tuple[Decision, ...]
    notes: tuple[Note, ...]
    conflicts: tuple[ExportedConflict, ...]
    packs: tuple[PackFiles, ...]
    documents: Mapping[str, bytes]


def export_case(case: Case, texts: Texts, *, with_documents: bool = False) -> bytes:
    """Give the bytes of a ZIP file that holds the case.

    Args:
        texts: the language of what is written for persons (README, list of decisions).
        with_documents: whether copies of dropped files go with it; they may hold personal data.
    """
    now = case.now()
    out = io.BytesIO()
    sums: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        members = dict(_members(case, texts, now, with_documents))
        for name, data in {README: _readme(case, texts, now, members), **members}.items():
            _add(package, name, data, now)
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        _add(package, SUMS, "".join(sums).encode(), now)
    return out.getvalue()


_COLUMNS = "   "
"""What stands between a file's name and what it is, in the README."""


def _add(package: zipfile.ZipFile, name: str, data: bytes, now: datetime) -> None:
    member = zipfile.ZipInfo(name, now.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    package.writestr(member, data)


def _members(case: Case, texts: Texts, now: datetime, with_documents: bool) -> Iterator[tuple[str, bytes]]:
    report = case.report()
    about = {
        "schema": SCHEMA,
        "name": case.name,
        "created": case.info().created.isoformat(),
        "exported": now.isoformat(timespec="seconds"),
        "version": __version__,
        "newest_report": case.newest_sum(),
    }
    yield ABOUT, _json(about)
    yield "decisions.txt", _decisions_text(case, texts).encode("utf-8-sig")
    if report is not None:
        yield "gaps.json", _json(report)
        settings = {name: report["run"].get(name) for name in _SETTINGS}
        yield "settings.json", _json(settings)
    whole = case.whole()
    if whole is not None:
        shown = decisions_shown(case, texts)
        for name, file in _READABLE:
            yield file, report_bytes(whole, name, decisions=shown)
    yield from _data_members(case)
    if with_documents:
        for path in sorted(case.documents.rglob("*")):
            if path.is_file():
                yield f"documents/{path.relative_to(case.documents).as_posix()}", path.read_bytes()


_SETTINGS = ("as_of", "version", "folder", "settings", "rule_packs", "language_models", "readers")
_READABLE = (("html", "report.html"), ("xlsx", "gaps.xlsx"))


def _data_members(case: Case) -> Iterator[tuple[str, bytes]]:
    """Give what the case is read in from again."""
    with case.database.reading() as connection:
        decisions, notes = decisions_in(connection), notes_in(connection)
        conflicts = conflicts_in(connection)
        runs = connection.execute(
            "SELECT recorded, started, seconds, report FROM runs ORDER BY recorded, id"
        ).fetchall()
        reports = connection.execute("SELECT sha256, data, whole FROM reports ORDER BY sha256").fetchall()
        packs = connection.execute("SELECT name, version, sha256, data FROM packs ORDER BY name, sha256")
        kept = [
            PackFiles(name, version, sha256, tuple(unpacked(data).items()))
            for name, version, sha256, data in packs
        ]
    yield "data/decisions.json", DECISIONS.dump_json(decisions, indent=1)
    yield "data/notes.json", NOTES.dump_json(notes, indent=1)
    yield "data/conflicts.json", CONFLICTS.dump_json(tuple(map(_exported, conflicts)), indent=1)
    yield "data/runs.json", RUNS.dump_json(tuple(ExportedRun(*row) for row in runs), indent=1)
    yield "data/packs.json", PACKS.dump_json(tuple(kept))
    for sha256, data, whole in reports:
        yield f"data/reports/{sha256}.json", _json(unpacked(data))
        read = Codec[Report](Report).read(whole) if whole is not None else None
        if read is not None:
            yield f"data/whole/{sha256}.json", _WHOLE.dump_json(read)
    for pack in kept:
        for name, text in pack.files:
            if _is_safe(name):
                yield f"rules/{pack.version}-{pack.sha256[:8]}/{name}", text.encode("utf-8", "replace")


_WHOLE = TypeAdapter(Report)


def _exported(conflict: Conflict) -> ExportedConflict:
    return ExportedConflict(conflict.ours.id, conflict.theirs.id, conflict.found)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _readme(case: Case, texts: Texts, now: datetime, members: Iterable[str]) -> bytes:
    """Give what tells a reader what is what; of the files, those that are there."""
    top = {name.split("/")[0] + ("/" if "/" in name else "") for name in members} | {SUMS}
    words = texts("case.readme", name=case.name, day=now.date().isoformat(), version=__version__)
    lines = [line for line in words.splitlines() if _COLUMNS not in line or line.split()[0] in top]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _decisions_text(case: Case, texts: Texts) -> str:
    """Give the decisions as a list that any program can show."""
    lines = [texts("case.list.heading", name=case.name), ""]
    for (school, requirement), standing in case.standing().items():
        lines.append(f"{school} · {requirement}: {standing_words(standing, texts)}")
    for note in case.all_notes():
        kind = texts(f"case.note.{note.kind}")
        lines.append(
            f"{note.school} · {note.requirement}: {kind}, {note.author}, {note.day.isoformat()}: {note.text}"
        )
    return "\r\n".join([*lines, ""])


def read_case_file(path: Path) -> CaseContent:
    """Give what an exported case holds.

    Raises:
        CaseFileError: it is no exported case, or was changed or cut off since it was written.
    """
    try:
        with zipfile.ZipFile(path) as package:
            members = _checked_members(package)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise CaseFileError("case.file.unreadable", file=str(path), problem=str(error)) from error
    try:
        return _content(members)
    except (KeyError, ValueError, TypeError) as error:
        raise CaseFileError("case.file.no_case", file=str(path)) from error


def _checked_members(package: zipfile.ZipFile) -> dict[str, bytes]:
    """Give the members whose sums are written down, each as it was written.

    Raises:
        CaseFileError: one is missing, was changed, or would lie outside of the case.
    """
    infos = package.infolist()
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise CaseFileError("case.file.too_large")
    names = {info.filename for info in infos}
    if SUMS not in names:
        raise CaseFileError("case.file.no_sums")
    members = {}
    for line in package.read(SUMS).decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        if not _is_safe(name) or name not in names:
            raise CaseFileError("case.file.changed", member=name[:200])
        data = package.read(name)
        if hashlib.sha256(data).hexdigest() != digest:
            raise CaseFileError("case.file.changed", member=name[:200])
        members[name] = data
    return members


def _is_safe(name: str) -> bool:
    """Whether a member's name stays below the folder that it is put in, on every system."""
    path = PurePosixPath(name)
    is_plain = not any(sign in name for sign in '\\:\0<>"|?*')
    return is_plain and not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _content(members: Mapping[str, bytes]) -> CaseContent:
    about = json.loads(members[ABOUT])
    if about["schema"] != SCHEMA:
        raise CaseFileError("case.file.newer", found=str(about["schema"])[:80], known=SCHEMA)
    return CaseContent(
        name=str(about["name"]),
        created=datetime.fromisoformat(about["created"]).isoformat(),
        runs=RUNS.validate_json(members["data/runs.json"]),
        reports={key: json.loads(data) for key, data in _below(members, "data/reports/", ".json")},
        wholes=dict(_below(members, "data/whole/", ".json")),
        decisions=DECISIONS.validate_json(members["data/decisions.json"]),
        notes=NOTES.validate_json(members["data/notes.json"]),
        conflicts=CONFLICTS.validate_json(members["data/conflicts.json"]),
        packs=PACKS.validate_json(members["data/packs.json"]),
        documents=dict(_below(members, "documents/", "")),
    )


def _below(members: Mapping[str, bytes], start: str, ending: str) -> Iterator[tuple[str, bytes]]:
    for name, data in members.items():
        if name.startswith(start) and name.endswith(ending):
            yield name[len(start) : len(name) - len(ending)], data
