"""Resolves the styles and list numbers of an ODT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from checker.extract.package import Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ESCAPE = (("_20_", " "), ("_5f_", "_"), ("_c3_a5_", "å"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class OdtLook:
    """How a piece of text looks."""

    is_bold: bool = False
    size: float = 12.0
    is_hidden: bool = False


class OdtStyles:
    """The styles of one document, with where its lists have come to."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._cells: dict[str, Element] = {}
        self._lists: dict[str, dict[int, Element]] = {}
        self._outline: dict[int, Element] = {}
        self._looks: dict[str, OdtLook] = {}
        self._counts: dict[str, list[int]] = {}
        self._outline_counts = [0] * 10
        self._default = OdtLook()
        for root in (styles, content):
            if root is not None:
                self._read(root)

    def _read(self, root: Element) -> None:
        for style in root.iter(STYLE + "style"):
            name = style.get(STYLE + "name") or ""
            if style.get(STYLE + "family") == "table-cell":
                self._cells[name] = style
            elif style.get(STYLE + "family") in {"paragraph", "text"}:
                self._styles[name] = style
        for style in root.iter(STYLE + "default-style"):
            if style.get(STYLE + "family") == "paragraph":
                self._default = _changed(self._default, style.find(STYLE + "text-properties"))
        for style in root.iter(TEXT + "list-style"):
            self._lists[style.get(STYLE + "name") or ""] = dict(_levels(style))
        for style in root.iter(TEXT + "outline-style"):
            self._outline = dict(_levels(style))

    def names(self, style: str) -> list[str]:
        """Give the names of a style and those it is based on, as a reader knows them."""
        found: list[str] = []
        for element in self._chain(style):
            name = element.get(STYLE + "display-name") or element.get(STYLE + "name") or ""
            for code, letter in _ESCAPE:
                name = name.replace(code, letter)
            if not (name[:1] in "PT" and name[1:].isdigit()):
                found.append(unquote(name))
        return found

    def look(self, style: str) -> OdtLook:
        """Give the look of text in a style."""
        if style not in self._looks:
            look = self._default
            for element in reversed(list(self._chain(style))):
                look = _changed(look, element.find(STYLE + "text-properties"))
            self._looks[style] = look
        return self._looks[style]

    def is_shaded_cell(self, style: str) -> bool:
        """Whether a cell style has a ground of its own."""
        element = self._cells.get(style)
        properties = None if element is None else element.find(STYLE + "table-cell-properties")
        colour = "" if properties is None else properties.get(_FO + "background-color") or ""
        return colour.lower() not in {"", "transparent", "#ffffff"}

    def restart(self, style: str | None) -> None:
        """Let a list begin anew."""
        self._counts.pop(style or "", None)

    def list_label(self, style: str | None, depth: int) -> str:
        """Count one item of a list and give its number; "" for bullets."""
        levels = self._lists.get(style or "", {})
        counts = self._counts.setdefault(style or "", [0] * 11)
        depth = min(depth, 9)
        level = levels.get(depth + 1)
        if level is None or not level.tag.endswith("number"):
            return ""
        counts[depth] = counts[depth] + 1 if counts[depth] else _start(level)
        counts[depth + 1 :] = [0] * (10 - depth)
        return _written(levels, counts, depth)

    def outline_label(self, level: int) -> str:
        """Count one heading and give its number; "" where headings are not numbered."""
        depth = min(max(level, 1), 9) - 1
        entry = self._outline.get(depth + 1)
        if entry is None or not entry.get(STYLE + "num-format"):
            return ""
        self._outline_counts[depth] = (
            self._outline_counts[depth] + 1 if self._outline_counts[depth] else _start(entry)
        )
        self._outline_counts[depth + 1 :] = [0] * (9 - depth)
        return _written(self._outline, self._outline_counts, depth)

    def _chain(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].get(STYLE + "parent-style-name") or ""


def _levels(style: Element) -> Iterator[tuple[int, Element]]:
    for element in style.iterchildren("*"):
        level = element.get(TEXT + "level") or ""
        if level.isdigit():
            yield int(level), element


def _start(level: Element) -> int:
    text = level.get(TEXT + "start-value") or "1"
    return int(text) if text.isdigit() else 1


def _written(levels: dict[int, Element], counts: list[int], depth: int) -> str:
    """Give a number with those above it, as many as the level shows."""
    entry = levels[depth + 1]
    form = entry.get(STYLE + "num-format") or ""
    if not form:
        return ""
    shown = entry.get(TEXT + "display-levels") or "1"
    first = max(0, depth + 1 - (int(shown) if shown.isdigit() else 1))
    numbers = []
    for index in range(first, depth + 1):
        own = levels.get(index + 1)
        own_form = (own.get(STYLE + "num-format") if own is not None else None) or "1"
        numbers.append(_numeral(max(1, counts[index]), own_form))
    prefix, suffix = entry.get(STYLE + "num-prefix") or "", entry.get(STYLE + "num-suffix") or ""
    return f"{prefix}{'.'.join(numbers)}{suffix}".strip()


def _numeral(count: int, form: str) -> str:
    if form in {"a", "A"}:
        letter = _LETTERS[(count - 1) % 26]
        return letter.upper() if form == "A" else letter
    if form in {"i", "I"} and count < 40:
        text = "x" * (count // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[count % 10]
        return text.upper() if form == "I" else text
    return str(count)


def _changed(look: OdtLook, properties: Element | None) -> OdtLook:
    if properties is None:
        return look
    weight = properties.get(_FO + "font-weight")
    size = (properties.get(_FO + "font-size") or "").removesuffix("pt")
    display = properties.get(TEXT + "display")
    colour = (properties.get(_FO + "color") or "").lower()
    ground = (properties.get(_FO + "background-color") or "transparent").lower()
    points = float(size) if size.replace(".", "", 1).isdigit() else look.size
    is_hidden = look.is_hidden if display is None else display == "none"
    if (colour == "#ffffff" and ground in {"transparent", "#ffffff"}) or points <= 2:
        is_hidden = True
    return OdtLook(
        is_bold=look.is_bold
        if weight is None
        else weight == "bold" or weight in {"600", "700", "800", "900"},
        size=points,
        is_hidden=is_hidden,
    )
