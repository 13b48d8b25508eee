"""``skolesjekk rules``: what the rules hold, and whether they hold together."""

from __future__ import annotations

import click

from checker.cli.parts import Group, Manual
from checker.cli.rules_coverage import coverage_command
from checker.cli.rules_lint import lint_command
from checker.cli.rules_list import list_command
from checker.cli.rules_show import show_command
from checker.cli.rules_test import test_command
from checker.texts import Texts


def rules_command(texts: Texts) -> click.Command:
    """Give the command that holds those about rules."""
    makers = (list_command, show_command, lint_command, test_command, coverage_command)
    commands = [make(texts) for make in makers]
    manual = Manual("cli.rules.summary", "rules show KL-102")
    return Group("rules", texts, manual, commands=commands)
