"""How much a file may hold before it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.extract.faults import ReadFault
from checker.model import Problem

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read of one file.

    Among real plans the largest XML part is 12 MB and packages seldom shrink to less than a 38th;
    a hostile file of 0.4 MB can hold 400 MB.

    Args:
        file_bytes: size of the file itself.
        part_bytes: unpacked size of one XML part of an office document.
        part_tags: number of "<" in one XML part.
        package_bytes: unpacked size of all that one file holds, archives within archives included.
        package_parts: number of parts of an office document, or of members of an archive.
        ratio: how much a member of an archive may have been packed, looked at above one megabyte.
        depth: archives and mails within each other.
        blocks: number of blocks that one document may give.
        convert_seconds: time that an outside program may take.
    """

    file_bytes: int = 200 * MEGABYTE
    part_bytes: int = 30 * MEGABYTE
    part_tags: int = 2_000_000
    package_bytes: int = 300 * MEGABYTE
    package_parts: int = 2_000
    ratio: int = 200
    depth: int = 3
    blocks: int = 100_000
    convert_seconds: float = 60.0


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Unpacked:
    """Counts what one file has unpacked so far, through all archives within it."""

    limits: Limits
    bytes_taken: int = field(default=0)

    def take(self, count: int) -> None:
        """Count ``count`` further bytes.

        Raises:
            ReadFault: it became too much.
        """
        self.bytes_taken += count
        if self.bytes_taken > self.limits.package_bytes:
            raise ReadFault(Problem.BLOCKED, "extract.bomb", limit=self.limits.package_bytes // MEGABYTE)
