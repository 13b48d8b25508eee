"""Which rule packs a command is about, and the words that several of them need."""

from __future__ import annotations

import click

from checker.cli.parts import Option
from checker.texts import Texts


def pack_argument(texts: Texts) -> click.Argument:
    """Give the argument that names one pack, by name or path."""
    return click.Argument(["pack"], metavar=texts("cli.metavar.pack"), required=False)


def packs_option(texts: Texts) -> Option:
    """Give the option that names packs, by name or path."""
    return Option(
        ["--rules"],
        text=texts("cli.option.rules_of"),
        metavar=texts("cli.metavar.pack"),
        multiple=True,
    )


def names_of(*asked: str | None) -> tuple[str, ...]:
    """Give the packs that are asked for; without any, all that come with the program."""
    from checker.rulebook import available_packs

    return tuple(name for name in asked if name) or available_packs()


def question_words(question: str, texts: Texts) -> str:
    """Give the name of an audit question; one that the catalogue does not know stands as it is."""
    key = f"report.question.{question}"
    return texts(key) if key in texts else question
