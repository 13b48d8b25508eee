"""What a case holds: decisions of persons, notes, and what becomes of them when the report changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a person says of a finding."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CHANGED = "changed"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAWN = "withdrawn"
    """The decision before this one no longer holds; it stays in the history."""


DECIDING = tuple(verdict for verdict in Verdict if verdict is not Verdict.WITHDRAWN)
"""The verdicts that can be given; a decision is withdrawn by ``Case.withdraw``."""


class State(StrEnum):
    """Whether a decision still stands."""

    VALID = "valid"
    REOPENED = "reopened"
    """What it was made on has changed."""
    EXPIRED = "expired"
    UNUSED = "unused"
    """Its school or requirement is no longer in the report."""


class Change(StrEnum):
    """What has changed since a decision was made."""

    TEXT = "text"
    """The quoted text."""
    STATUS = "status"
    """The machine's status, its reason, or what it says is missing."""


class NoteKind(StrEnum):
    """What a note on a finding is."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    COMMENT = "comment"
    """What the school answers."""
    REPLY = "reply"
    """What the auditor answers the school."""
    EXAMINE = "examine"
    """That the auditor has to look into it; no decision yet."""


EVIDENCE_KINDS = (NoteKind.INTERVIEW, NoteKind.OBSERVATION)
"""The notes that are evidence beside the documents'."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as a decision remembers it."""

    text: str
    document: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What the machine said when a decision was made.

    Args:
        fingerprint: of the quoted text; see ``checker.casework.basis``.
        report: SHA-256 of the report, where it is known.
    """

    status: str
    fingerprint: str
    reason: str | None = None
    missing: tuple[str, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a finding.

    Args:
        id: made of all the rest, so that the same decision is known again in another copy of the case.
        status: the status that the person gives; only with ``Verdict.CHANGED``.
        day: when the person decided; ``made`` is when it was kept, in UTC.
        expires: the last day on which it holds.
        basis: what the machine said then.
    """

    id: str
    school: str
    requirement: str
    verdict: Verdict
    status: str | None
    note: str
    reason: str
    author: str
    day: date
    made: datetime
    expires: date | None
    basis: Basis

    @property
    def outcome(self) -> tuple[Verdict, str | None]:
        """What is decided, without the words."""
        return self.verdict, self.status


@dataclass(frozen=True, slots=True)
class Note:
    """What a person wrote on a finding that decides nothing; ``day`` is that of the interview or note."""

    id: str
    school: str
    requirement: str
    kind: NoteKind
    text: str
    author: str
    day: date
    made: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two decisions on one finding by different hands that came together when two cases were merged."""

    school: str
    requirement: str
    ours: Decision
    theirs: Decision
    found: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest decision on a finding, and whether it still stands.

    Args:
        machine: the status that the machine gives now; None where the finding is gone.
        changes: what has changed since the decision was made.
        old_quotes: the quotes that it was made on.
        new_quotes: the quotes of the finding now.
        conflict: what another auditor decided otherwise, until someone decides anew.
    """

    decision: Decision
    state: State
    machine: str | None
    changes: tuple[Change, ...] = ()
    old_quotes: tuple[Quoted, ...] = ()
    new_quotes: tuple[Quoted, ...] = ()
    conflict: Decision | None = None

    @property
    def status(self) -> str | None:
        """The status that holds: the person's while the decision is valid, else the machine's.

        ``not_applicable`` and ``dismissed`` are verdicts and no statuses; they leave the machine's.
        """
        if self.state is State.VALID and self.decision.verdict is Verdict.CHANGED:
            return self.decision.status
        return self.machine


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run that a case has seen: when it was recorded and started, and the SHA-256 of its report."""

    recorded: datetime
    started: str
    report: str


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """A case as a list shows it; of one that is damaged little is known."""

    name: str
    created: datetime
    schools: int
    decisions: int
    size_bytes: int
    days_kept: int
    is_damaged: bool = False


def with_id(decision: Decision) -> Decision:
    """Give the decision with the id that is made of all the rest."""
    return replace(decision, id=_sum_of(asdict(replace(decision, id=""))))


def note_with_id(note: Note) -> Note:
    """Give the note with the id that is made of all the rest but when it was written down."""
    fields = asdict(replace(note, id=""))
    del fields["made"]
    return replace(note, id=_sum_of(fields))


def _sum_of(fields: dict[str, object]) -> str:
    text = json.dumps(fields, default=str, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
