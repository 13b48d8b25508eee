"""The cache's file: an SQLite database that many runs may use at once and that no kill can spoil.

Whatever goes wrong with it costs time and nothing else: a file that is no database is made anew, one that can't be
written is left alone for the rest of the run, and each time a sentence says so.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

MEGABYTE = 1_000_000
MOST_BYTES = 2_000 * MEGABYTE
KEPT_SHARE = 0.8
"""So much of the limit is left when the oldest values are thrown out."""

BUSY_SECONDS = 10.0
FORMAT = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, layer TEXT NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL);
"""

Tell = Callable[[str, dict[str, str]], None]
"""Told the key of a sentence in the catalogue, and its fields."""


class Layer(StrEnum):
    """What kind of value an entry is."""

    READ = "read"
    """A file's text."""
    WORDS = "words"
    """A file's words, with their parse where it was needed."""
    JUDGED = "judged"
    """What was found in a file."""
    TRACES = "traces"
    """Which concepts stand where in a file, so that a changed rule looks at what it can touch only."""
    RULES = "rules"
    """What files were judged by."""
    REPORT = "report"
    """What was found in a folder."""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """How much the cache holds: entries and bytes of each layer, and bytes of the file on disk."""

    layers: tuple[tuple[str, int, int], ...]
    file_bytes: int


class Store:
    """The cache in a file; made when it is not there.

    Args:
        path: of the file.
        tell: told what goes wrong, once for each thing.
        is_tidied: at the end, what was used is noted and what is too much thrown out.
        most_bytes: when its values take more, those that were not used for longest are thrown out at the end.
    """

    def __init__(
        self,
        path: Path,
        *,
        tell: Tell = lambda key, fields: None,
        most_bytes: int = MOST_BYTES,
        is_tidied: bool = True,
    ) -> None:
        self.path = path
        self._tell = tell
        self._most_bytes = most_bytes
        self._is_tidied = is_tidied
        self._used: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        self._was_rebuilt = False
        self._is_left = False
        self._guarded(lambda connection: None)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_on(self) -> bool:
        """Whether the file can be used."""
        return self._connection is not None

    def get(self, key: str) -> bytes | None:
        """Give the value of a key, None where there is none."""
        found = self._guarded(
            lambda connection: connection.execute("SELECT data FROM entries WHERE key = ?", (key,)).fetchone()
        )
        if found is None:
            return None
        self._used.add(key)
        return bytes(found[0])

    def has(self, key: str) -> bool:
        """Whether there is a value of this key; it counts as used."""
        found = self._guarded(
            lambda connection: connection.execute("SELECT 1 FROM entries WHERE key = ?", (key,)).fetchone()
        )
        if found is not None:
            self._used.add(key)
        return found is not None

    def put(self, key: str, layer: Layer, data: bytes) -> None:
        """Keep a value; it is on disk when this returns, or a sentence has said why not."""
        row = (key, layer.value, len(data), int(time.time()), data)
        self._guarded(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", row
            )
        )

    def file_sums(self) -> dict[str, tuple[int, int, str]]:
        """Give size, time of change and SHA-256 of each file that was seen, by its path."""
        rows = self._guarded(lambda connection: connection.execute("SELECT * FROM files").fetchall())
        return {path: (size, mtime_ns, sha256) for path, size, mtime_ns, sha256 in rows or ()}

    def keep_file_sums(self, rows: list[tuple[str, int, int, str]]) -> None:
        """Keep path, size, time of change and SHA-256 of files."""
        if rows:
            self._guarded(
                lambda connection: connection.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows
                )
            )

    def info(self) -> StoreInfo:
        """Give how much the cache holds."""
        rows = self._guarded(
            lambda connection: connection.execute(
                "SELECT layer, COUNT(*), SUM(size) FROM entries GROUP BY layer ORDER BY layer"
            ).fetchall()
        )
        return StoreInfo(
            tuple((str(layer), int(n), int(size)) for layer, n, size in rows or ()), self._file_bytes()
        )

    def close(self) -> None:
        """Note what was used, throw out what is too much, and let go of the file."""
        if self._connection is not None and self._is_tidied:
            self._guarded(self._note_used)
            self._guarded(self._shrink)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _note_used(self, connection: sqlite3.Connection) -> None:
        now = int(time.time())
        connection.executemany(
            "UPDATE entries SET used = ? WHERE key = ?", [(now, key) for key in sorted(self._used)]
        )
        self._used.clear()

    def _shrink(self, connection: sqlite3.Connection) -> None:
        (total,) = connection.execute("SELECT COALESCE(SUM(size), 0) FROM entries").fetchone()
        if total <= self._most_bytes:
            return
        surplus = total - KEPT_SHARE * self._most_bytes
        gone: list[tuple[str]] = []
        for key, size in connection.execute("SELECT key, size FROM entries ORDER BY used, key"):
            if surplus <= 0:
                break
            surplus -= size
            gone.append((key,))
        connection.executemany("DELETE FROM entries WHERE key = ?", gone)
        connection.execute("DELETE FROM files")
        connection.commit()
        connection.execute("PRAGMA incremental_vacuum").fetchall()

    def _guarded(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do something with the file; what goes wrong is told, and the file is made anew or left alone."""
        if self._is_left:
            return None
        try:
            return self._done(act)
        except sqlite3.DatabaseError as error:
            is_spoilt = not isinstance(error, sqlite3.OperationalError) or "malformed" in str(error)
            if is_spoilt and not self._was_rebuilt:
                return self._made_anew(act)
            self._leave(str(error))
        except OSError as error:
            self._leave(error.strerror or str(error))
        return None

    def _done(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        if self._connection is None:
            self._connection = _opened(self.path)
        with self._connection:
            return act(self._connection)

    def _made_anew(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        """Put a new file in the place of one that is spoilt."""
        self._was_rebuilt = True
        self._tell("store.rebuilt", {"path": str(self.path)})
        try:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            remove_cache(self.path)
        except OSError as error:
            self._leave(error.strerror or str(error))
            return None
        return self._guarded(act)

    def _leave(self, problem: str) -> None:
        """Do without the file from here on."""
        self._is_left = True
        self._tell("store.off", {"path": str(self.path), "problem": problem})
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _file_bytes(self) -> int:
        return sum(file.stat().st_size for file in _files_of(self.path) if file.exists())


def remove_cache(path: Path) -> None:
    """Take the cache's file away, with those that SQLite keeps beside it.

    Raises:
        OSError: the system does not let it go.
    """
    for file in _files_of(path):
        file.unlink(missing_ok=True)


def _files_of(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("", "-wal", "-shm"))


def _opened(path: Path) -> sqlite3.Connection:
    """Give the database, which only its owner may read, with its tables."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        (made_as,) = connection.execute("PRAGMA user_version").fetchone()
        if made_as not in {0, FORMAT}:
            raise sqlite3.DatabaseError("another format")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(f"{_TABLES} PRAGMA user_version = {FORMAT};")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
