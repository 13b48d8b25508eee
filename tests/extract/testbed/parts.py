"""What the makers share: the content that a part of a layout names, and its truth."""

from __future__ import annotations

from typing import Any

from testbed.content import Truth, content, hard_words, sentences_of

Table = tuple[list[str], list[list[str]]]


def sections_of(part: str, form: str) -> list[dict[str, Any]]:
    """Give the sections that a part names: all of them, one by its number, or none."""
    sections: list[dict[str, Any]] = content(form)["sections"]
    if part == "sections":
        return sections
    kind, _, number = part.partition(" ")
    return [sections[int(number)]] if kind == "section" else []


def tell(truth: Truth, section: dict[str, Any], heading: str) -> None:
    """Enter a section into the truth."""
    truth.headings.append(heading)
    for text in section["paragraphs"]:
        truth.sentences += sentences_of(text)
        truth.words += hard_words(text)
    truth.sentences += section["items"]
    truth.words += [word for text in section["items"] for word in hard_words(text)]


def columns_of(part: str, form: str, times: int = 1) -> Table:
    """Give names and rows of a table; repeated rows are told apart by a number."""
    said = content(form)[part]
    rows = [[*row] for row in said["rows"]]
    if times > 1:
        rows = [[row[0], f"{row[1]} ({turn})", *row[2:]] for turn in range(1, times + 1) for row in rows]
    names = list(said["columns"])
    if part == "matrix":
        names = ["", *names]
    return names, rows


def note_rows(truth: Truth, names: list[str], rows: list[list[str]]) -> None:
    """Enter the rows of a ruled table into the truth."""
    truth.rows += [tuple((name or None, text) for name, text in zip(names, row, strict=True)) for row in rows]


def groups_of(form: str, truth: Truth) -> tuple[list[str], list[tuple[str, list[list[str]]]]]:
    """Give names and groups of the table with merged cells, and enter its rows into the truth."""
    said = content(form)["merged"]
    names = list(said["columns"])
    groups = [(first, [list(row) for row in rows]) for first, rows in said["groups"]]
    for first, rows in groups:
        for row in rows:
            truth.merged.append(tuple(zip(names, [first, *row], strict=True)))
    return names, groups
