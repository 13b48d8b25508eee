"""The title that an office document carries in its properties."""

from __future__ import annotations

from checker.extract.faults import ReadFault
from checker.extract.lines import folded, is_program_title
from checker.extract.package import Package

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def core_title(package: Package) -> str | None:
    """Give the title in ``docProps/core.xml``; None where it lacks or a program gave it by itself."""
    try:
        root = package.xml("docProps/core.xml")
    except ReadFault:
        return None
    title = folded((root.findtext(_TITLE) if root is not None else None) or "")
    return None if not title or is_program_title(title) else title
