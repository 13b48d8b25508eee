"""``skolesjekk rules coverage``: which terms and patterns of the rules anything has met."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from checker.cli.packs import names_of, packs_option
from checker.cli.parts import Command, Manual, Option
from checker.cli.screen import results
from checker.model import OutputError
from checker.texts import Texts

DONE = 0


def coverage_command(texts: Texts) -> click.Command:
    """Give the command that tells how far the rules reach in the texts of folders and in their own examples."""

    def run(*, folders: Sequence[Path], rules: Sequence[str], full: bool, json_file: Path | None) -> int:
        from checker.extract import find_readers
        from checker.language import load_pipelines
        from checker.measure import coverage, coverage_dict, example_texts, folder_texts, print_coverage
        from checker.rulebook import load_rules

        rulebook = load_rules(names_of(*rules))
        readers = find_readers(builtin_only=False)
        corpus = [text for folder in folders for text in folder_texts(folder, rulebook, readers)]
        found = coverage(rulebook, [*example_texts(rulebook), *corpus], load_pipelines())
        if json_file is not None:
            _write(json_file, json.dumps(coverage_dict(found), ensure_ascii=False, indent=1) + "\n")
        print_coverage(found, results(), texts, full=full)
        return DONE

    manual = Manual(
        "cli.rules.coverage.summary",
        "rules coverage corpus/tverrmark --json coverage.json",
        about=(texts("cli.rules.coverage.about"),),
    )
    params: list[click.Parameter] = [
        click.Argument(
            ["folders"],
            metavar=texts("cli.metavar.folder"),
            nargs=-1,
            type=click.Path(path_type=Path),
        ),
        packs_option(texts),
        Option(["--full"], text=texts("cli.option.full"), is_flag=True),
        Option(
            ["--json", "json_file"],
            text=texts("cli.option.json"),
            metavar=texts("cli.metavar.file"),
            type=click.Path(path_type=Path),
        ),
    ]
    return Command("coverage", texts, manual, run=run, params=params)


def _write(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        OutputError: it can't be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            "cli.file.not_written", file=str(path), problem=error.strerror or str(error)
        ) from error
