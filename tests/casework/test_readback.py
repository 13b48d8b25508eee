"""What an auditor writes in the workbook comes back into the case, or is told with its cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checker.casework import (
    Case,
    ReadBack,
    State,
    Verdict,
    WorkbookError,
    decisions_shown,
    fault_words,
    open_case,
    read_back,
)
from checker.casework.checks import tidied
from checker.model import Status
from checker.report import report_bytes, report_dict
from checker.texts import LANGUAGES, load_texts
from tests.report.sample import sample_report
from tests.report.test_opened import converted

from .made import MISSING, REQUIREMENT, SCHOOL, Clock, made_report, with_quote

KEY = (SCHOOL, REQUIREMENT)
TODAY = date(2026, 11, 25)
NB = load_texts("nb")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    opened = open_case("sak", home=tmp_path, clock=Clock())
    opened.record(made_report(), whole=sample_report())
    return opened


@cache
def without_decisions() -> bytes:
    return report_bytes(sample_report(), "xlsx")


def workbook(case: Case, language: str = "nb") -> openpyxl.Workbook:
    """Give the workbook as the case's report makes it."""
    shown = decisions_shown(case, load_texts(language))
    is_plain = not shown and language == "nb"
    data = without_decisions() if is_plain else report_bytes(sample_report(language), "xlsx", decisions=shown)
    return openpyxl.load_workbook(io.BytesIO(data))


def heads(book: openpyxl.Workbook, sheet: str) -> dict[object, int]:
    return {cell.value: cell.column for cell in book[sheet][1]}


def row_of(
    book: openpyxl.Workbook, requirement: str, sheet: str = "Mangelliste", school: str = SCHOOL
) -> int:
    return next(
        row[0].row
        for row in book[sheet].iter_rows(min_row=2)
        if (row[0].value, row[1].value) == (school, requirement)
    )


def write(
    book: openpyxl.Workbook, requirement: str, sheet: str = "Mangelliste", **cells: object
) -> openpyxl.Workbook:
    """Write in cells of a finding's row, by their keys in the catalogue."""
    columns = heads(book, sheet)
    for key, value in cells.items():
        book[sheet].cell(row_of(book, requirement, sheet), columns[NB(f"report.column.{key}")]).value = value
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(case: Case, book: openpyxl.Workbook, author: str = "Kari Nes") -> ReadBack:
    return read_back(case, saved(book), today=TODAY, author=author)


def faults(case: Case, book: openpyxl.Workbook, author: str = "Kari Nes") -> list[str]:
    with pytest.raises(WorkbookError) as raised:
        taken(case, book, author)
    return [fault_words(fault, NB) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("cells", "verdict", "status"),
    [
        ({"assessment": "Enig"}, Verdict.CONFIRMED, None),
        ({"assessment": "Uenig", "grounds": "Står på side 7"}, Verdict.DISMISSED, None),
        (
            {"assessment": "Delvis enig", "own_status": "Planlagt", "grounds": "Bare i utkast"},
            Verdict.CHANGED,
            "planned",
        ),
        (
            {"assessment": "uenig ", "own_status": "dokumentert", "grounds": "Står på side 7"},
            Verdict.CHANGED,
            "documented",
        ),
        ({"own_status": "Dokumentert", "grounds": "Står på side 7"}, Verdict.CHANGED, "documented"),
        ({"own_status": "Delvis dokumentert"}, Verdict.CONFIRMED, None),
        ({"assessment": "Ikke aktuelt", "grounds": "Har ingen slike trinn"}, Verdict.NOT_APPLICABLE, None),
    ],
)
def test_an_assessment_becomes_a_decision(
    case: Case, cells: dict[str, str], verdict: Verdict, status: str | None
) -> None:
    book = write(workbook(case), REQUIREMENT, assessed=date(2026, 11, 20), author="Ola Li", **cells)
    (decision,) = taken(case, book).decided

    assert (decision.verdict, decision.status) == (verdict, status)
    assert (decision.author, decision.day) == ("Ola Li", date(2026, 11, 20))
    assert decision.reason == cells.get("grounds", "")
    assert case.standing()[KEY].state is State.VALID


def test_what_is_documented_can_be_decided_on_as_well(case: Case) -> None:
    book = workbook(case)
    requirement = str(book["Dokumentert"]["B2"].value)
    write(book, requirement, "Dokumentert", own_status="Planlagt", grounds="Bare et utkast")

    (decision,) = taken(case, book).decided
    assert (decision.requirement, decision.status, decision.basis.status) == (
        requirement,
        "planned",
        "documented",
    )


def test_notes_interviews_and_what_must_be_examined_are_kept_without_a_decision(case: Case) -> None:
    book = write(
        workbook(case),
        REQUIREMENT,
        assessment="Må undersøkes",
        grounds="Spør rektor",
        interview="Rektor viste møteplanen.",
        observed="Så et besøk.",
        comment="Vi gjør dette.",
        reply="Notert.",
        assessed="20.11.2026",
    )
    result = taken(case, book)

    assert result.decided == ()
    assert {(note.kind.value, note.text, note.day) for note in case.notes(*KEY)} == {
        (kind, text, date(2026, 11, 20))
        for kind, text in (
            ("examine", "Spør rektor"),
            ("interview", "Rektor viste møteplanen."),
            ("observation", "Så et besøk."),
            ("comment", "Vi gjør dette."),
            ("reply", "Notert."),
        )
    }


def test_reading_the_same_workbook_again_changes_nothing(case: Case) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig", interview="Ja.")
    taken(case, book)
    again = taken(case, book)

    assert (again.decided, again.notes, again.unchanged) == ((), (), 1)
    assert len(case.history(*KEY)) == len(case.notes(*KEY)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_that_shows_decisions_comes_back_unchanged_in_every_language(
    case: Case, language: str
) -> None:
    case.decide(*KEY, verdict="changed", status="documented", reason="=1+1 står der", author="Kari Nes")
    case.decide(SCHOOL, MISSING, verdict="confirmed", reason="", author="Ola Li")
    case.add_evidence(*KEY, kind="interview", text="Ja.", author="Kari Nes", date=TODAY)
    result = taken(case, workbook(case, language))

    assert (result.decided, result.notes, result.unchanged, result.cleared) == ((), (), 2, ())


def test_a_workbook_from_before_a_new_run_is_decided_on_the_text_that_it_quotes(case: Case) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig")
    case.record(with_quote(made_report(), "Rektor er aldri inne i timene."))
    taken(case, book)

    standing = case.standing()[KEY]
    assert standing.state is State.REOPENED
    assert standing.old_quotes[0].text.startswith("Rektor og avdelingsleder går skolevandring")
    assert standing.new_quotes[0].text == "Rektor er aldri inne i timene."


def test_a_workbook_of_a_report_that_the_case_never_saw_is_decided_on_its_own_quote(tmp_path: Path) -> None:
    case = open_case("annen", home=tmp_path, clock=Clock())
    case.record(with_quote(made_report(), "Rektor er aldri inne i timene."))
    taken(case, write(workbook(case), REQUIREMENT, assessment="Enig"))

    standing = case.standing()[KEY]
    assert standing.state is State.REOPENED
    assert standing.old_quotes[0].text.startswith("Rektor og avdelingsleder går skolevandring")
    assert standing.decision.basis.status == "partial"


def test_a_decision_made_meanwhile_by_another_is_kept_and_shown_against_it(case: Case) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig")
    theirs = case.decide(*KEY, verdict="dismissed", reason="Står på side 7", author="Ola Li")
    result = taken(case, book)

    standing = case.standing()[KEY]
    assert result.conflicts == (KEY,)
    assert (standing.decision.author, standing.conflict) == ("Kari Nes", theirs)
    case.decide(*KEY, verdict="dismissed", reason="Enige nå", author="Kari Nes")
    assert case.standing()[KEY].conflict is None


def test_an_assessment_that_was_changed_in_the_workbook_replaces_the_one_that_it_showed(case: Case) -> None:
    case.decide(*KEY, verdict="confirmed", reason="", author="Kari Nes")
    book = write(workbook(case), REQUIREMENT, assessment="Uenig", grounds="Står på side 7")
    result = taken(case, book)

    assert result.conflicts == ()
    assert case.standing()[KEY].decision.verdict is Verdict.DISMISSED


def test_an_assessment_that_was_taken_out_is_told_and_stands(case: Case) -> None:
    case.decide(*KEY, verdict="confirmed", reason="", author="Kari Nes")
    book = write(workbook(case), REQUIREMENT, author=None, assessed=None, assessment=None)

    assert taken(case, book).cleared == (KEY,)
    assert case.standing()[KEY].decision.verdict is Verdict.CONFIRMED


def test_what_must_be_examined_after_all_is_withdrawn(case: Case) -> None:
    case.decide(*KEY, verdict="confirmed", reason="", author="Kari Nes")
    book = write(
        workbook(case), REQUIREMENT, assessment="Må undersøkes", grounds="Spør rektor", author="Ola Li"
    )
    result = taken(case, book)

    assert result.withdrawn == (KEY,)
    assert case.standing() == {}
    assert [entry.author for entry in case.history(*KEY)] == ["Kari Nes", "Ola Li"]
    shown = decisions_shown(case, NB)[KEY]
    assert (shown.assessment, shown.grounds) == ("examine", "Spør rektor")
    assert taken(case, book).withdrawn == ()


def test_a_status_that_the_machine_came_to_as_well_comes_back_unchanged(case: Case) -> None:
    case.decide(*KEY, verdict="changed", status="planned", reason="Bare plan", author="Kari Nes")
    report = sample_report()
    findings = tuple(
        replace(finding, status=Status.PLANNED) if (finding.school, finding.requirement) == KEY else finding
        for finding in report.findings
    )
    report = replace(report, findings=findings)
    case.record(report_dict(report))
    data = report_bytes(report, "xlsx", decisions=decisions_shown(case, NB))
    result = read_back(case, data, today=TODAY, author="Kari Nes")

    assert case.standing()[KEY].state is State.VALID
    assert (result.decided, result.unchanged) == ((), 1)


def test_a_reopened_decision_is_not_filled_in_but_stands_under_earlier(case: Case) -> None:
    case.decide(*KEY, verdict="confirmed", reason="", author="Kari Nes")
    case.record(with_quote(made_report(), "Rektor er aldri inne i timene."))
    book = workbook(case)
    columns, row = heads(book, "Mangelliste"), row_of(book, REQUIREMENT)

    earlier = str(book["Mangelliste"].cell(row, columns["Tidligere i saken"]).value)
    assert book["Mangelliste"].cell(row, columns["Revisors vurdering"]).value is None
    assert earlier.startswith("åpnet på nytt (teksten er endret). Før: bekreftet (Kari Nes, ")
    assert "Sitat nå: «Rektor er aldri inne i timene.»" in earlier
    assert taken(case, book).cleared == ()


# Faults


@pytest.mark.parametrize(
    ("cells", "place", "problem"),
    [
        (
            {"assessment": "Tja"},
            "kolonne N, «Revisors vurdering»",
            "«Tja» står ikke i listen. Velg blant: Enig, ",
        ),
        ({"own_status": "Bra", "grounds": "x"}, "kolonne O, «Revisors status»", "«Bra» er ingen status."),
        ({"assessment": "Enig", "assessed": "i går"}, "kolonne R, «Vurdert dato»", "«i går» er ingen dato."),
        ({"assessment": "Enig", "assessed": "31.11.2026"}, "kolonne R,", "er ingen dato."),
        ({"assessment": "Uenig"}, "kolonne P, «Revisors begrunnelse»", "må ha en begrunnelse."),
        ({"assessment": "Delvis enig", "grounds": "x"}, "kolonne O,", "må ha en status"),
        ({"assessment": "Enig", "own_status": "Planlagt", "grounds": "x"}, "kolonne O,", "annen status"),
        ({"assessment": "Må undersøkes", "own_status": "Planlagt"}, "kolonne O,", "passer ikke"),
        ({"reply": "x" * 20_001}, "kolonne V,", "for lang"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_by_sheet_row_and_column(
    case: Case, cells: dict[str, str], place: str, problem: str
) -> None:
    book = write(workbook(case), REQUIREMENT, **cells)
    write(book, MISSING, assessment="Enig")
    (told,) = faults(case, book)

    assert told.startswith(f"Mangelliste, rad {row_of(book, REQUIREMENT)}, {place}")
    assert problem in told
    assert case.standing() == {}


def test_a_row_without_an_author_needs_one(case: Case) -> None:
    book = write(workbook(case), REQUIREMENT, interview="Ja.")

    assert "kolonne Q, «Vurdert av»: skriv hvem som har vurdert" in faults(case, book, author="")[0]


def test_a_copied_row_and_a_lost_key_are_told(case: Case) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig")
    sheet, first = book["Mangelliste"], row_of(book, REQUIREMENT)
    sheet.append([cell.value for cell in sheet[first]])
    write(book, MISSING, assessment="Enig", key="borte")
    lost, twice = faults(case, book)

    assert f"rad {sheet.max_row}" in twice
    assert f"samme funn står også i Mangelliste, rad {first}." in twice
    assert "har mistet nøkkelen" in lost


def test_a_heading_that_was_changed_is_told(case: Case) -> None:
    book = workbook(case)
    book["Mangelliste"].cell(1, heads(book, "Mangelliste")["Revisors vurdering"], "Min mening")

    assert faults(case, book) == [
        "Mangelliste, rad 1: kolonnen «Revisors vurdering» mangler. Overskriftene må stå som de var."
    ]


def test_another_cases_workbook_is_refused(case: Case, tmp_path: Path) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig")
    other = open_case("annen", home=tmp_path)
    report = made_report()
    other.record({**report, "findings": [entry for entry in report["findings"] if entry["school"] != SCHOOL]})

    assert "Er det regnearket til en annen sak?" in faults(other, book)[0]


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _bomb(_data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 6_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (_cut, "case.workbook.unreadable"),
        (lambda _data: b"", "case.workbook.unreadable"),
        (lambda _data: b"%PDF-1.7", "case.workbook.unreadable"),
        (_bomb, "case.workbook.too_large"),
    ],
    ids=["cut off", "empty", "another format", "bomb"],
)
def test_a_file_that_is_no_workbook_is_told(
    case: Case, spoil: Callable[[bytes], bytes], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.casework.cells.MOST_UNPACKED_BYTES", 5_000_000)
    with pytest.raises(WorkbookError) as raised:
        read_back(case, spoil(saved(workbook(case))), today=TODAY)

    assert raised.value.key == key
    assert NB(key, **raised.value.fields)


def test_a_workbook_without_a_gap_list_is_told(case: Case) -> None:
    with pytest.raises(WorkbookError) as raised:
        read_back(case, saved(openpyxl.Workbook()), today=TODAY)

    assert "Gap list, Mangelliste" in NB(raised.value.key, **raised.value.fields)


def test_the_row_s_fingerprint_is_the_case_s_own(case: Case) -> None:
    """Else each workbook would seem to speak of another text."""
    book = workbook(case)
    for finding in sample_report().findings:
        case.decide(finding.school, finding.requirement, verdict="confirmed", reason="", author="K")
    column = heads(book, "Mangelliste")["Revisors vurdering"]
    for number in range(2, book["Mangelliste"].max_row + 1):
        book["Mangelliste"].cell(number, column, "Enig")
    result = taken(case, book, author="K")

    assert result.decided == ()
    assert result.unchanged == 29


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2026, 11, 20, 13, 5), date(2026, 11, 20)),
        ("20.11.2026", date(2026, 11, 20)),
        ("2026-11-20", date(2026, 11, 20)),
        (46_346, date(2026, 11, 20)),
        (None, TODAY),
    ],
)
def test_a_day_is_understood_as_it_is_written(case: Case, value: object, day: date) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig")
    cell = book["Mangelliste"].cell(row_of(book, REQUIREMENT), heads(book, "Mangelliste")["Vurdert dato"])
    cell.number_format = "General"
    cell.value = value

    assert [decision.day for decision in taken(case, book).decided] == [day]


def test_a_formula_that_an_auditor_wrote_is_taken_by_its_value_and_never_worked_out(case: Case) -> None:
    book = write(workbook(case), REQUIREMENT, assessment="Enig", grounds='=HYPERLINK("http://x")')

    (decision,) = taken(case, book).decided
    assert decision.reason == ""


def test_what_was_written_goes_out_again_as_text_and_never_as_a_formula(case: Case) -> None:
    case.decide(*KEY, verdict="dismissed", reason="=1+1", author='@SUM(A1)+cmd|" /C calc"!A0')
    case.add_note(SCHOOL, MISSING, kind="comment", text="-2+3", author="+1", date=TODAY)
    book = workbook(case)

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert {"=1+1", "-2+3"} <= {cell.value for cell in cells}
    csv = report_bytes(sample_report(), "csv", decisions=decisions_shown(case, NB)).decode("utf-8-sig")
    assert "'=1+1" in csv
    assert ";=1+1" not in csv


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(min_size=1, max_size=60), min_size=9, max_size=9))
@example(
    words=[
        "a\r\nb",
        "_x0041_",
        "\ta ",
        "e\N{COMBINING ACUTE ACCENT}",
        "\ud800x",
        "\ufffex",
        "a\x00b",
        "'x",
        "=",
    ]
)
def test_whatever_is_written_comes_back_from_the_workbook_as_it_is_kept(
    words: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = open_case("sak", home=tmp_path_factory.mktemp("sak"), clock=Clock())
    case.record(made_report())
    findings = [finding for finding in made_report()["findings"] if finding["status"] != "documented"]
    for text, finding in zip(words, findings, strict=False):
        key = (finding["school"], finding["requirement"])
        if tidied(text):
            case.decide(*key, verdict="dismissed", reason=text, author=text)
            case.add_note(*key, kind="interview", text=text, author=text, date=TODAY)
    result = taken(case, workbook(case))

    assert (result.decided, result.notes, result.cleared) == ((), (), ())
    assert result.unchanged == len(case.standing())


@pytest.mark.libreoffice
def test_a_workbook_that_libreoffice_saved_is_read_back(case: Case, tmp_path: Path) -> None:
    book = write(
        workbook(case),
        REQUIREMENT,
        assessment="Delvis enig",
        own_status="Planlagt",
        grounds="Linje én\nlinje to",
        assessed=date(2026, 11, 20),
    )
    (path,) = converted(saved(book), "gaps.xlsx", "xlsx", tmp_path)
    (decision,) = read_back(case, path.read_bytes(), today=TODAY, author="Kari Nes").decided

    assert (decision.status, decision.reason, decision.day) == (
        "planned",
        "Linje én\nlinje to",
        date(2026, 11, 20),
    )


def test_the_report_that_was_recorded_is_the_one_that_the_workbook_shows(case: Case) -> None:
    assert report_dict(sample_report()) == case.report()
