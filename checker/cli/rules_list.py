"""``skolesjekk rules list``: the packs and their requirements."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.table import Table

from checker.cli.packs import names_of, packs_option, question_words
from checker.cli.parts import Command, Manual
from checker.cli.screen import printable, results, say
from checker.texts import Texts

DONE = 0


def list_command(texts: Texts) -> click.Command:
    """Give the command that lists packs and requirements."""

    def run(rules: Sequence[str]) -> int:
        from checker.rulebook import load_rules

        rulebook = load_rules(names_of(*rules))
        for pack in rulebook.packs:
            requirements = [
                requirement for requirement in rulebook.requirements if requirement.pack == pack.name
            ]
            if not requirements:
                continue
            say(f"{pack.name} {pack.version}")
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
            for key in ("report.column.requirement", "report.column.title", "report.column.level"):
                table.add_column(texts(key))
            table.add_column(texts("report.column.question"))
            for key in ("cli.rules.patterns", "cli.rules.terms", "cli.rules.examples"):
                table.add_column(texts(key), justify="right")
            for requirement in requirements:
                table.add_row(
                    requirement.id,
                    printable(requirement.title[texts.language]),
                    texts(f"report.level.{requirement.level}"),
                    question_words(requirement.question, texts).split()[0],
                    str(len(requirement.patterns)),
                    str(requirement.term_count),
                    str(len(requirement.examples)),
                )
            results().print(table)
        return DONE

    manual = Manual("cli.rules.list.summary", "rules list")
    return Command("list", texts, manual, run=run, params=[packs_option(texts)])
