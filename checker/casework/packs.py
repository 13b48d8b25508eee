"""The files of the rule packs that a report was made with, to be kept in the case."""

from __future__ import annotations

from collections.abc import Sequence

from checker.casework.reports import PackFiles
from checker.rulebook import read_packs


def pack_files(names: Sequence[str]) -> tuple[PackFiles, ...]:
    """Give the files of rule packs and of those that they use.

    Raises:
        UsageError: there is no such pack, or one has faults.
    """
    return tuple(PackFiles(pack.name, pack.version, pack.sha256, pack.texts) for pack in read_packs(names))
