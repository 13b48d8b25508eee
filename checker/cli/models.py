"""``skolesjekk models``: which language pipelines are in use."""

from __future__ import annotations

import click

from checker.cli.parts import Command, Manual
from checker.cli.screen import say
from checker.texts import Texts

DONE = 0
SHOWN_DIGITS = 12


def models_command(texts: Texts) -> click.Command:
    """Give the command that says which language pipeline each written form is read with, and why."""

    def run() -> int:
        from checker.language import describe_models, load_pipelines

        for model in describe_models(load_pipelines()):
            head = f"{texts(f'cli.form.{model.form}')}: {model.info.name} {model.info.version}"
            say(f"{head} ({model.info.sha256[:SHOWN_DIGITS]})")
            say(f"  {texts(model.reason)}")
            say(f"  {texts('cli.models.components', names=', '.join(model.components))}")
        return DONE

    return Command("models", texts, Manual("cli.models.summary", "models"), run=run)
