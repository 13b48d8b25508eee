"""What a case says of each finding, in words, for the workbook and the working paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from checker.casework.basis import FindingKey
from checker.casework.case import Case
from checker.casework.cells import CellFault
from checker.casework.decisions import Decision, Note, NoteKind, Quoted, Standing, State, Verdict
from checker.report import Decided, date_words
from checker.texts import Texts

ANSWERS: Mapping[Verdict, str] = {
    Verdict.CONFIRMED: "agree",
    Verdict.DISMISSED: "disagree",
    Verdict.CHANGED: "disagree",
    Verdict.NOT_APPLICABLE: "not_relevant",
}
"""The auditor's answer in the workbook for each verdict."""

QUOTES_SHOWN = 3


def decisions_shown(case: Case, texts: Texts) -> dict[FindingKey, Decided]:
    """Give what a case says of each finding that anyone decided or wrote something on."""
    standings = case.standing()
    notes: dict[FindingKey, list[Note]] = {}
    for note in case.all_notes():
        notes.setdefault((note.school, note.requirement), []).append(note)
    keys = sorted({*standings, *notes})
    return {key: _shown(standings.get(key), notes.get(key, []), texts) for key in keys}


def decision_words(decision: Decision, texts: Texts) -> str:
    """Give a decision in words: what, by whom, when and why."""
    verdict = texts(f"case.verdict.{decision.verdict}")
    if decision.status is not None:
        verdict = texts("case.said.changed", verdict=verdict, status=texts(f"status.{decision.status}"))
    said = texts(
        "case.said", verdict=verdict, author=decision.author, day=date_words(decision.day.isoformat(), texts)
    )
    words = " ".join(part for part in (decision.reason, decision.note) if part)
    return f"{said}: {words}" if words else said


def standing_words(standing: Standing, texts: Texts) -> str:
    """Give a decision in words, with why it no longer stands, and what another decided against it."""
    said = decision_words(standing.decision, texts)
    if standing.state is not State.VALID:
        said = texts("case.no_longer", state=_state_words(standing, texts), said=said)
    if standing.conflict is not None:
        said = texts("case.against", said=said, other=decision_words(standing.conflict, texts))
    return said


def states_words(name: str, standings: Iterable[Standing], texts: Texts) -> str:
    """Give how many decisions of a case are in which state, in words; empty where there is none."""
    states = [standing.state for standing in standings]
    counts = [
        f"{texts(f'case.state.{state}')} {states.count(state)}" for state in State if states.count(state)
    ]
    return texts("case.states", name=name, counts=", ".join(counts)) if counts else ""


def fault_words(fault: CellFault, texts: Texts) -> str:
    """Give a fault in a workbook as a sentence: sheet, row, column, and what is wrong there."""
    fields = {name: _worded(value, texts) for name, value in fault.fields}
    problem = texts(fault.key, **fields)
    key = "case.cell" if fault.column else "case.cell.head"
    return texts(key, sheet=fault.sheet, row=fault.row, column=fault.column, problem=problem)


def _worded(value: str, texts: Texts) -> str:
    """Give a field's value; keys of the catalogue are put into words."""
    keys = value.split(" ")
    return ", ".join(texts(key) for key in keys) if all(key in texts for key in keys) else value


def _shown(standing: Standing | None, notes: Sequence[Note], texts: Texts) -> Decided:
    newest = {note.kind: note for note in notes}
    older = tuple(_note_words(note, texts) for note in notes if note is not newest[note.kind])
    decided = _undecided(newest) if standing is None else _decided(standing, texts)
    return replace(
        decided,
        earlier=(*decided.earlier, *older),
        interview=_text_of(newest, NoteKind.INTERVIEW),
        observation=_text_of(newest, NoteKind.OBSERVATION),
        comment=_text_of(newest, NoteKind.COMMENT),
        reply=_text_of(newest, NoteKind.REPLY),
    )


def _text_of(newest: Mapping[NoteKind, Note], kind: NoteKind) -> str:
    return newest[kind].text if kind in newest else ""


def _decided(standing: Standing, texts: Texts) -> Decided:
    """Give what a decision says; what no longer stands goes with what was earlier."""
    decision = standing.decision
    said = standing_words(standing, texts)
    if standing.state is State.VALID:
        return Decided(
            decision=decision.id,
            assessment=ANSWERS[decision.verdict],
            status=decision.status or "",
            grounds=decision.reason,
            author=decision.author,
            day=decision.day,
            verdict=said,
            is_valid=True,
            earlier=(said,) if standing.conflict is not None else (),
        )
    reopened = (_quotes_words(standing, texts),) if standing.state is State.REOPENED else ()
    return Decided(decision=decision.id, verdict=said, earlier=(said, *reopened))


def _undecided(newest: Mapping[NoteKind, Note]) -> Decided:
    """Give what was written where nothing is decided: it may be that it has to be examined."""
    examine = newest.get(NoteKind.EXAMINE)
    if examine is None:
        return Decided()
    return Decided(assessment="examine", grounds=examine.text, author=examine.author, day=examine.day)


def _state_words(standing: Standing, texts: Texts) -> str:
    changes = ", ".join(texts(f"case.change.{change}") for change in standing.changes)
    state = texts(f"case.state.{standing.state}")
    return f"{state} ({changes})" if changes and standing.state is State.REOPENED else state


def _quotes_words(standing: Standing, texts: Texts) -> str:
    """Give the old and the new quotes beside each other."""
    return texts("case.quotes", old=_some(standing.old_quotes, texts), new=_some(standing.new_quotes, texts))


def _some(quotes: tuple[Quoted, ...], texts: Texts) -> str:
    if not quotes:
        return texts("case.quotes.none")
    return " ".join(f"«{quote.text}»" for quote in quotes[:QUOTES_SHOWN])


def _note_words(note: Note, texts: Texts) -> str:
    return texts(
        "case.note.said",
        kind=texts(f"case.note.{note.kind}"),
        author=note.author,
        day=date_words(note.day.isoformat(), texts),
        text=note.text,
    )
