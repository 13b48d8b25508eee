"""How a reading is watched from outside: what it tells while it runs, and what befell it before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.model import Problem


def _tell_nobody(path: str, seconds: float) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever reads a file in a worker process passes this, so that one bad file costs no other.

    Args:
        setbacks: paths at which earlier readings were ended from outside, each with the reason. A file that is
            named once is read in a simpler way; one that is named twice is not read.
        begin: told of each file, also those within another, and of the seconds that its next step may take.
    """

    setbacks: tuple[tuple[str, Problem], ...] = ()
    begin: Callable[[str, float], None] = _tell_nobody

    def problems_at(self, path: str) -> tuple[Problem, ...]:
        """Give what befell earlier readings at ``path``, in order."""
        return tuple(problem for place, problem in self.setbacks if place == path)


UNWATCHED = Watch()
