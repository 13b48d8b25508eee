"""Gives the pieces of a page in the order in which a person reads them: down one column, then down the next.

A gutter is looked for among the gaps between pieces that stand side by side; pieces that cross it (titles,
tables) divide the page into bands, and each band is read column by column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from checker.extract.pdf.lines import Line, merged, on_one_line, rows_of

_NARROWEST = 7.0
_GRAIN = 4.0
_MOST_CANDIDATES = 8
_MOST_DEPTH = 4
_FEWEST_LINES = 3
_JOINED_GAP = 2.2
_NEAR = 40
_AT_A_TIME = 64


@dataclass(slots=True)
class Obstacle:
    """Something that stands in the text with a place of its own: a table, a form's answer."""

    x0: float
    top: float
    x1: float
    bottom: float
    index: int


@dataclass(slots=True)
class Region:
    """Lines that are read together, top down, with the column's edges; or one obstacle."""

    lines: list[Line]
    x0: float
    x1: float
    obstacle: Obstacle | None = None


def _gutters(items: Sequence[Line | Obstacle]) -> list[float]:
    """Give the places where pieces stand side by side with a gap between, the most frequent first."""
    ordered = sorted(items, key=lambda item: (item.top, item.x0))
    edges = np.array([(item.x0, item.top, item.x1, item.bottom) for item in ordered], np.float64)
    left, upper, right, lower = edges.T
    count: Counter[int] = Counter()
    has_room = np.flatnonzero(right + _NARROWEST <= left.max())
    for start in range(0, len(has_room), _AT_A_TIME):
        own = has_room[start : start + _AT_A_TIME]
        near = slice(max(0, int(own[0]) - _NEAR), int(own[-1]) + _NEAR)
        away = np.arange(len(ordered))[near] - own[:, np.newaxis]
        _, top, x1, bottom = edges[own].T[:, :, np.newaxis]
        is_beside = (away >= -_NEAR) & (away < _NEAR) & (away != 0) & (left[near] >= x1 + _NARROWEST)
        overlap = np.minimum(bottom, lower[near]) - np.maximum(top, upper[near])
        is_beside &= overlap > 0.3 * (bottom - top)
        nearest = np.where(is_beside, left[near], np.inf).min(axis=1)
        places = np.rint((nearest[np.isfinite(nearest)] - _NARROWEST / 2) / _GRAIN)
        count.update(places.astype(np.int64).tolist())
    best = sorted(count, key=lambda key: (-count[key], key))[:_MOST_CANDIDATES]
    return [key * _GRAIN for key in best]


@dataclass(slots=True)
class _Band:
    """What stands between two pieces that cross the gutter."""

    crossing: list[Line | Obstacle]
    left: list[Line | Obstacle]
    right: list[Line | Obstacle]

    @property
    def has_columns(self) -> bool:
        return (
            _line_count(self.left) >= _FEWEST_LINES
            and _line_count(self.right) >= _FEWEST_LINES
            and min(item.x0 for item in self.right) - max(item.x1 for item in self.left) >= _NARROWEST
            and min(max(item.bottom for item in self.left), max(item.bottom for item in self.right))
            > max(min(item.top for item in self.left), min(item.top for item in self.right))
            and (self.is_written_by_column or _share_left_edge(self.right))
        )

    @property
    def is_written_by_column(self) -> bool:
        """Whether the file holds one column after the other, and not line by line across."""
        sides = [
            (item.first, side)
            for side, part in enumerate((self.left, self.right))
            for item in _only_lines(part)
        ]
        order = [side for _, side in sorted(sides)]
        return sum(before != after for before, after in pairwise(order)) <= 0.3 * len(order)


def _only_lines(items: Sequence[Line | Obstacle]) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]


def _share_left_edge(items: Sequence[Line | Obstacle]) -> bool:
    """Whether the lines begin at the same place, as in a column; beside a river they do not."""
    starts = [row[0].x0 for row in rows_of(_only_lines(items))]
    return not starts or max(
        sum(abs(start - other) <= 3 for other in starts) for start in starts
    ) >= 0.7 * len(starts)


def _line_count(items: Sequence[Line | Obstacle]) -> int:
    """Give the number of lines at different heights; an obstacle counts by its height."""
    heights = {round(item.base / 3) for item in items if isinstance(item, Line)}
    return len(heights) + sum(
        max(1, int((item.bottom - item.top) / 14)) for item in items if isinstance(item, Obstacle)
    )


def _bands(items: Sequence[Line | Obstacle], gutter: float) -> list[_Band]:
    """Give the bands into which the pieces that cross the gutter divide the others."""
    bands = [_Band([], [], [])]
    crossing = sorted(
        (item for item in items if item.x0 < gutter - 1 and item.x1 > gutter + 1), key=lambda item: item.top
    )
    others = sorted(
        (item for item in items if not (item.x0 < gutter - 1 and item.x1 > gutter + 1)), key=_middle
    )
    for item in sorted([*crossing, *others], key=_middle):
        if item.x0 < gutter - 1 and item.x1 > gutter + 1:
            if bands[-1].left or bands[-1].right:
                bands.append(_Band([], [], []))
            bands[-1].crossing.append(item)
        elif (item.x0 + item.x1) / 2 < gutter:
            bands[-1].left.append(item)
        else:
            bands[-1].right.append(item)
    return bands


def _middle(item: Line | Obstacle) -> tuple[float, float]:
    return ((item.top + item.bottom) / 2, item.x0)


def regions_of(items: Sequence[Line | Obstacle], depth: int = 0) -> list[Region]:
    """Give the page's pieces in reading order."""
    if not items:
        return []
    best: list[_Band] = []
    best_count = 0
    for gutter in _gutters(items) if depth < _MOST_DEPTH else []:
        bands = _bands(items, gutter)
        count = sum(len(band.left) + len(band.right) for band in bands if band.has_columns)
        if count > best_count:
            best, best_count = bands, count
    if not best:
        return _column(items)
    regions: list[Region] = []
    waiting: list[Line | Obstacle] = []
    for index, band in enumerate(best):
        waiting.extend(band.crossing)
        if not band.has_columns:
            waiting.extend([*band.left, *band.right])
            continue
        regions.extend(regions_of(waiting, depth + 1))
        waiting = _after_columns(band, is_last=index + 1 == len(best))
        regions.extend(regions_of(band.left, depth + 1))
        regions.extend(regions_of(band.right, depth + 1))
    return [*regions, *regions_of(waiting, depth + 1)]


def _after_columns(band: _Band, *, is_last: bool) -> list[Line | Obstacle]:
    """Take what stands below the right column from the foot of the left one, if it belongs to what follows.

    It does when the file holds it after the right column (where it holds one column after the other), or when
    it is a heading over something that crosses the gutter.
    """
    tells_order = band.is_written_by_column
    right_bottom = max(item.bottom for item in band.right)
    right_last = max((item.last for item in _only_lines(band.right)), default=-1)
    sizes = sorted(item.size for item in _only_lines(band.left))
    plain = sizes[len(sizes) // 2] if sizes else 0.0
    taken: list[Line | Obstacle] = []
    for item in sorted(band.left, key=_middle, reverse=True):
        if not isinstance(item, Line) or item.top < right_bottom:
            break
        is_heading = not is_last and (item.bold or item.size > 1.1 * plain)
        if not is_heading and not (tells_order and item.first > right_last >= 0):
            break
        taken.insert(0, item)
    band.left = [item for item in band.left if item not in taken]
    return taken


def _follows(row: list[Line], piece: Line) -> bool:
    """Whether a piece at the same height belongs to the same line of text."""
    return piece.x0 - row[-1].x1 <= _JOINED_GAP * piece.size or 0 < piece.first - row[-1].last <= 2


def _column(items: Sequence[Line | Obstacle]) -> list[Region]:
    """Give the pieces of one column from top to bottom; text boxes that stand side by side are kept whole."""
    lines: list[Line] = []
    for row in rows_of(item for item in items if isinstance(item, Line)):
        run = [row[0]]
        for piece in row[1:]:
            if _follows(run, piece):
                run.append(piece)
            else:
                lines.append(merged(run))
                run = [piece]
        lines.append(merged(run))
    obstacles = [item for item in items if isinstance(item, Obstacle)]
    blocks = _boxes_of(lines) if _stand_side_by_side(lines) else [lines]
    regions: list[Region] = []
    for block in blocks:
        if not block:
            continue
        x0, x1 = min(line.x0 for line in block), max(line.x1 for line in block)
        for part in _cut(block, obstacles) if len(blocks) == 1 else [block]:
            regions.append(Region(part, x0, x1))
    regions.extend(Region([], one.x0, one.x1, one) for one in obstacles)
    return sorted(regions, key=_height)


def _height(region: Region) -> tuple[float, float]:
    if region.obstacle is not None:
        return (region.obstacle.top + min(4.0, (region.obstacle.bottom - region.obstacle.top) / 2), region.x0)
    return (region.lines[0].middle, region.x0)


def _cut(lines: list[Line], obstacles: list[Obstacle]) -> list[list[Line]]:
    """Cut a column where an obstacle stands between its lines."""
    parts: list[list[Line]] = []
    edges = sorted(one.top for one in obstacles)
    before = -1
    for line in lines:
        passed = sum(edge <= line.middle for edge in edges)
        if passed != before:
            parts.append([])
            before = passed
        parts[-1].append(line)
    return parts


def _stand_side_by_side(lines: list[Line]) -> bool:
    """Whether two lines of the column stand at the same height."""
    return any(on_one_line(one, other) for one, other in pairwise(lines))


def _boxes_of(lines: list[Line]) -> list[list[Line]]:
    """Gather lines to boxes: each joins the box whose last line stands close above it and overlaps it."""
    boxes: list[list[Line]] = []
    for line in lines:
        fitting = [
            box
            for box in boxes
            if -0.3 * line.size <= line.top - box[-1].bottom <= 1.6 * line.size
            and min(line.x1, box[-1].x1) - max(line.x0, box[-1].x0) > 0
        ]
        if fitting:
            min(fitting, key=lambda box: (abs(line.x0 - box[-1].x0), box[-1].first)).append(line)
        else:
            boxes.append([line])
    return sorted(boxes, key=lambda box: (box[0].top, box[0].x0))
