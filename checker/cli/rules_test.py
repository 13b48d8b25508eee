"""``skolesjekk rules test``: the examples in the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from checker.cli.packs import names_of, pack_argument
from checker.cli.parts import Command, Manual
from checker.cli.rules_show import expectation_words, outcome_words
from checker.cli.screen import say
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.run import ExampleResult

DONE, FAULTY = 0, 4


def test_command(texts: Texts) -> click.Command:
    """Give the command that runs every example and tells those that come out wrong."""

    def run(pack: str | None) -> int:
        from checker.rulebook import load_rules
        from checker.run import Judge

        rulebook = load_rules(names_of(pack))
        judge = Judge(rulebook)
        results = [
            result for requirement in rulebook.requirements for result in judge.example_results(requirement)
        ]
        faults = [result for result in results if result.is_fault]
        for result in faults:
            say(fault_words(result, texts))
        todo = sum(result.example.todo for result in results)
        say(texts("cli.test.count", total=len(results), wrong=len(faults), todo=todo))
        return FAULTY if faults else DONE

    manual = Manual("cli.rules.test.summary", "rules test", about=(texts("cli.rules.test.exit_status"),))
    return Command("test", texts, manual, run=run, params=[pack_argument(texts)])


def fault_words(result: ExampleResult, texts: Texts) -> str:
    """Give an example that came out otherwise than it should: what was expected, and what came."""
    head = f"{result.requirement} {result.example.name} ({texts(f'cli.form.{result.example.form}')})"
    if result.is_as_expected:
        return f"{head}: {texts('cli.test.no_longer_todo')}"
    got = outcome_words(result.status, result.missing, result.subthemes, texts)
    return f"{head}: {texts('cli.test.differs', expected=expectation_words(result.example, texts), got=got)}"
