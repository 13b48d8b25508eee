"""Makes table rows with column names from grids: heads, merged cells, tables and rows over a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from checker.extract.pdf.hyphens import Vocabulary, breaks_a_word, finished, join, joined
from checker.extract.pdf.lines import Line
from checker.extract.pdf.ruled import Grid, GridCell
from checker.extract.pdf.sheet import HYPHEN, Rect
from checker.extract.tables import GridCell as SharedCell
from checker.extract.tables import GridRow, table_rows
from checker.model import Cell

_SAME_PLACE = 6.0
_LONGEST_NAME = 60
_WIDEST_PADDING = 10.0
_WIDE_LETTERS = frozenset("mwæœ")
_WIDE_LETTER = 1.65
_SENTENCE_END = re.compile(r"[.!?:;»\"]$")
_SENTENCE = re.compile(r"[^\W\d]\.$|[;,]$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?")


@dataclass(frozen=True, slots=True)
class RoughCell:
    """A cell's text, not yet finished; ``columns`` are its first and one past its last."""

    text: str
    columns: tuple[int, int]
    rects: tuple[Rect, ...] = ()
    bold: bool = False
    shade: int | None = None
    from_above: bool = False
    form: bool = False


@dataclass(frozen=True, slots=True)
class RoughRow:
    """A row, and the page on which its lines stand (a row over a page break has lines on both)."""

    cells: tuple[RoughCell, ...]
    page: int
    more: tuple[tuple[int, tuple[Rect, ...]], ...] = ()


@dataclass(slots=True)
class RoughTable:
    """A table, or the part of it on one page; ``edges`` are the x places of its columns."""

    page: int
    rect: Rect
    edges: list[float]
    rows: list[RoughRow]


@dataclass(frozen=True, slots=True)
class FinishedRow:
    """A row as it becomes a block, with its lines' boxes by page; ``band`` is the line across above it."""

    cells: tuple[Cell, ...]
    places: tuple[tuple[int, tuple[Rect, ...]], ...]
    band: str | None = None
    form: bool = False


@dataclass(slots=True)
class TableRun:
    """The parts of one table, page after page."""

    parts: list[RoughTable] = field(default_factory=list)


def cell_of_lines(
    lines: Sequence[Line],
    columns: tuple[int, int],
    vocabulary: Vocabulary,
    right: float | None = None,
) -> RoughCell:
    """Give a cell from the lines that stand in it; ``right`` is where its lines must end."""
    letters = sum(max(line.letters, 1) for line in lines)
    bold = sum(max(line.letters, 1) for line in lines if line.bold)
    return RoughCell(
        text=joined(_unbroken(lines, vocabulary, right), vocabulary),
        columns=columns,
        rects=tuple(line.rect for line in lines),
        bold=bool(lines) and bold > 0.75 * letters,
        form=any(line.form for line in lines),
    )


def _unbroken(lines: Sequence[Line], vocabulary: Vocabulary, right: float | None) -> list[str]:
    """Give the texts of a cell's lines, with a hyphen mark where a word was broken for want of room."""
    texts = [line.text for line in lines]
    for index, (line, following) in enumerate(pairwise(lines)):
        is_full = right is not None and right - line.x1 < _first_letter_width(line, following)
        if breaks_a_word(line.text, following.text, vocabulary, is_full=is_full):
            texts[index] = line.text.rstrip() + HYPHEN
    return texts


def _first_letter_width(line: Line, following: Line) -> float:
    """Give about the room that the first letter of the following line would take on this one."""
    usual = (line.x1 - line.x0) / max(1, len(line.text))
    return usual * (_WIDE_LETTER if following.text.lstrip()[:1] in _WIDE_LETTERS else 1.15)


def _rough_cell(cell: GridCell, padding: float, vocabulary: Vocabulary) -> RoughCell:
    """Give a drawn cell; text on its side stands out as bold text does."""
    rough = cell_of_lines(cell.lines, cell.columns, vocabulary, cell.rect[2] - padding)
    text = " ".join([rough.text, *cell.extra]).strip()
    return replace(
        rough,
        text=text,
        bold=rough.bold or (bool(cell.extra) and not cell.lines),
        shade=cell.shade,
        rects=rough.rects or ((cell.rect,) if text else ()),
    )


def rough_table(grid: Grid, page: int, vocabulary: Vocabulary) -> RoughTable:
    """Give the rows of a drawn table; a merged cell stands in every row it covers."""
    owners = grid.owners()
    paddings = sorted(line.x0 - cell.rect[0] for cell in grid.cells for line in cell.lines)
    padding = min(_WIDEST_PADDING, max(0.0, paddings[len(paddings) // 10])) if paddings else 0.0
    made = {id(cell): _rough_cell(cell, padding, vocabulary) for cell in grid.cells}
    rows: list[RoughRow] = []
    for row in range(len(grid.ys) - 1):
        cells: list[RoughCell] = []
        seen: set[int] = set()
        for column in range(len(grid.xs) - 1):
            owner = owners.get((row, column))
            if owner is None:
                cells.append(RoughCell("", (column, column + 1)))
            elif id(owner) not in seen:
                seen.add(id(owner))
                cells.append(replace(made[id(owner)], from_above=row > owner.rows[0]))
        if any(cell.text and not cell.from_above for cell in cells):
            rows.append(RoughRow(tuple(cells), page))
    return _without_empty_columns(RoughTable(page, grid.rect, list(grid.xs), rows))


def _without_empty_columns(table: RoughTable) -> RoughTable:
    """Drop the columns in which nothing begins: spacers, double lines."""
    used = sorted({cell.columns[0] for row in table.rows for cell in row.cells if cell.text})
    if not used or len(used) == len(table.edges) - 1:
        return table
    place = {column: index for index, column in enumerate(used)}

    def moved(column: int) -> int:
        return sum(one < column for one in used)

    rows = [
        replace(
            row,
            cells=tuple(
                replace(
                    cell,
                    columns=(place[cell.columns[0]], max(moved(cell.columns[1]), place[cell.columns[0]] + 1)),
                )
                for cell in row.cells
                if cell.columns[0] in place
            ),
        )
        for row in table.rows
    ]
    edges = [table.edges[column] for column in used] + [table.edges[-1]]
    return RoughTable(table.page, table.rect, edges, rows)


def goes_on(before: RoughTable, after: RoughTable) -> bool:
    """Whether a table at the top of a page has the columns of the one at the foot of the page before."""
    return (
        after.page == before.page + 1
        and len(before.edges) == len(after.edges)
        and all(abs(one - other) <= _SAME_PLACE for one, other in zip(before.edges, after.edges, strict=True))
    )


def _texts(row: RoughRow) -> list[str]:
    return [" ".join(cell.text.split()).casefold() for cell in row.cells]


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", text)


def _holds_values(head: RoughRow, body: Sequence[RoughRow]) -> bool:
    """Whether a cell of the first row is a number of the same shape as those below it."""
    for cell in head.cells[1:]:
        if not any(char.isdigit() for char in cell.text) or _YEAR.fullmatch(cell.text.strip()):
            continue
        below = [other.text for row in body for other in row.cells if other.columns[0] == cell.columns[0]]
        if sum(_shape(text) == _shape(cell.text) for text in below) >= max(1, len(below) / 3):
            return True
    return False


def _stands_out(head: RoughRow, body: Sequence[RoughRow]) -> bool:
    """Whether the first row is set otherwise than the rows below: bold, or shaded."""
    filled = [cell for cell in head.cells if cell.text]

    def bold_share(rows: Sequence[RoughRow]) -> float:
        cells = [cell for row in rows for cell in row.cells if cell.text]
        return sum(cell.bold for cell in cells) / len(cells) if cells else 0.0

    def bold_labels(rows: Sequence[RoughRow]) -> float:
        cells = [row.cells[0] for row in rows if row.cells[0].text]
        return sum(cell.bold for cell in cells) / len(cells) if cells else 0.0

    bold = bold_share([head])
    if bold > 0.6 and bold_share(body) < 0.5 and (len(filled) > 1 or bold_labels(body) < 0.5):
        return True
    shades = {cell.shade for cell in filled}
    below = {cell.shade for row in body[:1] for cell in row.cells}
    return len(filled) > 1 and None not in shades and not shades & below


def _is_head(head: RoughRow, body: Sequence[RoughRow]) -> bool:
    """Whether the first row names the columns by the way it is set, or, in wide tables, by its short texts.

    Numbers of the same shape as below speak against it before all else.
    """
    filled = [cell.text.strip() for cell in head.cells if cell.text.strip()]
    if not body or len(filled) < 2 or _holds_values(head, body):
        return False
    if any(len(text) > _LONGEST_NAME or _SENTENCE.search(text) for text in filled):
        return False
    if _stands_out(head, body):
        return True
    if len(head.cells) < 3 or len(filled) < len(head.cells):
        return False
    return not any(char.isdigit() for text in filled for char in text) and _has_numbers_below(body)


def _has_numbers_below(body: Sequence[RoughRow]) -> bool:
    """Whether the last cell of most rows holds a number."""
    return sum(any(char.isdigit() for char in row.cells[-1].text) for row in body) > 0.6 * len(body)


def _is_second_head(first: RoughRow, second: RoughRow, body: Sequence[RoughRow]) -> bool:
    """Whether the second row names parts of the columns that the first row names together."""
    spans = any(cell.columns[1] - cell.columns[0] > 1 for cell in first.cells)
    from_above = any(cell.from_above for cell in second.cells)
    own = [cell for cell in second.cells if cell.text and not cell.from_above]
    set_alike = bool(own) and all(cell.bold for cell in own)
    return spans and bool(body) and not _holds_values(second, body) and (from_above or set_alike)


def _continues_row(before: RoughRow, after: RoughRow) -> bool:
    """Whether the first row on a page is the rest of the last row on the page before."""
    old = {cell.columns: cell for cell in before.cells}
    filled = [cell for cell in after.cells if cell.text.strip()]
    if not filled or len(before.cells) != len(after.cells) or any(cell.columns not in old for cell in filled):
        return False
    if any(not old[cell.columns].text.strip() for cell in filled):
        return False
    ends_open = [not _SENTENCE_END.search(old[cell.columns].text.strip()) for cell in filled]
    starts_small = [cell.text.lstrip()[0].islower() for cell in filled]
    first_is_empty = not after.cells[0].text.strip()
    if first_is_empty and len(filled) < len(after.cells):
        return any(ends_open) or all(starts_small)
    return all(ends_open) and all(starts_small)


def _both(before: RoughRow, after: RoughRow, vocabulary: Vocabulary) -> RoughRow:
    """Give a row whose rest stands on the next page."""
    rest = {cell.columns: cell for cell in after.cells}
    cells = tuple(
        replace(cell, text=join(cell.text, rest[cell.columns].text, vocabulary))
        if cell.columns in rest
        else cell
        for cell in before.cells
    )
    return replace(before, cells=cells, more=(*before.more, (after.page, _rects(after))))


def _rects(row: RoughRow) -> tuple[Rect, ...]:
    return tuple(rect for cell in row.cells if not cell.from_above for rect in cell.rects)


def _rows_of(run: TableRun, vocabulary: Vocabulary) -> tuple[list[RoughRow], bool]:
    """Give the rows of all parts, split rows joined, repeated heads left out; and whether a head repeats."""
    rows = list(run.parts[0].rows)
    repeats = False
    depth = 1
    for part in run.parts[1:]:
        new = list(part.rows)
        if rows and new and _texts(new[0]) == _texts(rows[0]):
            repeats = True
            while (
                depth < len(new)
                and depth < len(rows)
                and depth < 3
                and _texts(new[depth]) == _texts(rows[depth])
            ):
                depth += 1
            new = new[depth:]
        if rows and new and _continues_row(rows[-1], new[0]):
            rows[-1] = _both(rows[-1], new[0], vocabulary)
            new = new[1:]
        rows.extend(new)
    return rows, repeats


def _shared_row(row: RoughRow, index: int, vocabulary: Vocabulary, *, is_head: bool) -> GridRow:
    """Give a row as the shared table step takes it; its index stands as its reference."""
    cells = tuple(
        SharedCell(
            text=finished(cell.text, vocabulary),
            columns=cell.columns[1] - cell.columns[0],
            continues=cell.from_above,
            is_bold=cell.bold,
            is_shaded=cell.shade is not None,
        )
        for cell in row.cells
    )
    return GridRow(cells, is_head=is_head, ref=str(index))


def _title_rows(rows: Sequence[RoughRow]) -> int:
    """Give the number of rows across the whole table before its first row of cells."""
    count = 0
    while count < len(rows) and len(rows[count].cells) == 1:
        count += 1
    return count


def finished_rows(run: TableRun, vocabulary: Vocabulary) -> list[FinishedRow]:
    """Give a table's rows with the names of their columns; the head is no row unless it stands alone."""
    rows, repeats = _rows_of(run, vocabulary)
    start = _title_rows(rows)
    heads: set[int] = set()
    if len(rows) > start + 1 and (repeats or _is_head(rows[start], rows[start + 1 :])):
        heads.add(start)
        if len(rows) > start + 2 and _is_second_head(rows[start], rows[start + 1], rows[start + 2 :]):
            heads.add(start + 1)
    shared = [_shared_row(row, index, vocabulary, is_head=index in heads) for index, row in enumerate(rows)]
    made = []
    for found in table_rows(shared):
        row = rows[int(found.ref or "0")]
        places = ((row.page, _rects(row)), *row.more)
        made.append(FinishedRow(found.cells, places, found.band, any(cell.form for cell in row.cells)))
    return made
