"""What must be known before the commands are built: the language, and whether tracebacks are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.model import UsageError
from checker.texts import LANGUAGES

DEFAULT_LANGUAGE = "nb"
LANGUAGE_VARIABLE = "SKOLESJEKK_LANG"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, wherever on the command line it stands.

    Args:
        language: of help, messages and report.
        debug: whether a fault shows its traceback.
        fault: a language was asked for that there is none of; told once the program can speak.
    """

    language: str = DEFAULT_LANGUAGE
    debug: bool = False
    fault: UsageError | None = None


def asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> Asked:
    """Give what was asked for, by option or else by environment.

    Example:
        >>> asked_for(["check", "planer", "--lang", "nn"], {}).language
        'nn'
    """
    options = _before_plain_arguments(arguments)
    debug = "--debug" in options
    language = _last_language(options)
    if language in LANGUAGES:
        return Asked(language, debug)
    default = environment.get(LANGUAGE_VARIABLE) or DEFAULT_LANGUAGE
    if default not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        fault = UsageError("cli.environment.language", name=LANGUAGE_VARIABLE, found=default, known=known)
        return Asked(DEFAULT_LANGUAGE, debug, fault)
    return Asked(default, debug)


def _before_plain_arguments(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _last_language(options: Sequence[str]) -> str | None:
    """Give the value of the last ``--lang``; a wrong one is left to the command to refuse."""
    language = None
    for position, option in enumerate(options):
        if option == "--lang" and position + 1 < len(options):
            language = options[position + 1]
        elif option.startswith("--lang="):
            language = option.partition("=")[2]
    return language
