"""Tells whether a report's workbook is there already: writing it is dear, and needless where nothing new was found."""

from __future__ import annotations

from pathlib import Path

from checker.model import Report
from checker.report import FILE_NAMES
from checker.run.remembering import program_sum
from checker.store import Layer, Store, key_of

WORKBOOK = "xlsx"


class WrittenWorkbook:
    """The workbook of a report in a folder, as the cache knows it.

    Args:
        report: what is to be written.
        out: the folder of the report.
        cache: the cache's file; None for none, and then the workbook is always to be written.
    """

    def __init__(self, report: Report, out: Path, cache: Path | None, *, all_evidence: bool) -> None:
        self._path = out / FILE_NAMES[WORKBOOK]
        self._cache = cache if report.run.content else None
        self._key = key_of("workbook", self._path.absolute())
        self._holds = key_of(report.run.content, program_sum(), all_evidence)

    def is_there(self, name: str) -> bool:
        """Whether the file of a format lies in the folder as it was written, and holds what the report says."""
        if name != WORKBOOK or self._cache is None or not self._path.is_file():
            return False
        with Store(self._cache) as store:
            return store.get(self._key) == self._state()

    def note(self, written: tuple[Path, ...]) -> None:
        """Keep that the workbook was written, unless it had to take another name."""
        if self._cache is not None and self._path in written:
            with Store(self._cache) as store:
                store.put(self._key, Layer.REPORT, self._state())

    def _state(self) -> bytes:
        stat = self._path.stat()
        return f"{self._holds} {stat.st_size} {stat.st_mtime_ns}".encode("ascii")
