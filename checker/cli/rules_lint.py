"""``skolesjekk rules lint``: every fault in the rule files, with its place."""

from __future__ import annotations

from collections.abc import Iterable

import click

from checker.cli.failures import fault_lines
from checker.cli.packs import names_of, pack_argument
from checker.cli.parts import Command, Manual
from checker.cli.screen import say
from checker.model import Fault, RulePackError, Status
from checker.texts import Texts

DONE, FAULTY = 0, 4
FORMS = ("nb", "nn")


def lint_command(texts: Texts) -> click.Command:
    """Give the command that tells every fault of a pack, and which examples are lacking."""

    def run(pack: str | None) -> int:
        from checker.rulebook import load_rules, read_packs

        names = names_of(pack)
        try:
            load_rules(names)
        except RulePackError as error:
            say("\n".join(fault_lines(error.faults, texts)))
            say(texts("cli.lint.faults", count=len(error.faults)))
            return FAULTY
        lacking = [
            fault
            for read in read_packs(names)
            for _, (rule, source) in sorted(read.requirements.items())
            for what, form in examples_lacking((e.form, e.expect.status) for e in rule.examples)
            for fault in (source.fault(("examples",), "rules.examples_one_sided", what=what, form=form),)
        ]
        if lacking:
            say("\n".join(warning_lines(lacking, texts)))
        say(texts("cli.lint.clean", packs=", ".join(names), warnings=len(lacking)))
        return DONE

    manual = Manual("cli.rules.lint.summary", "rules lint", about=(texts("cli.rules.lint.exit_status"),))
    return Command("lint", texts, manual, run=run, params=[pack_argument(texts)])


def examples_lacking(examples: Iterable[tuple[str, Status]]) -> list[tuple[str, str]]:
    """Give what examples a requirement lacks, as catalogue keys: to find and not to find, in each form.

    Example:
        >>> examples_lacking([("nb", Status.PARTIAL), ("nb", Status.MISSING), ("nn", Status.DOCUMENTED)])
        [('cli.lint.nothing', 'cli.form.nn')]
    """
    has = {(form, status is not Status.MISSING) for form, status in examples}
    sides = ((True, "cli.lint.something"), (False, "cli.lint.nothing"))
    return [
        (key, f"cli.form.{form}") for form in FORMS for is_found, key in sides if (form, is_found) not in has
    ]


def warning_lines(warnings: Iterable[Fault], texts: Texts) -> list[str]:
    """Give a line for each thing that would be better otherwise."""
    return [f"{texts('cli.lint.warning')}: {line}" for line in fault_lines_without_source(warnings, texts)]


def fault_lines_without_source(faults: Iterable[Fault], texts: Texts) -> list[str]:
    """Give each fault on one line."""
    return [line for line in fault_lines(faults, texts) if not line.startswith(" ")]
