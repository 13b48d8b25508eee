"""Prints evaluations and passage scores as tables, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.measure.cases import ObservationCase
from checker.measure.evaluate import (
    OPEN_GROUPS,
    Evaluation,
    Miss,
    Shortfall,
    misses,
    observation_misses,
)
from checker.measure.figures import Figure
from checker.measure.passages import PASSAGE_FIGURES, PassageCase, PassageScores, passage_misses
from checker.measure.scores import FIGURES, Confusion, Group, Scores
from checker.model import ElementKind, Status
from checker.texts import Texts

PART_FIGURES = (
    "gap_recall",
    "gap_precision",
    "status_accuracy",
    "missing_f1",
    "evidence_hit",
    "subtheme_f1",
    "observation_f1",
)
PASSAGE_PART_FIGURES = ("gap_recall", "gap_precision", "status_accuracy", "missing_exact", "silence")


def print_evaluation(evaluation: Evaluation, console: Console, texts: Texts, *, reveal: bool = False) -> None:
    """Print the figures of all groups, and the parts and misses of those that may be shown."""
    console.print(
        Text(texts("measure.title", gold=evaluation.gold, as_of=evaluation.as_of, version=evaluation.version))
    )
    if evaluation.report_as_of != evaluation.as_of:
        console.print(
            Text(texts("measure.as_of_differs", report=evaluation.report_as_of, gold=evaluation.as_of))
        )
    if evaluation.absent:
        console.print(Text(texts("measure.absent", schools=", ".join(evaluation.absent))))
    console.print(_totals(evaluation.groups, FIGURES, texts))
    for group in evaluation.groups:
        if group.no_documents:
            console.print(
                Text(
                    texts(
                        "measure.no_documents",
                        group=texts(f"measure.group.{group.name}"),
                        n=group.no_documents,
                        agreed=group.no_documents_agreed,
                    )
                )
            )
    for group in evaluation.groups:
        if _has_content(group.total) and (reveal or group.name in OPEN_GROUPS):
            _print_group(group, PART_FIGURES, console, texts)
    _print_misses(misses(evaluation, reveal=reveal), console, texts)
    _print_observation_misses(observation_misses(evaluation, reveal=reveal), console, texts)
    if not reveal:
        console.print(Text(texts("measure.hidden")))


def print_passages(scores: PassageScores, console: Console, texts: Texts, *, reveal: bool = False) -> None:
    """Print the scores on labelled texts, and the parts and misses of those that may be shown."""
    console.print(_totals(scores.groups, PASSAGE_FIGURES, texts))
    for group in scores.groups:
        if _has_content(group.total) and (reveal or group.name == "open"):
            _print_group(group, PASSAGE_PART_FIGURES, console, texts)
    _print_passage_misses(passage_misses(scores, reveal=reveal), console, texts)
    if not reveal:
        console.print(Text(texts("measure.hidden_passages")))


def print_shortfalls(shortfalls: Iterable[Shortfall], console: Console, texts: Texts) -> None:
    """Print one line for each floor that is not reached."""
    for fall in shortfalls:
        line = texts(
            "measure.shortfall",
            figure=texts(f"measure.figure.{fall.figure}"),
            group=texts(f"measure.group.{fall.group}"),
            wanted=percent(fall.wanted, texts.language),
            got=percent(fall.got, texts.language),
        )
        console.print(Text(line))


def percent(value: float | None, language: str) -> str:
    """Give a figure as a reader writes it.

    Example:
        >>> percent(0.9714, "nb"), percent(0.9714, "en"), percent(None, "nb")
        ('97,1 %', '97.1%', '–')
    """
    if value is None:
        return "–"
    number = f"{100 * value:.1f}"
    return f"{number}%" if language == "en" else f"{number.replace('.', ',')} %"


def interval_words(figure: Figure, language: str) -> str:
    """Give a figure with its interval and what it rests on.

    Example:
        >>> interval_words(Figure(0.9, 10, 0.5958, 0.9821), "en")
        '90.0% (60–98) n=10'
    """
    if figure.low is None or figure.high is None:
        return "–"
    low, high = f"{100 * figure.low:.0f}", f"{100 * figure.high:.0f}"
    return f"{percent(figure.value, language)} ({low}–{high}) n={figure.n}"


def _totals(groups: Sequence[Group], figures: Sequence[str], texts: Texts) -> Table:
    table = Table(title=texts("measure.figures"), title_justify="left")
    table.add_column(texts("measure.column.figure"))
    for group in groups:
        table.add_column(Text(f"{texts(f'measure.group.{group.name}')} ({group.total.n})"))
    for name in figures:
        cells = (interval_words(group.total.figures[name], texts.language) for group in groups)
        table.add_row(Text(texts(f"measure.figure.{name}")), *map(Text, cells))
    return table


def _print_group(group: Group, figures: Sequence[str], console: Console, texts: Texts) -> None:
    for part, values in group.parts.items():
        if values:
            title = f"{texts(f'measure.part.{part}')}: {texts(f'measure.group.{group.name}')}"
            console.print(_part_table(title, values, figures, texts))
    console.print(_confusion_table(group.total.confusion, texts))


def _part_table(title: str, values: Mapping[str, Scores], figures: Sequence[str], texts: Texts) -> Table:
    shown = [name for name in figures if any(scores.figures[name].n for scores in values.values())]
    table = Table(title=Text(title), title_justify="left")
    table.add_column("")
    for name in shown:
        table.add_column(Text(texts(f"measure.short.{name}")), justify="right")
    for value, scores in values.items():
        cells = (_short(scores.figures[name], texts.language) for name in shown)
        table.add_row(Text(value), *map(Text, cells))
    return table


def _short(figure: Figure, language: str) -> str:
    return f"{percent(figure.value, language)} ({figure.n})" if figure.n else "–"


def _confusion_table(confusion: Sequence[Confusion], texts: Texts) -> Table:
    counts = {(entry.expected, entry.got): entry.count for entry in confusion}
    expected = [status for status in Status if any(key == status for key, _ in counts)]
    got = [status for status in (*Status, None) if any(ours == status for _, ours in counts)]
    table = Table(title=texts("measure.confusion"), title_justify="left")
    table.add_column(texts("measure.column.key_ours"))
    for ours in got:
        table.add_column(Text(_status(ours, texts)), justify="right")
    for key in expected:
        table.add_row(Text(_status(key, texts)), *(str(counts.get((key, ours), "·")) for ours in got))
    return table


def _print_misses(found: Sequence[Miss], console: Console, texts: Texts) -> None:
    console.print(Text(texts("measure.misses", n=len(found))))
    for miss in found:
        differs = []
        if "status" in miss.wrong:
            differs.append(
                (
                    _with_missing(miss.expected, miss.missing_expected, texts),
                    _with_missing(miss.got, miss.missing_got, texts),
                    "status",
                )
            )
        if "missing" in miss.wrong:
            differs.append(
                (_elements(miss.missing_expected, texts), _elements(miss.missing_got, texts), "missing")
            )
        if "subthemes" in miss.wrong:
            differs.append((", ".join(miss.subthemes_expected), ", ".join(miss.subthemes_got), "subthemes"))
        if "conflict" in miss.wrong:
            yes, no = texts("measure.yes"), texts("measure.no")
            differs.append(
                (yes if miss.conflict_expected else no, yes if miss.conflict_got else no, "conflict")
            )
        if "evidence" in miss.wrong or "status" in miss.wrong:
            differs.append((_quote(miss.quote_expected), _quote(miss.quote_got), "evidence"))
        _print_differences(f"{miss.school}  {miss.requirement}", differs, console, texts)


def _print_passage_misses(found: Sequence[PassageCase], console: Console, texts: Texts) -> None:
    console.print(Text(texts("measure.misses", n=len(found))))
    for case in found:
        expected = case.expected
        wanted = expected.status if expected else Status.MISSING
        differs = []
        if "status" in case.wrong or "unexpected" in case.wrong:
            lacking = expected.missing if expected else ()
            differs.append(
                (
                    _with_missing(wanted, lacking, texts),
                    _with_missing(case.got.status, case.got.missing, texts),
                    "status",
                )
            )
        if expected and "missing" in case.wrong:
            differs.append(
                (_elements(expected.missing, texts), _elements(case.got.missing, texts), "missing")
            )
        if expected and "subthemes" in case.wrong:
            differs.append((", ".join(expected.subthemes or ()), ", ".join(case.got.subthemes), "subthemes"))
        _print_differences(f"{case.text.id}  {case.requirement}", differs, console, texts)


def _print_differences(
    head: str, differs: Iterable[tuple[str, str, str]], console: Console, texts: Texts
) -> None:
    console.print(Text(f"  {_plain(head)}", style="bold"))
    for expected, got, what in differs:
        line = texts(
            "measure.differs",
            what=texts(f"measure.what.{what}"),
            expected=_plain(expected) or "–",
            got=_plain(got) or "–",
        )
        console.print(Text(f"    {line}"), soft_wrap=True)


def _print_observation_misses(found: Sequence[ObservationCase], console: Console, texts: Texts) -> None:
    if not found:
        return
    console.print(Text(texts("measure.observation_misses", n=len(found))))
    for case in found:
        side = texts("measure.only_key" if case.in_key else "measure.only_ours")
        console.print(Text(f"  {case.id}  {_plain(case.document)}: {side}"), soft_wrap=True)


def _status(status: Status | None, texts: Texts) -> str:
    return texts(f"status.{status}") if status is not None else texts("measure.no_finding")


def _with_missing(status: Status | None, kinds: Sequence[ElementKind], texts: Texts) -> str:
    name = _status(status, texts)
    return f"{name} ({texts('measure.without', elements=_elements(kinds, texts))})" if kinds else name


def _elements(kinds: Sequence[ElementKind], texts: Texts) -> str:
    return ", ".join(texts(f"element.{kind}") for kind in kinds)


def _quote(quote: tuple[str, str] | None) -> str:
    return f"«{quote[1]}» ({quote[0]})" if quote else ""


def _plain(text: str) -> str:
    """Give a document's text without control characters."""
    return "".join(character for character in text if character.isprintable())


def _has_content(scores: Scores) -> bool:
    return bool(scores.n) or any(figure.n for figure in scores.figures.values())
