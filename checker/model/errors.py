"""The errors that a caller may tell apart.

They carry fields; the sentence a user reads comes from ``checker.texts``.

* SkolesjekkError
    * UsageError            wrong usage: nothing is written, exit status 2
        * FolderError       no such folder, or an empty one
        * SchoolListError   a school list that can't be used
        * OutputError       a report that can't be written
    * RulePackError         a rule pack with faults; ``faults`` holds all of them
    * InterruptedRunError   stopped by the user
"""

from __future__ import annotations

from dataclasses import dataclass


class SkolesjekkError(Exception):
    """Any fault that Skolesjekk tells the user about.

    Args:
        key: key of the sentence in the text catalogue.
        fields: what the sentence is filled in with.
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields

    def __str__(self) -> str:
        return f"{self.key} {self.fields}" if self.fields else self.key


class UsageError(SkolesjekkError):
    """The program was called in a way that can't be carried out."""


class FolderError(UsageError):
    """The folder does not exist, is no folder, or holds no file."""


class SchoolListError(UsageError):
    """The school list can't be read, or lacks the column ``navn``."""


class OutputError(UsageError):
    """The report can't be written where it was asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a rule file: where it is, what is wrong and how to mend it (lines and columns from 1)."""

    file: str
    line: int
    column: int
    key: str
    fields: tuple[tuple[str, str], ...] = ()
    source_line: str = ""


class RulePackError(UsageError):
    """A rule pack that can't be used; ``faults`` are all its faults, sorted by place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("rules.faults", count=len(faults))
        self.faults = faults


class InterruptedRunError(SkolesjekkError):
    """The user stopped the run."""
