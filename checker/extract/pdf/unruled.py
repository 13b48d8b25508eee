"""Finds tables without drawn lines: pieces of text that keep the same columns over several rows.

It must never take two columns of prose for a table: lines that fill their column, lines that go on in small
letters, and parallel lists speak against one.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from checker.extract.pdf.hyphens import Vocabulary
from checker.extract.pdf.lines import BULLETS, Line, rows_of
from checker.extract.pdf.sheet import hull
from checker.extract.pdf.tables import RoughRow, RoughTable, cell_of_lines

_NARROWEST_GAP = 1.1
_LEAST_GUTTER = 4.0
_LARGEST_DISTANCE = 3.2
_FEWEST_ROWS = 3
_SAME_PLACE = 4.0
_TOO_CLOSE = 0.85
_LONGEST_LABEL = 45
_FULL_LINE = 0.8

Span = tuple[float, float]
Row = list[Line]


def _united(spans: list[Span]) -> list[Span]:
    """Give the stretches that the spans cover together, from left to right."""
    united: list[Span] = []
    for x0, x1 in sorted(spans):
        if united and x0 <= united[-1][1] + _LEAST_GUTTER:
            united[-1] = (united[-1][0], max(united[-1][1], x1))
        else:
            united.append((x0, x1))
    return united


def _span_of(piece: Line) -> Span:
    return (piece.x0, piece.x1)


def _rows_of(pieces: list[Line]) -> list[Row]:
    """Give the rows; lines too close to be rows of their own make one (cells centred in height)."""
    rows: list[Row] = []
    for row in rows_of(pieces):
        if rows and row[0].base - rows[-1][-1].base < _TOO_CLOSE * row[0].size:
            rows[-1].extend(row)
        else:
            rows.append(list(row))
    return rows


def _is_anchor(row: Row) -> bool:
    """Whether the row has two cells or more, set off by gaps."""
    spans = _united([_span_of(piece) for piece in row])
    return len(spans) > 1 and all(
        after[0] - before[1] >= _NARROWEST_GAP * row[0].size for before, after in pairwise(spans)
    )


def _column_of(piece: Line, spans: list[Span]) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return min(
        range(len(spans)), key=lambda index: (max(spans[index][0] - middle, middle - spans[index][1]), index)
    )


def _ends_table(row: Row, above: Row, spans: list[Span]) -> bool:
    """Whether a row with one piece in the first column begins something else."""
    piece = row[0]
    if len(row) > 1 or _column_of(piece, spans) > 0:
        return False
    goes_on = piece.text[:1].islower() and piece.base - above[-1].base < 1.5 * piece.size
    return not goes_on


def _run_end(rows: list[Row], start: int) -> tuple[int, list[Span]]:
    """Give the end of the longest run of rows from ``start`` that keeps the columns of its first row."""
    spans = _united([_span_of(piece) for piece in rows[start]])
    end = start + 1
    while end < len(rows):
        above, row = rows[end - 1], rows[end]
        distance = row[0].base - above[-1].base
        if distance > _LARGEST_DISTANCE * max(above[0].size, row[0].size):
            break
        if abs(row[0].size - above[0].size) > 0.3 * above[0].size or _ends_table(row, above, spans):
            break
        grown = _united([*spans, *map(_span_of, row)])
        if len(grown) != len(spans) or (len(row) > 1 and not _is_anchor(row)):
            break
        spans = grown
        end += 1
    return end, spans


def _is_aligned(pieces: list[Line]) -> bool:
    """Whether most pieces of a column share their left, right or middle."""
    for place in (
        [piece.x0 for piece in pieces],
        [piece.x1 for piece in pieces],
        [(piece.x0 + piece.x1) / 2 for piece in pieces],
    ):
        centre = median(place)
        if sum(abs(value - centre) <= _SAME_PLACE for value in place) >= 0.7 * len(place):
            return True
    return False


def _small_share(pieces: list[Line]) -> float:
    return sum(piece.text[:1].islower() for piece in pieces) / len(pieces)


def _is_table(rows: list[Row], spans: list[Span]) -> bool:
    """Whether a run of rows with common columns reads across, and not down."""
    anchors = [row for row in rows if len(row) > 1]
    if len(anchors) < _FEWEST_ROWS or len(spans) < 2:
        return False
    columns: list[list[Line]] = [[] for _ in spans]
    for row in rows:
        for piece in row:
            columns[_column_of(piece, spans)].append(piece)
    if not all(columns) or not all(_is_aligned(column) for column in columns):
        return False
    labels = columns[0]
    with_partner = sum(_column_of(piece, spans) == 0 for row in anchors for piece in row)
    if with_partner < 0.8 * len(labels) or _small_share(labels) > 0.15:
        return False
    if median([len(piece.text) for piece in labels]) > _LONGEST_LABEL:
        return False
    bulleted = sum(column[0].text[:1] in BULLETS[:-6] for column in columns)
    if bulleted > 1 or sum(piece.text[:1] in BULLETS[:-6] for piece in labels) > 0.5 * len(labels):
        return False
    seconds = [piece for row in anchors for piece in row if _column_of(piece, spans) == 1]
    if len(spans) == 2 and _small_share(seconds) > 0.5:
        return False
    room = spans[1][0] - spans[0][0]
    full = sum(piece.x1 - piece.x0 >= _FULL_LINE * (room - 1.5 * piece.size) for piece in labels)
    return full <= 0.5 * len(labels) or len(spans) > 2 or _has_digits(columns[-1])


def _has_digits(column: list[Line]) -> bool:
    return sum(any(char.isdigit() for char in piece.text) for piece in column) >= 0.7 * len(column)


def _table_of(rows: list[Row], spans: list[Span], page: int, vocabulary: Vocabulary) -> RoughTable:
    """Give the rows as a table; a row without its first cell goes on with the row above."""
    gathered: list[list[list[Line]]] = []
    last_base = 0.0
    for row in rows:
        starts = len(row) > 1 and any(_column_of(piece, spans) == 0 for piece in row)
        near = bool(gathered) and row[0].base - last_base < 1.6 * row[0].size
        if not gathered or starts or not near:
            gathered.append([[] for _ in spans])
        last_base = row[-1].base
        for piece in row:
            gathered[-1][_column_of(piece, spans)].append(piece)
    made = [
        RoughRow(
            tuple(cell_of_lines(lines, (index, index + 1), vocabulary) for index, lines in enumerate(cells)),
            page,
        )
        for cells in gathered
    ]
    pieces = [piece for row in rows for piece in row]
    edges = [span[0] for span in spans] + [spans[-1][1]]
    return RoughTable(page, hull([piece.rect for piece in pieces]), edges, made)


def aligned_tables(
    pieces: list[Line], page: int, vocabulary: Vocabulary
) -> list[tuple[RoughTable, frozenset[int]]]:
    """Give the tables among the pieces of a page, each with the identities of the pieces that it holds."""
    rows = _rows_of(pieces)
    found = []
    start = 0
    while start < len(rows):
        if not _is_anchor(rows[start]):
            start += 1
            continue
        end, spans = _run_end(rows, start)
        run = rows[start:end]
        if len(run) >= _FEWEST_ROWS and _is_table(run, spans):
            held = frozenset(id(piece) for row in run for piece in row)
            found.append((_table_of(run, spans, page, vocabulary), held))
            start = end
        else:
            start += 1
    return found
