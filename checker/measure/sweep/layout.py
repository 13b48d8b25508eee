"""Operators on layout: headings, column names, lists, tables."""

from __future__ import annotations

import re

from checker.measure.sweep.markdown import (
    ITEM,
    LABEL,
    TABLE_RULE,
    Task,
    cells_of,
    is_heading,
    is_item,
    is_prose,
    is_row,
    row_of,
    sentences_of,
    without_capital,
)
from checker.measure.sweep.settings import sweep_words

_NUMBERED = re.compile(r"#+\s*\d")


def column_names(text: str, task: Task) -> str:
    """Give columns and field labels other names that mean the same."""
    names: dict[str, str] = {}
    for row in sweep_words().columns[task.form]:
        for name in row:
            others = [other for other in row if other != name]
            names[name.casefold()] = task.chance.choice(others)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        label = LABEL.match(line)
        if is_row(line) and TABLE_RULE.fullmatch(below.strip() or "x"):
            lines[number] = row_of([names.get(cell.casefold(), cell) for cell in cells_of(line)])
        elif label is not None and label[1].casefold() in names:
            start, end = label.span(1)
            lines[number] = line[:start] + names[label[1].casefold()] + line[end:]
    return "\n".join(lines)


def numbered_headings(text: str, task: Task) -> str:
    """Number the headings that have no number."""
    count = 0
    lines = []
    for line in text.split("\n"):
        if is_heading(line) and not _NUMBERED.match(line):
            count += 1
            marks, name = line.lstrip().split(maxsplit=1)
            lines.append(f"{marks} {3 + task.chance.randrange(3)}.{count} {name}")
        else:
            lines.append(line)
    return "\n".join(lines)


def heading_added(text: str, task: Task) -> str:
    """Set a heading that says nothing of the matter above a text that has none."""
    if any(is_heading(line) for line in text.split("\n")):
        return text
    return f"# {task.chance.choice(sweep_words().neutral_headings[task.form])}\n\n{text}"


def sentences_to_list(text: str, task: Task) -> str:
    """Turn each paragraph of several sentences into a list of them."""
    lines = []
    for line in text.split("\n"):
        sentences = sentences_of(line) if is_prose(line) else []
        lines += [f"- {sentence}" for sentence in sentences] if len(sentences) > 1 else [line]
    return "\n".join(lines)


def list_to_sentences(text: str, task: Task) -> str:
    """Turn each list into a paragraph; below a lead-in that ends in a colon, into its continuation."""
    lines: list[str] = []
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        if is_item(line):
            items.append(ITEM.sub("", line, count=1).strip())
            continue
        if items:
            _add_items(lines, items)
            items = []
        lines.append(line)
    return "\n".join(lines[:-1])


def _add_items(lines: list[str], items: list[str]) -> None:
    """Add list items to the lines of a text as running text."""
    above = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip()), None)
    if above is not None and lines[above].rstrip().endswith(":") and not is_heading(lines[above]):
        del lines[above + 1 :]
        continued = "; ".join(without_capital(item).rstrip(".;,") for item in items)
        lines[above] = f"{lines[above].rstrip()} {continued}."
    else:
        lines.append(" ".join(item if item[-1:] in ".!?" else f"{item.rstrip(';,')}." for item in items))


def row_to_sentence(text: str, task: Task) -> str:
    """Turn each row of a table into a paragraph: the first cell, then the others with their column names."""
    lines = text.split("\n")
    made: list[str] = []
    names: list[str] = []
    for number, line in enumerate(lines):
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        if not is_row(line):
            names = []
            made.append(line)
        elif below and TABLE_RULE.fullmatch(below):
            names = cells_of(line)
        elif names and not TABLE_RULE.fullmatch(line.strip()):
            first, *others = cells_of(line)
            said = [f"{name}: {cell}." for name, cell in zip(names[1:], others, strict=False) if cell]
            made += [" ".join([f"{first.rstrip('.')}.", *said]), ""]
        elif not names:
            made.append(line)
    return "\n".join(made)
