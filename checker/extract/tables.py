"""Makes table rows with column names of a grid of cells, whatever format the grid comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.extract.lines import folded
from checker.extract.words import words
from checker.model import Cell

MAX_COLUMNS = 20_000
_HEAD_LETTERS = 60
_HEAD_WORDS = 7
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as it stands in its row.

    Args:
        columns: how many columns it spans.
        rows: how many rows it spans.
        continues: it is the lower part of a cell that began in a row above.
    """

    text: str
    columns: int = 1
    rows: int = 1
    continues: bool = False
    is_bold: bool = False
    is_shaded: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells; ``skipped`` columns before the first are empty. ``ref`` says where it is ("B7")."""

    cells: tuple[GridCell, ...]
    skipped: int = 0
    is_head: bool = False
    is_hidden: bool = False
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it goes into a block; ``band`` is the line across the table that it stands under."""

    cells: tuple[Cell, ...]
    band: str | None = None
    ref: str | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    column: int
    cell: GridCell
    is_carried: bool = False


def table_rows(rows: Sequence[GridRow]) -> list[TableRow]:
    """Give the rows of a table with the names of their columns.

    Merged cells stand once in a row; a cell merged downwards applies to each row that it reaches. The head
    row gives the names and is itself no row, unless it is the only one. A line across the whole table
    becomes the ``band`` of what stands below it.
    """
    placed = list(_placed(rows))
    width = max((item.column + item.cell.columns for row in placed for item in row), default=0)
    start = 0
    while start < len(placed) - 1 and (_is_band(placed[start], width) or not _has_text(placed[start])):
        start += 1
    head_end = start + _head_rows(rows[start:], placed[start:])
    if not any(_has_text(row) for row in placed[head_end:]):
        head_end = start
    names = _names(placed[start:head_end], width)
    found: list[TableRow] = []
    band: str | None = None
    for index, row in enumerate(placed):
        if start <= index < head_end or not _has_own_text(row) or (names and _repeats(row, names)):
            continue
        cells = tuple(
            Cell(_name(item, names), item.cell.text) for item in row if item.cell.text or _name(item, names)
        )
        is_band = _is_band(row, width) and index < len(placed) - 1
        if is_band:
            cells = (Cell(None, row[0].cell.text),)
        found.append(TableRow(cells, None if is_band else band, rows[index].ref, rows[index].is_hidden))
        band = folded(row[0].cell.text) if is_band else band
    return found


def _placed(rows: Sequence[GridRow]) -> Iterator[list[_Placed]]:
    """Give each row's cells with their columns, cells that reach down from above among them."""
    reaching: dict[int, tuple[GridCell, int]] = {}
    above: dict[int, GridCell] = {}
    for row in rows:
        found: list[_Placed] = []
        column = row.skipped
        waiting = list(row.cells)
        while (waiting or column in reaching) and column < MAX_COLUMNS:
            if column in reaching:
                cell, left = reaching.pop(column)
                found.append(_Placed(column, cell, is_carried=True))
                if left > 1:
                    reaching[column + MAX_COLUMNS] = (cell, left - 1)
            else:
                cell = waiting.pop(0)
                is_carried = cell.continues and column in above
                if is_carried:
                    cell = replace(above[column], columns=cell.columns)
                found.append(_Placed(column, cell, is_carried))
                if cell.rows > 1 and not is_carried:
                    reaching[column + MAX_COLUMNS] = (cell, cell.rows - 1)
            column += max(1, cell.columns)
        for late in sorted(key for key in reaching if key < MAX_COLUMNS):
            cell, left = reaching.pop(late)
            found.append(_Placed(late, cell, is_carried=True))
            if left > 1:
                reaching[late + MAX_COLUMNS] = (cell, left - 1)
        reaching = {key - MAX_COLUMNS: value for key, value in reaching.items()}
        above = {item.column: item.cell for item in found}
        yield sorted(found, key=lambda item: item.column)


def _has_text(row: Sequence[_Placed]) -> bool:
    return any(item.cell.text for item in row)


def _has_own_text(row: Sequence[_Placed]) -> bool:
    return any(item.cell.text and not item.is_carried for item in row)


def _is_band(row: Sequence[_Placed], width: int) -> bool:
    """Whether the row is one short line across the whole table."""
    if width < 2 or len(row) != 1 or row[0].cell.columns < width:
        return False
    text = row[0].cell.text
    return bool(text) and len(text) <= 90 and not text.endswith(".") and "\n" not in text


def _repeats(row: Sequence[_Placed], names: Sequence[str | None]) -> bool:
    """Whether the row is the head once more."""
    return len(row) > 1 and all(folded(item.cell.text) == (_name(item, names) or "") for item in row)


def _name(item: _Placed, names: Sequence[str | None]) -> str | None:
    """Give the name of an item's column, or of all the columns that it spans."""
    own = names[item.column : item.column + max(1, item.cell.columns)]
    return " / ".join(dict.fromkeys(name for name in own if name)) or None


def _names(head: Sequence[Sequence[_Placed]], width: int) -> list[str | None]:
    """Give the name of each column, from one or more rows of heads."""
    parts: list[list[str]] = [[] for _ in range(width)]
    for row in head:
        for item in row:
            text = folded(item.cell.text)
            for column in range(item.column, min(width, item.column + max(1, item.cell.columns))):
                if text and text not in parts[column]:
                    parts[column].append(text)
    return [" ".join(part) or None for part in parts] if head else []


def _head_rows(rows: Sequence[GridRow], placed: Sequence[Sequence[_Placed]]) -> int:
    """Give the number of rows that are the table's head."""
    if len(placed) < 2 or len(placed[0]) < 2:
        return 0
    flagged = 0
    while flagged < len(rows) - 1 and (rows[flagged].is_head or _is_head_row(placed[flagged])):
        flagged += 1
    if flagged:
        return min(flagged, 3)
    if not _is_head_by_look(placed):
        return 0
    first, second = placed[0], placed[1]
    spans = any(item.cell.columns > 1 for item in first)
    return 2 if spans and len(placed) > 2 and _reads_as_head(second) and _is_bold(second) else 1


def _is_head_row(row: Sequence[_Placed]) -> bool:
    return bool(row) and all(item.cell.is_head for item in row)


def _is_bold(row: Sequence[_Placed]) -> bool:
    return all(item.cell.is_bold for item in row if item.cell.text)


def _is_shaded(row: Sequence[_Placed]) -> bool:
    return all(item.cell.is_shaded for item in row)


def _reads_as_head(row: Sequence[_Placed]) -> bool:
    """Whether all cells are short names, none a sentence or a value such as a sum or a telephone number."""
    texts = [folded(item.cell.text) for item in row]
    filled = [text for text in texts if text]
    if len(filled) < 2 or len(texts) - len(filled) > 1:
        return False
    return all(
        len(text) <= _HEAD_LETTERS and len(text.split()) <= _HEAD_WORDS and text[-1] not in ".;,"
        for text in filled
    ) and not any(_is_value(text) for text in filled)


def _is_value(text: str) -> bool:
    """Whether a text is a number with or without a unit, as values are and names are not."""
    if _YEAR.fullmatch(text):
        return False
    digits = sum(letter.isdigit() for letter in text)
    signs = sum(not letter.isspace() for letter in text)
    return digits * 3 >= signs or not any(letter.isalpha() for letter in text)


def _is_head_by_look(placed: Sequence[Sequence[_Placed]]) -> bool:
    """Whether the first row is a head, by its type, its shade or its words."""
    first, rest = placed[0], placed[1:]
    if not _reads_as_head(first):
        return False
    if _is_bold(first) and not all(_is_bold(row) for row in rest if _has_text(row)):
        return True
    if _is_shaded(first) and not all(_is_shaded(row) for row in rest):
        return True
    if _has_empty_corner(first, rest):
        return True
    names = [folded(item.cell.text).lower().strip(" :?") for item in first if item.cell.text]
    known = sum(_is_known_head(name) for name in names)
    if len(names) == 2:
        return known == 2
    if known * 2 > len(names):
        return True
    head_letters = max(len(name) for name in names)
    return known > 0 and all(
        any(len(item.cell.text) > head_letters for item in row) for row in rest if _has_text(row)
    )


def _has_empty_corner(first: Sequence[_Placed], rest: Sequence[Sequence[_Placed]]) -> bool:
    """Whether the first row lacks only its first cell, which each row below has, as in weeks by days."""
    names = [folded(item.cell.text) for item in first]
    rows = [row for row in rest if _has_text(row)]
    return (
        not names[0]
        and all(names[1:])
        and len(set(names)) == len(names) > 2
        and len(rows) > 1
        and all(row[0].column == first[0].column and row[0].cell.text for row in rows)
    )


def _is_known_head(name: str) -> bool:
    heads = words("table_heads")
    return name in heads or any(part in heads for part in re.split(r"\s*/\s*| og | eller ", name))
