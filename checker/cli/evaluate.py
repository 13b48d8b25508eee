"""``skolesjekk evaluate``: a report measured against an answer key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from checker.cli.files import write_json
from checker.cli.parts import Command, Manual, Option
from checker.cli.reading import folder_argument, jobs_option
from checker.cli.screen import progress_bar, results
from checker.texts import Texts

SPLIT = "split.json"
DONE, TOO_LOW = 0, 4


def evaluate_command(texts: Texts) -> click.Command:
    """Give the command that measures the findings on a folder against its answer key."""
    manual = Manual(
        "cli.evaluate.summary",
        "evaluate corpus/tverrmark --gold corpus/gold/tverrmark.json",
        about=(texts("cli.evaluate.exit_status"),),
    )
    file = texts("cli.metavar.file")
    params: list[click.Parameter] = [
        folder_argument(texts),
        Option(
            ["--gold"],
            text=texts("cli.option.gold"),
            metavar=file,
            type=click.Path(path_type=Path),
            required=True,
        ),
        Option(
            ["--json", "json_file"],
            text=texts("cli.option.json"),
            metavar=file,
            type=click.Path(path_type=Path),
        ),
        Option(["--reveal"], text=texts("cli.option.reveal"), is_flag=True),
        Option(
            ["--min", "minimums"],
            text=texts("cli.option.min"),
            metavar=texts("cli.metavar.min"),
            multiple=True,
        ),
        jobs_option(texts),
    ]

    def run(
        *,
        folder: Path,
        gold: Path,
        json_file: Path | None,
        reveal: bool,
        minimums: Sequence[str],
        jobs: int | None,
    ) -> int:
        from checker.measure import (
            check_minimums,
            evaluate,
            evaluation_dict,
            load_gold,
            load_split,
            print_evaluation,
            print_shortfalls,
        )
        from checker.report import report_dict
        from checker.run import CheckSettings, check

        key = load_gold(gold)
        split = load_split(gold.parent / SPLIT, key.name)
        settings = CheckSettings(as_of=key.as_of, language=texts.language, jobs=jobs)
        with progress_bar(texts) as progress:
            report = check(folder, settings, progress=progress)
        evaluation = evaluate(report_dict(report, all_evidence=True), key, split)
        shortfalls = check_minimums(evaluation, minimums)
        if json_file is not None:
            write_json(json_file, evaluation_dict(evaluation, reveal=reveal))
        print_evaluation(evaluation, results(), texts, reveal=reveal)
        print_shortfalls(shortfalls, results(), texts)
        return TOO_LOW if shortfalls else DONE

    return Command("evaluate", texts, manual, run=run, params=params)
