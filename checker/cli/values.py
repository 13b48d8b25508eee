"""The kinds of values that options take; each refuses a wrong one with a sentence of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from checker.cli.wrong import WrongValueError

if TYPE_CHECKING:
    ParamType = click.ParamType[Any]
else:
    # Before version 8.3 click's class takes no type.
    ParamType = click.ParamType


class Choice(ParamType):
    """One of a few words."""

    name = "choice"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = tuple(known)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the word, in small letters."""
        word = str(value).casefold()
        if word not in self.known:
            raise WrongValueError("cli.value.choice", found=value, known=", ".join(self.known))
        return word


class Choices(Choice):
    """Some of a few words, with commas between."""

    name = "choices"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the words in the order in which they stand, each once."""
        if isinstance(value, tuple):
            return value
        words = [word.strip() for word in str(value).split(",") if word.strip()]
        if not words:
            raise WrongValueError("cli.value.choice", found=value, known=", ".join(self.known))
        choose = super().convert
        return tuple(dict.fromkeys(choose(word, param, ctx) for word in words))


class Day(ParamType):
    """A date, as 2026-11-23."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Give the date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise WrongValueError("cli.value.day", found=value) from None


class Number(ParamType):
    """A whole number within bounds."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give the number."""
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            raise WrongValueError("cli.value.number", found=value, least=self.least, most=self.most)
        return number
