"""``skolesjekk import``: what an auditor wrote in the workbook is read into a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.case import case_option
from checker.cli.parts import Command, Manual, Option
from checker.cli.screen import say, tell
from checker.model import UsageError
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.casework import ReadBack

DONE, WRONG = 0, 2
MOST_FAULTS = 50


def import_command(texts: Texts) -> click.Command:
    """Give the command that reads a workbook back."""
    manual = Manual(
        "cli.import.summary",
        "import gaps.xlsx --case tverrmark-2026",
        about=(texts("cli.import.exit_status"),),
    )
    params = [
        click.Argument(["file"], metavar="gaps.xlsx", type=click.Path(path_type=Path)),
        case_option(texts, "cli.import.case", required=True),
        Option(["--author"], text=texts("cli.import.author"), metavar=texts("cli.metavar.name")),
    ]

    def run(file: Path, case: str, author: str | None) -> int:
        from checker.casework import WorkbookError, fault_words, open_case, read_back

        if not file.is_file():
            raise UsageError("cli.extract.no_file", file=str(file))
        opened = open_case(case, create=False)
        try:
            result = read_back(opened, file.read_bytes(), today=date.today(), author=author or "")
        except WorkbookError as error:
            for fault in error.faults[:MOST_FAULTS]:
                tell(fault_words(fault, texts))
            if len(error.faults) > MOST_FAULTS:
                tell(texts("case.workbook.more", count=len(error.faults) - MOST_FAULTS))
            tell(texts(error.key, **error.fields))
            return WRONG
        _say_result(result, texts)
        return DONE

    return Command("import", texts, manual, run=run, params=params)


def _say_result(result: ReadBack, texts: Texts) -> None:
    say(
        texts(
            "cli.import.done",
            decided=len(result.decided),
            unchanged=result.unchanged,
            notes=len(result.notes),
        )
    )
    if result.conflicts:
        tell(f"{texts('cli.case.conflicts', count=len(result.conflicts))} {_listed(result.conflicts)}")
    if result.withdrawn:
        say(texts("cli.import.withdrawn", findings=_listed(result.withdrawn)))
    if result.cleared:
        tell(texts("cli.import.cleared", findings=_listed(result.cleared)))


def _listed(findings: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{school}, {requirement}" for school, requirement in findings)
