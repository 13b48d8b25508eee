"""States how often each status was found to be wrong, as a table and as a paragraph for the report."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.measure.figures import Figure
from checker.measure.sampling import ErrorRate, Sample
from checker.measure.show import percent
from checker.texts import Texts


def print_error_rates(sample: Sample, rates: Sequence[ErrorRate], console: Console, texts: Texts) -> None:
    """Print a table of the error rates, and the paragraph."""
    table = Table()
    for name in ("status", "of", "checked", "wrong", "unsure", "rate"):
        table.add_column(
            texts(f"measure.sample.column.{name}"), justify="left" if name == "status" else "right"
        )
    for rate in rates:
        cells = (
            _name(rate, texts),
            rate.of,
            rate.rate.n,
            rate.wrong,
            rate.unsure,
            _interval(rate.rate, texts),
        )
        table.add_row(*(Text(str(cell)) for cell in cells))
    console.print(table)
    console.print(Text(error_paragraph(sample, rates, texts)))


def error_paragraph(sample: Sample, rates: Sequence[ErrorRate], texts: Texts) -> str:
    """Give the paragraph for the report: what was drawn and looked at, and each status' error rate."""
    *each, total = rates
    sentences = [
        texts(
            "measure.sample.drawn",
            drawn=len(sample.findings),
            of=total.of,
            checked=total.rate.n,
            wrong=total.wrong,
            unsure=total.unsure,
            seed=sample.seed,
            report=sample.report[:12],
        )
    ]
    told = [
        texts(
            "measure.sample.of_status",
            status=_name(rate, texts),
            wrong=rate.wrong,
            checked=rate.rate.n,
            rate=_interval(rate.rate, texts),
        )
        for rate in each
        if rate.rate.n
    ]
    if told:
        sentences.append(texts("measure.sample.rates", rates="; ".join(told)))
    if total.rate.n:
        sentences.append(texts("measure.sample.total", rate=_interval(total.rate, texts)))
    unchecked = [_name(rate, texts) for rate in each if not rate.rate.n]
    if unchecked:
        sentences.append(texts("measure.sample.unchecked", statuses=", ".join(unchecked)))
    sentences.append(texts("measure.sample.means"))
    return " ".join(sentences)


def _name(rate: ErrorRate, texts: Texts) -> str:
    return texts("measure.sample.all" if rate.status is None else f"status.{rate.status}")


def _interval(figure: Figure, texts: Texts) -> str:
    low, high = (percent(bound, texts.language) for bound in (figure.low, figure.high))
    return texts("measure.sample.interval", value=percent(figure.value, texts.language), low=low, high=high)
