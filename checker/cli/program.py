"""The program: its commands, and what becomes of errors."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from checker import __version__
from checker.cli.asked import Asked, asked_for
from checker.cli.cache import cache_command
from checker.cli.case import case_command
from checker.cli.check import check_command
from checker.cli.diff import diff_command
from checker.cli.evaluate import evaluate_command
from checker.cli.explain import explain_command
from checker.cli.extract import extract_command
from checker.cli.failures import error_words, usage_words
from checker.cli.models import models_command
from checker.cli.offline import offline_command
from checker.cli.parts import Group, Manual, Option
from checker.cli.read_back import import_command
from checker.cli.rules import rules_command
from checker.cli.sample import sample_command
from checker.cli.screen import say
from checker.cli.serve import serve_command
from checker.cli.verify import verify_command
from checker.model import InterruptedRunError, SkolesjekkError
from checker.texts import Texts, load_texts

NAME = "skolesjekk"
DONE, WRONG_USAGE, OWN_FAULT, INTERRUPTED = 0, 2, 70, 130


def program(texts: Texts) -> click.Command:
    """Give the whole program as one command, in the language of ``texts``."""
    makers = (
        check_command,
        serve_command,
        explain_command,
        extract_command,
        rules_command,
        evaluate_command,
        diff_command,
        verify_command,
        sample_command,
        import_command,
        case_command,
        cache_command,
        models_command,
        offline_command,
    )
    version = Option(
        ["--version"],
        text=texts("cli.option.version"),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
    )
    return Group(
        NAME,
        texts,
        Manual("cli.summary", "check tverrmark"),
        commands=[make(texts) for make in makers],
        params=[version],
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit status.

    Args:
        argv: the arguments after the program's name; without them, those that the program was started with.
    """
    if argv is None:
        argv = sys.argv[1:]
        _write_what_the_terminal_can()
    asked = asked_for(argv, os.environ)
    texts = load_texts(asked.language)
    try:
        return _run(argv, asked, texts)
    except click.UsageError as error:
        return _told(error, usage_words(error, texts), asked, WRONG_USAGE)
    except InterruptedRunError as error:
        return _told(error, error_words(error, texts), asked, INTERRUPTED)
    except (click.Abort, KeyboardInterrupt) as error:
        return _told(error, texts("cli.interrupted"), asked, INTERRUPTED)
    except SkolesjekkError as error:
        return _told(error, error_words(error, texts), asked, WRONG_USAGE)
    except Exception as error:  # noqa: BLE001 - the program's edge: no traceback unless it is asked for
        problem = f"{type(error).__name__}: {error}"
        return _told(error, texts("cli.own_fault", problem=problem), asked, OWN_FAULT)


def _run(argv: Sequence[str], asked: Asked, texts: Texts) -> int:
    if asked.fault is not None:
        raise asked.fault
    status = program(texts).main(args=list(argv), prog_name=NAME, standalone_mode=False)
    return status if isinstance(status, int) else DONE


def _told(error: BaseException, sentence: str, asked: Asked, status: int) -> int:
    if asked.debug:
        traceback.print_exception(error)
    say(sentence, err=True)
    return status


def _write_what_the_terminal_can() -> None:
    """Let stdout and stderr write a question mark for what they can't write, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _show_version(ctx: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    if is_wanted and not ctx.resilient_parsing:
        say(f"{NAME} {__version__}")
        ctx.exit()
