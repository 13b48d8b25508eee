"""What is said of a PDF that can't be read, or only in part."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_maker import PdfPage, pdf

from checker.extract.pdf import PdfBudget, read_pdf
from checker.model import Problem, ReadStatus
from checker.texts.load import LANGUAGES, load_texts

CORPUS = Path(__file__).parents[2] / "corpus" / "tverrmark"
TEXT = "Rektor vitjar alle klassar to gonger i året og gir tilbakemelding same dag."


def test_a_file_with_a_password_is_encrypted() -> None:
    data = (CORPUS / "Hestehagan skole" / "Handlingsplan læringsmiljø 2026.pdf").read_bytes()

    document = read_pdf(data, path="plan.pdf")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.ENCRYPTED)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"nonsense" * 40, pdf()])
def test_a_file_that_is_none_or_has_no_page_is_damaged(data: bytes) -> None:
    document = read_pdf(data, path="plan.pdf")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.DAMAGED)


def test_a_file_that_was_cut_off_never_raises() -> None:
    whole = pdf(PdfPage().text(70, 100, TEXT))

    for length in range(0, len(whole), 97):
        assert read_pdf(whole[:length], path="plan.pdf").status in ReadStatus


def test_a_scan_has_no_text() -> None:
    document = read_pdf(pdf(PdfPage().picture(0, 0, 595, 842)), path="plan.pdf")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.NO_TEXT)


def test_a_page_with_nothing_but_a_picture_makes_the_document_partly_read() -> None:
    document = read_pdf(
        pdf(PdfPage().text(70, 100, TEXT), PdfPage().picture(0, 0, 595, 842)), path="plan.pdf"
    )

    assert (document.status, document.problem) == (ReadStatus.PARTLY_READ, Problem.NO_TEXT)
    assert document.message_fields == (("pages", "2"),)
    assert [block.text for block in document.blocks] == [TEXT]


def test_text_that_is_no_language_is_no_text() -> None:
    page = PdfPage()
    for index in range(10):
        page.text(70, 100 + 14 * index, "9L KDU HQ SODQ IRU NODVVHOHGHOVH")
        page.ops[-1] = page.ops[-1].replace(b" SODQ", b"\x03\x03\x04SODQ")
    signs = PdfPage().lines(70, 100, *["%&/(=?!#%&/ ()=+*<>;: !#%&/(=?"] * 5)

    for one in (page, signs):
        document = read_pdf(pdf(one), path="plan.pdf")
        assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.NO_TEXT)


def test_empty_pages_are_empty() -> None:
    document = read_pdf(pdf(PdfPage()), path="plan.pdf")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.EMPTY)


def test_a_page_of_figures_is_text() -> None:
    page = PdfPage().lines(
        70, 100, *["2023 1 291 128 7 8,1", "2024 1 266 127 6 8,4", "2025 1 240 124 8 8,8"] * 4
    )

    assert ReadStatus.READ is read_pdf(pdf(page), path="plan.pdf").status


def test_pages_beyond_the_budget_are_left_and_it_is_said() -> None:
    data = pdf(*[PdfPage().text(70, 100, f"{TEXT} {number}") for number in range(4)])

    document = read_pdf(data, path="plan.pdf", budget=PdfBudget(pages=2))

    assert (document.status, document.problem) == (ReadStatus.PARTLY_READ, Problem.TOO_LARGE)
    assert (len(document.blocks), document.pages) == (2, 4)


def test_a_page_with_too_many_lines_keeps_its_text() -> None:
    page = PdfPage().text(70, 100, TEXT)
    for index in range(700):
        page.rule(10, 0.9 * index * 4, 500, 0.9 * index * 4).rule(0.9 * index * 4, 10, 0.9 * index * 4, 800)

    document = read_pdf(pdf(page), path="plan.pdf")

    assert (document.status, document.problem) == (ReadStatus.PARTLY_READ, Problem.TIMEOUT)
    assert [block.text for block in document.blocks] == [TEXT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_stands_in_the_catalogue(language: str) -> None:
    texts = load_texts(language)
    for name in ("encrypted", "damaged", "empty", "no_text"):
        assert texts(f"extract.pdf.{name}")
    for name in ("pages_without_text", "pages_damaged", "pages_cut", "too_many_pages", "tables_left"):
        assert "3–5" in texts(f"extract.pdf.{name}", pages="3–5")
