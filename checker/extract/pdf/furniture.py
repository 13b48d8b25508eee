"""Tells running headers, footers, page numbers and contents lists from the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.extract.lines import is_contents_entry, is_contents_title
from checker.extract.pdf.hyphens import tidy
from checker.extract.pdf.lines import Line
from checker.extract.pdf.words import Words
from checker.model import FurnitureKind

_MARGIN = 0.12
_SAME_HEIGHT = 4.0
_LONGEST_RUNNING_LINE = 200
_FEWEST_REPEATS = 3
_LONE_GAP = 1.8
_DIGITS = re.compile(r"\d+")
_PAGE_AT_END = re.compile(r"^\S.*?[\s\t](\d{1,3})$")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page outside tables, for a look at all pages together."""

    number: int
    height: float
    lines: Sequence[Line]


def _masked(text: str) -> str:
    return _DIGITS.sub("0", " ".join(text.split()).casefold())


def _is_at_edge(line: Line, page: PageLines) -> bool:
    return line.bottom <= _MARGIN * page.height or line.top >= (1 - _MARGIN) * page.height


def _counts_pages(found: Sequence[tuple[int, Line]]) -> bool:
    """Whether the lines differ in nothing, or only in numbers that run with the pages."""
    texts = {" ".join(line.text.split()) for _, line in found}
    if len(texts) == 1:
        return True
    offsets = set()
    for page, line in found:
        numbers = {int(number) - page for number in _DIGITS.findall(line.text) if len(number) < 6}
        offsets.add(frozenset(numbers))
    common = frozenset.intersection(*offsets)
    return bool(common)


def _kind(line: Line, page: PageLines, words: Words) -> FurnitureKind:
    if words.page_number.fullmatch(tidy(line.text).strip()):
        return FurnitureKind.PAGE_NUMBER
    return FurnitureKind.HEADER if line.middle < page.height / 2 else FurnitureKind.FOOTER


def running_lines(pages: Sequence[PageLines], body_size: float, words: Words) -> Mapping[int, FurnitureKind]:
    """Give the kind of each line (by ``id``) that is a header, footer or page number.

    A line is one when it repeats, digits masked, at the same height near an edge on at least half the pages
    (or on three pages one after the other); or when it holds nothing but its page's number, or ends in it,
    set apart at the very edge.
    """
    groups: dict[str, list[tuple[int, Line, PageLines]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if _is_at_edge(line, page) and len(line.text) <= _LONGEST_RUNNING_LINE:
                groups[_masked(line.text)].append((page.number, line, page))
    kinds: dict[int, FurnitureKind] = {}
    for group in groups.values():
        for same in _same_height(group):
            if _repeats(same, len(pages)) and _counts_pages([(number, line) for number, line, _ in same]):
                kinds.update((id(line), _kind(line, page, words)) for _, line, page in same)
    kinds.update(_of_chapters(pages, kinds, words))
    for page in pages:
        kinds.update(_lone_numbers(page, kinds, body_size, words))
    return kinds


def _height(line: Line, page: PageLines) -> float:
    """Give the distance from the upper edge, or, negative, from the lower one."""
    return line.base if line.middle < page.height / 2 else line.base - page.height


def _of_chapters(
    pages: Sequence[PageLines], known: Mapping[int, FurnitureKind], words: Words
) -> dict[int, FurnitureKind]:
    """Give the running lines that name a chapter: as high as the known ones, with the page's number."""
    heights: Counter[int] = Counter()
    offsets: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            if id(line) in known:
                heights[round(_height(line, page))] += 1
                offsets.update({number - page.number for number in _numbers_at_ends(line)})
    if not offsets or offsets.most_common(1)[0][1] < _FEWEST_REPEATS:
        return {}
    offset = min(offsets, key=lambda key: (-offsets[key], key))
    return {
        id(line): _kind(line, page, words)
        for page in pages
        for line in page.lines
        if id(line) not in known
        and len(line.text) <= _LONGEST_RUNNING_LINE
        and _is_at_edge(line, page)
        and any(round(_height(line, page)) + near in heights for near in range(-2, 3))
        and page.number + offset in _numbers_at_ends(line)
    }


def _numbers_at_ends(line: Line) -> set[int]:
    found = line.text.split()
    return {int(word) for word in (*found[:1], *found[-1:]) if word.isdecimal() and len(word) < 6}


def _same_height(group: list[tuple[int, Line, PageLines]]) -> list[list[tuple[int, Line, PageLines]]]:
    """Divide lines with one text by their distance from the nearer edge."""
    parts: list[list[tuple[int, Line, PageLines]]] = []
    places: list[float] = []
    for number, line, page in group:
        height = _height(line, page)
        for index, place in enumerate(places):
            if abs(place - height) <= _SAME_HEIGHT and (place < 0) == (height < 0):
                parts[index].append((number, line, page))
                break
        else:
            places.append(height)
            parts.append([(number, line, page)])
    return parts


def _repeats(same: list[tuple[int, Line, PageLines]], pages: int) -> bool:
    numbers = sorted({number for number, _, _ in same})
    if len(numbers) < 2:
        return False
    return len(numbers) >= pages / 2 or len(numbers) >= _FEWEST_REPEATS


def _lone_numbers(
    page: PageLines, known: Mapping[int, FurnitureKind], body_size: float, words: Words
) -> dict[int, FurnitureKind]:
    """Give the lines at the foot or head of a page that hold or end in its number and stand alone."""
    rest = [line for line in page.lines if id(line) not in known]
    found: dict[int, FurnitureKind] = {}
    for line in rest:
        text = tidy(line.text).strip()
        if not _is_at_edge(line, page) or line.size > 1.1 * body_size or len(text) > _LONGEST_RUNNING_LINE:
            continue
        alone = words.page_number.fullmatch(text)
        ending = None if alone else words.ending_in_page.fullmatch(text)
        is_number = alone is not None and (int(alone[1]) == page.number or not text[0].isdigit())
        is_ending = ending is not None and int(ending[1]) == page.number and line.size <= body_size
        if not (is_number or is_ending or (alone is not None and _is_last(line, rest))):
            continue
        if _is_set_apart(line, rest):
            found[id(line)] = FurnitureKind.PAGE_NUMBER if alone else FurnitureKind.FOOTER
    return found


def _is_last(line: Line, lines: Sequence[Line]) -> bool:
    return all(other is line or other.base < line.base for other in lines)


def _is_set_apart(line: Line, lines: Sequence[Line]) -> bool:
    """Whether no other line stands close to this one."""
    gap = _LONE_GAP * line.size
    return all(
        other is line
        or other.top - line.bottom > 0.4 * gap
        or line.top - other.bottom > 0.4 * gap
        or abs(other.base - line.base) < 2
        for other in lines
    )


def contents_lines(pages: Sequence[PageLines]) -> frozenset[int]:
    """Give the ``id`` of each line of a contents list: dot leaders, or page numbers under its heading."""
    found: set[int] = set()
    for page in pages:
        lines = sorted(page.lines, key=lambda line: (line.base, line.x0))
        led = [index for index, line in enumerate(lines) if is_contents_entry(line.text)]
        headings = [line for line in lines if is_contents_title(line.text)]
        if len(led) >= 2:
            entries = [lines[index] for index in _with_wrapped(lines, led)]
            found.update(id(line) for line in entries)
            found.update(id(line) for line in headings if line.base < entries[0].base)
        for heading in headings:
            entries = _numbered_entries([line for line in lines if line.base > heading.base + 2])
            if len(entries) >= 3:
                found.update(id(line) for line in [heading, *entries])
    return frozenset(found)


def _with_wrapped(lines: Sequence[Line], led: Sequence[int]) -> list[int]:
    """Give the places of a list's entries, with the first lines of those that take two lines."""
    places = set(led)
    for before, after in pairwise(led):
        close = lines[after].base - lines[after - 1].base < 1.6 * lines[after].size
        if after - before == 2 and close:
            places.add(after - 1)
    return sorted(places)


def _numbered_entries(lines: Sequence[Line]) -> list[Line]:
    """Give the lines from the first on that end in a page number, as long as the numbers don't fall."""
    entries: list[Line] = []
    number = 0
    rows: dict[float, list[Line]] = defaultdict(list)
    for line in lines:
        rows[round(line.base)].append(line)
    for base in sorted(rows):
        text = " ".join(line.text for line in rows[base])
        match = _PAGE_AT_END.match(text.strip())
        if match is None or int(match[1]) < number or len(text) > _LONGEST_RUNNING_LINE:
            break
        number = int(match[1])
        entries.extend(rows[base])
    return entries
