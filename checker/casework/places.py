"""Says where cases lie, and which names they may have."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from checker.casework.errors import CaseNameError

HOME_VARIABLE = "SKOLESJEKK_HOME"
FOLDER = "cases"
LONGEST, LONGEST_BYTES = 80, 200
_FORBIDDEN = '<>:"/\\|?*'
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that Windows keeps for devices, with any ending."""


def cases_folder(environment: Mapping[str, str]) -> Path:
    """Give the folder of the cases: below what ``SKOLESJEKK_HOME`` names, else below the user's own data."""
    named = environment.get(HOME_VARIABLE)
    home = Path(named) if named else user_data_path("skolesjekk", appauthor=False)
    return home / FOLDER


def checked_name(name: str) -> str:
    """Give the name in the form in which it is kept.

    Raises:
        CaseNameError: it is empty or too long, or some system takes no such file name.

    Example:
        >>> checked_name("  Tverrmark 2026 ")
        'Tverrmark 2026'
    """
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept:
        raise CaseNameError("case.error.name_empty")
    if len(kept) > LONGEST or len(kept.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        raise CaseNameError("case.error.name_long", most=LONGEST)
    wrong = sorted({sign for sign in kept if sign in _FORBIDDEN or unicodedata.category(sign)[0] == "C"})
    if wrong:
        signs = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in wrong)
        raise CaseNameError("case.error.name_signs", name=_printable(kept), signs=signs)
    if kept.startswith(".") or kept.endswith("."):
        raise CaseNameError("case.error.name_dot", name=kept)
    if kept.split(".")[0].rstrip().casefold() in _DEVICES:
        raise CaseNameError("case.error.name_device", name=kept)
    return kept


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
