"""Reads the bare text of a file whose ordinary reader was ended by it: by another library, in the simplest way."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from checker.extract.clean import clean_text
from checker.extract.compose import Composer
from checker.extract.context import Context
from checker.extract.limits import Unpacked
from checker.extract.package import open_zip, read_member
from checker.model import BlockKind, Document, Problem, ReadStatus

PlainReader = Callable[[bytes, Context, Composer], int | None]
"""Adds what it finds to the composer, and gives the number of pages where there are any."""

_KEYS = {
    Problem.CRASHED: "extract.plain.crashed",
    Problem.TIMEOUT: "extract.plain.timeout",
    Problem.TOO_LARGE: "extract.plain.too_large",
}


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the text of a kind of package stands: its parts, and the elements of a paragraph and of text.

    Args:
        texts: elements whose own text counts; empty where all text within a paragraph does.
    """

    names: re.Pattern[str]
    paragraphs: frozenset[str]
    texts: frozenset[str] = frozenset()


_PACKAGES = {
    "docx": _Parts(
        re.compile(r"word/(?:document|footnotes)\d*\.xml"), frozenset({"p"}), frozenset({"t", "tab"})
    ),
    "odt": _Parts(re.compile(r"content\.xml"), frozenset({"p", "h"})),
    "pptx": _Parts(re.compile(r"ppt/slides/slide\d+\.xml"), frozenset({"p"}), frozenset({"t"})),
    "xlsx": _Parts(
        re.compile(r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml"),
        frozenset({"si", "is"}),
        frozenset({"t"}),
    ),
}


def read_plain(data: bytes, name: str, context: Context, problem: Problem) -> Document | None:
    """Give the bare text of a file of the format ``name``, as partly read because of ``problem``.

    None where there is no second way to read it, or where it gives no text either. What is found before a
    fault is kept.
    """
    reader = _READERS.get(name)
    if reader is None:
        return None
    composer = Composer(context.limits)
    pages: int | None = None
    try:
        pages = reader(data, context, composer)
    except Exception:  # noqa: BLE001 - whatever a library raises on a bad file is that file's fault
        pages = max((block.page or 0 for block in composer.blocks), default=0) or None
    if not composer.blocks:
        return None
    return Document(
        path=context.path,
        format=name,
        status=ReadStatus.PARTLY_READ,
        pages=pages,
        problem=problem,
        message=_KEYS[problem],
        blocks=composer.blocks,
    )


def _read_pdf(data: bytes, context: Context, composer: Composer) -> int:
    """Add the text that pdfminer finds, page by page, as long as there is time."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    started = time.monotonic()
    number = 0
    for number, page in enumerate(extract_pages(io.BytesIO(data)), start=1):
        for box in page:
            if isinstance(box, LTTextContainer):
                composer.add(BlockKind.PARAGRAPH, clean_text(box.get_text()), page=number)
        if time.monotonic() - started > context.limits.file_seconds / 2:
            break
    return number


def _package_reader(parts: _Parts) -> PlainReader:
    def read(data: bytes, context: Context, composer: Composer) -> int | None:
        unpacked = Unpacked(context.limits)
        with open_zip(data) as archive:
            for name in sorted(archive.namelist(), key=_in_order):
                if parts.names.fullmatch(name):
                    for paragraph in _paragraphs(archive, name, parts, unpacked):
                        composer.add(BlockKind.PARAGRAPH, clean_text(paragraph))
        return None

    return read


def _in_order(name: str) -> tuple[int, str]:
    """Give the place of a part among the others: by the number in its name."""
    digits = re.findall(r"\d+", name)
    return (int(digits[-1]) if digits else 0, name)


def _paragraphs(archive: zipfile.ZipFile, name: str, parts: _Parts, unpacked: Unpacked) -> Iterator[str]:
    """Give the paragraphs of a part, its tree forgotten as soon as it is read."""
    data = read_member(archive, archive.getinfo(name), unpacked, unpacked.limits.part_bytes)
    if data is None or b"<!DOCTYPE" in data:
        return
    pieces: list[str] = []
    for _, element in ElementTree.iterparse(io.BytesIO(data)):
        tag = element.tag.rsplit("}", 1)[-1]
        if not parts.texts:
            if tag in parts.paragraphs:
                yield "".join(element.itertext())
                element.clear()
        elif tag in parts.texts:
            pieces.append(element.text or " ")
            element.clear()
        elif tag in parts.paragraphs:
            yield "".join(pieces)
            pieces = []
            element.clear()


def _read_old_word(data: bytes, context: Context, composer: Composer) -> None:
    """Add the text of an old Word file without LibreOffice."""
    from checker.extract.doc import read_doc

    bare = replace(context, readers=replace(context.readers, libreoffice=None))
    for block in read_doc(data, bare).blocks:
        composer.add(BlockKind.PARAGRAPH, block.text)


_READERS: Mapping[str, PlainReader] = {
    "doc": _read_old_word,
    "pdf": _read_pdf,
    **{name: _package_reader(parts) for name, parts in _PACKAGES.items()},
}
