"""What is read from and written into the tables of a case's file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from pydantic import TypeAdapter

from checker.casework.decisions import Conflict, Decision, Note

_DECISION = TypeAdapter(Decision)
_NOTE = TypeAdapter(Note)


def moment_text(moment: datetime) -> str:
    """Give a moment as text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def keep_decision(connection: sqlite3.Connection, decision: Decision) -> bool:
    """Keep a decision and say whether it was new."""
    done = connection.execute(
        "INSERT OR IGNORE INTO decisions VALUES (?, ?, ?, ?, ?)",
        (
            decision.id,
            decision.school,
            decision.requirement,
            moment_text(decision.made),
            _DECISION.dump_json(decision),
        ),
    )
    return done.rowcount > 0


def decisions_in(
    connection: sqlite3.Connection, *, school: str | None = None, requirement: str | None = None
) -> tuple[Decision, ...]:
    """Give the decisions, of one finding or of all, the first one first."""
    if school is None:
        rows = connection.execute("SELECT data FROM decisions ORDER BY made, id")
    else:
        rows = connection.execute(
            "SELECT data FROM decisions WHERE school = ? AND requirement = ? ORDER BY made, id",
            (school, requirement),
        )
    return tuple(_DECISION.validate_json(data) for (data,) in rows)


def keep_note(connection: sqlite3.Connection, note: Note) -> Note:
    """Keep a note; where the same is kept already, that one stands and is given."""
    connection.execute(
        "INSERT OR IGNORE INTO notes VALUES (?, ?, ?, ?, ?)",
        (note.id, note.school, note.requirement, moment_text(note.made), _NOTE.dump_json(note)),
    )
    (data,) = connection.execute("SELECT data FROM notes WHERE id = ?", (note.id,)).fetchone()
    return _NOTE.validate_json(data)


def notes_in(connection: sqlite3.Connection) -> tuple[Note, ...]:
    """Give all notes, the first one first."""
    rows = connection.execute("SELECT data FROM notes ORDER BY made, id")
    return tuple(_NOTE.validate_json(data) for (data,) in rows)


def keep_conflict(connection: sqlite3.Connection, ours: str, theirs: str, found: datetime) -> None:
    """Keep that two decisions, by their ids, stand against each other."""
    connection.execute("INSERT OR IGNORE INTO conflicts VALUES (?, ?, ?)", (ours, theirs, moment_text(found)))


def conflicts_in(connection: sqlite3.Connection) -> tuple[Conflict, ...]:
    """Give the conflicts in the order in which they were found."""
    by_id = {decision.id: decision for decision in decisions_in(connection)}
    rows = connection.execute("SELECT ours, theirs, found FROM conflicts ORDER BY found, ours, theirs")
    return tuple(
        Conflict(
            by_id[ours].school,
            by_id[ours].requirement,
            by_id[ours],
            by_id[theirs],
            datetime.fromisoformat(found),
        )
        for ours, theirs, found in rows
    )


def newest_report(connection: sqlite3.Connection) -> tuple[str, str, float] | None:
    """Give the newest run's report by its SHA-256, with the run's start and seconds."""
    found = connection.execute(
        "SELECT report, started, seconds FROM runs ORDER BY recorded DESC, id DESC LIMIT 1"
    ).fetchone()
    return (found[0], found[1], found[2]) if found else None
