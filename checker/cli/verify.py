"""``skolesjekk verify``: whether a report holds against the documents it was made from."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.parts import Command, Manual, Option
from checker.cli.reading import folder_argument, jobs_option
from checker.cli.sample import report_argument
from checker.cli.screen import progress_bar, results
from checker.texts import Texts

HOLDS, DOES_NOT_HOLD = 0, 4


def verify_command(texts: Texts) -> click.Command:
    """Give the command that checks a report against its documents."""
    manual = Manual("cli.verify.summary", "verify gaps.json tverrmark", about=(texts("cli.verify.about"),))
    params: list[click.Parameter] = [
        report_argument(texts),
        folder_argument(texts),
        Option(["--rules"], text=texts("cli.verify.rules"), metavar=texts("cli.metavar.pack"), multiple=True),
        Option(
            ["--schools"],
            text=texts("cli.verify.schools"),
            metavar=texts("cli.metavar.file"),
            type=click.Path(path_type=Path),
        ),
        jobs_option(texts),
    ]

    def run(
        *, report: Path, folder: Path, rules: tuple[str, ...], schools: Path | None, jobs: int | None
    ) -> int:
        from checker.measure import load_report, print_faults, settings_of, verify

        data = load_report(report)
        settings = settings_of(
            data,
            folder,
            rules=rules,
            school_list=schools,
            jobs=jobs,
            exclude=(report.absolute().parent,),
        )
        with progress_bar(texts) as progress:
            faults = verify(data, folder, settings, progress=progress)
        print_faults(faults, data, results(), texts)
        return DOES_NOT_HOLD if faults else HOLDS

    return Command("verify", texts, manual, run=run, params=params)
