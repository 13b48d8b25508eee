"""Finds footnotes at the foot of a page and the raised digits in the text that point to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.extract.pdf.lines import Line
from checker.extract.pdf.sheet import LOWERED, RAISED

_SMALL = 0.92
_MARK = re.compile(rf"^\s*{RAISED}?(\d{{1,3}}|\*{{1,3}}|†){LOWERED}?[.)]?\s*(?=\S)")
_REFERENCE = re.compile(rf"{RAISED}(\d[\d,]*){LOWERED}")
_LOOSE_REFERENCE = re.compile(rf"\s*{RAISED}(\d[\d,]*){LOWERED}\s*(?=[.,;:!?»)])")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark, and its lines from top to bottom."""

    mark: str
    lines: tuple[Line, ...]


def footnotes_of(lines: Sequence[Line], height: float, body_size: float) -> list[Footnote]:
    """Give the footnotes of a page: small lines below all text of ordinary size, the first with a mark.

    A digit counts as a mark when it is raised, when something in the text above points to it, or when the
    lines stand in the lower third of the page.
    """
    ordinary = [line for line in lines if line.size > _SMALL * body_size]
    lowest = max((line.base for line in ordinary), default=0.0)
    small = sorted(
        (
            line
            for line in lines
            if line.size <= _SMALL * body_size and line.base > lowest and line.top > 0.4 * height
        ),
        key=lambda line: (round(line.base / 3), line.x0),
    )
    pointed_to = {number for line in ordinary for number in references_in(line.text)}
    notes: list[list[Line]] = []
    marks: list[str] = []
    for line in small:
        match = _MARK.match(line.text)
        raised = line.text.lstrip().startswith(RAISED)
        if match and (raised or match[1] in pointed_to or not match[1].isdigit() or line.top > 0.67 * height):
            notes.append([line])
            marks.append(match[1])
        elif notes:
            notes[-1].append(line)
    return [Footnote(mark, tuple(found)) for mark, found in zip(marks, notes, strict=True)]


def references_in(text: str) -> list[str]:
    """Give the numbers that raised digits in a line point to."""
    if RAISED not in text:
        return []
    return [number for found in _REFERENCE.findall(text) for number in found.split(",") if number]


def without_references(text: str, marks: frozenset[str]) -> str:
    """Give the text without the raised digits that point to one of the footnotes ``marks``."""
    if RAISED not in text:
        return text

    def replaced(found: re.Match[str]) -> str:
        return "" if all(number in marks for number in found[1].split(",") if number) else found[0]

    return _REFERENCE.sub(replaced, _LOOSE_REFERENCE.sub(replaced, text))


def without_mark(text: str) -> str:
    """Give a footnote's text without a gap between its raised mark and the first word."""
    return re.sub(rf"^\s*{RAISED}(\d+){LOWERED}\s*", r"\1 ", text)
