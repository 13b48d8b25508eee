"""The user guide: each command in it runs, and each column, answer and state that it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from checker.casework import State, cases
from checker.cli import main
from checker.report.rows import ASSESSMENTS, gap_columns
from checker.texts import load_texts

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "veiledning.md"
TEXT = GUIDE.read_text(encoding="utf-8")
NB = load_texts("nb")
PLANS = {
    "Ås skole": "# Virksomhetsplan 2026–2027\n\nRektor gjennomfører skolevandring i alle klasser i oktober.\n",
    "Li skule": "# Verksemdsplan 2026–2027\n\nVi vil lage ein standard for klasseleiing.\n",
}


def commands() -> list[str]:
    blocks = re.findall(r"(?m)^```\n(.*?)^```$", TEXT, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def fill_in(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Mangelliste"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["Revisors vurdering"]).value = "Enig"
    sheet.cell(3, heads["Revisors vurdering"]).value = "Ikke aktuelt"
    sheet.cell(3, heads["Revisors begrunnelse"]).value = "Ny skole"
    book.save(path)


def test_every_command_of_the_guide_runs_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SKOLESJEKK_LANG", raising=False)
    for school, text in PLANS.items():
        (tmp_path / "tverrmark" / school).mkdir(parents=True)
        (tmp_path / "tverrmark" / school / "plan.md").write_text(text, encoding="utf-8")
    printed = {}
    for command in commands():
        program, *arguments = shlex.split(command)
        if arguments[0] == "import":
            fill_in(tmp_path / arguments[1])
        if arguments[0] == "check":
            arguments += ["--jobs", "0"]
        assert program == "skolesjekk"
        assert main(arguments) == 0, command
        printed[command] = capsys.readouterr().out

    assert [out for command, out in printed.items() if " import skolesjekk" in command] == [
        "Lest inn: nye vurderinger 2, uendret 0, nye merknader 0.\n"
    ]
    assert "gjelder 2" in printed["skolesjekk case show tverrmark-2026"]
    assert (tmp_path / "skolesjekk-rapport" / "report.docx").is_file()
    assert (tmp_path / "tverrmark-2026.zip").is_file()
    assert cases() == ()


def test_the_guide_has_commands() -> None:
    assert len(commands()) >= 8


def table_below(head: str) -> list[str]:
    """Give the first column of the table whose head begins so."""
    lines = TEXT.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {head} |")) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1].strip().strip("«»`"))
    return rows


def test_the_guide_explains_every_column_answer_and_state() -> None:
    own = [NB(f"report.column.{column.key}") for column in gap_columns() if column.own_hand]

    assert table_below("Kolonne") == own
    assert sorted(table_below("Svar")) == sorted(NB(f"report.assessment.{answer}") for answer in ASSESSMENTS)
    assert table_below("Tilstand") == [NB(f"case.state.{state}") for state in State]
