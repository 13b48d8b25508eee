"""Running: a folder of plans checked in worker processes, and single texts judged."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from checker.run.alone import read_alone, read_each
from checker.run.check import CheckSettings, Progress, check

if TYPE_CHECKING:
    from checker.run.judge import ExampleResult, Judge

__all__ = ["CheckSettings", "ExampleResult", "Judge", "Progress", "check", "read_alone", "read_each"]

# Read at first use: a run that finds all in the cache needs no language models.
_IN_JUDGE = ("ExampleResult", "Judge")


def __getattr__(name: str) -> Any:
    """Give a public name from the module that it lives in."""
    if name not in _IN_JUDGE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("checker.run.judge"), name)
