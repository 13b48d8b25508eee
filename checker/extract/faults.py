"""Why a file could not be read, passed from a reader to the entry function that makes data of it."""

from __future__ import annotations

from checker.model import Problem


class ReadFault(Exception):  # noqa: N818 - a fault of the file, not of the program
    """A file that can't be read, with the problem and the sentence that says so.

    Args:
        problem: which of the contract's problems it is.
        key: key of the sentence in the text catalogue.
        fields: what the sentence is filled in with.
    """

    def __init__(self, problem: Problem, key: str, **fields: object) -> None:
        super().__init__(key)
        self.problem = problem
        self.key = key
        self.fields = tuple((name, str(value)) for name, value in sorted(fields.items()))
