"""Reads the rows that an auditor has written in from a workbook, and tells each cell that can't be understood."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from checker.casework.checks import tidied
from checker.casework.errors import CaseError
from checker.model import Status
from checker.report import ASSESSMENTS, FINDING_SHEETS, RowKey, row_key_of
from checker.texts import LANGUAGES, load_texts

WRITTEN = (
    *("assessment", "own_status", "grounds", "author", "assessed"),
    *("interview", "observed", "comment", "reply"),
)
"""The columns that the auditor writes in; keys below ``report.column``."""

_NEEDED = (*WRITTEN, "key")
_ALSO = ("quote", "document", "status")
MOST_BYTES, MOST_UNPACKED_BYTES = 100_000_000, 500_000_000
MOST_ROWS = 200_000
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_SERIALS = range(36_526, 73_051)
"""Days from 2000 to 2099, as a cell without a date's format has them."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a workbook: sheet, row and column (letter and heading), and the sentence's key and fields."""

    sheet: str
    row: int
    column: str
    key: str
    fields: tuple[tuple[str, str], ...] = ()


class WorkbookError(CaseError):
    """A workbook that can't be read back; ``faults`` are all its faults, by sheet and row."""

    def __init__(self, key: str, faults: Sequence[CellFault] = (), **fields: object) -> None:
        super().__init__(key, **fields)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row that something was written in.

    Args:
        columns: letter and heading of each column, by its key, to tell faults by.
        assessment: one of ``ASSESSMENTS``; empty for none.
        shown_status: the machine's status when the workbook was made, None where that can't be told.
    """

    sheet: str
    row: int
    columns: Mapping[str, str]
    key: RowKey
    assessment: str = ""
    status: str = ""
    grounds: str = ""
    author: str = ""
    day: date | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    quote: str = ""
    document: str = ""
    shown_status: str | None = None

    def fault(self, column: str, key: str, **fields: str) -> CellFault:
        """Give a fault in one of the row's cells."""
        return CellFault(self.sheet, self.row, self.columns[column], key, tuple(sorted(fields.items())))


def written_rows(data: bytes) -> tuple[tuple[WrittenRow, ...], tuple[CellFault, ...]]:
    """Give the rows of a ``gaps.xlsx`` that were written in, and what could not be understood.

    Args:
        data: the workbook's bytes, as any spreadsheet program saved it, in any of the report's languages.

    Raises:
        WorkbookError: it is no workbook, or none that holds a gap list.
    """
    rows: list[WrittenRow] = []
    faults: list[CellFault] = []
    found = False
    for title, cells in _finding_sheets(data):
        found = True
        for read in _rows_of(title, cells):
            if isinstance(read, WrittenRow):
                rows.append(read)
            else:
                faults.append(read)
    if not found:
        names = ", ".join(sorted(_named("report.sheet", FINDING_SHEETS[:1])))
        raise WorkbookError("case.workbook.no_list", names=names)
    return tuple(rows), tuple(faults)


def _finding_sheets(data: bytes) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    _refuse_too_large(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:
        raise WorkbookError("case.workbook.unreadable", problem=str(error)[:200]) from error
    names = _named("report.sheet", FINDING_SHEETS)
    for sheet in book.worksheets:
        if sheet.title.casefold() in {name.casefold() for name in names}:
            yield sheet.title, sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
    book.close()


def _refuse_too_large(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
    except zipfile.BadZipFile as error:
        raise WorkbookError("case.workbook.unreadable", problem=str(error)) from error
    if len(data) > MOST_BYTES or unpacked > MOST_UNPACKED_BYTES:
        raise WorkbookError("case.workbook.too_large")


def _rows_of(title: str, cells: Iterator[tuple[Any, ...]]) -> Iterator[WrittenRow | CellFault]:
    heads = next(cells, ())
    places = _places(heads)
    lacking = [name for name in _NEEDED if name not in places]
    if lacking:
        for name in lacking:
            yield CellFault(title, 1, "", "case.cell.no_column", (("name", f"report.column.{name}"),))
        return
    columns = {name: f"{get_column_letter(place + 1)}, «{heads[place]}»" for name, place in places.items()}
    for number, values in enumerate(cells, start=2):
        row = {name: values[place] if place < len(values) else None for name, place in places.items()}
        key = row_key_of(row["key"])
        if any(_text(row[name]) for name in WRITTEN) or (key is not None and key.decision):
            yield from _row(title, number, columns, row, key)


def _places(heads: Sequence[Any]) -> dict[str, int]:
    """Give where each column stands, by the words of its heading in any language."""
    places: dict[str, int] = {}
    wanted = {
        words.casefold(): name for name in (*_NEEDED, *_ALSO) for words in _named("report.column", (name,))
    }
    for place, head in enumerate(heads):
        name = wanted.get(_text(head).casefold())
        if name is not None:
            places.setdefault(name, place)
    return places


def _row(
    title: str, number: int, columns: Mapping[str, str], row: Mapping[str, Any], key: RowKey | None
) -> Iterator[WrittenRow | CellFault]:
    if key is None:
        yield CellFault(title, number, columns["key"], "case.cell.no_key")
        return
    assessment = _one_of(row["assessment"], "report.assessment", ASSESSMENTS)
    status = _one_of(row["own_status"], "status", tuple(Status))
    day = _day(row["assessed"])
    wrong = [
        (name, found)
        for name, found in (("assessment", assessment), ("own_status", status), ("assessed", day))
        if found is None and _text(row[name])
    ]
    for name, _ in wrong:
        known = {"assessment": ASSESSMENTS, "own_status": tuple(Status)}.get(name, ())
        yield CellFault(
            title,
            number,
            columns[name],
            f"case.cell.{name}",
            (("found", _text(row[name])[:80]), ("known", _listed(name, known))),
        )
    if wrong:
        return
    yield WrittenRow(
        sheet=title,
        row=number,
        columns=columns,
        key=key,
        assessment=assessment or "",
        status=status or "",
        grounds=_text(row["grounds"]),
        author=_text(row["author"]),
        day=day,
        notes={
            kind: _text(row[name])
            for kind, name in (
                ("interview", "interview"),
                ("observation", "observed"),
                ("comment", "comment"),
                ("reply", "reply"),
            )
            if _text(row[name])
        },
        quote=_text(row.get("quote")),
        document=_text(row.get("document")),
        shown_status=_one_of(row.get("status"), "status", tuple(Status)),
    )


def _named(prefix: str, names: Sequence[str]) -> set[str]:
    """Give what the catalogue calls some things, in all languages."""
    return {load_texts(language)(f"{prefix}.{name}") for language in LANGUAGES for name in names}


def _one_of(value: Any, prefix: str, names: Sequence[str]) -> str | None:
    """Give the key of what stands in a cell, in any language; None where it is none of them."""
    found = _text(value).casefold()
    for name in names:
        if found and found in {words.casefold() for words in _named(prefix, (name,))}:
            return str(name)
    return None


def _listed(name: str, known: Sequence[str]) -> str:
    """Give the keys of the answers; they are put into words where the fault is told."""
    prefix = "report.assessment" if name == "assessment" else "status"
    return " ".join(f"{prefix}.{entry}" for entry in known)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidied(str(value))


def _day(value: Any) -> date | None:
    """Give the day in a cell: a date, its number, or its text as 24.11.2026 or 2026-11-24."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and int(value) in _SERIALS:
        found = from_excel(int(value))
        return found.date() if isinstance(found, datetime) else None
    text = _text(value)
    parts = _DAY.fullmatch(text)
    try:
        if parts is not None:
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
