"""Takes an exported case in: as a new case, or into one that is there, with what both decided otherwise shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from checker.casework.basis import FindingKey
from checker.casework.case import Case, Clock, open_case, utc_now
from checker.casework.decisions import Conflict, Decision, note_with_id, with_id
from checker.casework.errors import CaseFileError, NoCaseError
from checker.casework.exchange import CaseContent, read_case_file
from checker.casework.reports import content_sum, packed
from checker.casework.tables import (
    conflicts_in,
    decisions_in,
    keep_conflict,
    keep_decision,
    keep_note,
    notes_in,
)
from checker.model import Report
from checker.store import Codec


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of taking a case in.

    Args:
        is_new: whether there was no case of that name before.
        decisions: how many decisions were not there before; likewise notes and reports.
        conflicts: the conflicts that came up, each to be settled by a new decision.
    """

    case: str
    is_new: bool
    decisions: int
    notes: int
    reports: int
    documents: int
    conflicts: tuple[Conflict, ...]


def import_case(
    path: Path, *, name: str | None = None, home: Path | None = None, clock: Clock = utc_now
) -> Merged:
    """Take an exported case in; where a case of that name is there, the two are merged and nothing is lost.

    Args:
        name: of the case to put it in; without it, the name that it was exported with.
        home: the folder of the cases; without it, the user's own.

    Raises:
        CaseFileError: it is no exported case, or was changed since.
    """
    content = read_case_file(path)
    _check_ids(content)
    is_new = not _is_there(name or content.name, home)
    case = open_case(name or content.name, home=home, clock=clock)
    documents = _put_documents(case, content)
    with case.database.writing() as connection:
        before = _counts(connection)
        ours = decisions_in(connection)
        earlier = conflicts_in(connection)
        _put_reports(connection, content)
        for decision in content.decisions:
            keep_decision(connection, decision)
        for note in content.notes:
            keep_note(connection, note)
        for conflict in content.conflicts:
            keep_conflict(connection, conflict.ours, conflict.theirs, conflict.found)
        for first, second in _against_each_other(ours, content.decisions):
            keep_conflict(connection, first.id, second.id, clock())
        if is_new:
            connection.execute("UPDATE facts SET value = ? WHERE name = 'created'", (content.created,))
        after = _counts(connection)
        known = {(conflict.ours.id, conflict.theirs.id) for conflict in earlier}
        new = tuple(
            entry for entry in conflicts_in(connection) if (entry.ours.id, entry.theirs.id) not in known
        )
    added = [now - then for now, then in zip(after, before, strict=True)]
    return Merged(case.name, is_new, added[0], added[1], added[2], documents, new)


def _is_there(name: str, home: Path | None) -> bool:
    try:
        open_case(name, home=home, create=False)
    except NoCaseError:
        return False
    return True


def _check_ids(content: CaseContent) -> None:
    """Refuse entries whose ids are not made of what they say: a conflict could otherwise hide one.

    Raises:
        CaseFileError: there is such an entry.
    """
    decisions = {decision.id for decision in content.decisions}
    is_whole = (
        all(with_id(decision).id == decision.id for decision in content.decisions)
        and all(note_with_id(note).id == note.id for note in content.notes)
        and all({entry.ours, entry.theirs} <= decisions for entry in content.conflicts)
        and all(content_sum(report) == sha256 for sha256, report in content.reports.items())
        and all(run.report in content.reports for run in content.runs)
    )
    if not is_whole:
        raise CaseFileError("case.file.no_case", file=content.name)


def _counts(connection: sqlite3.Connection) -> tuple[int, int, int]:
    (reports,) = connection.execute("SELECT COUNT(*) FROM reports").fetchone()
    return len(decisions_in(connection)), len(notes_in(connection)), int(reports)


def _put_reports(connection: sqlite3.Connection, content: CaseContent) -> None:
    adapter, codec = TypeAdapter(Report), Codec[Report](Report)
    for sha256, report in content.reports.items():
        row = (sha256, len(report["schools"]), packed(report))
        connection.execute("INSERT OR IGNORE INTO reports (sha256, schools, data) VALUES (?, ?, ?)", row)
        if sha256 in content.wholes:
            written = codec.written(adapter.validate_json(content.wholes[sha256]))
            connection.execute(
                "UPDATE reports SET whole = ? WHERE sha256 = ? AND whole IS NULL", (written, sha256)
            )
    known = set(connection.execute("SELECT recorded, started, report FROM runs").fetchall())
    for run in content.runs:
        if (run.recorded, run.started, run.report) not in known:
            connection.execute(
                "INSERT INTO runs (recorded, started, seconds, report) VALUES (?, ?, ?, ?)",
                (run.recorded, run.started, run.seconds, run.report),
            )
    for pack in content.packs:
        files = (pack.sha256, pack.name, pack.version, packed(dict(pack.files)))
        connection.execute("INSERT OR IGNORE INTO packs VALUES (?, ?, ?, ?)", files)


def _put_documents(case: Case, content: CaseContent) -> int:
    """Put copies of dropped files in, where none of that name is there."""
    new = 0
    for name, data in content.documents.items():
        place = case.documents / name
        if not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.write_bytes(data)
            new += 1
    return new


def _against_each_other(
    ours: Sequence[Decision], theirs: Sequence[Decision]
) -> list[tuple[Decision, Decision]]:
    """Give the pairs of newest decisions where neither side knew of the other's, and they say otherwise."""
    newest_ours, newest_theirs = _newest(ours), _newest(theirs)
    our_ids, their_ids = {entry.id for entry in ours}, {entry.id for entry in theirs}
    pairs = []
    for key in sorted(newest_ours.keys() & newest_theirs.keys()):
        first, second = newest_ours[key], newest_theirs[key]
        is_known = first.id in their_ids or second.id in our_ids
        if not is_known and first.outcome != second.outcome:
            pairs.append((first, second))
    return pairs


def _newest(decisions: Iterable[Decision]) -> dict[FindingKey, Decision]:
    ordered = sorted(decisions, key=lambda entry: (entry.made, entry.id))
    return {(entry.school, entry.requirement): entry for entry in ordered}
