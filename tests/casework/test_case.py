"""Cases: what is recorded and decided is kept, and stands until what it was made on changes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checker.casework import (
    Case,
    CaseDamagedError,
    CaseError,
    CaseNameError,
    Change,
    DecisionError,
    NoCaseError,
    NoteKind,
    State,
    Verdict,
    cases,
    checked_name,
    delete_case,
    open_case,
)
from checker.casework.database import FILE_NAME, MIGRATIONS
from checker.texts import load_texts

from .made import MISSING, REQUIREMENT, SCHOOL, Clock, changed, finding_in, made_report, with_quote

KEY = (SCHOOL, REQUIREMENT)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    opened = open_case("Tverrmark 2026", home=tmp_path, clock=Clock())
    opened.record(made_report())
    return opened


def confirm(case: Case, requirement: str = REQUIREMENT, **more: object) -> None:
    fields: dict[str, Any] = {"verdict": "confirmed", "reason": "", "author": "Kari Nes", **more}
    case.decide(SCHOOL, requirement, **fields)


# Names and places


@pytest.mark.parametrize(
    "name",
    ["", "  ", "a/b", "a\\b", "..", ".skjult", "sak.", "CON", "nul.txt", "lpt1 .x", "a\tb", "a:b", "x" * 81],
)
def test_a_name_that_some_system_takes_for_no_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CaseNameError) as raised:
        open_case(name, home=tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert load_texts("nb")(raised.value.key, **raised.value.fields)


@pytest.mark.parametrize("name", ["Tverrmark 2026", "Øvre Årdal – kontroll", "con kommune", "a'b & (c)"])
def test_an_ordinary_name_is_kept(name: str) -> None:
    assert checked_name(f" {name} ") == name


def test_a_name_is_the_same_in_capitals_and_in_any_composition_of_its_letters(tmp_path: Path) -> None:
    first = open_case("Årdal", home=tmp_path)

    assert open_case("A\N{COMBINING RING ABOVE}RDAL", home=tmp_path).folder == first.folder
    assert [info.name for info in cases(home=tmp_path)] == ["Årdal"]


def test_cases_lie_in_the_home_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SKOLESJEKK_HOME", str(tmp_path / "home"))

    case = open_case("Sak")
    assert case.folder == tmp_path / "home" / "cases" / "Sak"
    assert case.documents.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder to the user by itself")
def test_a_case_is_readable_by_its_owner_only(case: Case) -> None:
    confirm(case)

    open_to_others = [path for path in (case.folder, *case.folder.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_a_list_says_what_a_case_holds_and_how_long_it_was_kept(case: Case, tmp_path: Path) -> None:
    (case.documents / "plan.pdf").write_bytes(b"x" * 5000)
    confirm(case)

    (info,) = cases(home=tmp_path, clock=lambda: datetime(2026, 12, 5, 13, tzinfo=UTC))
    assert (info.name, info.schools, info.decisions, info.days_kept) == ("Tverrmark 2026", 4, 1, 10)
    assert info.size_bytes > 5000


def test_a_deleted_case_is_gone_with_the_copies_of_dropped_files(case: Case, tmp_path: Path) -> None:
    (case.documents / "Ålvik skole").mkdir()
    (case.documents / "Ålvik skole" / "plan.pdf").write_bytes(b"x")
    delete_case("tverrmark 2026", home=tmp_path)

    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NoCaseError):
        case.report()
    with pytest.raises(NoCaseError):
        delete_case("Tverrmark 2026", home=tmp_path)


# Reports


def test_the_newest_report_is_given_and_earlier_ones_are_kept_once(case: Case) -> None:
    first = made_report()
    again = {**first, "run": {**first["run"], "started": "2026-11-26T08:00:00Z", "seconds": 1.5}}
    newer = changed(first, status="documented")
    case.record(again)
    case.record(newer)

    runs = case.runs()
    assert case.report() == newer
    assert [run.started for run in runs] == [
        first["run"]["started"],
        "2026-11-26T08:00:00Z",
        first["run"]["started"],
    ]
    assert runs[0].report == runs[1].report != runs[2].report


def test_a_run_that_says_the_same_is_given_with_its_own_time(case: Case) -> None:
    first = made_report()
    again = {**first, "run": {**first["run"], "started": "2026-11-26T08:00:00Z", "seconds": 1.5}}
    case.record(again)

    assert case.report() == again


def test_a_case_without_a_run_has_no_report(tmp_path: Path) -> None:
    case = open_case("tom", home=tmp_path)

    assert case.report() is None
    assert case.whole() is None
    assert case.standing() == {}


# Decisions


def test_a_decision_keeps_the_machines_status_beside_the_persons(case: Case) -> None:
    decision = case.decide(
        *KEY,
        verdict="changed",
        status="documented",
        note="se s. 7",
        reason="Står i årshjulet",
        author="Kari Nes",
    )

    standing = case.standing()[KEY]
    assert (standing.decision, standing.state) == (decision, State.VALID)
    assert (standing.status, standing.machine, decision.basis.status) == ("documented", "partial", "partial")
    assert decision.basis.quotes[0].text == finding_in(made_report())["evidence"][0]["quote"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"verdict": "withdrawn", "reason": "x", "author": "K"}, "case.error.verdict"),
        ({"verdict": "enig", "reason": "x", "author": "K"}, "case.error.verdict"),
        ({"verdict": "changed", "reason": "x", "author": "K"}, "case.error.status_with_changed"),
        (
            {"verdict": "confirmed", "status": "missing", "reason": "x", "author": "K"},
            "case.error.status_with_changed",
        ),
        ({"verdict": "changed", "status": "bra", "reason": "x", "author": "K"}, "case.error.status"),
        ({"verdict": "dismissed", "reason": "  ", "author": "K"}, "case.error.no_reason"),
        ({"verdict": "confirmed", "reason": "x", "author": " "}, "case.error.no_author"),
        ({"verdict": "confirmed", "reason": "x" * 20_001, "author": "K"}, "case.error.text_long"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(case: Case, fields: dict[str, Any], key: str) -> None:
    with pytest.raises(DecisionError) as raised:
        case.decide(*KEY, **fields)

    assert raised.value.key == key
    assert case.history(*KEY) == ()


def test_a_decision_on_what_the_report_does_not_hold_is_refused(case: Case) -> None:
    with pytest.raises(DecisionError):
        case.decide("Ukjent skole", REQUIREMENT, verdict="confirmed", reason="", author="Kari Nes")


@pytest.mark.parametrize(
    ("quote", "page"),
    [("same", 9), ("same", None), ("spaces", 4), ("capitals", 4)],
)
def test_a_decision_survives_a_moved_page_white_space_and_case(
    case: Case, quote: str, page: int | None
) -> None:
    confirm(case)
    text = finding_in(made_report())["evidence"][0]["quote"]
    moved = {"same": text, "spaces": text.replace(" ", "\n\N{NO-BREAK SPACE}"), "capitals": text.upper()}[
        quote
    ]
    case.record(with_quote(made_report(), moved, page=page))

    assert case.standing()[KEY].state is State.VALID


def test_a_changed_text_reopens_a_decision_with_old_and_new_side_by_side(case: Case) -> None:
    confirm(case)
    case.record(with_quote(made_report(), "Rektor er aldri inne i timene.", page=5))

    standing = case.standing()[KEY]
    assert (standing.state, standing.changes) == (State.REOPENED, (Change.TEXT,))
    assert standing.old_quotes[0].text == finding_in(made_report())["evidence"][0]["quote"]
    assert (standing.new_quotes[0].text, standing.new_quotes[0].page) == ("Rektor er aldri inne i timene.", 5)
    assert standing.status == standing.machine == "partial"


def test_the_order_of_the_quotes_and_evidence_beyond_the_best_five_change_nothing(case: Case) -> None:
    entry = finding_in(made_report())["evidence"][0]
    entries = [{**entry, "quote": f"Sitat nummer {number}", "stance": "affirmed"} for number in range(8)]
    case.record(changed(made_report(), evidence=entries[:5]))
    confirm(case)
    case.record(changed(made_report(), evidence=[*reversed(entries[:5]), *entries[5:]]))

    assert case.standing()[KEY].state is State.VALID


def test_a_status_that_the_machine_changed_reopens_what_was_confirmed(case: Case) -> None:
    confirm(case)
    case.record(changed(made_report(), status="planned"))

    standing = case.standing()[KEY]
    assert (standing.state, standing.changes) == (State.REOPENED, (Change.STATUS,))


def test_documents_that_came_after_all_reopen_a_confirmed_gap(case: Case) -> None:
    case.record(changed(made_report(), MISSING, reason="no_documents"))
    confirm(case, MISSING)
    case.record(changed(made_report(), MISSING, reason=None))

    assert case.standing()[SCHOOL, MISSING].state is State.REOPENED


@pytest.mark.parametrize(("verdict", "status"), [("not_applicable", None), ("changed", "planned")])
def test_a_changed_status_matters_not_where_the_person_said_so_or_it_does_not_apply(
    case: Case, verdict: str, status: str | None
) -> None:
    case.decide(*KEY, verdict=verdict, status=status, reason="Gjelder ikke", author="Kari Nes")
    case.record(changed(made_report(), status="planned"))

    assert case.standing()[KEY].state is State.VALID


def test_a_decision_holds_through_its_last_day(case: Case) -> None:
    confirm(case, expires=date(2026, 12, 31))

    assert case.standing(today=date(2026, 12, 31))[KEY].state is State.VALID
    assert case.standing(today=date(2027, 1, 1))[KEY].state is State.EXPIRED


def test_a_decision_on_what_is_gone_is_listed_as_unused(case: Case) -> None:
    confirm(case)
    report = made_report()
    case.record({**report, "findings": [f for f in report["findings"] if f["school"] != SCHOOL]})

    standing = case.standing()[KEY]
    assert (standing.state, standing.machine, standing.new_quotes) == (State.UNUSED, None, ())


def test_a_withdrawn_decision_stands_no_longer_and_stays_in_the_history(case: Case) -> None:
    confirm(case)
    case.withdraw(*KEY, author="Ola Li", reason="Feil skole")

    assert KEY not in case.standing()
    assert [entry.verdict for entry in case.history(*KEY)] == [Verdict.CONFIRMED, Verdict.WITHDRAWN]
    with pytest.raises(DecisionError):
        case.withdraw(*KEY, author="Ola Li", reason="En gang til")
    confirm(case)
    assert case.standing()[KEY].state is State.VALID


def test_evidence_of_an_interview_is_kept_once(case: Case) -> None:
    for _ in range(2):
        case.add_evidence(
            *KEY,
            kind="interview",
            text="Rektor viste møtereferat.",
            author="Kari Nes",
            date=date(2026, 11, 20),
        )

    (note,) = case.notes(*KEY)
    assert (note.kind, note.text, note.day) == (
        NoteKind.INTERVIEW,
        "Rektor viste møtereferat.",
        date(2026, 11, 20),
    )
    with pytest.raises(DecisionError):
        case.add_evidence(*KEY, kind="reply", text="x", author="y", date=date(2026, 11, 20))


# The file


WRITER = """
import sys
from pathlib import Path
from checker.casework import open_case
from tests.casework.made import REQUIREMENT, SCHOOL, made_report
case = open_case("felles", home=Path(sys.argv[1]))
if case.report() is None:
    case.record(made_report())
for number in range(int(sys.argv[3])):
    case.decide(SCHOOL, REQUIREMENT, verdict="confirmed", reason=f"{sys.argv[2]} {number}", author=sys.argv[2])
    print(number, flush=True)
"""


def writer(home: Path, author: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), author, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_two_windows_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """They also make the case at once."""
    writers = [writer(tmp_path, author, 25) for author in ("Kari", "Ola")]

    assert [process.wait(timeout=120) for process in writers] == [0, 0]
    for process in writers:
        process.communicate()
    history = open_case("felles", home=tmp_path).history(SCHOOL, REQUIREMENT)
    assert sorted(entry.reason for entry in history) == sorted(
        f"{author} {number}" for author in ("Kari", "Ola") for number in range(25)
    )


def test_a_killed_server_loses_no_decision(tmp_path: Path) -> None:
    process = writer(tmp_path, "Kari", 100_000)
    assert process.stdout is not None
    seen = [int(process.stdout.readline()) for _ in range(10)]
    process.kill()
    process.communicate()

    history = open_case("felles", home=tmp_path).history(SCHOOL, REQUIREMENT)
    assert [entry.reason for entry in history][: len(seen)] == [f"Kari {number}" for number in seen]


def test_a_file_of_a_newer_program_is_left_alone(case: Case) -> None:
    with sqlite3.connect(case.folder / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()

    with pytest.raises(CaseDamagedError) as raised:
        case.report()
    assert raised.value.key == "case.error.newer"


def test_an_older_file_is_brought_up_with_all_that_it_holds(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(case)
    monkeypatch.setattr(
        "checker.casework.database.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE more (name TEXT)")
    )

    assert KEY in open_case("Tverrmark 2026", home=tmp_path).standing()
    with sqlite3.connect(case.folder / FILE_NAME) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert connection.execute("SELECT COUNT(*) FROM more").fetchone() == (0,)
    connection.close()


def test_a_file_that_is_no_database_is_told_and_not_touched(case: Case) -> None:
    for path in case.folder.glob(f"{FILE_NAME}*"):
        path.unlink()
    (case.folder / FILE_NAME).write_bytes(b"no database" * 500)

    with pytest.raises(CaseDamagedError):
        case.report()
    assert (case.folder / FILE_NAME).read_bytes() == b"no database" * 500


def test_a_damaged_case_hides_no_other_and_can_be_deleted(case: Case, tmp_path: Path) -> None:
    open_case("god", home=tmp_path)
    for path in case.folder.glob(f"{FILE_NAME}*"):
        path.unlink()
    (case.folder / FILE_NAME).write_bytes(b"no database" * 500)

    listed = [(info.name, info.is_damaged) for info in cases(home=tmp_path)]
    assert listed == [("god", False), ("Tverrmark 2026", True)]
    delete_case("Tverrmark 2026", home=tmp_path)
    assert [info.name for info in cases(home=tmp_path)] == ["god"]


def test_what_a_deletion_had_to_leave_is_wiped_the_next_time(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case.documents / "plan.pdf").write_bytes(b"x")

    def refuse(path: Path, **_options: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", refuse)
        with pytest.raises(CaseError) as raised:
            delete_case("Tverrmark 2026", home=tmp_path)
    assert raised.value.fields["problem"] == "in use"
    assert cases(home=tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_was_kept_for_a_day_says_one(tmp_path: Path) -> None:
    start = datetime(2026, 11, 25, 9, tzinfo=UTC)
    open_case("sak", home=tmp_path, clock=lambda: start)

    (info,) = cases(home=tmp_path, clock=lambda: start + timedelta(hours=25))
    assert info.days_kept == 1
