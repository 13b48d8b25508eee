"""A sample of findings as a sheet to fill in, and the verdicts read back from it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from checker.measure.errors import VerdictError
from checker.measure.files import read_text
from checker.measure.reports import Key, best_quote, key_of, paths_of
from checker.measure.sampling import Sample, SampleVerdict, draw_sample
from checker.report import BOOK_OPTIONS, clean, harmless
from checker.texts import LANGUAGES, Texts, load_texts

COLUMNS = (
    "verdict",
    "comment",
    "school",
    "requirement",
    "status",
    "quote",
    "document",
    "page",
    "explanation",
    "key",
)
WIDTHS = (16, 30, 24, 13, 20, 70, 30, 8, 60, 8)
MOST_BYTES, MOST_UNPACKED_BYTES = 20_000_000, 200_000_000
_MAKER = tuple[str, str, int]
"""What a row's key says of its sample: hash of the report, seed, and how many were asked for."""


def sample_csv(sample: Sample, report: dict[str, Any], texts: Texts) -> bytes:
    """Give the sample as CSV: semicolons, UTF-8 with byte order mark, CRLF; no cell can act as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_heads(texts))
    for row in _rows(sample, report, texts):
        writer.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def sample_workbook(sample: Sample, report: dict[str, Any], texts: Texts) -> bytes:
    """Give the sample as a workbook: a list of the three verdicts in the first column, the row's key hidden."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, BOOK_OPTIONS)
    book.set_properties({"author": "Skolesjekk", "created": datetime.fromisoformat(report["run"]["as_of"])})
    sheet = book.add_worksheet(texts("measure.sample.sheet"))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(_heads(texts), WIDTHS, strict=True)):
        sheet.set_column(column, column, width, None, {"hidden": COLUMNS[column] == "key"})
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(_rows(sample, report, texts), start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, clean(cell), plain)
    names = [texts(f"measure.sample.verdict.{verdict}") for verdict in SampleVerdict]
    if sample.findings:
        sheet.data_validation(1, 0, len(sample.findings), 0, {"validate": "list", "source": names})
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def read_verdicts(path: Path, report: dict[str, Any]) -> tuple[Sample, dict[Key, SampleVerdict]]:
    """Give the sample that a file of verdicts (CSV or XLSX) is of, and the verdicts; empty cells are none.

    Raises:
        VerdictError: the file can't be read, is of another report or not of one sample, or a verdict is unknown.
    """
    rows = _workbook_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    heads = next(rows, [])
    places = [_place(heads, name, path) for name in ("verdict", "key")]
    found: dict[Key, SampleVerdict] = {}
    makers: set[_MAKER] = set()
    for number, row in enumerate(rows, start=2):
        verdict_cell, key_cell = (row[place] if place < len(row) else "" for place in places)
        if not key_cell and not verdict_cell:
            continue
        key, maker = _row_key(key_cell, path, number)
        makers.add(maker)
        verdict = _verdict(verdict_cell, path, number)
        if verdict is not None and found.setdefault(key, verdict) is not verdict:
            raise VerdictError("measure.sample.twice", file=path.name, row=number)
    if len(makers) != 1:
        raise VerdictError("measure.sample.mixed", file=path.name)
    ((digest, seed, asked),) = makers
    sample = draw_sample(report, asked, seed=seed)
    if sample.report != digest or not {key_of(finding) for finding in sample.findings} >= found.keys():
        raise VerdictError("measure.sample.other_report", file=path.name)
    return sample, found


def _heads(texts: Texts) -> list[str]:
    return [texts(f"measure.sample.column.{name}") for name in COLUMNS]


def _rows(sample: Sample, report: dict[str, Any], texts: Texts) -> Iterator[list[str]]:
    paths = paths_of(report)
    names = {school["id"]: school["name"] for school in report["schools"]}
    for finding in sample.findings:
        shown = finding
        if not finding["evidence"]:
            shown = {"evidence": (finding.get("search") or {}).get("nearest") or []}
        quote, path, page = best_quote(shown, paths)
        key = json.dumps([*key_of(finding), sample.report, sample.seed, sample.asked], ensure_ascii=False)
        yield ["", "", names.get(finding["school"], finding["school"]), finding["requirement"],
               texts(f"status.{finding['status']}"), quote, path, "" if page is None else str(page),
               finding["explanation"], key]  # fmt: skip


def _workbook_rows(path: Path) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if path.stat().st_size > MOST_BYTES or unpacked > MOST_UNPACKED_BYTES:
            raise VerdictError("measure.sample.no_table", file=path.name)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        book.close()
    except (OSError, ValueError, KeyError, IndexError, SyntaxError, zipfile.BadZipFile) as fault:
        raise VerdictError("measure.sample.no_table", file=path.name) from fault
    for row in rows:
        yield ["" if cell is None else str(cell).strip() for cell in row]


def _csv_rows(path: Path) -> Iterator[list[str]]:
    text = read_text(path, error=VerdictError)
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        raise VerdictError("measure.sample.no_table", file=path.name) from fault
    for row in rows:
        yield [cell.strip() for cell in row]


def _place(heads: Sequence[str], name: str, path: Path) -> int:
    known = [load_texts(language)(f"measure.sample.column.{name}") for language in LANGUAGES]
    for place, head in enumerate(heads):
        if head in known:
            return place
    raise VerdictError("measure.sample.no_column", file=path.name, column=known[0])


def _row_key(cell: str, path: Path, number: int) -> tuple[Key, _MAKER]:
    try:
        parts = json.loads(cell)
    except ValueError:
        parts = None
    kinds = (str, str, str, str, str, int)
    if not isinstance(parts, list) or [type(part) for part in parts] != list(kinds) or parts[5] < 1:
        raise VerdictError("measure.sample.no_key", file=path.name, row=number)
    return (parts[0], parts[1], parts[2]), (parts[3], parts[4], parts[5])


def _verdict(cell: str, path: Path, number: int) -> SampleVerdict | None:
    if not cell:
        return None
    for verdict in SampleVerdict:
        names = {load_texts(language)(f"measure.sample.verdict.{verdict}") for language in LANGUAGES}
        if cell.casefold() in names:
            return verdict
    known = ", ".join(load_texts("nb")(f"measure.sample.verdict.{verdict}") for verdict in SampleVerdict)
    raise VerdictError("measure.sample.no_verdict", file=path.name, row=number, found=cell, known=known)
