"""Reads RTF: through LibreOffice where it is there, else the bare text."""

from __future__ import annotations

from typing import Any

from striprtf import striprtf

from checker.extract.compose import Composer
from checker.extract.context import Context
from checker.extract.doc import convert
from checker.extract.docx import read_docx
from checker.extract.faults import ReadFault
from checker.extract.limits import MEGABYTE
from checker.extract.tables import GridCell, GridRow
from checker.extract.text import compose_text
from checker.model import Document, Problem, ReadStatus

_rtf_to_text: Any = striprtf.rtf_to_text


def read_rtf(data: bytes, context: Context) -> Document:
    """Give the document that an RTF text is.

    Raises:
        ReadFault: it is too large.
    """
    limits = context.limits
    if len(data) > limits.part_bytes:
        raise ReadFault(Problem.TOO_LARGE, "extract.too_large_part", limit=limits.part_bytes // MEGABYTE)
    converted = convert(data, "rtf", "docx", context.readers, context.limits)
    if converted.data is not None:
        document = read_docx(converted.data, path=context.path, limits=limits)
        return Document(
            document.path,
            "rtf",
            document.status,
            title=document.title,
            blocks=document.blocks,
            furniture=document.furniture,
        )
    composer = Composer(limits)
    text: str = _rtf_to_text(data.decode("latin-1"), errors="ignore")
    title: str | None = None
    for part in _parts(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")):
        if isinstance(part, str):
            title = compose_text(part, composer) or title
        else:
            composer.table(part)
    return Document(
        context.path,
        "rtf",
        ReadStatus.READ,
        title=title,
        blocks=composer.blocks,
        met_time_limit=converted.is_late,
    )


def _parts(text: str) -> list[str | list[GridRow]]:
    """Give the text in turn with its tables, whose cells the library ends with "|"."""
    found: list[str | list[GridRow]] = []
    for line in text.splitlines():
        if line.endswith("|") and line.count("|") > 1:
            row = GridRow(tuple(GridCell(cell.strip()) for cell in line[:-1].split("|")))
            if found and isinstance(found[-1], list):
                found[-1].append(row)
            else:
                found.append([row])
        elif found and isinstance(found[-1], str):
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found
