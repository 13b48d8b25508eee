"""Finds tables without drawn lines: pieces of text that keep the same columns over several rows.

It must never take two columns of prose for a table: lines that fill their column, lines that go on in small
letters, and parallel lists speak against one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
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


@dataclass(slots=True)
class Row:
    """Pieces at one height, and whether they are two cells or more, set off by gaps."""

    pieces: list[Line]
    is_anchor: bool = False


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
        if rows and row[0].base - rows[-1].pieces[-1].base < _TOO_CLOSE * row[0].size:
            rows[-1].pieces.extend(row)
        else:
            rows.append(Row(list(row)))
    for found in rows:
        found.is_anchor = len(found.pieces) > 1 and _is_anchor(found.pieces)
    return rows


def _is_anchor(row: list[Line]) -> bool:
    """Whether the row has two cells or more, set off by gaps."""
    spans = _united([_span_of(piece) for piece in row])
    return len(spans) > 1 and all(
        after[0] - before[1] >= _NARROWEST_GAP * row[0].size for before, after in pairwise(spans)
    )


def _column_of(piece: Line, spans: list[Span]) -> int:
    """Give the number of the stretch in which, or next to which, the middle of a piece lies."""
    middle = (piece.x0 + piece.x1) / 2
    column, nearest = 0, math.inf
    for index, (x0, x1) in enumerate(spans):
        distance = max(x0 - middle, middle - x1)
        if distance < nearest:
            column, nearest = index, distance
        if middle <= x1:
            break
    return column


def _ends_table(row: Row, above: Row, spans: list[Span]) -> bool:
    """Whether a row with one piece in the first column begins something else."""
    piece = row.pieces[0]
    if len(row.pieces) > 1 or _column_of(piece, spans) > 0:
        return False
    goes_on = piece.text[:1].islower() and piece.base - above.pieces[-1].base < 1.5 * piece.size
    return not goes_on


def _grown(spans: list[Span], pieces: list[Line]) -> list[Span]:
    """Give the stretches that the spans and the pieces cover together."""
    for piece in pieces:
        for x0, x1 in spans:
            if x0 <= piece.x0 and piece.x1 <= x1:
                break
        else:
            return _united([*spans, *map(_span_of, pieces)])
    return spans


def _run_end(rows: list[Row], start: int) -> tuple[int, list[Span]]:
    """Give the end of the longest run of rows from ``start`` that keeps the columns of its first row."""
    spans = _united([_span_of(piece) for piece in rows[start].pieces])
    end = start + 1
    while end < len(rows):
        above, row = rows[end - 1], rows[end]
        first, last = row.pieces[0], above.pieces[0]
        if first.base - above.pieces[-1].base > _LARGEST_DISTANCE * max(last.size, first.size):
            break
        if abs(first.size - last.size) > 0.3 * last.size or _ends_table(row, above, spans):
            break
        grown = _grown(spans, row.pieces)
        if len(grown) != len(spans) or (len(row.pieces) > 1 and not row.is_anchor):
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
    return sum(piece.text[:1].islower() for piece in pieces) / max(1, len(pieces))


def _is_table(rows: list[Row], spans: list[Span]) -> bool:
    """Whether a run of rows with common columns reads across, and not down."""
    anchors = sum(len(row.pieces) > 1 for row in rows)
    if anchors < _FEWEST_ROWS or len(spans) < 2:
        return False
    columns: list[list[Line]] = [[] for _ in spans]
    with_partner = 0
    seconds: list[Line] = []
    for row in rows:
        for piece in row.pieces:
            column = _column_of(piece, spans)
            columns[column].append(piece)
            if len(row.pieces) > 1:
                with_partner += column == 0
                if column == 1:
                    seconds.append(piece)
    labels = columns[0]
    if not all(columns) or with_partner < 0.8 * len(labels) or _small_share(labels) > 0.15:
        return False
    if len(spans) == 2 and _small_share(seconds) > 0.5:
        return False
    if len(spans) == 2 and _fills_its_column(labels, spans) and not _has_digits(columns[-1]):
        return False
    if median([len(piece.text) for piece in labels]) > _LONGEST_LABEL:
        return False
    bulleted = sum(column[0].text[:1] in BULLETS[:-6] for column in columns)
    if bulleted > 1 or sum(piece.text[:1] in BULLETS[:-6] for piece in labels) > 0.5 * len(labels):
        return False
    return all(_is_aligned(column) for column in columns)


def _fills_its_column(labels: list[Line], spans: list[Span]) -> bool:
    """Whether most pieces of the first column take all its room, as lines of prose do."""
    room = spans[1][0] - spans[0][0]
    full = sum(piece.x1 - piece.x0 >= _FULL_LINE * (room - 1.5 * piece.size) for piece in labels)
    return full > 0.5 * len(labels)


def _has_digits(column: list[Line]) -> bool:
    return sum(any(map(str.isdigit, piece.text)) for piece in column) >= 0.7 * len(column)


def _table_of(rows: list[Row], spans: list[Span], page: int, vocabulary: Vocabulary) -> RoughTable:
    """Give the rows as a table; a row without its first cell goes on with the row above."""
    gathered: list[list[list[Line]]] = []
    last_base = 0.0
    for row in rows:
        first = row.pieces[0]
        starts = len(row.pieces) > 1 and any(_column_of(piece, spans) == 0 for piece in row.pieces)
        near = bool(gathered) and first.base - last_base < 1.6 * first.size
        if not gathered or starts or not near:
            gathered.append([[] for _ in spans])
        last_base = row.pieces[-1].base
        for piece in row.pieces:
            gathered[-1][_column_of(piece, spans)].append(piece)
    made = [
        RoughRow(
            tuple(cell_of_lines(lines, (index, index + 1), vocabulary) for index, lines in enumerate(cells)),
            page,
        )
        for cells in gathered
    ]
    pieces = [piece for row in rows for piece in row.pieces]
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
        if not rows[start].is_anchor:
            start += 1
            continue
        end, spans = _run_end(rows, start)
        run = rows[start:end]
        if len(run) >= _FEWEST_ROWS and _is_table(run, spans):
            held = frozenset(id(piece) for row in run for piece in row.pieces)
            found.append((_table_of(run, spans, page, vocabulary), held))
            start = end
        else:
            start += 1
    return found
