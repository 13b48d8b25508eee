from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from .made import Run, check_words


@pytest.fixture
def report(run: Run, pack: Path, plans: Path) -> Path:
    ran = run(*check_words(plans, pack))
    assert ran.status == 0
    return Path("skolesjekk-rapport/gaps.json")


def fill(path: Path, verdict: str) -> None:
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[0].value = verdict
    book.save(path)


def test_a_workbook_filled_in_gives_the_error_rate_of_each_status(run: Run, report: Path) -> None:
    assert run("sample", report).status == 0
    fill(Path("skolesjekk-sample.xlsx"), "Feil")

    ran = run("sample", report, "--verdicts", "skolesjekk-sample.xlsx")
    words = " ".join(ran.out.split())
    assert ran.status == 0
    assert "Av 3 funn ble 3 trukket tilfeldig" in words
    assert "Dokumentert: 3 av 3, 100,0 % (100,0 % til 100,0 %)" in words


def test_the_csv_is_read_back_too_and_empty_cells_are_no_verdicts(run: Run, report: Path) -> None:
    run("sample", report, "--out", "u.csv", "--seed", "annet")
    with Path("u.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    rows[1][0] = "riktig"
    with Path("u.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)

    ran = run("sample", report, "--verdicts", "u.csv", "--lang", "en")
    assert ran.status == 0
    assert "1 of them were checked by hand: 0 have a wrong status" in " ".join(ran.out.split())


def test_a_file_that_may_hold_verdicts_is_not_overwritten(run: Run, report: Path) -> None:
    run("sample", report, "--out", "u.xlsx")
    before = Path("u.xlsx").read_bytes()

    ran = run("sample", report, "--out", "u.xlsx")
    assert (ran.status, Path("u.xlsx").read_bytes()) == (2, before)
    assert "kan ha vurderinger" in ran.err


def test_verdicts_on_another_report_are_refused(run: Run, report: Path) -> None:
    run("sample", report)
    report.write_text(
        report.read_text(encoding="utf-8").replace("skolevandring", "vandring"), encoding="utf-8"
    )

    ran = run("sample", report, "--verdicts", "skolesjekk-sample.xlsx")
    assert ran.status == 2
    assert "gjelder en annen rapport" in ran.err


def test_an_unknown_verdict_is_told_with_its_row(run: Run, report: Path) -> None:
    run("sample", report)
    fill(Path("skolesjekk-sample.xlsx"), "tja")

    ran = run("sample", report, "--verdicts", "skolesjekk-sample.xlsx")
    assert ran.status == 2
    assert "rad 2: «tja»" in ran.err


@pytest.mark.parametrize("name", ["u.xlsx", "u.csv"])
def test_a_file_that_is_no_sheet_is_refused(name: str, run: Run, report: Path) -> None:
    Path(name).write_bytes(b"\xff\xfe\x00ikke noe")

    assert run("sample", report, "--verdicts", name).status == 2


def test_a_file_that_is_no_report_is_refused(run: Run) -> None:
    Path("x.json").write_text("{}", encoding="utf-8")

    assert run("sample", "x.json").status == 2
