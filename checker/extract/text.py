"""Reads plain text, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from checker.extract.compose import Composer
from checker.extract.encoding import decoded
from checker.extract.faults import ReadFault
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.lines import (
    could_be_heading,
    folded,
    is_contents_entry,
    is_contents_title,
    list_text,
    number_level,
)
from checker.extract.tables import GridCell, GridRow
from checker.extract.words import words
from checker.model import BlockKind, Document, FurnitureKind, Mark, Problem, ReadStatus

_WRAP_MAX = 100
_WRAP_SLACK = 6
_SHORT_HEADING = 50
_RULE = re.compile(r"([=\-~_*#])\1{2,}")
_LABEL = re.compile(r"[A-ZÆØÅ][\w/()\-]{1,24}(?: [\w/()\-]{1,20}){0,2}:(?:\s|$)")
_DELIMITERS = ";\t,|"


def read_txt(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that a plain text is."""
    composer = Composer(limits)
    title = compose_text(decoded(data), composer)
    return Document(
        path,
        "txt",
        ReadStatus.READ,
        title=title,
        blocks=composer.blocks,
        furniture=composer.furniture,
    )


def read_csv(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that a delimited table is."""
    text = decoded(data)
    sample = text[:5000].splitlines()[:20]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in sample))
    composer = Composer(limits)
    try:
        rows = [
            GridRow(tuple(GridCell(folded(cell)) for cell in row), ref=f"A{number}")
            for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    if rows and len(rows) > 1 and not any(cell.text.isdigit() for cell in rows[0].cells):
        rows[0] = GridRow(rows[0].cells, is_head=True, ref=rows[0].ref)
    composer.table(rows)
    return Document(path, "csv", ReadStatus.READ, blocks=composer.blocks)


def read_markdown(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that a Markdown text is."""
    from checker.extract.markdown import compose_markdown

    composer = Composer(limits)
    title = compose_markdown(decoded(data), composer)
    return Document(path, "md", ReadStatus.READ, title=title, blocks=composer.blocks)


def compose_text(
    text: str, composer: Composer, *, is_mail: bool = False, marks: Sequence[Mark] = ()
) -> str | None:
    """Add the paragraphs, headings, lists and tables of a plain text, and give its title if it shows one.

    Args:
        is_mail: short lines are greetings and names rather than headings.
        marks: what all blocks are marked with.
    """
    lines = [line.expandtabs(8) if "\t" not in line.strip() else line for line in text.splitlines()]
    width = max((len(line) for line in lines if len(line) <= _WRAP_MAX), default=0)
    is_wrapped = sum(len(line) > _WRAP_MAX for line in lines) * 10 <= sum(
        bool(line.strip()) for line in lines
    )
    title: str | None = None
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        level = None if is_mail else _heading_level(lines, index)
        table_end = _table_end(lines, index)
        if not line or _RULE.fullmatch(line.replace(" ", "")):
            index += 1
        elif is_contents_entry(line):
            heading = _contents_title(composer)
            composer.furnish(FurnitureKind.CONTENTS, heading or "")
            composer.furnish(FurnitureKind.CONTENTS, line)
            index += 1
        elif table_end > index + 1:
            composer.table([_tab_row(row) for row in lines[index:table_end]], marks=marks)
            index = table_end
        elif level is not None:
            head, _, rest = _parts_of_first_line(lines[index])
            is_first_block = composer.last_block is None
            composer.heading(head, level, marks=marks)
            composer.add(BlockKind.PARAGRAPH, rest, marks=marks)
            title = head if is_first_block else title
            index += 1
        else:
            index = _add_paragraph(lines, index, width if is_wrapped else 0, composer, marks, is_mail=is_mail)
    return folded(title) if title else None


def _add_paragraph(
    lines: Sequence[str], start: int, width: int, composer: Composer, marks: Sequence[Mark], *, is_mail: bool
) -> int:
    """Add the paragraph or list item that begins at ``start``, and give the index after it."""
    text = lines[start].strip()
    index = start + 1
    while index < len(lines) and _runs_on(lines, index, text, width):
        if not is_mail and _heading_level(lines, index) is not None:
            break
        text = f"{text} {lines[index].strip()}"
        index += 1
    item = list_text(text)
    composer.add(BlockKind.PARAGRAPH if item is None else BlockKind.LIST_ITEM, item or text, marks=marks)
    return index


def _runs_on(lines: Sequence[str], index: int, text: str, width: int) -> bool:
    """Whether the line at ``index`` carries on the sentence of ``text`` rather than beginning anew."""
    line = lines[index].strip()
    if not line or _RULE.fullmatch(line) or is_contents_entry(line) or "\t" in line:
        return False
    if list_text(line) is not None or _LABEL.match(line) or (number_level(line) and could_be_heading(line)):
        return False
    ends_open = text[-1:] not in ".:;!?"
    if line[0].islower() and ends_open:
        return True
    before = lines[index - 1]
    first_word = line.split(maxsplit=1)[0]
    return width >= 40 and len(before.rstrip()) + 1 + len(first_word) > width - _WRAP_SLACK


def _heading_level(lines: Sequence[str], index: int) -> int | None:
    """Give the level of a heading in plain text; None for other lines."""
    head, gap, _ = _parts_of_first_line(lines[index])
    line = head.strip()
    if (
        not line
        or not could_be_heading(line)
        or line.endswith("!")
        or (list_text(line) and not number_level(line))
    ):
        return None
    below = lines[index + 1].strip() if index + 1 < len(lines) else ""
    if len(below) >= 3 and _RULE.fullmatch(below) and below[0] in "=-~_":
        return 1 if below[0] == "=" else 2
    following = next((other.strip() for other in lines[index + 1 : index + 6] if other.strip()), "")
    if not following:
        return None
    letters = [letter for letter in line if letter.isalpha()]
    if len(letters) >= 4 and all(letter.isupper() for letter in letters):
        return 1
    if gap or line.endswith(":") or _LABEL.match(line):
        return None
    is_first = index == 0 or not lines[index - 1].strip()
    number = number_level(line)
    if number is not None:
        return number if (is_first and number_level(following) is None) or number > 1 else None
    if not is_first or len(line) > _SHORT_HEADING or not line[0].isupper() or "," in line:
        return None
    if line.split()[0].lower().strip(",.") in words("greetings") or (
        list_text(following) is None and (len(following) <= 30 and following[-1] not in ".:!?")
    ):
        return None
    is_list_below = bool(below) and list_text(following) is not None
    return 2 if below or is_list_below or len(line.split()) <= 6 else None


def _parts_of_first_line(line: str) -> tuple[str, str, str]:
    """Give a line in two where a wide gap parts it ("PLAN      sist endra 2025"), with the gap between."""
    head, gap, rest = line.strip().partition("    ")
    return (head, gap, rest.strip()) if rest.strip() else (line.strip(), "", "")


def _contents_title(composer: Composer) -> str | None:
    last = composer.last_block
    return composer.drop_last_heading() if last is not None and is_contents_title(last.text) else None


def _table_end(lines: Sequence[str], start: int) -> int:
    """Give the index after the lines from ``start`` on that are rows with the same number of tabs."""
    tabs = lines[start].strip().count("\t")
    if not tabs:
        return start
    return next(
        (index for index in range(start, len(lines)) if lines[index].strip().count("\t") != tabs), len(lines)
    )


def _tab_row(line: str) -> GridRow:
    return GridRow(tuple(GridCell(folded(cell)) for cell in line.strip().split("\t")))
