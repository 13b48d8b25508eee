"""Remembers where a case's documents lie, and finds each one there again."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from checker.model import ReportDocument

FILE_NAME = "source.json"
INSIDE = "!/"
"""Stands between an archive or mail and what lies within it."""

_CHUNK = 1 << 20


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


def location_of(entry: ReportDocument, folder: Path) -> Path | None:
    """Give where a document's file lies; of one in an archive, the archive. None where it is gone or led outside."""
    path = entry.document.path
    if entry.path_raw and INSIDE not in path:
        path = os.fsdecode(unquote_to_bytes(entry.path_raw))
    place = folder / path.partition(INSIDE)[0]
    with suppress(OSError, ValueError):
        if place.is_file() and place.resolve().is_relative_to(folder.resolve()):
            return place
    return None


def is_same(location: Path, entry: ReportDocument) -> bool:
    """Whether the file still has the bytes that the report tells of; of what lies in an archive this is not known."""
    if INSIDE in entry.document.path or not entry.document.sha256:
        return True
    with suppress(OSError):
        stat = location.stat()
        return _sum_of(location, stat.st_size, stat.st_mtime_ns) == entry.document.sha256
    return False


@lru_cache(maxsize=512)
def _sum_of(location: Path, _size: int, _mtime_ns: int) -> str:
    digest = hashlib.sha256()
    with location.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
