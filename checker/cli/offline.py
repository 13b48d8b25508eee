"""``skolesjekk offline``: a folder for machines without network."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker.cli.parts import Command, Manual, Option, default_words
from checker.cli.screen import say
from checker.cli.values import Choice
from checker.offline.targets import PYTHONS, TARGETS
from checker.texts import Texts

DONE = 0


def offline_command(texts: Texts) -> click.Command:
    """Give the command that makes an offline folder."""
    manual = Manual(
        "cli.offline.summary", "offline windows --out skolesjekk-windows", about=(texts("cli.offline.about"),)
    )
    file, folder = texts("cli.metavar.file"), texts("cli.metavar.folder")
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    params: list[click.Parameter] = [
        click.Argument(["machine"], metavar="|".join(TARGETS), type=Choice(tuple(TARGETS))),
        _path("--out", texts("cli.option.offline.out"), folder, required=True),
        Option(
            ["--python"],
            text=texts("cli.option.offline.python"),
            standard=default_words(texts, texts("cli.value.own_python")),
            metavar="|".join(PYTHONS),
            type=Choice(PYTHONS),
            default=own if own in PYTHONS else PYTHONS[-1],
        ),
        _path("--wheel", texts("cli.option.offline.wheel"), file),
        _path("--wheels", texts("cli.option.offline.wheels"), folder),
        _path("--embedded", texts("cli.option.offline.embedded"), file),
    ]

    def run(
        *,
        machine: str,
        out: Path,
        python: str,
        wheel: Path | None,
        wheels: Path | None,
        embedded: Path | None,
    ) -> int:
        from checker.offline import build_offline

        start = build_offline(
            TARGETS[machine], out, texts, python=python, wheel=wheel, wheels=wheels, embedded=embedded
        )
        say(texts("offline.made", folder=out, start=start.name))
        return DONE

    return Command("offline", texts, manual, run=run, params=params)


def _path(name: str, text: str, metavar: str, *, required: bool = False) -> Option:
    return Option([name], text=text, metavar=metavar, type=click.Path(path_type=Path), required=required)
