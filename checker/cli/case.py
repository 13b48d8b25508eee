"""``skolesjekk case``: cases listed, shown, moved and deleted."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from checker.cli.parts import Command, Group, Manual, Option, default_words
from checker.cli.screen import say, say_wrapped, tell
from checker.model import OutputError
from checker.texts import Texts

DONE = 0
MEGABYTE = 1_000_000


def case_command(texts: Texts) -> click.Command:
    """Give the command that holds those about cases."""
    makers = (_list_command, _show_command, _export_command, _import_command, _delete_command)
    commands = [make(texts) for make in makers]
    return Group("case", texts, Manual("cli.case.summary", "case list"), commands=commands)


def case_option(texts: Texts, text: str, *, required: bool = False) -> Option:
    """Give the option that names a case."""
    return Option(["--case"], text=texts(text), metavar=texts("cli.metavar.case"), required=required)


def _name_argument(texts: Texts) -> click.Argument:
    return click.Argument(["name"], metavar=texts("cli.metavar.case"))


def _list_command(texts: Texts) -> click.Command:
    def run() -> int:
        from checker.casework import cases

        found = cases()
        for info in found:
            if info.is_damaged:
                tell(texts("cli.case.list.damaged", name=info.name))
                continue
            size = f"{info.size_bytes / MEGABYTE:.1f}"
            say(
                texts(
                    "cli.case.list.line",
                    name=info.name,
                    schools=info.schools,
                    decisions=info.decisions,
                    size=size,
                    days=info.days_kept,
                )
            )
        if not found:
            say(texts("cli.case.list.none"))
        return DONE

    return Command("list", texts, Manual("cli.case.list.summary", "case list"), run=run)


def _show_command(texts: Texts) -> click.Command:
    def run(name: str) -> int:
        from checker.casework import State, open_case, standing_words, states_words

        case = open_case(name, create=False)
        runs, standing = case.runs(), case.standing()
        last = runs[-1].started if runs else "–"
        say(texts("cli.case.show.runs", count=len(runs), last=last))
        say(states_words(case.name, standing.values(), texts) or texts("cli.case.show.none"))
        order = (State.REOPENED, State.EXPIRED, State.UNUSED, State.VALID)
        for (school, requirement), entry in sorted(
            standing.items(), key=lambda item: (order.index(item[1].state), item[0])
        ):
            say_wrapped(f"{school}, {requirement}: {standing_words(entry, texts)}", indent=2)
        return DONE

    manual = Manual("cli.case.show.summary", "case show tverrmark-2026")
    return Command("show", texts, manual, run=run, params=[_name_argument(texts)])


def _export_command(texts: Texts) -> click.Command:
    def run(name: str, out: Path | None, documents: bool) -> int:
        from checker.casework import export_case, open_case

        case = open_case(name, create=False)
        place = out or Path(f"{case.name}.zip")
        if place.exists():
            raise OutputError("case.file.exists", file=str(place))
        write_whole(place, export_case(case, texts, with_documents=documents))
        say(texts("report.written", path=place))
        return DONE

    params = [
        _name_argument(texts),
        Option(
            ["--out"],
            text=texts("cli.case.export.out"),
            standard=default_words(texts, f"{texts('cli.metavar.case')}.zip"),
            metavar=texts("cli.metavar.file"),
            type=click.Path(path_type=Path),
        ),
        Option(["--documents"], text=texts("cli.case.export.documents"), is_flag=True),
    ]
    manual = Manual("cli.case.export.summary", "case export tverrmark-2026 --out tverrmark.zip")
    return Command("export", texts, manual, run=run, params=params)


def _import_command(texts: Texts) -> click.Command:
    def run(file: Path, name: str | None) -> int:
        from checker.casework import decision_words, import_case

        merged = import_case(file, name=name)
        say(texts("cli.case.imported" if merged.is_new else "cli.case.merged", name=merged.case))
        say(
            texts(
                "cli.case.added",
                decisions=merged.decisions,
                notes=merged.notes,
                reports=merged.reports,
                documents=merged.documents,
            )
        )
        if merged.conflicts:
            tell(texts("cli.case.conflicts", count=len(merged.conflicts)))
        for entry in merged.conflicts:
            ours, theirs = decision_words(entry.ours, texts), decision_words(entry.theirs, texts)
            line = texts(
                "cli.case.conflict",
                school=entry.school,
                requirement=entry.requirement,
                ours=ours,
                theirs=theirs,
            )
            tell(f"  {line}")
        return DONE

    params = [
        click.Argument(["file"], metavar=texts("cli.metavar.file"), type=click.Path(path_type=Path)),
        Option(
            ["--name"],
            text=texts("cli.case.import.name"),
            standard=default_words(texts, texts("cli.case.import.its_own")),
            metavar=texts("cli.metavar.case"),
        ),
    ]
    manual = Manual("cli.case.import.summary", "case import tverrmark.zip")
    return Command("import", texts, manual, run=run, params=params)


def _delete_command(texts: Texts) -> click.Command:
    def run(name: str) -> int:
        from checker.casework import CaseDamagedError, delete_case, open_case
        from checker.store import cache_file

        case = open_case(name, create=False)
        try:
            info = case.info()
        except CaseDamagedError:
            info = case.damaged_info()
        delete_case(name)
        say(texts("cli.case.deleted", name=info.name, days=info.days_kept))
        if cache_file(os.environ).exists():
            say(texts("cli.case.cache_left"))
        return DONE

    manual = Manual("cli.case.delete.summary", "case delete tverrmark-2026")
    return Command("delete", texts, manual, run=run, params=[_name_argument(texts)])


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, whole or not at all.

    Raises:
        OutputError: it can't be written there.
    """
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise OutputError(
            "cli.file.not_written", file=str(path), problem=error.strerror or str(error)
        ) from error
