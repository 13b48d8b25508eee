"""Makes small Word files for tests and reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx.document import Document as Word

from checker.extract import extract
from checker.model import Block, Document, ReadStatus

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def saved(word: Word) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def read(word: Word, path: str = "plan.docx") -> Document:
    document = extract(saved(word), path=path)
    assert document.status is ReadStatus.READ, document.message
    return document


def shown(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in document.blocks]


def block(document: Document, text: str) -> Block:
    return next(found for found in document.blocks if text in found.text)


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content.decode()) if member == name else content)
    return stream.getvalue()
