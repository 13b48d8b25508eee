"""What the user is told about the folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence of the text catalogue (``key``) and what it is filled in with."""

    key: str
    fields: tuple[tuple[str, str], ...] = ()


def notice(key: str, **fields: object) -> Notice:
    """Give the notice ``key`` with ``fields`` as text."""
    return Notice(key, tuple((name, str(value)) for name, value in fields.items()))
