"""``skolesjekk sample``: findings drawn to be checked by hand, and the error rate that the verdicts give."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.files import write_whole
from checker.cli.parts import Command, Manual, Option, default_words
from checker.cli.screen import results, say
from checker.cli.values import Number
from checker.model import OutputError
from checker.texts import Texts

DEFAULT_OUT = "skolesjekk-sample.xlsx"
DEFAULT_N = 60
MOST = 100_000


def report_argument(texts: Texts, name: str = "report", metavar: str = "gaps.json") -> click.Argument:
    """Give the argument that names a report."""
    return click.Argument([name], metavar=metavar, type=click.Path(path_type=Path))


def sample_command(texts: Texts) -> click.Command:
    """Give the command that draws a sample of findings, and reads its verdicts."""
    manual = Manual("cli.sample.summary", "sample gaps.json -n 60", about=(texts("cli.sample.about"),))
    file = texts("cli.metavar.file")
    params: list[click.Parameter] = [
        report_argument(texts),
        Option(
            ["-n", "n"],
            text=texts("cli.sample.n"),
            standard=default_words(texts, str(DEFAULT_N)),
            metavar="N",
            type=Number(1, MOST),
            default=DEFAULT_N,
        ),
        Option(
            ["--out"],
            text=texts("cli.sample.out"),
            standard=default_words(texts, DEFAULT_OUT),
            metavar=file,
            type=click.Path(path_type=Path),
            default=DEFAULT_OUT,
        ),
        Option(["--seed"], text=texts("cli.sample.seed"), metavar=texts("cli.metavar.name")),
        Option(
            ["--verdicts"], text=texts("cli.sample.verdicts"), metavar=file, type=click.Path(path_type=Path)
        ),
    ]

    def run(*, report: Path, n: int, out: Path, seed: str | None, verdicts: Path | None) -> int:
        from checker.measure import (
            draw_sample,
            error_rates,
            load_report,
            print_error_rates,
            read_verdicts,
            sample_csv,
            sample_workbook,
        )

        data = load_report(report)
        if verdicts is not None:
            sample, said = read_verdicts(verdicts, data)
            print_error_rates(sample, error_rates(sample, said), results(), texts)
            return 0
        if out.suffix.lower() not in {".csv", ".xlsx"}:
            raise OutputError("cli.sample.kind", file=str(out))
        if out.exists():
            raise OutputError("cli.sample.exists", file=str(out))
        sample = draw_sample(data, n, seed=seed)
        made = sample_csv if out.suffix.lower() == ".csv" else sample_workbook
        write_whole(out, made(sample, data, texts))
        say(
            texts(
                "cli.sample.done",
                drawn=len(sample.findings),
                of=sum(sample.population.values()),
                file=out,
                report=report,
            )
        )
        return 0

    return Command("sample", texts, manual, run=run, params=params)
