"""``skolesjekk diff``: what changed between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.files import write_json
from checker.cli.parts import Command, Manual, Option
from checker.cli.sample import report_argument
from checker.cli.screen import results
from checker.texts import Texts


def diff_command(texts: Texts) -> click.Command:
    """Give the command that compares two reports."""
    manual = Manual("cli.diff.summary", "diff i-fjor/gaps.json gaps.json", about=(texts("cli.diff.about"),))
    params: list[click.Parameter] = [
        report_argument(texts, "old", texts("cli.metavar.old")),
        report_argument(texts, "new", texts("cli.metavar.new")),
        Option(
            ["--json", "json_file"],
            text=texts("cli.diff.json"),
            metavar=texts("cli.metavar.file"),
            type=click.Path(path_type=Path),
        ),
    ]

    def run(*, old: Path, new: Path, json_file: Path | None) -> int:
        from checker.measure import changes_between, changes_dict, load_report, print_changes

        changes = changes_between(load_report(old), load_report(new))
        if json_file is not None:
            write_json(json_file, changes_dict(changes))
        print_changes(changes, results(), texts)
        return 0

    return Command("diff", texts, manual, run=run, params=params)
