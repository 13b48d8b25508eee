"""Computes the automatic numbers of a DOCX, which stand in no text of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.extract.docx.names import WORD, child, children, is_on, number, value
from checker.extract.docx.styles import Styles
from checker.extract.package import Element

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class NumberingLevel:
    """One level of a list: how it is written and where it starts."""

    form: str
    text: str
    start: int
    restart_after: int | None
    all_decimal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class ListLabel:
    """What stands before a list item: its number, or nothing for a bullet."""

    text: str
    is_bullet: bool
    level: int


class Numbering:
    """The lists of one document, with where each of them has come to."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._abstract: dict[str, dict[int, NumberingLevel]] = {}
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, NumberingLevel]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        for abstract in root.iterchildren(WORD + "abstractNum"):
            abstract_id = value(abstract, "abstractNumId") or ""
            self._abstract[abstract_id] = _levels(abstract)
            link = value(child(abstract, "numStyleLink"))
            if link:
                links[abstract_id] = link
        for num in root.iterchildren(WORD + "num"):
            self._read_num(num)
        for abstract_id, style in links.items():
            target = self._abstract_of.get(styles.numbering_of(style) or "")
            if target and target != abstract_id:
                self._abstract[abstract_id] = self._abstract[target]
                for num_id, own in self._abstract_of.items():
                    if own == abstract_id:
                        self._levels[num_id] = self._abstract[target] | self._levels[num_id]

    def level_of_style(self, num_id: str, style_id: str) -> int | None:
        """Give the list level that is tied to a paragraph style."""
        levels = self._levels.get(num_id, {})
        return next((level for level, entry in sorted(levels.items()) if entry.style == style_id), None)

    def next_label(self, num_id: str, level: int) -> ListLabel | None:
        """Count one item and give its label; None where the list does not exist."""
        levels = self._levels.get(num_id)
        if not levels or num_id == "0":
            return None
        level = min(max(level, 0), 8)
        entry = levels.get(level)
        if entry is None:
            return ListLabel("", is_bullet=True, level=level)
        abstract_id = self._abstract_of[num_id]
        counts = self._counts.setdefault(abstract_id, {})
        start = self._restarts.get(num_id, {}).pop(level, None)
        if start is not None:
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else entry.start
        for deeper in [key for key in counts if key > level]:
            restart_after = levels[deeper].restart_after if deeper in levels else None
            if restart_after is None or (restart_after > 0 and level < restart_after):
                del counts[deeper]
        if entry.form in {"bullet", "none"}:
            return ListLabel("", is_bullet=entry.form == "bullet", level=level)
        return ListLabel(self._written(levels, entry, counts), is_bullet=False, level=level)

    def _written(
        self, levels: dict[int, NumberingLevel], entry: NumberingLevel, counts: dict[int, int]
    ) -> str:
        def place(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            own = levels.get(level)
            count = counts.get(level, own.start if own else 1)
            return _numeral(count, "decimal" if entry.all_decimal or own is None else own.form)

        return _PLACE.sub(place, entry.text).strip()

    def _read_num(self, num: Element) -> None:
        num_id = value(num, "numId") or ""
        abstract_id = value(child(num, "abstractNumId")) or ""
        levels = dict(self._abstract.get(abstract_id, {}))
        for override in num.iterchildren(WORD + "lvlOverride"):
            level = number(value(override, "ilvl")) or 0
            own = _levels(override)
            levels |= own
            start = number(value(child(override, "startOverride")))
            if start is not None:
                self._restarts.setdefault(num_id, {})[level] = start
        self._abstract_of[num_id] = abstract_id
        self._levels[num_id] = levels


def _levels(parent: Element) -> dict[int, NumberingLevel]:
    found: dict[int, NumberingLevel] = {}
    for element in parent.iterchildren(WORD + "lvl"):
        own = children(element)
        start = number(value(own.get(WORD + "start")))
        found[number(value(element, "ilvl")) or 0] = NumberingLevel(
            form=value(own.get(WORD + "numFmt")) or "decimal",
            text=value(own.get(WORD + "lvlText")) or "",
            start=0 if start is None else start,
            restart_after=number(value(own.get(WORD + "lvlRestart"))),
            all_decimal=is_on(own.get(WORD + "isLgl")),
            style=value(own.get(WORD + "pStyle")),
        )
    return found


def _numeral(count: int, form: str) -> str:
    """Write a count in a numbering form.

    Example:
        >>> _numeral(4, "upperRoman"), _numeral(28, "lowerLetter"), _numeral(3, "decimal")
        ('IV', 'bb', '3')
    """
    if form in {"lowerLetter", "upperLetter"} and 0 < count < 1000:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        text, left = "", count
        for weight, numeral in (*_ROMAN, *_ROMAN_LOW):
            text += numeral * (left // weight)
            left %= weight
        return text.upper() if form == "upperRoman" else text
    if form == "decimalZero":
        return f"{count:02d}"
    return f"{count}." if form == "ordinal" else str(count)
