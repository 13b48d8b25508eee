"""Takes what an auditor wrote in a workbook into a case: decisions, notes, evidence; all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checker.casework.basis import FindingKey, basis_of, document_paths, findings_by_key
from checker.casework.case import Case
from checker.casework.cells import CellFault, WorkbookError, WrittenRow, written_rows
from checker.casework.checks import LONGEST_TEXT
from checker.casework.decisions import Basis, Decision, Note, NoteKind, Quoted, Standing, State, Verdict
from checker.casework.shown import ANSWERS
from checker.model import Status

NO_WORDS = "–"
"""Stands where the auditor gave no words."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What came of a workbook that was read back.

    Args:
        cleared: findings whose assessment was taken out of the workbook; their decisions stand, and are
            withdrawn by hand.
        withdrawn: findings that were decided and must be examined again after all.
    """

    decided: tuple[Decision, ...] = ()
    notes: tuple[Note, ...] = ()
    unchanged: int = 0
    conflicts: tuple[FindingKey, ...] = ()
    cleared: tuple[FindingKey, ...] = ()
    withdrawn: tuple[FindingKey, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A decision that a row asks for; ``against`` is one that its author did not know of."""

    verdict: Verdict
    status: str | None
    row: WrittenRow
    author: str
    day: date
    basis: Basis | None
    against: Decision | None


def read_back(case: Case, data: bytes, *, today: date, author: str = "") -> ReadBack:
    """Take what was written in a ``gaps.xlsx`` into the case, and give what came of it.

    Reading the same workbook again changes nothing.

    Args:
        data: the workbook's bytes.
        today: the day of what has no date of its own.
        author: of what has no author of its own.

    Raises:
        WorkbookError: with every fault that was found; nothing is taken in then.
    """
    rows, faults = written_rows(data)
    report = case.report()
    findings = findings_by_key(report) if report is not None else {}
    standing = case.standing(today=today)
    found = [*faults, *_faults(rows, findings, author)]
    if found:
        raise WorkbookError("case.workbook.faults", sorted(found, key=_place), count=len(found))
    asked = _Asked(case, findings, standing, author, today)
    wanted, cleared, unchanged = asked.of(rows)
    again = [row for row in rows if _is_to_examine(row, standing.get(_key(row)))]
    notes = tuple(_new_notes(case, rows, author, today))
    decided = tuple(
        case.decide(
            entry.row.key.school,
            entry.row.key.requirement,
            verdict=entry.verdict,
            status=entry.status,
            reason=entry.row.grounds,
            author=entry.author,
            day=entry.day,
            basis=entry.basis,
            against=entry.against,
        )
        for entry in wanted
    )
    for row in again:
        case.withdraw(*_key(row), author=row.author or author, reason=row.grounds or NO_WORDS)
    conflicts = tuple(_key(entry.row) for entry in wanted if entry.against is not None)
    return ReadBack(decided, notes, unchanged, conflicts, cleared, tuple(map(_key, again)))


def _key(row: WrittenRow) -> FindingKey:
    return row.key.school, row.key.requirement


def _place(fault: CellFault) -> tuple[str, int, str, str]:
    return fault.sheet, fault.row, fault.column, fault.key


def _faults(
    rows: Sequence[WrittenRow], findings: Mapping[FindingKey, Mapping[str, Any]], author: str
) -> Iterator[CellFault]:
    """Give what is wrong with rows that can be read."""
    seen: dict[FindingKey, WrittenRow] = {}
    for row in rows:
        earlier = seen.setdefault(_key(row), row)
        if earlier is not row:
            yield row.fault("key", "case.cell.twice", sheet=earlier.sheet, row=str(earlier.row))
            continue
        if _key(row) not in findings:
            yield row.fault(
                "key", "case.cell.no_finding", school=row.key.school, requirement=row.key.requirement
            )
            continue
        yield from _row_faults(row, author)


def _row_faults(row: WrittenRow, author: str) -> Iterator[CellFault]:
    verdict = _verdict(row)
    said = verdict is not None or row.notes or row.assessment
    if said and not (row.author or author):
        yield row.fault("author", "case.cell.no_author")
    if verdict not in (None, Verdict.CONFIRMED) and not row.grounds:
        yield row.fault("grounds", "case.cell.no_grounds")
    if row.assessment == "partly" and not row.status:
        yield row.fault("own_status", "case.cell.needs_status")
    if row.status and row.assessment in ("not_relevant", "examine"):
        yield row.fault("own_status", "case.cell.status_without")
    if row.status and row.assessment == "agree" and row.shown_status not in (None, row.status):
        yield row.fault("own_status", "case.cell.agree_differs")
    for column, text in (("grounds", row.grounds), ("author", row.author), *row.notes.items()):
        if len(text) > LONGEST_TEXT:
            name = "observed" if column == NoteKind.OBSERVATION else column
            yield row.fault(name, "case.error.text_long", most=str(LONGEST_TEXT))


def _verdict(row: WrittenRow) -> Verdict | None:
    """Give the verdict that a row asks for; None for none."""
    if row.assessment == "not_relevant":
        return Verdict.NOT_APPLICABLE
    if row.assessment in ("examine",) or not (row.assessment or row.status):
        return None
    if row.assessment == "agree" or row.status == row.shown_status:
        return Verdict.CONFIRMED
    if row.status or row.assessment == "partly":
        return Verdict.CHANGED
    return Verdict.DISMISSED


class _Asked:
    """Tells what rows ask for, beside what is decided already."""

    def __init__(
        self,
        case: Case,
        findings: Mapping[FindingKey, Mapping[str, Any]],
        standing: Mapping[FindingKey, Standing],
        author: str,
        today: date,
    ) -> None:
        self._bases = _Bases(case, findings)
        self._standing = standing
        self._author = author
        self._today = today

    def of(self, rows: Sequence[WrittenRow]) -> tuple[list[_Wanted], tuple[FindingKey, ...], int]:
        """Give the decisions asked for, the findings whose decision was taken out, and how many stay as they are."""
        wanted: list[_Wanted] = []
        cleared: list[FindingKey] = []
        unchanged = 0
        for row in rows:
            verdict, before = _verdict(row), self._standing.get(_key(row))
            if verdict is None:
                if before is not None and _is_cleared(row, before):
                    cleared.append(_key(row))
            elif before is not None and _same(before.decision, row, verdict):
                unchanged += 1
            else:
                wanted.append(self._wanted(row, verdict, before.decision if before else None))
        return wanted, tuple(cleared), unchanged

    def _wanted(self, row: WrittenRow, verdict: Verdict, before: Decision | None) -> _Wanted:
        outcome = (verdict, _status(row, verdict))
        knew = before is None or row.key.decision == before.id or before.outcome == outcome
        return _Wanted(
            verdict,
            outcome[1],
            row,
            row.author or self._author,
            row.day or self._today,
            self._bases.of(row),
            None if knew else before,
        )


def _status(row: WrittenRow, verdict: Verdict) -> str | None:
    return row.status if verdict is Verdict.CHANGED else None


def _is_shown(row: WrittenRow, before: Standing | None) -> bool:
    """Whether the row was filled with the decision that stands."""
    return before is not None and before.state is State.VALID and row.key.decision == before.decision.id


def _is_cleared(row: WrittenRow, before: Standing) -> bool:
    """Whether the row was filled with a decision that the auditor took out."""
    return _is_shown(row, before) and not row.assessment


def _is_to_examine(row: WrittenRow, before: Standing | None) -> bool:
    """Whether the auditor put "must be examined" in the place of a decision."""
    return _is_shown(row, before) and row.assessment == "examine"


def _same(before: Decision, row: WrittenRow, verdict: Verdict) -> bool:
    """Whether a row says what is decided already; a day or author that it leaves out is not compared."""
    shown = (ANSWERS.get(before.verdict), before.status or "")
    return (
        (before.outcome == (verdict, _status(row, verdict)) or shown == (row.assessment, row.status))
        and before.reason == row.grounds
        and row.author in ("", before.author)
        and row.day in (None, before.day)
        and before.basis.fingerprint == row.key.fingerprint
    )


def _new_notes(case: Case, rows: Sequence[WrittenRow], author: str, today: date) -> Iterator[Note]:
    kept = {(note.school, note.requirement, note.kind, note.text) for note in case.all_notes()}
    for row in rows:
        texts = dict(row.notes)
        if row.assessment == "examine":
            texts[NoteKind.EXAMINE] = row.grounds or NO_WORDS
        for kind, text in texts.items():
            if (*_key(row), kind, text) not in kept:
                yield case.add_note(
                    *_key(row), kind=kind, text=text, author=row.author or author, date=row.day or today
                )


class _Bases:
    """What rows were decided on: the newest report, or the earlier one that the workbook was made from."""

    def __init__(self, case: Case, findings: Mapping[FindingKey, Mapping[str, Any]]) -> None:
        self._case = case
        self._newest = findings
        self._earlier: list[tuple[Mapping[str, Any], str]] | None = None

    def of(self, row: WrittenRow) -> Basis | None:
        """Give what the row was decided on; None for the newest report's finding."""
        report = self._case.report()
        if report is None:
            return None
        newest = basis_of(self._newest[_key(row)], document_paths(report))
        if newest.fingerprint == row.key.fingerprint:
            return None
        for earlier, sha256 in self._reports():
            finding = findings_by_key(earlier).get(_key(row))
            if finding is not None:
                basis = basis_of(finding, document_paths(earlier), report=sha256)
                if basis.fingerprint == row.key.fingerprint:
                    return basis
        quotes = (Quoted(row.quote, row.document),) if row.quote else ()
        return Basis(row.shown_status or Status.MISSING, row.key.fingerprint, quotes=quotes)

    def _reports(self) -> list[tuple[Mapping[str, Any], str]]:
        if self._earlier is None:
            self._earlier = list(self._case.all_reports())
        return self._earlier
