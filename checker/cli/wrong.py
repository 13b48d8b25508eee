"""What a command line can be refused for.

* click.UsageError
    * WrongUsageError       a command line that can't be carried out, with a catalogue key
    * click.BadParameter
        * WrongValueError   a value that an option can't take, with a catalogue key
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

import click


class WrongUsageError(click.UsageError):
    """A command line that can't be carried out."""

    def __init__(self, key: str, ctx: click.Context, **fields: object) -> None:
        super().__init__(key, ctx)
        self.key = key
        self.fields = fields


class WrongValueError(click.BadParameter):
    """A value that an option can't take."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


def unknown_name(
    key: str, found: str, known: Sequence[str], ctx: click.Context, *, also: Mapping[str, str] | None = None
) -> WrongUsageError:
    """Give the error for a name that is not among ``known``, with the name that was likely meant.

    Args:
        key: of the sentence; ``<key>_near`` is the one with a suggestion.
        also: further spellings, each with the name that it stands for.
    """
    spellings = {name.casefold(): name for name in known}
    spellings |= {spelling.casefold(): name for spelling, name in (also or {}).items()}
    near = difflib.get_close_matches(found.casefold(), spellings, n=1)
    listed = ", ".join(known)
    if near:
        return WrongUsageError(f"{key}_near", ctx, found=found, near=spellings[near[0]], known=listed)
    return WrongUsageError(key, ctx, found=found, known=listed)
