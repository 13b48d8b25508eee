"""What is printed: results on stdout, progress and faults on stderr, control characters left out."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import wrap
from typing import TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from checker.texts import Texts

NAME_WIDTH = 40
PLAIN_WIDTH = 100
_CONTROL = re.compile("[\x7f-\x9f]")


def printable(text: str) -> str:
    """Give the text without control characters and signs that turn the writing direction.

    Example:
        >>> printable("plan\\x1b[31m.pdf")
        'plan[31m.pdf'
    """
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C")


def tell(text: str) -> None:
    """Print a warning on stderr."""
    say(text, err=True)


def say(text: str, *, err: bool = False) -> None:
    """Print a text of our own or of others."""
    click.echo(printable(text), err=err)


def print_data(text: str) -> None:
    """Print JSON to be read by another program: UTF-8 wherever it goes but to a terminal."""
    escaped = _CONTROL.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)
    if is_terminal(sys.stdout):
        click.echo(escaped)
    else:
        click.echo(escaped.encode("utf-8", "backslashreplace"))


def results() -> Console:
    """Give the console that results go to; into a file or pipe they are ``PLAIN_WIDTH`` wide."""
    width = None if is_terminal(sys.stdout) else PLAIN_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)


def say_wrapped(text: str, *, indent: int = 0) -> None:
    """Print a text on as many lines as it needs, set in; what has no space in it is not broken."""
    margin = " " * indent
    width = min(results().width, PLAIN_WIDTH)
    wrapped = wrap(
        printable(text),
        width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
    say("\n".join(wrapped))


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at the stream."""
    return stream.isatty()


@contextmanager
def progress_bar(texts: Texts) -> Iterator[Callable[[int, int, str], None] | None]:
    """Show how far the reading has come, on stderr; nothing where that is no terminal.

    Gives what is to be told of each file: how many are done, of how many, and its path.
    """
    if not is_terminal(sys.stderr):
        yield None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(texts("cli.progress.starting"), total=None)

        def tell(done: int, total: int, path: str) -> None:
            bar.update(task, completed=done, total=total, description=_name(path))

        yield tell


def _name(path: str) -> str:
    name = printable(path).rsplit("/", 1)[-1].replace("\n", " ")
    return name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 1]}…"
