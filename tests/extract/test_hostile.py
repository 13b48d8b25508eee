"""A folder of files made to break a reader: each ends in the report with its reason, and no other is harmed.

The kinds are those of the extraction notes' section on robustness, and some more.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest
from hostile import (
    TEXT,
    bomb,
    double_flate,
    encrypted,
    far_cell,
    form_fan_out,
    laughs,
    lying_header,
    many_paragraphs,
    many_parts,
    nested,
    ole,
    packed,
    self_drawing_form,
    with_entity,
    without_unicode,
    word,
)
from pdf_maker import PdfPage, pdf

from checker.extract import entry, extract, plain
from checker.extract.watch import Watch
from checker.model import Document, Problem, ReadStatus, Report
from checker.report import report_dict
from checker.run import CheckSettings, check, read_alone
from checker.run.reading import prepare_reading

READ, PARTLY, UNREADABLE = ReadStatus.READ, ReadStatus.PARTLY_READ, ReadStatus.UNREADABLE
AS_OF = date(2026, 11, 23)
SCHOOL = "Åsen skole"
GOOD = f"# Klasseledelse\n\n{TEXT} Læreren får tilbakemelding innen tre dager.\n"
Hurt = tuple[dict[str, Any], Path, float, tuple[str, ...]]
ABORTS, ABORTS_ALWAYS, HANGS, RAISES = "ABORTS", "ABORTS-ALWAYS", "HANGS", "RAISES"


def page(*texts: str) -> PdfPage:
    return PdfPage().lines(70, 100, *texts)


def cut_off() -> bytes:
    data = pdf(*[page(TEXT)] * 3)
    return data[: len(data) // 2]


FILES: dict[str, tuple[Callable[[], bytes], ReadStatus, Problem | None]] = {
    "bombe.docx": (bomb, UNREADABLE, Problem.TOO_LARGE),
    "avsnitt.docx": (many_paragraphs, UNREADABLE, Problem.TOO_LARGE),
    "løgn.docx": (lying_header, UNREADABLE, Problem.DAMAGED),
    "deler.docx": (many_parts, UNREADABLE, Problem.BLOCKED),
    "entitet.docx": (lambda: with_entity("file:///etc/passwd"), UNREADABLE, Problem.BLOCKED),
    "entitet på nett.docx": (lambda: with_entity("http://localhost:9/x"), UNREADABLE, Problem.BLOCKED),
    "latter.docx": (laughs, UNREADABLE, Problem.BLOCKED),
    "fjern celle.xlsx": (far_cell, READ, None),
    "passord.docx": (lambda: ole("EncryptedPackage", "EncryptionInfo"), UNREADABLE, Problem.ENCRYPTED),
    "passord.pdf": (lambda: encrypted("hemmelig"), UNREADABLE, Problem.ENCRYPTED),
    "tomt passord.pdf": (lambda: encrypted(""), READ, None),
    "svær tekst.txt": (lambda: f"{TEXT}\n\n".encode() * 120_000, UNREADABLE, Problem.TOO_LARGE),
    "uten sider.pdf": (pdf, UNREADABLE, Problem.DAMAGED),
    "kuttet.pdf": (cut_off, UNREADABLE, Problem.DAMAGED),
    "kjempeside.pdf": (lambda: pdf(PdfPage(60_000, 60_000).text(70, 100, TEXT)), READ, None),
    "kjempebilde.pdf": (
        lambda: pdf(PdfPage(60_000, 60_000).picture(0, 0, 60_000, 60_000)),
        UNREADABLE,
        Problem.NO_TEXT,
    ),
    "tegner seg selv.pdf": (self_drawing_form, UNREADABLE, Problem.EMPTY),
    "uten nøkkel.pdf": (without_unicode, UNREADABLE, Problem.NO_TEXT),
    "tom.docx": (lambda: b"", UNREADABLE, Problem.EMPTY),
    "egentlig word.pdf": (word, READ, None),
    "egentlig pdf.docx": (lambda: pdf(page(TEXT)), READ, None),
    "program.docx": (lambda: bytes(range(256)) * 40, UNREADABLE, Problem.UNSUPPORTED),
    "lang linje.txt": ((TEXT.replace(" ", "") * 16_000).encode, READ, None),
    "mellomrom.txt": (f"Rektor {' ' * 900_000}leder.".encode, READ, None),
    "=1+1.md": (GOOD.encode, READ, None),
    "<img src=x onerror=alert(1)>.md": (GOOD.encode, READ, None),
    "linje\nskift \x1b[31m.md": (GOOD.encode, READ, None),
    "plan.md": (GOOD.encode, READ, None),
    f"{ABORTS}.pdf": (
        lambda: pdf(page(TEXT, "Rektor vurderer ordningen hvert år.")),
        PARTLY,
        Problem.CRASHED,
    ),
    f"{ABORTS_ALWAYS}.pdf": (lambda: pdf(page(TEXT, ABORTS)), UNREADABLE, Problem.CRASHED),
    f"{HANGS}.docx": (word, PARTLY, Problem.TIMEOUT),
    f"{RAISES}.pdf": (lambda: pdf(page(TEXT)), PARTLY, Problem.CRASHED),
}


def prepare_hurtful(reading: Any) -> Any:
    """Give the ordinary function that judges a file, with readers that hurt."""
    read_pdf, read_docx = entry._read_pdf, entry._READERS["docx"]

    def hurtful_pdf(data: bytes, context: Any) -> Document:
        name = context.path.rsplit("/", 1)[-1]
        if ABORTS in name:
            os.abort()
        if RAISES in name:
            raise ZeroDivisionError(name)
        return read_pdf(data, context)

    def hurtful_plain(data: bytes, context: Any, composer: Any) -> int | None:
        if ABORTS_ALWAYS in context.path:
            os.abort()
        return plain_pdf(data, context, composer)

    def hurtful_docx(data: bytes, context: Any) -> Document:
        if HANGS in context.path:
            context.watch.begin(context.path, 2.0)
            time.sleep(600)
        return read_docx(data, context)

    plain_pdf = plain._READERS["pdf"]
    entry._read_pdf = hurtful_pdf
    entry._READERS = {**entry._READERS, "docx": hurtful_docx}
    plain._READERS = {**plain._READERS, "pdf": hurtful_plain}
    return prepare_reading(reading)


def settings(**changes: Any) -> CheckSettings:
    return CheckSettings(**{"as_of": AS_OF, "jobs": 2, "builtin_readers": True, **changes})


@pytest.fixture(scope="module")
def hurt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hurt]:
    """Check a folder with every hostile file, and give the report."""
    folder = tmp_path_factory.mktemp("mappe")
    school = folder / SCHOOL
    school.mkdir()
    for name, (make, _, _) in FILES.items():
        if sys.platform == "win32" and set(name) & set('<>"\n\x1b'):
            continue
        (school / name).write_bytes(make())
    (school / "e\u0301tat.md").write_text(GOOD, encoding="utf-8")
    (school / "\u00e9tat.md").write_text(GOOD, encoding="utf-8")
    (school / "arkiv.zip").write_bytes(
        packed(
            {
                "plan.pdf": pdf(page(TEXT)),
                f"{ABORTS}.pdf": pdf(page(TEXT)),
                "sist.docx": word(),
                "../ut.txt": b"Ut.",
                "dyp.zip": nested(3),
            }
        )
    )
    if os.name != "nt":
        os.mkfifo(school / "rør.pdf")
        (school / "sløyfe").symlink_to(school, target_is_directory=True)
        outside = tmp_path_factory.mktemp("ute") / "hemmelig.md"
        outside.write_text(GOOD, encoding="utf-8")
        (school / "lenke.md").symlink_to(outside)
        (Path(os.fsencode(school).decode("utf-8", "surrogateescape")) / "ikke\udce6utf8.md").write_text(
            GOOD, encoding="utf-8"
        )
    before = set(psutil.Process().children(recursive=True))
    module = sys.modules["checker.run.check"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_prepare", prepare_hurtful)
        started = time.monotonic()
        report: Report = check(folder, settings())
        seconds = time.monotonic() - started
    left = [
        process
        for process in set(psutil.Process().children(recursive=True)) - before
        if "resource_tracker" not in " ".join(process.cmdline())
    ]
    assert left == []
    yield report_dict(report), folder, seconds, report.notices
    shutil.rmtree(folder)


def documents(hurt: Hurt) -> dict[str, dict[str, Any]]:
    return {d["path"].removeprefix(f"{SCHOOL}/"): d for d in hurt[0]["documents"]}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_hostile_file_ends_in_the_report_with_its_reason(hurt: Hurt, name: str) -> None:
    if sys.platform == "win32" and set(name) & set('<>"\n\x1b'):
        pytest.skip("no such name on Windows")
    _, status, problem = FILES[name]
    found = documents(hurt)[name]

    assert (found["status"], found["problem"]) == (status, problem)
    if status is not READ:
        assert len(found["message"]) > 20
        assert "Traceback" not in found["message"]
    else:
        assert found["words"] > 0


def test_a_bad_member_of_an_archive_costs_no_other(hurt: Hurt) -> None:
    found = {
        path.removeprefix("arkiv.zip!/"): (d["status"], d["problem"])
        for path, d in documents(hurt).items()
        if path.startswith("arkiv.zip!/")
    }

    assert found == {
        "plan.pdf": (READ, None),
        f"{ABORTS}.pdf": (PARTLY, Problem.CRASHED),
        "sist.docx": (READ, None),
        "../ut.txt": (UNREADABLE, Problem.BLOCKED),
        "dyp.zip": (ReadStatus.CONTAINER, None),
        "dyp.zip!/2.zip": (ReadStatus.CONTAINER, None),
        "dyp.zip!/2.zip!/1.zip": (ReadStatus.CONTAINER, None),
        "dyp.zip!/2.zip!/1.zip!/0.zip": (UNREADABLE, Problem.BLOCKED),
    }


@pytest.mark.skipif(os.name == "nt", reason="no such files on Windows")
def test_pipes_loops_links_and_strange_names_are_listed(hurt: Hurt) -> None:
    found = documents(hurt)
    notices = " ".join(hurt[3])

    assert all(name in notices for name in ("rør.pdf", "lenke.md", "sløyfe"))
    assert not any(name.startswith(("sløyfe/", "lenke", "rør")) for name in found)
    assert [d["status"] for name, d in found.items() if name.startswith("ikke") and d["path_raw"]] == [READ]


@pytest.mark.skipif(sys.platform == "darwin", reason="one file on macOS")
def test_two_forms_of_a_name_are_two_files(hurt: Hurt) -> None:
    named = [
        d for d in hurt[0]["documents"] if "tat" in d["path"].rsplit("/", 1)[-1] and d["status"] == "read"
    ]

    assert len([d for d in named if d["path"].endswith("tat.md")]) == 2
    assert len({d["id"] for d in named}) == len(named)


def test_the_other_files_of_the_run_are_unharmed(hurt: Hurt) -> None:
    report, _, seconds, _ = hurt
    finding = next(f for f in report["findings"] if f["requirement"] == "KL-102")

    assert len(report["documents"]) >= len(FILES) + 9
    assert finding["status"] == "documented"
    assert seconds < 180


def test_a_file_that_ends_its_reader_is_read_otherwise(tmp_path: Path) -> None:
    """Real, not made up: pdfium ends the process on a form that draws others nine levels deep."""
    place = tmp_path / "former.pdf"
    place.write_bytes(form_fan_out())

    document = read_alone(place, path="former.pdf", readers=entry.BUILTIN_READERS)

    assert (document.format, document.status) == ("pdf", UNREADABLE)
    assert document.problem in {Problem.CRASHED, Problem.TIMEOUT, Problem.EMPTY}
    assert len(document.sha256) == 64


def test_a_page_that_unpacks_to_hundreds_of_megabytes_harms_nobody(tmp_path: Path) -> None:
    place = tmp_path / "dobbelt.pdf"
    place.write_bytes(double_flate())

    document = read_alone(place, path="dobbelt.pdf", readers=entry.BUILTIN_READERS)

    assert document.status is UNREADABLE


@pytest.mark.parametrize(
    ("data", "path", "texts"),
    [
        (pdf(page(TEXT), page("Rektor vurderer.")), "a.pdf", [TEXT, "Rektor vurderer."]),
        (word(), "a.docx", [TEXT]),
        (far_cell(), "a.xlsx", ["Tiltak", "Ansvar", "Skolevandring", "Rektor", "Langt borte"]),
    ],
)
@pytest.mark.parametrize("problem", [Problem.CRASHED, Problem.TIMEOUT, Problem.TOO_LARGE])
def test_the_second_way_to_read_gives_the_text_and_says_why(
    data: bytes, path: str, texts: list[str], problem: Problem
) -> None:
    document = extract(data, path=path, watch=Watch(setbacks=((path, problem),)))

    assert (document.status, document.problem) == (PARTLY, problem)
    assert document.message == f"extract.plain.{problem}"
    assert [block.text for block in document.blocks] == texts


def test_after_two_setbacks_a_file_is_not_read() -> None:
    setbacks = (("a.pdf", Problem.CRASHED), ("a.pdf", Problem.TIMEOUT))

    document = extract(pdf(page(TEXT)), path="a.pdf", watch=Watch(setbacks))

    assert (document.status, document.problem, document.blocks) == (UNREADABLE, Problem.TIMEOUT, ())
    assert document.message == "extract.lost.timeout"


def test_who_watches_is_told_of_each_file_and_its_time() -> None:
    told: list[tuple[str, float]] = []
    data = packed({"a.pdf": pdf(*[page(TEXT)] * 40)})

    extract(data, path="ut.zip", watch=Watch(begin=lambda path, seconds: told.append((path, round(seconds)))))

    assert told == [("ut.zip", 20), ("ut.zip!/a.pdf", 20), ("ut.zip!/a.pdf", 44), ("ut.zip", 20)]
