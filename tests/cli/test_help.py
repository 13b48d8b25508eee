from __future__ import annotations

import subprocess
import sys

import click
import pytest

from checker import __version__
from checker.cli.check import FROM_BEST_TO_WORST
from checker.cli.program import program
from checker.cli.reading import DEFAULT_PACK
from checker.report import FILE_NAMES
from checker.texts import LANGUAGES, load_texts

from .made import Run

HEADINGS = {"nb": ("Bruk: ", "Valg:"), "nn": ("Bruk: ", "Val:"), "en": ("Usage: ", "Options:")}
CLICKS_OWN = ("Usage:", "Options:", "Commands:", "Show this message", "default:", "required", "Arguments")


def commands_of(command: click.Command, *before: str) -> list[tuple[str, ...]]:
    found = [before]
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found.extend(commands_of(command.commands[name], *before, name))
    return found


COMMANDS = commands_of(program(load_texts("nb")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda names: " ".join(names) or "skolesjekk")
def test_every_command_has_help_in_every_language(command: tuple[str, ...], language: str, run: Run) -> None:
    ran = run(*command, "--help", "--lang", language)

    usage, options = HEADINGS[language]
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.startswith(f"{usage}skolesjekk {' '.join(command)}".rstrip())
    assert options in ran.out
    assert f"  {load_texts(language)('cli.option.help')}" in ran.out


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda names: " ".join(names) or "skolesjekk")
def test_norwegian_help_holds_none_of_clicks_english(
    command: tuple[str, ...], language: str, run: Run
) -> None:
    out = run(*command, "-h", "--lang", language).out

    assert [words for words in CLICKS_OWN if words in out] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda names: " ".join(names) or "skolesjekk")
def test_help_shows_an_example_that_the_command_itself_can_read(command: tuple[str, ...], run: Run) -> None:
    out = run(*command, "--help").out

    lines = out.splitlines()
    example = lines[lines.index("  Eksempel:") + 1].strip()
    assert example.startswith(" ".join(("skolesjekk", *command)))


def test_help_of_check_names_every_format_and_the_order_of_statuses(run: Run) -> None:
    out = " ".join(run("check", "--help").out.split())

    assert ",".join(FILE_NAMES) in out
    assert ", ".join(FROM_BEST_TO_WORST) in out


def test_the_default_pack_in_the_help_is_the_one_that_is_taken() -> None:
    from checker.run import CheckSettings

    assert CheckSettings.__dataclass_fields__["rules"].default == (DEFAULT_PACK,)


def test_the_commands_stand_in_the_order_in_which_a_user_needs_them(run: Run) -> None:
    out = run("--help").out

    names = ["check", "explain", "extract", "rules", "evaluate", "import", "case", "cache", "models"]
    assert sorted(names, key=lambda name: out.index(f"\n  {name} ")) == names


def test_the_environment_chooses_the_language_and_the_option_wins(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKOLESJEKK_LANG", "en")

    assert "Commands:" in run("--help").out
    assert "Kommandoar:" in run("--lang", "nn", "--help").out
    assert "Kommandoer:" in run("--help", "--lang=nb").out


def test_a_wrong_language_in_the_environment_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKOLESJEKK_LANG", "sv")

    ran = run("models")
    assert ran.status == 2
    assert ran.err == "SKOLESJEKK_LANG er satt til «sv». Velg blant: nb, nn, en.\n"


def test_the_version_is_printed(run: Run) -> None:
    ran = run("--version")

    assert (ran.status, ran.out) == (0, f"skolesjekk {__version__}\n")


def test_help_does_not_load_the_language_models() -> None:
    """Or else the help would take seconds."""
    code = "import sys; from checker.cli import main; main(['--help']); sys.exit('spacy' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_python_m_checker_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checker", "--version"], capture_output=True, check=False, encoding="utf-8"
    )

    assert (done.returncode, done.stdout) == (0, f"skolesjekk {__version__}\n")
