"""Workbook and working paper opened in LibreOffice: what looks like a formula stays text, and big files open."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from checker.model import Report
from checker.report import Decided, report_bytes

from .many import MORE, report_on_many_schools
from .sample import sample_report

pytestmark = pytest.mark.libreoffice

FIRST_SHEET = "csv:Text - txt - csv (StarCalc):59,34,76"
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
PAYLOADS = (
    "=1+1",
    '=HYPERLINK("http://127.0.0.1/x","klikk")',
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "{=1+1}",
    "＝1+1",
)


def converted(data: bytes, name: str, to: str, folder: Path) -> list[Path]:
    """Let LibreOffice open a file and write it as something else; give what it wrote."""
    source = folder / name
    source.write_bytes(data)
    out = folder / "ut"
    program = next(path for name in ("soffice", "libreoffice") if (path := shutil.which(name)))
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return sorted(out.iterdir())


def cells_in(files: list[Path]) -> list[str]:
    cells = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            cells += [cell for row in csv.reader(file, delimiter=";") for cell in row]
    return cells


def hostile() -> Report:
    """Give the report with payloads where others' words stand, a different one in each finding."""
    report = sample_report()
    names = iter(PAYLOADS)
    schools = tuple(replace(school, name=next(names), orgnr=PAYLOADS[0]) for school in report.schools)
    findings = tuple(
        replace(
            finding,
            evidence=tuple(
                replace(passage, quote=payload(number), stance_cue=payload(number))
                for passage in finding.evidence
            ),
            follow_up=payload(number),
        )
        for number, finding in enumerate(report.findings)
    )
    run = replace(report.run, folder=PAYLOADS[0])
    return replace(report, run=run, schools=schools, findings=findings, notices=PAYLOADS)


def payload(number: int) -> str:
    return PAYLOADS[number % len(PAYLOADS)]


def decided(text: str) -> Decided:
    return Decided(
        decision="1",
        grounds=text,
        author=text,
        verdict=text,
        earlier=(text,),
        interview=text,
        comment=text,
        reply=text,
    )


def test_no_payload_is_worked_out_in_any_sheet(tmp_path: Path) -> None:
    report = hostile()
    decisions = {
        (finding.school, finding.requirement): decided(payload(number))
        for number, finding in enumerate(report.findings)
    }
    data = report_bytes(report, "xlsx", decisions=decisions)

    cells = cells_in(converted(data, "gaps.xlsx", EVERY_SHEET, tmp_path))
    assert [text for text in PAYLOADS if sum(text.strip() in cell for cell in cells) < 10] == []
    assert [cell for cell in cells if cell.startswith(("Err:", "#"))] == []


def test_a_workbook_of_150_schools_opens(tmp_path: Path) -> None:
    data = report_bytes(report_on_many_schools(), "xlsx")

    (first_sheet,) = converted(data, "gaps.xlsx", FIRST_SHEET, tmp_path)
    assert len(first_sheet.read_text(encoding="utf-8").splitlines()) > MORE * 12


def test_the_working_paper_opens_with_its_contents_and_its_page_across(tmp_path: Path) -> None:
    (path,) = converted(report_bytes(sample_report(), "docx"), "report.docx", "pdf", tmp_path)
    pdf = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    sizes = [tuple(round(side) for side in page.get_size()) for page in pdf]

    assert "Arbeidspapir" in pages[0]
    assert "Funn per spørsmål" in pages[0]
    assert sizes.count((842, 595)) == 1
    assert set(sizes) == {(595, 842), (842, 595)}
    assert any("Rektor og avdelingsleder går skolevandring" in page for page in pages[1:])
