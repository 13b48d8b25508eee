"""Skolesjekk: a rule-based checker of school plans.

Example:
    >>> from checker import load_rules
    >>> load_rules(["klasseledelse"]).requirement("KL-102").title["nb"]
    'Rutine for oppfølging av klasseledelse i klasserommet'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.rulebook import load_rules
    from checker.run.check import CheckSettings, check

__version__ = "0.1.0"

__all__ = ["CheckSettings", "__version__", "check", "load_rules"]

# Read at first use: the language models take a second that `import checker` should not cost.
_HOMES = {"CheckSettings": "checker.run", "check": "checker.run", "load_rules": "checker.rulebook"}


def __getattr__(name: str) -> Any:
    """Give a public name from the package that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
