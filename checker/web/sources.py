"""Finds the documents of a case where they lie."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from checker.model import ReportDocument

INSIDE = "!/"
"""Stands between an archive or mail and what lies within it."""

_CHUNK = 1 << 20


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
