"""Keeps the files that are dropped onto the page: in the case's own folder, within bounds, whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checker.extract import DEFAULT_LIMITS
from checker.model import UsageError
from checker.web.names import checked_place

INCOMING = "incoming"
DOCUMENTS = "documents"
PART_SUFFIX = ".part"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How much may be dropped into one case."""

    files: int = 20_000
    file_bytes: int = DEFAULT_LIMITS.file_bytes
    all_bytes: int = 20_000 * MEGABYTE


class UploadTooLargeError(UsageError):
    """More was dropped than a case may hold."""


class Uploads:
    """The dropped files of a case: first set aside, then, once all are there, in place of the earlier ones.

    Args:
        folder: the case's own.

    ``refused`` holds a sentence on each file that was not taken in.
    """

    def __init__(self, folder: Path, limits: UploadLimits = UploadLimits()) -> None:
        self._incoming = folder / INCOMING
        self._documents = folder / DOCUMENTS
        self._limits = limits
        self._count, self._size = self._held()
        self.refused: list[str] = []

    def begin(self) -> None:
        """Forget what was dropped and never checked."""
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(parents=True, mode=0o700)
        self._count = self._size = 0
        self.refused = []

    async def keep(self, path: str, body: AsyncIterator[bytes]) -> None:
        """Keep one file.

        Raises:
            UploadPathError: its place is none that it may have.
            UploadTooLargeError: it is too large, or there are too many.
        """
        place = self._incoming / checked_place(path, is_windows=os.name == "nt")
        if self._count >= self._limits.files:
            raise UploadTooLargeError("web.upload.files", limit=self._limits.files)
        self._count += 1
        allowed = room = min(self._limits.file_bytes, self._limits.all_bytes - self._size)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(secrets.token_hex(8) + PART_SUFFIX)
        try:
            with part.open("wb") as file:
                async for piece in body:
                    room -= len(piece)
                    if room < 0:
                        raise UploadTooLargeError(
                            "web.upload.size", path=path, limit=self._limits.file_bytes // MEGABYTE
                        )
                    file.write(piece)
            part.replace(place)
            self._size += allowed - room
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def taken_over(self) -> Path | None:
        """Put what was dropped in place of the earlier files; give the folder to check, None where there is none.

        That is the dropped folder itself where one was dropped, so that the report has its name.
        """
        if self._incoming.is_dir() and any(self._incoming.iterdir()):
            shutil.rmtree(self._documents, ignore_errors=True)
            self._incoming.replace(self._documents)
        if not self._documents.is_dir():
            return None
        entries = sorted(self._documents.iterdir())
        return entries[0] if len(entries) == 1 and entries[0].is_dir() else self._documents

    def _held(self) -> tuple[int, int]:
        count = size = 0
        for folder, _, names in os.walk(self._incoming):
            for name in names:
                count += 1
                with suppress(OSError):
                    size += (Path(folder) / name).stat().st_size
        return count, size
