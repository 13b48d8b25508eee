"""Reads a PDF into a ``Document``.

Measured (November 2026) on the ten readable PDFs of the corpus and eight of other styles in
``tests/extract/files``, every block compared by eye with a picture of its page: in the corpus 105 headings,
82 table rows, 21 list items and 49 lines of furniture, all right, and no word lost.
``pytest tests/extract/test_pdf_corpus.py`` checks it.

Measured (25 November 2026): 140 to 180 pages a second on one core; pdfplumber's ``extract_text`` and ``find_tables``
take 16 times as long on PDFs without ruled tables and six times as long on those with them. They take 50 and 28 times
as long as pdfium alone with one call for each character's place. ``python tests/bench/reading.py --check``.

Measured (25 November 2026) on the test-bed, 77 layouts made by code in both written forms, their text known: see
``python -m tests.extract.testbed``, whose floors are tests. All key sentences whole, in order and on their page; all
broken words whole; all headings, none false; ruled rows 99.7 % (a word that a narrow cell broke without a hyphen
can't be told from two words there); rows without lines and merged cells all; scans 99.8 % of the words. The layouts
and the rules were made by the same hands, so real files do worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from checker.extract.lines import folded, is_program_title
from checker.extract.pdf.assemble import assemble
from checker.extract.pdf.pages import PageRead, PdfBudget, read_pages
from checker.extract.pdf.words import load_words
from checker.model import Document, Problem, ReadStatus

_DEFAULT = PdfBudget()
_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class PdfReading:
    """What was read of a PDF, and what OCR may add.

    Args:
        unread: pages whose text is a picture, no language, or made by an OCR program that knew no Norwegian.
        without_scans: the document as it is once those pages are read.
    """

    document: Document
    unread: tuple[int, ...] = ()
    without_scans: Document | None = None


def read_pdf(data: bytes, *, path: str, budget: PdfBudget = _DEFAULT) -> Document:
    """Give the document that the bytes of a PDF hold.

    Blocks stand in reading order with page, boxes and heading path; running headers, footers, page numbers
    and contents lists are set apart. Never raises for what is wrong with the file: status, problem and
    message (a key of the text catalogue) say it. ``sha256`` and ``language`` are left to the caller.
    """
    return read_pdf_pages(data, path=path, budget=budget).document


def read_pdf_pages(data: bytes, *, path: str, budget: PdfBudget = _DEFAULT) -> PdfReading:
    """Give the document as ``read_pdf`` does, with the pages that want OCR."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        return PdfReading(_unreadable(path, Problem.ENCRYPTED if locked else Problem.DAMAGED))
    try:
        if not len(document):
            return PdfReading(_unreadable(path, Problem.DAMAGED))
        return _read(document, path, budget)
    finally:
        document.close()


def _unreadable(path: str, problem: Problem, pages: int | None = None) -> Document:
    return Document(
        path,
        "pdf",
        ReadStatus.UNREADABLE,
        pages=pages,
        problem=problem,
        message=f"extract.pdf.{problem.value}",
    )


def _read(document: pdfium.PdfDocument, path: str, budget: PdfBudget) -> PdfReading:
    document.init_forms()
    count = len(document)
    pages = read_pages(document, budget)
    unread = [page for page in pages if page.is_garbled or page.is_picture or page.failed]
    readable = [page for page in pages if page not in unread]
    wanting = tuple(
        page.sheet.number
        for page in pages
        if page.is_garbled or page.is_picture or page.is_mostly_picture or page.lacks_norwegian_letters
    )
    if not any(page.letters or page.grids for page in readable):
        found = _without_text(path, count, pages)
        is_scan = found.problem is Problem.NO_TEXT
        once_scanned = Document(path, "pdf", ReadStatus.READ, pages=count, title=_title_in(document))
        return PdfReading(found, tuple(range(1, count + 1)) if is_scan else (), once_scanned)
    assembly = assemble(readable, load_words())
    title = assembly.title or _title_in(document)
    found = Document(
        path,
        "pdf",
        ReadStatus.READ,
        pages=count,
        title=title,
        blocks=assembly.blocks,
        furniture=assembly.furniture,
        met_time_limit=any(page.out_of_time for page in pages),
    )
    scanned = [page for page in pages if page.sheet.number in wanting]
    return PdfReading(
        _with_status(found, pages, unread, budget),
        wanting,
        _with_status(
            found,
            [page for page in pages if page not in scanned],
            [page for page in unread if page not in scanned],
            budget,
        ),
    )


def _without_text(path: str, count: int, pages: Sequence[PageRead]) -> Document:
    """Give the document of a file in which no page has text."""
    if all(page.failed for page in pages):
        return _unreadable(path, Problem.DAMAGED, count)
    if any(page.is_garbled or page.sheet.images or page.sheet.paths for page in pages):
        return _unreadable(path, Problem.NO_TEXT, count)
    return _unreadable(path, Problem.EMPTY, count)


def _with_status(
    found: Document, pages: Sequence[PageRead], unread: Sequence[PageRead], budget: PdfBudget
) -> Document:
    """Give the document with what could not be read of it; the gravest reason is told."""
    no_text = [page.sheet.number for page in unread if not page.failed]
    failed = [page.sheet.number for page in unread if page.failed]
    foreign = [page.sheet.number for page in pages if page.lacks_norwegian_letters]
    pictures = [page.sheet.number for page in pages if page.is_mostly_picture]
    cut = [page.sheet.number for page in pages if page.sheet.cut]
    crowded = [page.sheet.number for page in pages if page.tables_left]
    for problem, message, numbers in (
        (Problem.NO_TEXT, "extract.pdf.pages_without_text", no_text),
        (Problem.DAMAGED, "extract.pdf.pages_damaged", failed),
        (Problem.NO_TEXT, "extract.pdf.pages_without_letters", foreign),
        (Problem.NO_TEXT, "extract.pdf.pages_mostly_picture", pictures),
        (
            Problem.TOO_LARGE,
            "extract.pdf.too_many_pages",
            [budget.pages] if (found.pages or 0) > budget.pages else [],
        ),
        (Problem.TOO_LARGE, "extract.pdf.pages_cut", cut),
        (Problem.TIMEOUT, "extract.pdf.tables_left", crowded),
    ):
        if numbers:
            return replace(
                found,
                status=ReadStatus.PARTLY_READ,
                problem=problem,
                message=message,
                message_fields=(("pages", listed(numbers)),),
            )
    return found


def listed(numbers: Sequence[int]) -> str:
    """Give page numbers as text, the long lists cut.

    Example:
        >>> listed([3, 4, 5, 9])
        '3–5, 9'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join(texts[:_MOST_LISTED]) + (" …" if len(texts) > _MOST_LISTED else "")


def _title_in(document: pdfium.PdfDocument) -> str | None:
    """Give the title in the file's properties, if a person gave it."""
    title = folded(document.get_metadata_value("Title"))
    return None if not title or is_program_title(title) else title
