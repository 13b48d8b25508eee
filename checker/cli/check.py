"""``skolesjekk check``: the main job."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.case import case_option
from checker.cli.parts import Command, Manual, Option, default_words
from checker.cli.reading import folder_argument, reading_options, taken_out
from checker.cli.screen import progress_bar, results, say, tell
from checker.cli.values import Choice, Choices
from checker.cli.watching import changes_in, check_again, watched_places
from checker.model import OutputError, ReadStatus, Report, Status
from checker.report import (
    FILE_NAMES,
    Decisions,
    numbered_instead_of,
    print_summary,
    report_dict,
    write_reports,
)
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.casework import Case
    from checker.run import CheckSettings

DEFAULT_OUT = "skolesjekk-rapport"
DEFAULT_FORMATS = "json,xlsx,html"
FORMATS = tuple(FILE_NAMES)
FROM_BEST_TO_WORST = tuple(Status)
FAILING = FROM_BEST_TO_WORST[1:]
DONE, SOME_UNREADABLE, FAIL_ON_MET = 0, 1, 3


def check_command(texts: Texts) -> click.Command:
    """Give the command that checks a folder and writes the report."""
    manual = Manual(
        "cli.check.summary",
        "check tverrmark --out rapport --as-of 2026-11-23",
        about=(
            texts(
                "cli.check.fail_on_order",
                order=", ".join(FROM_BEST_TO_WORST),
                example=Status.PLANNED,
                met=", ".join(at_least(Status.PLANNED)),
            ),
            texts("cli.check.exit_status"),
        ),
    )
    reading = reading_options(texts)
    params: list[click.Parameter] = [
        folder_argument(texts),
        Option(
            ["--out"],
            text=texts("cli.option.out"),
            standard=default_words(texts, f"./{DEFAULT_OUT}"),
            metavar=texts("cli.metavar.folder"),
            type=click.Path(path_type=Path),
            default=DEFAULT_OUT,
        ),
        reading["rules"],
        reading["schools"],
        Option(["--school"], text=texts("cli.option.school"), metavar=texts("cli.metavar.name")),
        Option(
            ["--format", "formats"],
            text=texts("cli.option.format", known=",".join(FORMATS)),
            standard=default_words(texts, DEFAULT_FORMATS),
            metavar=texts("cli.metavar.formats"),
            type=Choices(FORMATS),
            default=DEFAULT_FORMATS,
        ),
        reading["as_of"],
        reading["jobs"],
        Option(["--all-evidence"], text=texts("cli.option.all_evidence"), is_flag=True),
        reading["readers"],
        reading["depth"],
        Option(
            ["--fail-on"],
            text=texts("cli.option.fail_on"),
            metavar=texts("cli.metavar.status"),
            type=Choice(FAILING),
        ),
        reading["model_nb"],
        case_option(texts, "cli.option.case"),
        reading["no_cache"],
        reading["rehash"],
        Option(["--watch"], text=texts("cli.option.watch"), is_flag=True),
    ]

    def run(
        *,
        folder: Path,
        out: Path,
        school: str | None,
        formats: Sequence[str],
        all_evidence: bool,
        fail_on: str | None,
        case: str | None,
        watch: bool,
        **values: Any,
    ) -> int:
        from checker.run import check
        from checker.run.written import WrittenWorkbook

        refuse_unusable(out, folder)
        opened = _opened_case(case)
        settings = replace(taken_out(values).settings(texts.language), school_name=school, exclude=(out,))

        def checked() -> tuple[Report, tuple[Path, ...]]:
            with progress_bar(texts) as progress:
                report = check(folder, settings, progress=progress, tell=tell)
                decisions = _recorded(opened, report, folder, settings, texts) if opened is not None else {}
                workbook = WrittenWorkbook(report, out, settings.cache, all_evidence=all_evidence)
                written = write_reports(
                    report,
                    out,
                    formats=formats,
                    all_evidence=all_evidence,
                    decisions=decisions,
                    is_there=workbook.is_there if opened is None else lambda name: False,
                )
                if opened is None:
                    workbook.note(written)
            return report, written

        report, written = checked()
        print_summary(report, results())
        if opened is not None:
            say("\n" + _case_words(opened, texts))
        say("\n" + "\n".join(written_words(written, texts)))
        if watch:
            changes = changes_in(watched_places(folder, settings.rules), out)
            report = check_again(report, lambda: checked()[0], changes, texts)
        return exit_status(report, Status(fail_on) if fail_on else None)

    return Command("check", texts, manual, run=run, params=params)


def _opened_case(name: str | None) -> Case | None:
    """Give the case before the time is spent, so that a name that can't be is told at once."""
    if name is None:
        return None
    from checker.casework import open_case

    return open_case(name)


def _recorded(case: Case, report: Report, folder: Path, settings: CheckSettings, texts: Texts) -> Decisions:
    """Keep the report in the case with where it came from, and give what the case says of its findings."""
    from checker.casework import Source, decisions_shown, keep_source, pack_files

    is_today = settings.as_of == date.today()
    keep_source(
        case.folder,
        Source(
            str(folder.resolve()),
            is_dropped=False,
            language=texts.language,
            school=settings.school_name or "",
            as_of="" if is_today else settings.as_of.isoformat(),
        ),
    )
    case.record(report_dict(report), whole=report, packs=pack_files(settings.rules))
    return decisions_shown(case, texts)


def _case_words(case: Case, texts: Texts) -> str:
    from checker.casework import states_words

    counts = states_words(case.name, case.standing().values(), texts)
    return counts or texts("cli.check.kept", name=case.name)


def refuse_unusable(out: Path, folder: Path) -> None:
    """Refuse a report folder that can't be written in, before the time is spent.

    Raises:
        OutputError: it is the folder of the plans, no folder, or one without leave to write.
    """
    if out.exists() and folder.exists() and out.samefile(folder):
        raise OutputError("cli.out.plans", folder=str(out))
    place = next((path for path in (out, *out.absolute().parents) if path.exists()), None)
    if place is not None and not place.is_dir():
        raise OutputError("cli.out.no_folder", folder=str(out), file=str(place))
    if place is not None and not os.access(place, os.W_OK):
        raise OutputError("cli.out.no_leave", folder=str(out))


def at_least(status: Status) -> tuple[Status, ...]:
    """Give the status and all that are worse."""
    return FROM_BEST_TO_WORST[FROM_BEST_TO_WORST.index(status) :]


def exit_status(report: Report, fail_on: Status | None) -> int:
    """Give 3 where a finding is as ``fail_on`` or worse, else 1 for an unreadable document, else 0."""
    if fail_on is not None:
        failing = at_least(fail_on)
        if any(finding.status in failing for finding in report.findings):
            return FAIL_ON_MET
    if any(entry.document.status is ReadStatus.UNREADABLE for entry in report.documents):
        return SOME_UNREADABLE
    return DONE


def written_words(written: Sequence[Path], texts: Texts) -> list[str]:
    """Give where the files lie; a file that another program held open has a new name, which is told."""
    lines = []
    for path in written:
        wanted = numbered_instead_of(path)
        if wanted is None:
            lines.append(texts("report.written", path=path))
        else:
            lines.append(texts("report.numbered", wanted=wanted, path=path))
    return lines
