"""Remembers what a case is checked from, so that its documents can be shown and checked again."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "source.json"


@dataclass(frozen=True, slots=True)
class Source:
    """What a case is checked from, and how.

    Args:
        folder: the documents' folder.
        is_dropped: whether it is the case's own copy of dropped files.
        language: of the report.
        school: the folder is this single school's; empty where it holds several.
        as_of: the day that periods are measured against, ISO 8601; empty for the day of the run.
        refused: sentences on dropped files that were not taken in.
    """

    folder: str
    is_dropped: bool
    language: str
    school: str = ""
    as_of: str = ""
    refused: tuple[str, ...] = ()


def keep_source(case_folder: Path, source: Source) -> None:
    """Remember what a case is checked from."""
    place = case_folder / FILE_NAME
    part = place.with_suffix(".part")
    part.write_text(json.dumps(asdict(source), ensure_ascii=False), encoding="utf-8")
    part.replace(place)


def source_of(case_folder: Path) -> Source | None:
    """Give what a case was last checked from; None where it was not checked from here."""
    with suppress(OSError, ValueError, TypeError):
        kept = json.loads((case_folder / FILE_NAME).read_text(encoding="utf-8"))
        return Source(**{**kept, "refused": tuple(kept.get("refused", ()))})
    return None
