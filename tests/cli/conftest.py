"""A folder of small plans, and a rule pack of one requirement, so that runs take little time."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from checker.cli import main

from .made import CONCEPTS, OWNERS, PACK, REQUIREMENT, Ran, Run, write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the program as if it were typed, in an empty folder."""
    monkeypatch.delenv("SKOLESJEKK_LANG", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def ran(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return ran


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A rule pack with a requirement of schools and one of the owner."""
    folder = tmp_path / "prove"
    write(folder / "pack.yaml", PACK)
    write(folder / "concepts" / "vandring.yaml", CONCEPTS)
    write(folder / "requirements" / "PR-101.yaml", REQUIREMENT)
    write(folder / "requirements" / "PR-201.yaml", OWNERS)
    return folder


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Two schools, one in each written form, that document the practice."""
    folder = tmp_path / "planer"
    write(
        folder / "Ås skole" / "plan.md", "# Plan 2026–2027\n\nRektor gjennomfører skolevandring i oktober.\n"
    )
    write(
        folder / "Li skule" / "årsplan.txt",
        "Årsplan 2026–2027\n\nRektor gjennomfører skulevandring i mars.\n",
    )
    document = docx.Document()
    document.add_heading("Kommunens oppfølging 2026–2027", 1)
    document.add_paragraph("Kommunalsjefen er med på skolevandring på hver skole.")
    (folder / "Skoleeier").mkdir()
    document.save(str(folder / "Skoleeier" / "oppfølging.docx"))
    return folder
