"""What came of a time limit is told, so that it is not taken for all that the same bytes can give."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pdf_maker import PdfPage, pdf

from checker.extract import Readers, extract
from checker.extract.faults import ReadFault
from checker.extract.flow import Item
from checker.extract.pdf import PdfBudget, read_pdf
from checker.model import BlockKind, Problem, ReadStatus

TVERRMARK = Path(__file__).parents[2] / "corpus" / "tverrmark"
DOC = TVERRMARK / "Tangstad ungdomsskole" / "Kompetanseplan 26-27.doc"
LIBREOFFICE = Readers(libreoffice="soffice")
TEXT = "Rektor vitjar alle klassar to gonger i året og gir tilbakemelding same dag."
ROWS = [["Tiltak", "Ansvar"], ["Skolevandring", "Rektor"], ["Klassemøte", "Lærar"]]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every outside program takes too long."""

    def run_program(command: Sequence[str], *, seconds: float, **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, seconds)

    monkeypatch.setattr("checker.extract.doc.run_program", run_program)


def with_table(*, unread: bool) -> bytes:
    """Two pages with a table each, and perhaps a page that is a picture."""
    tables = [
        PdfPage().text(70, 60, TEXT).table([60, 200 + shift, 400], [100, 130, 160, 190], ROWS)
        for shift in (0, 40)
    ]
    return pdf(*tables, *([PdfPage().picture(0, 0, 595, 842)] if unread else []))


@pytest.mark.parametrize("unread", [False, True])
def test_a_pdf_whose_time_for_tables_ran_out_says_so_whatever_else_is_wrong_with_it(unread: bool) -> None:
    late = read_pdf(with_table(unread=unread), path="plan.pdf", budget=PdfBudget(table_seconds=0.0))
    whole = read_pdf(with_table(unread=unread), path="plan.pdf")

    assert late.met_time_limit
    assert late.problem is (Problem.NO_TEXT if unread else Problem.TIMEOUT)
    assert sum(block.kind is BlockKind.TABLE_ROW for block in whole.blocks) == 4
    assert not whole.met_time_limit


@pytest.mark.usefixtures("slow")
def test_an_old_word_file_that_libreoffice_was_too_slow_for_is_read_without_it() -> None:
    data = DOC.read_bytes()

    late = extract(data, path="plan.doc", readers=LIBREOFFICE)

    assert (late.status, late.met_time_limit) == (ReadStatus.READ, True)
    assert late.blocks == extract(data, path="plan.doc").blocks
    assert not extract(data, path="plan.doc").met_time_limit


@pytest.mark.usefixtures("slow")
def test_a_rich_text_that_libreoffice_was_too_slow_for_is_read_without_it() -> None:
    late = extract(rb"{\rtf1 " + TEXT.encode("ascii", "replace") + b"}", path="plan.rtf", readers=LIBREOFFICE)

    assert (late.status, late.met_time_limit) == (ReadStatus.READ, True)


@pytest.mark.usefixtures("slow")
def test_a_workbook_that_only_libreoffice_can_read_and_is_too_slow_for_has_timed_out() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    document = extract(data.getvalue(), path="tal.ods", readers=LIBREOFFICE)

    assert (document.problem, document.message) == (Problem.TIMEOUT, "extract.late")


@pytest.mark.usefixtures("slow")
def test_an_old_word_file_that_only_catdoc_may_read_and_is_too_slow_for_has_timed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_word97(data: bytes) -> list[Item]:
        raise ReadFault(Problem.DAMAGED, "extract.damaged")

    monkeypatch.setattr("checker.extract.doc.read_word97", read_word97)
    data = DOC.read_bytes()

    assert Problem.TIMEOUT is extract(data, path="plan.doc", readers=Readers(catdoc="catdoc")).problem
    assert Problem.DAMAGED is extract(data, path="plan.doc").problem
