"""Prints how far the rules reach, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.measure.coverage import Coverage, PatternUse, TermUse, reach_of
from checker.measure.show import interval_words
from checker.texts import Texts

SHOWN = 20
GRADES = ("measured", "thin", "blind")


def print_coverage(found: Coverage, console: Console, texts: Texts, *, full: bool = False) -> None:
    """Print the reach of each requirement, and the terms and patterns that nothing or one text alone asks for.

    Args:
        full: whether all terms and patterns are listed; else only the first, and how many more there are.
    """
    read = ", ".join(
        texts("measure.coverage.text", n=count, kind=texts(f"measure.coverage.kind.{kind.replace(' ', '_')}"))
        for kind, count in found.texts.items()
    )
    console.print(Text(texts("measure.coverage.read", texts=read)))
    console.print(_reach_table(found, texts))
    console.print(
        Text(
            texts(
                "measure.coverage.terms",
                n=len(found.terms),
                never=len(found.never_met),
                once=len(found.met_once),
            )
        )
    )
    console.print(
        Text(
            texts(
                "measure.coverage.patterns",
                n=len(found.patterns),
                never=len(found.never_fired),
                once=len(found.fired_once),
            )
        )
    )
    limit = None if full else SHOWN
    _print_list("measure.coverage.never_fired", _patterns(found.never_fired), limit, console, texts)
    _print_list("measure.coverage.fired_once", _patterns(found.fired_once), limit, console, texts)
    _print_list("measure.coverage.met_once", _terms(found.met_once), limit, console, texts)
    _print_list("measure.coverage.never_met", _by_concept(found.never_met, full=full), limit, console, texts)


def _reach_table(found: Coverage, texts: Texts) -> Table:
    table = Table(title=Text(texts("measure.coverage.reach")), title_justify="left")
    table.add_column(texts("report.column.requirement"))
    for name in ("grade", "could", "apart"):
        table.add_column(Text(texts(f"measure.coverage.column.{name}")), justify="right")
    table.add_column(Text(texts("measure.coverage.column.fired")), no_wrap=True)
    table.add_column(Text(texts("measure.coverage.column.texts")), justify="right")
    for grade in GRADES:
        table.add_column(
            Text(texts("measure.coverage.column.patterns", grade=texts(f"measure.coverage.grade.{grade}"))),
            justify="right",
        )
    for reach in reach_of(found):
        table.add_row(
            reach.requirement,
            texts(f"measure.coverage.grade.{reach.grade}"),
            str(reach.could),
            str(reach.could_apart),
            interval_words(reach.fired, texts.language).partition(" n=")[0],
            str(reach.texts),
            *(str(reach.patterns[grade]) for grade in GRADES),
        )
    return table


def _patterns(uses: Sequence[PatternUse]) -> list[str]:
    return [
        f"{use.requirement} {use.pattern}" + (f" ({use.texts[0]})" if len(use.texts) == 1 else "")
        for use in uses
    ]


def _terms(uses: Sequence[TermUse]) -> list[str]:
    return [f"{use.concept}: {use.term} ({use.texts[0]})" for use in uses]


def _by_concept(uses: Sequence[TermUse], *, full: bool) -> list[str]:
    """Give each term with its concept, or only how many each concept has, the most first."""
    if full:
        return [f"{use.concept}: {use.term}" for use in uses]
    counts = Counter(use.concept for use in uses)
    return [f"{concept}: {count}" for concept, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]


def _print_list(key: str, lines: Sequence[str], limit: int | None, console: Console, texts: Texts) -> None:
    if not lines:
        return
    console.print(Text(texts(key), style="bold"))
    for line in lines[:limit]:
        console.print(Text(f"  {line}"), soft_wrap=True)
    if limit is not None and len(lines) > limit:
        console.print(Text(f"  {texts('measure.coverage.more', n=len(lines) - limit)}"))
