"""A case's file: an SQLite database that two windows may write at once and that no kill can spoil.

Each act opens the file, does one transaction and lets go, so that threads and processes need know nothing of each
other, and a case can be deleted while a page shows it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.casework.errors import CaseDamagedError, NoCaseError

FILE_NAME = "case.sqlite3"
BUSY_SECONDS = 30.0
_RETRY_SECONDS = 0.02

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE reports (
        sha256 TEXT PRIMARY KEY, schools INTEGER NOT NULL, data BLOB NOT NULL, whole BLOB);
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, recorded TEXT NOT NULL, started TEXT NOT NULL, seconds REAL NOT NULL,
        report TEXT NOT NULL REFERENCES reports (sha256));
    CREATE TABLE decisions (
        id TEXT PRIMARY KEY, school TEXT NOT NULL, requirement TEXT NOT NULL, made TEXT NOT NULL,
        data BLOB NOT NULL);
    CREATE INDEX decisions_of ON decisions (school, requirement, made);
    CREATE TABLE notes (
        id TEXT PRIMARY KEY, school TEXT NOT NULL, requirement TEXT NOT NULL, made TEXT NOT NULL,
        data BLOB NOT NULL);
    CREATE TABLE conflicts (
        ours TEXT NOT NULL REFERENCES decisions (id), theirs TEXT NOT NULL REFERENCES decisions (id),
        found TEXT NOT NULL, PRIMARY KEY (ours, theirs));
    CREATE TABLE packs (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, data BLOB NOT NULL);
    """,
)
"""Each script brings a case's file from the version of its place to the next; one is added, none ever changed."""


class Database:
    """A case's file, made on ``create`` and brought up to the newest version.

    Args:
        path: of the file.

    Raises:
        NoCaseError: there is no such file.
        CaseDamagedError: it is no case's file, or a newer program's.
    """

    def __init__(self, path: Path, *, name: str) -> None:
        self.path = path
        self.name = name

    def create(self) -> None:
        """Make the file where it is not there, readable by its owner only."""
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        with self.writing():
            pass

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for looking things up, all at one point in time."""
        with self._opened() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for one change, which is on disk as a whole afterwards, or not at all."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if not self.path.is_file():
            raise NoCaseError("case.error.none", name=self.name)
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with self._faults_told():
                _prepare(connection, self.name)
                yield connection
        finally:
            connection.close()

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not self.path.is_file():
                raise NoCaseError("case.error.none", name=self.name) from error
            raise CaseDamagedError(
                "case.error.damaged", name=self.name, path=str(self.path), problem=str(error)
            ) from error


def _prepare(connection: sqlite3.Connection, name: str) -> None:
    """Set the connection up, and bring an older file up to the newest version."""
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == len(MIGRATIONS):
        return
    if version > len(MIGRATIONS):
        raise CaseDamagedError("case.error.newer", name=name)
    _switched_to_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for script in MIGRATIONS[version:]:
        for statement in script.split(";"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.commit()


def _switched_to_wal(connection: sqlite3.Connection) -> None:
    """Turn the file to write-ahead logging; SQLite does not wait there for another that does the same."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return
