"""Cases on the command line: recorded by check, worked with in the workbook, moved and deleted."""

from __future__ import annotations

import json
import os
from pathlib import Path

import openpyxl
import pytest

from checker.casework import Source, cases_folder, open_case, source_of
from checker.casework.database import FILE_NAME

from .made import Run

DAY = "2026-11-23"


def check(run: Run, plans: Path, pack: Path, *more: str) -> None:
    ran = run("check", plans, "--rules", pack, "--as-of", DAY, "--jobs", "0", "--format", "json,xlsx", *more)
    assert ran.status == 0


def fill_in(path: Path, school: str, **cells: object) -> None:
    """Write in the row of a school, on the sheet of what is documented, and save."""
    book = openpyxl.load_workbook(path)
    sheet = book["Dokumentert"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == school)
    for name, value in cells.items():
        sheet.cell(row, heads[name.replace("_", " ")]).value = value
    book.save(path)


@pytest.fixture
def workbook(run: Run, plans: Path, pack: Path) -> Path:
    check(run, plans, pack, "--case", "prøve")
    return Path("skolesjekk-rapport/gaps.xlsx")


def test_a_run_is_kept_in_the_case_and_its_decisions_are_shown_in_the_next_workbook(
    run: Run, plans: Path, pack: Path, workbook: Path
) -> None:
    fill_in(workbook, "Ås skole", Revisors_vurdering="Uenig", Revisors_begrunnelse="Gjelder i fjor")
    read = run("import", workbook, "--case", "prøve", "--author", "Kari Nes")
    check(run, plans, pack, "--case", "prøve", "--out", "ny")
    again = run("import", "ny/gaps.xlsx", "--case", "prøve")

    assert read.out == "Lest inn: nye vurderinger 1, uendret 0, nye merknader 0.\n"
    assert again.out == "Lest inn: nye vurderinger 0, uendret 1, nye merknader 0.\n"
    rows = list(openpyxl.load_workbook("ny/gaps.xlsx")["Dokumentert"].iter_rows(values_only=True))
    row = next(row for row in rows if row[0] == "Ås skole")
    assert {"Uenig", "Gjelder i fjor", "Kari Nes"} <= set(row)
    shown = run("case", "show", "prøve").out
    assert "Vurderinger i saken «prøve»: gjelder 1." in shown
    assert "Ås skole, PR-101: avvist (Kari Nes, " in shown


def test_the_page_finds_the_documents_of_a_case_that_was_checked_here(workbook: Path, plans: Path) -> None:
    assert source_of(open_case("prøve").folder) == Source(str(plans.resolve()), False, "nb", as_of=DAY)


def test_a_changed_plan_reopens_the_decision(run: Run, plans: Path, pack: Path, workbook: Path) -> None:
    fill_in(workbook, "Ås skole", Revisors_vurdering="Enig")
    run("import", workbook, "--case", "prøve", "--author", "Kari Nes")
    plan = plans / "Ås skole" / "plan.md"
    plan.write_text(
        "# Plan 2026–2027\n\nRektor gjennomfører skolevandring i mars hvert år.\n", encoding="utf-8"
    )
    ran = run(
        "check", plans, "--rules", pack, "--as-of", DAY, "--jobs", "0", "--format", "json", "--case", "prøve"
    )

    assert "Vurderinger i saken «prøve»: åpnet på nytt 1." in ran.out
    assert "åpnet på nytt (teksten er endret). Før: bekreftet (Kari Nes" in " ".join(
        run("case", "show", "prøve").out.split()
    )


def test_faults_in_the_workbook_are_told_on_stderr_by_cell(run: Run, workbook: Path) -> None:
    fill_in(workbook, "Ås skole", Revisors_vurdering="Kanskje")
    ran = run("import", workbook, "--case", "prøve")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Dokumentert, rad ")
    assert "kolonne N, «Revisors vurdering»: «Kanskje» står ikke i listen." in ran.err
    assert ran.err.endswith("Ingenting er lest inn. Rett feilene, lagre, og prøv igjen.\n")


def test_an_assessment_without_an_author_is_told(run: Run, workbook: Path) -> None:
    fill_in(workbook, "Ås skole", Revisors_vurdering="Enig")

    assert "oppgi det med --author" in run("import", workbook, "--case", "prøve").err


def test_cases_are_listed_exported_deleted_and_imported(run: Run, workbook: Path) -> None:
    assert run("case", "list").out.startswith("prøve: skoler 3, vurderinger 0, ")
    assert run("case", "export", "prøve").out == "Skrevet: prøve.zip\n"
    deleted = run("case", "delete", "prøve")

    assert deleted.out.startswith("Saken «prøve» er slettet, med rapporter, ")
    assert "cache clear" in deleted.out
    assert run("case", "list", "--lang", "nn").out.startswith("Det er ingen saker.")
    assert run("case", "import", "prøve.zip").out == (
        "Saken «prøve» er laget.\nNytt: vurderinger 0, merknader 0, rapporter 1, dokumenter 0.\n"
    )
    assert run("case", "import", "prøve.zip", "--name", "kopi").status == 0
    assert [line.split(":")[0] for line in run("case", "list").out.splitlines()] == ["kopi", "prøve"]


def test_an_exported_case_is_not_overwritten(run: Run, workbook: Path) -> None:
    Path("prøve.zip").write_text("min", encoding="utf-8")
    ran = run("case", "export", "prøve")

    assert (ran.status, ran.err) == (
        2,
        "«prøve.zip» finnes fra før. Velg et annet navn med --out.\n",
    )
    assert Path("prøve.zip").read_text(encoding="utf-8") == "min"
    assert run("case", "export", "prøve", "--out", "to.zip").status == 0


def test_a_merge_tells_what_two_auditors_disagree_on(run: Run, workbook: Path) -> None:
    run("case", "export", "prøve")
    run("case", "import", "prøve.zip", "--name", "ola")
    fill_in(workbook, "Ås skole", Revisors_vurdering="Enig")
    run("import", workbook, "--case", "prøve", "--author", "Kari")
    fill_in(workbook, "Ås skole", Revisors_vurdering="Uenig", Revisors_begrunnelse="Side 7")
    run("import", workbook, "--case", "ola", "--author", "Ola")
    run("case", "export", "ola")
    ran = run("case", "import", "ola.zip", "--name", "prøve")

    assert ran.out.startswith("Slått sammen med saken «prøve».\nNytt: vurderinger 1, ")
    assert "Uenighet om 1 funn." in ran.err
    assert "Ås skole, PR-101: bekreftet (Kari, " in ran.err
    assert "Uenighet: bekreftet (Kari" in " ".join(run("case", "show", "prøve").out.split())


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", "borte"),
        ("case", "export", "borte"),
        ("case", "delete", "borte"),
        ("import", "gaps.xlsx", "--case", "borte"),
    ],
)
def test_a_case_that_is_not_there_is_told_and_not_made(run: Run, words: tuple[str, ...]) -> None:
    Path("gaps.xlsx").write_bytes(b"x")
    ran = run(*words)

    assert ran.status == 2
    assert "Det er ingen sak som heter «borte»." in ran.err
    assert run("case", "list").out.startswith("Det er ingen saker.")


def test_a_name_that_cannot_be_is_told_before_the_run(run: Run, plans: Path, pack: Path) -> None:
    ran = run("check", plans, "--rules", pack, "--case", "a/b")

    assert ran.status == 2
    assert "tegn som ikke kan stå i et filnavn: /" in ran.err
    assert not Path("skolesjekk-rapport").exists()


def test_a_file_that_is_not_there_is_told(run: Run) -> None:
    assert "Finner ikke filen «borte.xlsx»." in run("import", "borte.xlsx", "--case", "a").err
    assert run("case", "import", "borte.zip").status == 2


def test_a_damaged_case_is_told_and_can_be_deleted(run: Run, workbook: Path) -> None:
    folder = cases_folder(os.environ) / "prøve"
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()
    (folder / FILE_NAME).write_bytes(b"no database" * 500)
    listed = run("case", "list")

    assert listed.err.startswith("prøve: kan ikke leses.")
    assert run("case", "show", "prøve").status == 2
    assert run("case", "delete", "prøve").status == 0
    assert run("case", "list").out.startswith("Det er ingen saker.")


def test_without_a_case_nothing_is_kept(run: Run, plans: Path, pack: Path) -> None:
    check(run, plans, pack)

    assert run("case", "list").out.startswith("Det er ingen saker.")
    assert json.loads(Path("skolesjekk-rapport/gaps.json").read_text(encoding="utf-8"))["findings"]
