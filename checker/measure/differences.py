"""What differs between the findings of two reports: new gaps, closed ones, changed statuses and missing elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.measure.reports import best_quote, is_gap, key_of, paths_of
from checker.model import ElementKind, Status
from checker.report import one_line, shortened
from checker.texts import Texts

QUOTE_LETTERS = 120


class ChangeKind(StrEnum):
    """How a finding changed."""

    NEW = "new"
    CLOSED = "closed"
    CHANGED = "changed"
    ELEMENTS = "elements"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Side:
    """A finding in one of the reports, with the quote that it rests on."""

    status: Status
    missing: tuple[str, ...]
    quote: str
    document: str
    page: int | None


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is not as it was.

    Args:
        old: None where the old report has no such finding, as ``new`` is where the new one has none.
    """

    kind: ChangeKind
    school: str
    requirement: str
    pack: str
    old: Side | None
    new: Side | None


def changes_between(old: dict[str, Any], new: dict[str, Any]) -> tuple[FindingChange, ...]:
    """Give what changed, by kind, then in the new report's order.

    * new: a gap where there was none, also where the old report could not assess it or did not ask;
    * closed: a gap that is documented now;
    * changed: another status else, also where what was a gap can't be assessed any more;
    * elements: the same status, but other elements are missing;
    * gone: the new report does not ask it.

    A finding that only the new report has and that is no gap is no change.
    """
    before = {key_of(finding): finding for finding in old["findings"]}
    after = {key_of(finding): finding for finding in new["findings"]}
    old_paths, new_paths = paths_of(old), paths_of(new)
    found = []
    for key in dict.fromkeys((*after, *before)):
        kind = _kind(before.get(key), after.get(key))
        if kind is not None:
            sides = _side(before.get(key), old_paths), _side(after.get(key), new_paths)
            found.append(FindingChange(kind, *key, *sides))
    kinds = list(ChangeKind)
    return tuple(sorted(found, key=lambda change: kinds.index(change.kind)))


def changes_dict(changes: Sequence[FindingChange]) -> dict[str, Any]:
    """Give the changes as data for other programs, a list for each kind."""
    return {
        "schema": "skolesjekk/diff/1",
        **{
            kind.value: [
                {
                    "school": change.school,
                    "requirement": change.requirement,
                    "pack": change.pack,
                    "old": _side_dict(change.old),
                    "new": _side_dict(change.new),
                }
                for change in changes
                if change.kind is kind
            ]
            for kind in ChangeKind
        },
    }


def print_changes(changes: Sequence[FindingChange], console: Console, texts: Texts) -> None:
    """Print how many changes of each kind there are, and a table of each kind with quotes."""
    counts = {kind: sum(change.kind is kind for change in changes) for kind in ChangeKind}
    told = ", ".join(texts(f"measure.diff.count.{kind}", count=count) for kind, count in counts.items())
    console.print(Text(told if changes else texts("measure.diff.none")))
    for kind in ChangeKind:
        if counts[kind]:
            table = Table(
                title=Text(texts(f"measure.diff.title.{kind}")), title_justify="left", show_lines=True
            )
            for name in ("school", "requirement", "before", "now"):
                table.add_column(texts(f"measure.diff.column.{name}"))
            for change in changes:
                if change.kind is kind:
                    cells = (one_line(change.school), change.requirement)
                    sides = (_side_words(side, texts) for side in (change.old, change.new))
                    table.add_row(*(Text(cell) for cell in (*cells, *sides)))
            console.print(table)


def _kind(old: dict[str, Any] | None, new: dict[str, Any] | None) -> ChangeKind | None:
    if new is None:
        return ChangeKind.GONE
    if old is None:
        return ChangeKind.NEW if is_gap(new) else None
    if is_gap(new) and not is_gap(old):
        return ChangeKind.NEW
    if old["status"] != new["status"]:
        documented = new["status"] == Status.DOCUMENTED
        return ChangeKind.CLOSED if is_gap(old) and documented else ChangeKind.CHANGED
    return ChangeKind.ELEMENTS if old["missing"] != new["missing"] else None


def _side(finding: dict[str, Any] | None, paths: dict[str, str]) -> Side | None:
    if finding is None:
        return None
    return Side(Status(finding["status"]), tuple(finding["missing"]), *best_quote(finding, paths))


def _side_dict(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "status": side.status.value,
        "missing": list(side.missing),
        "quote": side.quote or None,
        "document": side.document or None,
        "page": side.page,
    }


def _side_words(side: Side | None, texts: Texts) -> str:
    if side is None:
        return "–"
    lines = [texts(f"status.{side.status}")]
    if side.missing:
        known = {kind.value for kind in ElementKind}
        names = (texts(f"element.{name}") if name in known else one_line(name) for name in side.missing)
        lines[0] += f" ({texts('measure.diff.missing', elements=', '.join(names))})"
    if side.quote:
        page = f", {texts('report.where.page', page=side.page)}" if side.page is not None else ""
        lines.append(f"«{shortened(one_line(side.quote), QUOTE_LETTERS)}» ({one_line(side.document)}{page})")
    return "\n".join(lines)
