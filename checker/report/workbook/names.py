"""Names of sheets: fixed ones in the report's language, and one a school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.report.words import one_line

LONGEST = 31
FINDING_SHEETS = ("gaps", "not_assessable", "documented")
"""The sheets with one row a finding, in which the auditor writes; keys below ``report.sheet``."""

FIXED_SHEETS = (
    *("gaps", "matrix", "not_assessable", "documented", "quotes"),
    *("documents", "observations", "criteria", "method"),
)
_FORBIDDEN = str.maketrans({**dict.fromkeys("[]:*?", " "), **dict.fromkeys("/\\", "-")})
_KEPT_BY_EXCEL = "history"


def sheet_names(names: Iterable[tuple[str, str]], taken: Iterable[str]) -> Mapping[str, str]:
    """Give a sheet name for each school by its id: at most 31 characters that Excel takes, each once.

    Args:
        names: pairs of id and name.
        taken: sheet names that are in use.

    Example:
        >>> list(sheet_names([("a", "Ås skole"), ("b", "ås: skole"), ("c", "'History'")], ["Metode"]).values())
        ['Ås skole', 'ås skole (2)', 'History (2)']
    """
    used = {name.casefold() for name in (*taken, _KEPT_BY_EXCEL)}
    result = {}
    for key, name in names:
        plain = one_line(one_line(name).translate(_FORBIDDEN)).strip("' ") or "–"
        chosen, number = _cut(plain, ""), 1
        while chosen.casefold() in used:
            number += 1
            chosen = _cut(plain, f" ({number})")
        used.add(chosen.casefold())
        result[key] = chosen
    return result


def _cut(name: str, ending: str) -> str:
    """Give the name with an ending, cut to what a sheet can be called; Excel counts UTF-16 units."""
    kept = name
    while len((kept + ending).encode("utf-16-le")) // 2 > LONGEST:
        kept = kept[:-1]
    return kept.rstrip("' ") + ending
