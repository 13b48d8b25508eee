"""Tells a file's SHA-256 without reading it where its size and time of change are those of an earlier run."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from checker.store.database import Store

SETTLED_NS = 2_000_000_000
"""A file that changed less than two seconds ago may change again within the same tick of the disk's clock."""


class KnownFiles:
    """The files that earlier runs have seen.

    Args:
        store: where they are kept.
        rehash: whether every file is read all the same, for proof.
    """

    def __init__(self, store: Store, *, rehash: bool = False) -> None:
        self._store = store
        self._sums = {} if rehash else store.file_sums()
        self._new: list[tuple[str, int, int, str]] = []

    def sha256_of(self, location: Path) -> str | None:
        """Give the SHA-256 of a file's bytes, None where it can't be read."""
        path = str(location.absolute())
        try:
            before = location.stat()
            known = self._sums.get(path)
            if known is not None and known[:2] == (before.st_size, before.st_mtime_ns):
                return known[2]
            with location.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
        if before.st_mtime_ns + SETTLED_NS < time.time_ns():
            self._new.append((path, before.st_size, before.st_mtime_ns, digest))
        return digest

    def keep(self) -> None:
        """Keep what was learnt."""
        self._store.keep_file_sums(self._new)
        self._new = []
