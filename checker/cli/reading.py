"""The options on how a folder is read, and the settings that they make."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.parts import Option, default_words
from checker.cli.values import Choice, Day, Number
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.run import CheckSettings

DEFAULT_PACK = "klasseledelse"
READERS = ("auto", "builtin")
MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the options on reading were set to; what was not set is None or empty."""

    rules: tuple[str, ...] = ()
    schools: Path | None = None
    as_of: date | None = None
    jobs: int | None = None
    readers: str = READERS[0]
    depth: int = 1
    model_nb: str | None = None
    no_cache: bool = False
    rehash: bool = False

    def settings(self, language: str) -> CheckSettings:
        """Give the settings; without a day, today's is taken."""
        from checker.run import CheckSettings
        from checker.store import cache_file

        settings = CheckSettings(
            as_of=self.as_of or date.today(),
            school_list=self.schools,
            language=language,
            jobs=self.jobs,
            depth=self.depth,
            builtin_readers=self.readers == "builtin",
            model_nb=self.model_nb,
            cache=None if self.no_cache else cache_file(os.environ),
            rehash=self.rehash,
        )
        return replace(settings, rules=self.rules) if self.rules else settings


def taken_out(values: dict[str, Any]) -> ReadingOptions:
    """Take the options on reading out of a command's values."""
    return ReadingOptions(**{option.name: values.pop(option.name) for option in fields(ReadingOptions)})


def folder_argument(texts: Texts) -> click.Argument:
    """Give the argument that names the folder."""
    return click.Argument(["folder"], metavar=texts("cli.metavar.folder"), type=click.Path(path_type=Path))


def reading_options(texts: Texts) -> Mapping[str, Option]:
    """Give the options on reading, by name."""
    file = texts("cli.metavar.file")
    options = (
        Option(
            ["--rules"],
            text=texts("cli.option.rules"),
            standard=default_words(texts, DEFAULT_PACK),
            metavar=texts("cli.metavar.pack"),
            multiple=True,
        ),
        Option(
            ["--schools"], text=texts("cli.option.schools"), metavar=file, type=click.Path(path_type=Path)
        ),
        Option(
            ["--as-of"],
            text=texts("cli.option.as_of"),
            standard=default_words(texts, texts("cli.value.today")),
            metavar=texts("cli.metavar.day"),
            type=Day(),
        ),
        jobs_option(texts),
        Option(
            ["--readers"],
            text=texts("cli.option.readers"),
            standard=default_words(texts, READERS[0]),
            metavar="|".join(READERS),
            type=Choice(READERS),
            default=READERS[0],
        ),
        Option(
            ["--depth"],
            text=texts("cli.option.depth"),
            standard=default_words(texts, "1"),
            metavar="1|2",
            type=Number(1, 2),
            default=1,
        ),
        Option(["--model-nb"], text=texts("cli.option.model_nb"), metavar=texts("cli.metavar.name")),
        Option(["--no-cache"], text=texts("cli.option.no_cache"), is_flag=True),
        Option(["--rehash"], text=texts("cli.option.rehash"), is_flag=True),
    )
    return {option.name or "": option for option in options}


def jobs_option(texts: Texts) -> Option:
    """Give the option for the number of processes."""
    return Option(
        ["--jobs"],
        text=texts("cli.option.jobs"),
        standard=default_words(texts, texts("cli.value.cores")),
        metavar="N",
        type=Number(0, MOST_JOBS),
    )
