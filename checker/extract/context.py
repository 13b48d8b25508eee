"""What a reader of containers needs to know: where it is, how deep, and how to read what is inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checker.extract.faults import ReadFault
from checker.extract.limits import Limits, Unpacked
from checker.extract.readers import Readers
from checker.model import Document, Problem, ReadStatus


@dataclass(frozen=True, slots=True)
class Context:
    """The file that is read just now.

    Args:
        path: its place; inside archives ``archive.zip!/inner.docx``.
        unpacked: counts what all containers around it have unpacked.
        depth: number of archives and mails around it.
        read_inner: reads a file that lies in this one.
    """

    path: str
    limits: Limits
    readers: Readers
    unpacked: Unpacked
    depth: int
    read_inner: Callable[[bytes, Context], Document]

    def inner(self, name: str) -> Context:
        """Give the context of the file ``name`` that lies in this one."""
        return replace(self, path=f"{self.path}!/{name}", depth=self.depth + 1)

    def read(self, data: bytes, name: str) -> Document:
        """Give the document ``name`` that lies in this file."""
        if self.depth >= self.limits.depth:
            return self.fault(name, ReadFault(Problem.BLOCKED, "extract.too_deep", limit=self.limits.depth))
        return self.read_inner(data, self.inner(name))

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
