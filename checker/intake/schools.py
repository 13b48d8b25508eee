"""The school list: CSV or XLSX to rows."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.intake.notice import Notice, notice
from checker.intake.words import list_words, name_key
from checker.model import Level, SchoolListError

_MOST_BYTES = 20 * 1024 * 1024
_MOST_ROWS = 10_000
_MOST_COLUMNS = 100
_MOST_UNPACKED_BYTES = 200 * 1024 * 1024
_DELIMITERS = ";,"
_ENCODINGS = ("utf-8-sig", "cp1252")
_EXCEL_HINT = re.compile(r"\s*sep=.\s*?(?:\r\n|\n|\r)", re.IGNORECASE)
_WORKBOOK_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of the school list; ``level`` is None where the list does not say."""

    file: str
    line: int
    name: str
    orgnr: str | None = None
    folder: str | None = None
    written_form: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class SchoolList:
    """The rows of a school list in its order, and what the user is told about it."""

    rows: tuple[ListRow, ...]
    notices: tuple[Notice, ...] = ()


_Line = tuple[int, list[str]]


def read_school_list(path: Path) -> SchoolList:
    """Give the rows of a school list, CSV (semicolon or comma, UTF-8 or cp1252) or XLSX.

    Only the name is required. Whether a file is a workbook is seen from its content.

    Raises:
        SchoolListError: the list can't be read, or no column holds the names.
    """
    data = _content(path)
    is_workbook = data.startswith(b"PK\x03\x04")
    tables = _workbook_lines(data, path.name) if is_workbook else [_csv_lines(data, path.name)]
    heads: list[_Line] = []
    for lines in tables:
        if lines and "name" in _fields(lines[0][1]):
            return _rows(lines, path.name)
        heads.extend(lines[:1])
    line, found = heads[0] if heads else (1, [])
    raise SchoolListError(
        "intake.list.no_name_column", file=path.name, line=line, found=", ".join(filter(None, found)) or "–"
    )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise SchoolListError("intake.list.not_found", file=str(path), line=1) from error
    except OSError as error:
        raise SchoolListError("intake.list.unreadable", file=path.name, line=1) from error
    if len(data) > _MOST_BYTES:
        raise SchoolListError("intake.list.unreadable", file=path.name, line=1)
    return data


def _csv_lines(data: bytes, file: str) -> list[_Line]:
    """Give the lines that hold anything, cells stripped."""
    text = _decoded(data, file)
    hint = _EXCEL_HINT.match(text)
    text = text[hint.end() :] if hint else text
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first_line = 2 if hint else 1
    lines: list[_Line] = []
    while len(lines) <= _MOST_ROWS:
        start = reader.line_num + first_line
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise SchoolListError("intake.list.unreadable", file=file, line=start) from error
        if cells is None:
            break
        stripped = [_cell_text(cell) for cell in cells]
        if any(stripped):
            lines.append((start, stripped))
    return lines


def _decoded(data: bytes, file: str) -> str:
    place = data.find(b"\0")
    if place < 0:
        for encoding in _ENCODINGS:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                place = error.start
    line = data.count(b"\n", 0, place) + 1
    raise SchoolListError("intake.list.unreadable", file=file, line=line)


def _workbook_lines(data: bytes, file: str) -> list[list[_Line]]:
    """Give the lines that hold anything, sheet by sheet."""
    # Read at first use: it takes a fifth of a second, and most lists are text.
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return list(_sheets(data))
    except (*_WORKBOOK_FAULTS, InvalidFileException) as error:
        raise SchoolListError("intake.list.unreadable", file=file, line=1) from error


def _sheets(data: bytes) -> Iterator[list[_Line]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(info.file_size for info in package.infolist()) > _MOST_UNPACKED_BYTES:
            raise zipfile.BadZipFile
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        lines: list[_Line] = []
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
        for number, row in enumerate(rows, start=1):
            cells = [_cell_text(value) for value in row]
            if any(cells):
                lines.append((number, cells))
        yield lines
    workbook.close()


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(unicodedata.normalize("NFC", str(value)).split())


def _fields(head: Sequence[str]) -> dict[str, int]:
    """Give the place of each known column."""
    columns = list_words().columns
    places: dict[str, int] = {}
    for place, name in enumerate(head):
        field = columns.get(name_key(name))
        if field is not None:
            places.setdefault(field, place)
    return places


def _rows(lines: Sequence[_Line], file: str) -> SchoolList:
    head = lines[0][1]
    places = _fields(head)
    notices: list[Notice] = []
    unknown = [name for name in head if name and name_key(name) not in list_words().columns]
    if unknown:
        notices.append(notice("intake.list.unknown_columns", file=file, columns=", ".join(unknown)))
    rows: list[ListRow] = []
    for line, cells in lines[1:]:
        values = {
            field: cells[place] for field, place in places.items() if place < len(cells) and cells[place]
        }
        if "name" in values:
            rows.append(_row(file, line, values))
        else:
            notices.append(notice("intake.list.row_without_name", file=file, line=line))
    return SchoolList(tuple(rows), tuple(notices))


def _row(file: str, line: int, values: dict[str, str]) -> ListRow:
    words = list_words()
    return ListRow(
        file=file,
        line=line,
        name=values["name"],
        orgnr="".join(values.get("orgnr", "").split()) or None,
        folder=values["folder"].replace("\\", "/").strip("/") if "folder" in values else None,
        written_form=words.written_forms.get(name_key(values.get("written_form", ""))),
        level=_level(values.get("level")),
    )


def _level(cell: str | None) -> Level | None:
    if cell is None:
        return None
    return Level.OWNER if name_key(cell) in list_words().owner_levels else Level.SCHOOL
