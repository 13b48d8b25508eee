"""Measures how fast files are read, against the plain way to do it, as ratios of one run in one process.

    python tests/bench/reading.py [--rounds N] [--check]

PDFs without ruled tables: at least ten times as fast as pdfplumber's ``extract_text`` and ``find_tables`` on every
page. PDFs with them, and DOCX against python-docx reading all paragraphs and cells: not slower. ``--check`` fails
where a ratio is not reached. Readers take turns, file by file, and the fastest of the rounds counts, so that
whatever else the machine does falls on both alike.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pdfplumber

from checker.extract import extract
from checker.extract.pdf import read_pdf

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus" / "tverrmark"
sys.path.insert(0, str(ROOT / "tests" / "extract"))

from pdf_maker import PdfPage, pdf  # noqa: E402

SENTENCES = (
    "Rektor observerer undervisningen i alle klasser i uke 40 og gir tilbakemelding samme dag.",
    "Læraren får rettleiing av mentor kvar veke det første året, og samtalane blir skrivne ned.",
    "Ledelsen går gjennom tallene fra elevundersøkelsen i oktober sammen med lærerne på hvert trinn.",
    "Teamet drøfter hvordan timene begynner og avsluttes, og blir enige om felles rutiner for klassen.",
)
PAGES = 12


@dataclass(slots=True)
class Group:
    """Files of a kind, with the least ratio and the times of both readers."""

    name: str
    least: float
    files: list[tuple[str, bytes]] = field(default_factory=list)
    ours: float = 0.0
    plain: float = 0.0
    pages: int = 0


def plain_pdf(data: bytes) -> int:
    """Read a PDF in the plain way, and give the number of its pages."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.find_tables()
        return len(document.pages)


def plain_docx(data: bytes) -> int:
    """Read a DOCX in the plain way."""
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return 1 if texts else 0


def made(kind: str) -> bytes:
    """Give a generated plan: a page of plain text, of two columns, or of lists under headings."""
    pages = []
    for number in range(PAGES):
        page = PdfPage().text(70, 70, f"{number + 1} Tiltak for klasseledelse", size=16, bold=True)
        if kind == "columns":
            for x in (60, 310):
                page.lines(x, 100, *[text[:44] for text in SENTENCES * 12], size=10)
        elif kind == "lists":
            page.lines(70, 100, *[f"{line + 1}. {SENTENCES[line % 4]}" for line in range(48)], size=10)
        else:
            page.lines(70, 100, *SENTENCES * 12)
        pages.append(page)
    return pdf(*pages)


def is_ruled(data: bytes) -> bool:
    """Whether a PDF has a ruled table on any page."""
    return any(block.cells is not None for block in read_pdf(data, path="a.pdf").blocks)


def groups() -> list[Group]:
    """Give the files in their groups: the corpus, and PDFs made here."""
    without, with_rules = Group("PDF without ruled tables", 10.0), Group("PDF with ruled tables", 4.0)
    word = Group("DOCX", 1.0)
    for kind in ("text", "columns", "lists"):
        without.files.append((f"made: {kind}", made(kind)))
    for place in sorted(CORPUS.rglob("*")):
        if not place.is_file() or place.suffix not in {".pdf", ".docx"}:
            continue
        data = place.read_bytes()
        if place.suffix == ".docx" and data.startswith(b"PK"):
            word.files.append((place.name, data))
        elif read_pdf(data, path="a.pdf").blocks:
            (with_rules if is_ruled(data) else without).files.append((place.name, data))
    return [without, with_rules, word]


def seconds(read: Callable[[bytes], object], data: bytes) -> float:
    """Give the processor time of one reading."""
    started = time.process_time()
    read(data)
    return time.process_time() - started


def measure(group: Group, rounds: int) -> None:
    """Let both readers read each file in turn."""
    plain = plain_docx if group.name == "DOCX" else plain_pdf
    suffix = "docx" if group.name == "DOCX" else "pdf"
    for name, data in group.files:
        group.pages += plain(data)
        times = [
            (seconds(lambda content: extract(content, path=f"a.{suffix}"), data), seconds(plain, data))
            for _ in range(rounds)
        ]
        ours, theirs = min(pair[0] for pair in times), min(pair[1] for pair in times)
        group.ours += ours
        group.plain += theirs
        print(f"  {name:60.60} {1000 * ours:9.1f} ms {1000 * theirs:9.1f} ms {theirs / ours:6.1f} x")


def main() -> int:
    """Measure, print and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each file is read")
    parser.add_argument("--check", action="store_true", help="fail where a ratio is not reached")
    options = parser.parse_args()
    failed = False
    for group in groups():
        print(f"{group.name}: ours, plain, ratio")
        measure(group, options.rounds)
        ratio = group.plain / group.ours
        failed |= ratio < group.least
        rate = (
            f"{group.pages / group.ours:.0f} pages/s" if group.name != "DOCX" else f"{len(group.files)} files"
        )
        print(f"  all: {rate}, {ratio:.1f} x the plain reader (least: {group.least:.0f} x)\n")
    return 1 if failed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
