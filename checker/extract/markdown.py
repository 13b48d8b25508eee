"""Makes blocks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.extract.compose import Composer
from checker.extract.lines import folded, list_text
from checker.extract.tables import GridCell, GridRow
from checker.model import BlockKind

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,90}[^\s*_.:;,])\1")
_LABELLED = re.compile(
    r"(?:\*\*|__)?[^\W\d_a-zæøå][\w/()\-]{1,24}(?: [\w/()\-]{1,20}){0,3}:(?:\*\*|__)?(?:\s|$)"
)
_ITEM = re.compile(r"(?:[-*+]|(\d{1,3}[.)]))[ \t]+(?:\[[ xX]\][ \t]+)?")
_UNDERLINE = re.compile(r"=+|-{2,}")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`)(?=\S)(.{1,500}?)(?<=\S)\1")
_SLANT = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]{1,500})(?<=\S)\1(?![\w*])")


_BOLD_LEVEL = 6
"""A line in bold alone stands over what follows, below every heading with a sign."""


def compose_markdown(text: str, composer: Composer) -> str | None:
    """Add the blocks of a Markdown text, and give its first heading of level 1 as the title."""
    lines = _without_front_matter(_COMMENT.sub("", text).splitlines())
    title: str | None = None
    index = 0
    while index < len(lines):
        line = lines[index].strip().lstrip(">").strip()
        below = lines[index + 1].strip() if index + 1 < len(lines) else ""
        heading = _HEADING.fullmatch(line)
        bold = _BOLD_LINE.fullmatch(line)
        if heading or (line and _UNDERLINE.fullmatch(below) and not _ITEM.match(line) and "|" not in line):
            level = len(heading[1]) if heading else 1 + (below[0] == "-")
            name = plain(heading[2] if heading else line)
            title = title or (name if level == 1 else None)
            composer.heading(name, level)
            index += 1 if heading else 2
        elif bold and lines[index + 1 :]:
            composer.heading(plain(line), _BOLD_LEVEL)
            index += 1
        elif not line or _RULE.fullmatch(line) or line.startswith("```"):
            index += 1
        elif "|" in line and "-" in below and _TABLE_RULE.fullmatch(below):
            index = _add_table(lines, index, composer)
        else:
            index = _add_text(lines, index, composer)
    return folded(title) if title else None


def plain(text: str) -> str:
    """Give Markdown text without its signs.

    Example:
        >>> plain("**Rektor** leser [planen](plan.md) `hver` måned")
        'Rektor leser planen hver måned'
    """
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _SLANT.sub(r"\2", text).replace("\\", "")


def _without_front_matter(lines: Sequence[str]) -> Sequence[str]:
    if lines and lines[0].strip() == "---":
        for index, line in enumerate(lines[1:60], start=1):
            if line.strip() in {"---", "..."}:
                return lines[index + 1 :]
    return lines


def _add_table(lines: Sequence[str], start: int, composer: Composer) -> int:
    rows = [GridRow(_cells(lines[start]), is_head=True)]
    index = start + 2
    while index < len(lines) and "|" in lines[index]:
        rows.append(GridRow(_cells(lines[index])))
        index += 1
    composer.table(rows)
    return index


def _cells(line: str) -> tuple[GridCell, ...]:
    bare = line.strip().removeprefix("|").removesuffix("|")
    parts = re.split(r"(?<!\\)\|", bare)
    return tuple(GridCell(plain(part).replace("<br>", "\n").strip()) for part in parts)


def _add_text(lines: Sequence[str], start: int, composer: Composer) -> int:
    text = lines[start].strip().lstrip(">").strip()
    item = _ITEM.match(text)
    number = f"{item[1]} " if item and item[1] else ""
    text = text[item.end() :] if item else text
    index = start + 1
    while index < len(lines):
        line = lines[index].strip().lstrip(">").strip()
        below = lines[index + 1].strip() if index + 1 < len(lines) else ""
        if not line or _ITEM.match(line) or _HEADING.fullmatch(line) or line.startswith(("|", "```")):
            break
        if _BOLD_LINE.fullmatch(line) or _LABELLED.match(line):
            break
        if _UNDERLINE.fullmatch(line) or _UNDERLINE.fullmatch(below):
            break
        text = f"{text} {line}"
        index += 1
    typed = None if item else list_text(text)
    kind = BlockKind.LIST_ITEM if item or typed is not None else BlockKind.PARAGRAPH
    composer.add(kind, number + plain(typed or text))
    return index
