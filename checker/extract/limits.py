"""How much a file may hold and take before it is refused: all the numbers in one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.extract.faults import ReadFault
from checker.model import Problem

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read of one file, and of the time and memory that it may take.

    Among real plans the largest XML part is 12 MB and packages seldom shrink to less than a 38th;
    a hostile file of 0.4 MB can hold 400 MB. Of 5,070 real PDFs none took pdfium more than 1.05 s.

    Args:
        file_bytes: size of the file itself.
        part_bytes: unpacked size of one XML part of an office document.
        part_tags: number of "<" in one XML part.
        package_bytes: unpacked size of all that one file holds, archives within archives included.
        package_parts: number of parts of an office document, or of members of an archive.
        ratio: how much a member of an archive may have been packed, looked at above one megabyte.
        depth: archives and mails within each other.
        blocks: number of blocks that one document may give.
        file_seconds: time for a file's text, whatever it holds.
        megabyte_seconds: further time a megabyte.
        page_seconds: further time a page of a PDF.
        table_page_seconds: time a page for drawn tables; when all of it is spent, no more are looked for.
        table_seconds_least: time for tables of even the shortest document.
        table_seconds_most: time for tables of even the longest document.
        ocr_page_seconds: time for a page that is read from its picture.
        convert_seconds: time that another outside program may take.
        memory_bytes: what a worker may take for a file, beside what it took before.
    """

    file_bytes: int = 200 * MEGABYTE
    part_bytes: int = 30 * MEGABYTE
    part_tags: int = 2_000_000
    package_bytes: int = 300 * MEGABYTE
    package_parts: int = 2_000
    ratio: int = 200
    depth: int = 3
    blocks: int = 100_000
    file_seconds: float = 20.0
    megabyte_seconds: float = 5.0
    page_seconds: float = 0.1
    table_page_seconds: float = 0.5
    table_seconds_least: float = 5.0
    table_seconds_most: float = 60.0
    ocr_page_seconds: float = 30.0
    convert_seconds: float = 60.0
    memory_bytes: int = 1_000 * MEGABYTE

    def seconds_for(self, size: int, *, pages: int = 0) -> float:
        """Give the time that a file of ``size`` bytes may take, its drawn tables left out."""
        return self.file_seconds + self.megabyte_seconds * size / MEGABYTE + self.page_seconds * pages

    def table_seconds_for(self, pages: int) -> float:
        """Give the time that all drawn tables of a document may take."""
        wanted = max(self.table_seconds_least, self.table_page_seconds * pages)
        return min(self.table_seconds_most, wanted)


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
