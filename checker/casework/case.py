"""A case: the reports of an audit, what persons decided on them, and what they wrote beside."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from checker.casework.basis import FindingKey, basis_of, document_paths, findings_by_key
from checker.casework.checks import check_text, check_words, tidied, verdict_of
from checker.casework.database import FILE_NAME, Database
from checker.casework.decisions import (
    EVIDENCE_KINDS,
    Basis,
    CaseInfo,
    Conflict,
    Decision,
    Note,
    NoteKind,
    RunRecord,
    Standing,
    Verdict,
    note_with_id,
    with_id,
)
from checker.casework.errors import CaseDamagedError, CaseError, DecisionError, NoCaseError
from checker.casework.places import cases_folder, checked_name
from checker.casework.reports import PackFiles, content_sum, packed, unpacked
from checker.casework.standings import standings
from checker.casework.tables import (
    conflicts_in,
    decisions_in,
    keep_conflict,
    keep_decision,
    keep_note,
    moment_text,
    newest_report,
    notes_in,
)
from checker.model import Report
from checker.store import Codec

DOCUMENTS = "documents"
_WIPED = ".wiped-"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the time now, in UTC."""
    return datetime.now(UTC)


def cases(*, home: Path | None = None, clock: Clock = utc_now) -> tuple[CaseInfo, ...]:
    """Give the cases that there are, by name.

    Args:
        home: the folder of the cases; without it, the user's own.
        clock: gives the time, to count the days that a case was kept.
    """
    folder = home or cases_folder(os.environ)
    _wipe_remains(folder)
    return tuple(info for place in _case_folders(folder) for info in _infos(Case(place, clock=clock)))


def _infos(case: Case) -> Iterator[CaseInfo]:
    """Give what a list shows of a case, nothing of one that is deleted meanwhile."""
    with suppress(NoCaseError):
        try:
            yield case.info()
        except CaseDamagedError:
            yield case.damaged_info()


def open_case(name: str, *, home: Path | None = None, clock: Clock = utc_now, create: bool = True) -> Case:
    """Give the case of a name; it is made where there is none.

    A name that differs only in capital letters is the same case, as it is the same folder on Windows.

    Raises:
        CaseNameError: no case can have that name.
        NoCaseError: there is none, and none is to be made.
    """
    name = checked_name(name)
    folder = home or cases_folder(os.environ)
    same = [place for place in _case_folders(folder) if _folded(place.name) == _folded(name)]
    if same:
        return Case(same[0], clock=clock)
    if not create:
        raise NoCaseError("case.error.none", name=name)
    place = folder / name
    for made in (folder, place, place / DOCUMENTS):
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
    case = Case(place, clock=clock)
    case.create()
    return case


def delete_case(name: str, *, home: Path | None = None) -> None:
    """Wipe a case: its reports, decisions and copies of dropped files.

    Raises:
        NoCaseError: there is no such case.
        CaseError: the system does not let its files go.
    """
    _wipe_remains(home or cases_folder(os.environ))
    case = open_case(name, home=home, create=False)
    wiped = case.folder.with_name(f"{_WIPED}{secrets.token_hex(6)}")
    try:
        case.folder.rename(wiped)
        shutil.rmtree(wiped)
    except OSError as error:
        raise CaseError(
            "case.error.not_deleted", name=case.name, problem=error.strerror or str(error)
        ) from error


class Case:
    """A case in its folder; made by ``open_case``.

    Args:
        folder: the case's own; copies of dropped files go below it, in ``documents``.
        clock: gives the time of decisions and notes.
    """

    def __init__(self, folder: Path, *, clock: Clock = utc_now) -> None:
        self.folder = folder
        self.name = unicodedata.normalize("NFC", folder.name)
        self._clock = clock
        self.database = Database(folder / FILE_NAME, name=self.name)
        self._last: tuple[str, dict[str, Any]] | None = None

    @property
    def documents(self) -> Path:
        """The folder for copies of dropped files."""
        return self.folder / DOCUMENTS

    def create(self) -> None:
        """Make the case's file where it is not there."""
        self.database.create()
        with self.database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO facts VALUES ('created', ?)", (moment_text(self._clock()),)
            )

    def info(self) -> CaseInfo:
        """Give what a list of cases shows."""
        with self.database.reading() as connection:
            created = connection.execute("SELECT value FROM facts WHERE name = 'created'").fetchone()
            schools = connection.execute(
                "SELECT schools FROM reports JOIN runs ON report = sha256 "
                "ORDER BY recorded DESC, runs.id DESC LIMIT 1"
            ).fetchone()
            (decisions,) = connection.execute("SELECT COUNT(*) FROM decisions").fetchone()
        made = datetime.fromisoformat(created[0]) if created else self._clock()
        return CaseInfo(
            self.name,
            made,
            schools[0] if schools else 0,
            decisions,
            _bytes_below(self.folder),
            max(0, (self._clock() - made).days),
        )

    def damaged_info(self) -> CaseInfo:
        """Give what a list of cases shows of one that can't be read; its age is its file's."""
        changed = datetime.fromtimestamp((self.folder / FILE_NAME).stat().st_mtime, UTC)
        days = max(0, (self._clock() - changed).days)
        return CaseInfo(self.name, changed, 0, 0, _bytes_below(self.folder), days, is_damaged=True)

    def record(
        self, report: Mapping[str, Any], *, whole: Report | None = None, packs: Sequence[PackFiles] = ()
    ) -> None:
        """Keep a run's report as the newest; earlier ones stay, each once.

        Args:
            report: what stands in ``gaps.json``.
            whole: the same report with all that was considered, so that every file can be written from the case.
            packs: the rule packs that it was made with.
        """
        sha256 = content_sum(report)
        run = report["run"]
        row = (sha256, len(report["schools"]), packed(report))
        written = Codec[Report](Report).written(whole) if whole is not None else None
        with self.database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO reports (sha256, schools, data) VALUES (?, ?, ?)", row)
            if written is not None:
                connection.execute("UPDATE reports SET whole = ? WHERE sha256 = ?", (written, sha256))
            connection.execute(
                "INSERT INTO runs (recorded, started, seconds, report) VALUES (?, ?, ?, ?)",
                (moment_text(self._clock()), run["started"], run["seconds"], sha256),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO packs VALUES (?, ?, ?, ?)",
                [(pack.sha256, pack.name, pack.version, packed(dict(pack.files))) for pack in packs],
            )

    def report(self) -> Mapping[str, Any] | None:
        """Give the newest report, as ``gaps.json`` has it; None before the first run."""
        with self.database.reading() as connection:
            return self._report_in(connection)

    def now(self) -> datetime:
        """Give the time by the case's clock."""
        return self._clock()

    def newest_sum(self) -> str | None:
        """Give the SHA-256 of the newest report, None before the first run."""
        with self.database.reading() as connection:
            newest = newest_report(connection)
        return newest[0] if newest is not None else None

    def all_reports(self) -> Iterator[tuple[dict[str, Any], str]]:
        """Give each report that the case has seen with its SHA-256, the newest one first."""
        with self.database.reading() as connection:
            order = "SELECT report FROM runs GROUP BY report ORDER BY MAX(recorded) DESC, MAX(id) DESC"
            for (sha256,) in connection.execute(order).fetchall():
                found = connection.execute("SELECT data FROM reports WHERE sha256 = ?", (sha256,)).fetchone()
                yield unpacked(found[0]), sha256

    def whole(self) -> Report | None:
        """Give the newest report with all that was considered; None where only its ``gaps.json`` is kept."""
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT whole FROM reports JOIN runs ON report = sha256 "
                "ORDER BY recorded DESC, runs.id DESC LIMIT 1"
            ).fetchone()
        return Codec[Report](Report).read(found[0]) if found and found[0] is not None else None

    def runs(self) -> tuple[RunRecord, ...]:
        """Give the runs that the case has seen, the first one first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT recorded, started, report FROM runs ORDER BY recorded, id"
            ).fetchall()
        return tuple(RunRecord(datetime.fromisoformat(row[0]), row[1], row[2]) for row in rows)

    def decide(
        self,
        school: str,
        requirement: str,
        *,
        verdict: Verdict | str,
        status: str | None = None,
        note: str = "",
        reason: str,
        author: str,
        expires: date | None = None,
        day: date | None = None,
        basis: Basis | None = None,
        against: Decision | None = None,
    ) -> Decision:
        """Keep a decision on a finding and give it.

        Args:
            status: the status that the person gives, with ``changed`` only.
            reason: must be given but for ``confirmed``.
            expires: the last day on which it holds.
            day: when the person decided; without it, today.
            basis: what it was made on, where that is not the newest report (a workbook that came back late).
            against: a decision that its author did not know of; both are kept and shown as a conflict.

        Raises:
            DecisionError: something is lacking, or the newest report has no such finding.
        """
        wanted = verdict_of(verdict)
        check_words(wanted, status, reason=reason, author=author, note=note)
        with self.database.writing() as connection:
            found = basis or self._basis_in(connection, (school, requirement))
            now = self._clock()
            decision = with_id(
                Decision(
                    id="",
                    school=school,
                    requirement=requirement,
                    verdict=wanted,
                    status=status,
                    note=tidied(note),
                    reason=tidied(reason),
                    author=tidied(author),
                    day=day or _local_day(now),
                    made=now,
                    expires=expires,
                    basis=found,
                )
            )
            keep_decision(connection, decision)
            if against is not None:
                keep_conflict(connection, against.id, decision.id, now)
        return decision

    def withdraw(self, school: str, requirement: str, *, author: str, reason: str) -> None:
        """Say that the newest decision on a finding no longer holds; the history stays.

        Raises:
            DecisionError: there is no decision, or author or reason lack.
        """
        check_words(Verdict.WITHDRAWN, None, reason=reason, author=author, note="")
        with self.database.writing() as connection:
            earlier = decisions_in(connection, school=school, requirement=requirement)
            if not earlier or earlier[-1].verdict is Verdict.WITHDRAWN:
                raise DecisionError("case.error.nothing_to_withdraw", school=school, requirement=requirement)
            now = self._clock()
            withdrawal = replace(
                earlier[-1],
                verdict=Verdict.WITHDRAWN,
                status=None,
                note="",
                reason=tidied(reason),
                author=tidied(author),
                day=_local_day(now),
                made=now,
                expires=None,
            )
            keep_decision(connection, with_id(withdrawal))

    def standing(self, *, today: date | None = None) -> Mapping[FindingKey, Standing]:
        """Give the newest decision of each finding that has one, and whether it stands.

        Args:
            today: the day that expiry is measured against; without it, that of the clock.
        """
        with self.database.reading() as connection:
            report = self._report_in(connection)
            decisions = decisions_in(connection)
            conflicts = conflicts_in(connection)
        return standings(decisions, conflicts, report, today=today or _local_day(self._clock()))

    def history(self, school: str, requirement: str) -> tuple[Decision, ...]:
        """Give all decisions on a finding, the first one first, withdrawals among them."""
        with self.database.reading() as connection:
            return decisions_in(connection, school=school, requirement=requirement)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Give the decisions that came against each other in a merge, settled ones among them."""
        with self.database.reading() as connection:
            return conflicts_in(connection)

    def add_evidence(
        self, school: str, requirement: str, *, kind: NoteKind | str, text: str, author: str, date: date
    ) -> Note:
        """Keep what an interview or an observation showed, and give it.

        Args:
            kind: ``interview`` or ``observation``.
            date: the day of the interview or observation.

        Raises:
            DecisionError: the kind is another, or text or author lack.
        """
        if kind not in EVIDENCE_KINDS:
            raise DecisionError("case.error.kind", found=str(kind), known=", ".join(EVIDENCE_KINDS))
        return self.add_note(school, requirement, kind=kind, text=text, author=author, date=date)

    def add_note(
        self, school: str, requirement: str, *, kind: NoteKind | str, text: str, author: str, date: date
    ) -> Note:
        """Keep a note of any kind on a finding, once, and give it.

        Raises:
            DecisionError: there is no such kind, or text or author lack.
        """
        if kind not in tuple(NoteKind):
            raise DecisionError("case.error.kind", found=str(kind), known=", ".join(NoteKind))
        check_text("case.error.no_text", text)
        check_text("case.error.no_author", author)
        note = Note(
            "", school, requirement, NoteKind(kind), tidied(text), tidied(author), date, self._clock()
        )
        with self.database.writing() as connection:
            return keep_note(connection, note_with_id(note))

    def notes(self, school: str, requirement: str) -> tuple[Note, ...]:
        """Give the notes on a finding, the first one first."""
        return tuple(
            note for note in self.all_notes() if (note.school, note.requirement) == (school, requirement)
        )

    def all_notes(self) -> tuple[Note, ...]:
        """Give all notes, the first one first."""
        with self.database.reading() as connection:
            return notes_in(connection)

    def _report_in(self, connection: sqlite3.Connection) -> dict[str, Any] | None:
        """Give the newest report; what was unpacked last is kept, for a page asks for it again and again."""
        newest = newest_report(connection)
        if newest is None:
            return None
        sha256, started, seconds = newest
        last = self._last
        if last is None or last[0] != sha256:
            (data,) = connection.execute("SELECT data FROM reports WHERE sha256 = ?", (sha256,)).fetchone()
            last = self._last = (sha256, unpacked(data))
        report = last[1]
        return {**report, "run": {**report["run"], "started": started, "seconds": seconds}}

    def _basis_in(self, connection: sqlite3.Connection, key: FindingKey) -> Basis:
        report, newest = self._report_in(connection), newest_report(connection)
        finding = findings_by_key(report).get(key) if report is not None else None
        if report is None or newest is None or finding is None:
            raise DecisionError("case.error.no_finding", school=key[0], requirement=key[1])
        return basis_of(finding, document_paths(report), report=newest[0])


def _local_day(moment: datetime) -> date:
    """Give the day that it is where the program runs."""
    return moment.astimezone().date()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _wipe_remains(folder: Path) -> None:
    """Wipe what is left of cases whose files the system would not let go when they were deleted."""
    for place in folder.glob(f"{_WIPED}*"):
        shutil.rmtree(place, ignore_errors=True)


def _case_folders(folder: Path) -> tuple[Path, ...]:
    """Give the folders that hold a case, by name."""
    try:
        places = sorted(folder.iterdir(), key=lambda place: (place.name.casefold(), place.name))
    except OSError:
        return ()
    return tuple(
        place for place in places if not place.name.startswith(".") and (place / FILE_NAME).is_file()
    )


def _bytes_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total
