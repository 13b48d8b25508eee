"""What a reader of containers needs to know: where it is, how deep, and how to read what is inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checker.extract.faults import ReadFault
from checker.extract.limits import Limits, Unpacked
from checker.extract.readers import Readers
from checker.extract.watch import UNWATCHED, Watch
from checker.model import Document, Problem, ReadStatus


@dataclass(frozen=True, slots=True)
class Context:
    """The file that is read just now.

    Args:
        path: its place; inside archives ``archive.zip!/inner.docx``.
        unpacked: counts what all containers around it have unpacked.
        depth: number of archives and mails around it.
        read_inner: reads a file that lies in this one.
        watch: how the reading is watched.
        size: of the file in bytes.
    """

    path: str
    limits: Limits
    readers: Readers
    unpacked: Unpacked
    depth: int
    read_inner: Callable[[bytes, Context], Document]
    watch: Watch = UNWATCHED
    size: int = 0

    def inner(self, name: str) -> Context:
        """Give the context of the file ``name`` that lies in this one."""
        return replace(self, path=f"{self.path}!/{name}", depth=self.depth + 1)

    def begin(self, *, pages: int = 0, further: float = 0.0) -> None:
        """Tell who watches that a step of reading this file begins.

        Args:
            pages: of a PDF, once it is known.
            further: seconds that the step may take beside those for the text.
        """
        self.watch.begin(self.path, self.limits.seconds_for(self.size, pages=pages) + further)

    def read(self, data: bytes, name: str) -> Document:
        """Give the document ``name`` that lies in this file."""
        if self.depth >= self.limits.depth:
            return self.fault(name, ReadFault(Problem.BLOCKED, "extract.too_deep", limit=self.limits.depth))
        document = self.read_inner(data, self.inner(name))
        self.begin()
        return document

    def fault(self, name: str, fault: ReadFault, format_name: str = "unknown") -> Document:
        """Give the document of an inner file that is not read."""
        return Document(
            path=f"{self.path}!/{name}",
            format=format_name,
            status=ReadStatus.UNREADABLE,
            problem=fault.problem,
            message=fault.key,
            message_fields=fault.fields,
        )


def unique_names(names: list[str]) -> list[str]:
    """Give the names with a number put after those that stand twice.

    Example:
        >>> unique_names(["plan.docx", "plan.docx"])
        ['plan.docx', 'plan.docx (2)']
    """
    taken: dict[str, int] = {}
    found: list[str] = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        found.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return found
