"""``skolesjekk serve``: the local web page."""

from __future__ import annotations

import os
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from checker.cli.parts import Command, Manual, Option, default_words
from checker.cli.reading import jobs_option
from checker.cli.screen import say
from checker.cli.values import Number
from checker.texts import Texts

HIGHEST_PORT = 65535
DONE = 0


def serve_command(texts: Texts) -> click.Command:
    """Give the command that shows the local web page."""
    manual = Manual("cli.serve.summary", "serve", about=(texts("cli.serve.about"),))
    folder = click.Argument(
        ["folder"], metavar=texts("cli.metavar.folder"), type=click.Path(path_type=Path), required=False
    )
    params: list[click.Parameter] = [
        folder,
        Option(
            ["--port"],
            text=texts("cli.option.port"),
            standard=default_words(texts, texts("cli.value.free_port")),
            metavar="N",
            type=Number(0, HIGHEST_PORT),
            default=0,
        ),
        jobs_option(texts),
        Option(["--no-browser"], text=texts("cli.option.no_browser"), is_flag=True),
    ]

    def run(*, folder: Path | None, port: int, jobs: int | None, no_browser: bool) -> int:
        from checker.store import home_folder
        from checker.web import serve

        def ready(address: str) -> None:
            say(texts("cli.serve.open", address=address))
            if not no_browser:
                webbrowser.open(address)

        here = folder.absolute() if folder is not None else None
        with suppress(KeyboardInterrupt):  # Ctrl-C is how one ends it
            serve(texts, home=home_folder(os.environ), folder=here, port=port, jobs=jobs, ready=ready)
        return DONE

    return Command("serve", texts, manual, run=run, params=params)
