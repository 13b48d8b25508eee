"""Finds tables without drawn lines: pieces of text that keep the same columns over several rows.

It must never take two columns of prose for a table: lines that fill their column, lines that go on in small
letters, and parallel lists speak against one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum, auto
from itertools import pairwise
from statistics import median

import numpy as np

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
    """Pieces at one height.

    Args:
        is_anchor: it has two cells or more, set off by gaps.
        follows: it stands as near below the row before, and in about the same type, as a table's row would.
    """

    pieces: list[Line]
    is_anchor: bool = False
    follows: bool = False


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
    for above, below in pairwise(rows):
        below.follows = _follows(above.pieces, below.pieces[0])
    return rows


def _follows(above: list[Line], piece: Line) -> bool:
    distance = piece.base - above[-1].base
    is_near = distance <= _LARGEST_DISTANCE * max(above[0].size, piece.size)
    return is_near and abs(piece.size - above[0].size) <= 0.3 * above[0].size


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


def _ends_table(piece: Line, above: Row, spans: list[Span]) -> bool:
    """Whether a piece that stands alone in the first column begins something else."""
    if _column_of(piece, spans) > 0:
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
    while end < len(rows) and rows[end].follows:
        row = rows[end]
        if len(row.pieces) == 1 and _ends_table(row.pieces[0], rows[end - 1], spans):
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


class _Count(IntEnum):
    """What is counted of the pieces of a row."""

    ANCHORS = 0
    LABELS = auto()
    SMALL_LABELS = auto()
    FULL_LABELS = auto()
    WITH_PARTNER = auto()
    SECONDS = auto()
    SMALL_SECONDS = auto()
    LAST = auto()
    LAST_WITH_DIGITS = auto()


class _Run:
    """Rows that keep common columns, with what can be counted of them from each row to the end.

    In two columns of prose each row begins such a run, so what speaks against a table must be told without going
    through all rows again.
    """

    def __init__(self, rows: list[Row], start: int, end: int, spans: list[Span]) -> None:
        self._rows, self._start = rows, start
        self.end, self.spans = end, spans
        self._columns = [[_column_of(piece, spans) for piece in row.pieces] for row in rows[start:end]]
        counted = np.array([self._counted(row) for row in range(start, end)], np.int64)
        self._counts = counted[::-1].cumsum(axis=0)[::-1].tolist()

    def _counted(self, row: int) -> list[int]:
        """Give the counts of one row."""
        count = [0] * len(_Count)
        pieces, columns = self._rows[row].pieces, self._columns[row - self._start]
        spans, last = self.spans, len(self.spans) - 1
        is_shared = len(pieces) > 1
        count[_Count.ANCHORS] = is_shared
        for piece, column in zip(pieces, columns, strict=True):
            if column == 0:
                count[_Count.LABELS] += 1
                count[_Count.WITH_PARTNER] += is_shared
                count[_Count.SMALL_LABELS] += piece.text[:1].islower()
                if last:
                    room = spans[1][0] - spans[0][0] - 1.5 * piece.size
                    count[_Count.FULL_LABELS] += piece.x1 - piece.x0 >= _FULL_LINE * room
            if column == 1 and is_shared:
                count[_Count.SECONDS] += 1
                count[_Count.SMALL_SECONDS] += piece.text[:1].islower()
            if column == last:
                count[_Count.LAST] += 1
                count[_Count.LAST_WITH_DIGITS] += any(map(str.isdigit, piece.text))
        return count

    def is_table(self, start: int) -> bool:
        """Whether the rows from ``start`` on read across, and not down."""
        if len(self.spans) < 2 or self._speaks_against(self._counts[start - self._start]):
            return False
        columns: list[list[Line]] = [[] for _ in self.spans]
        for row, places in zip(
            self._rows[start : self.end], self._columns[start - self._start :], strict=True
        ):
            for piece, column in zip(row.pieces, places, strict=True):
                columns[column].append(piece)
        labels = columns[0]
        if not all(columns) or median([len(piece.text) for piece in labels]) > _LONGEST_LABEL:
            return False
        bulleted = sum(column[0].text[:1] in BULLETS[:-6] for column in columns)
        if bulleted > 1 or sum(piece.text[:1] in BULLETS[:-6] for piece in labels) > 0.5 * len(labels):
            return False
        return all(_is_aligned(column) for column in columns)

    def _speaks_against(self, count: list[int]) -> bool:
        """Whether there are too few rows, or the first column has no labels, or the second goes on with its lines."""
        labels = count[_Count.LABELS]
        if count[_Count.ANCHORS] < _FEWEST_ROWS or not labels:
            return True
        if count[_Count.WITH_PARTNER] < 0.8 * labels or count[_Count.SMALL_LABELS] / labels > 0.15:
            return True
        if len(self.spans) > 2:
            return False
        if count[_Count.SMALL_SECONDS] > 0.5 * count[_Count.SECONDS]:
            return True
        is_full = count[_Count.FULL_LABELS] > 0.5 * labels
        return is_full and count[_Count.LAST_WITH_DIGITS] < 0.7 * count[_Count.LAST]


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
    run: _Run | None = None
    start = 0
    while start < len(rows):
        if not rows[start].is_anchor:
            start += 1
            continue
        end, spans = _run_end(rows, start)
        if end - start >= _FEWEST_ROWS:
            if run is None or run.end != end or run.spans != spans:
                run = _Run(rows, start, end, spans)
            if run.is_table(start):
                held = frozenset(id(piece) for row in rows[start:end] for piece in row.pieces)
                found.append((_table_of(rows[start:end], spans, page, vocabulary), held))
                start = end
                continue
        start += 1
    return found
