"""Reads a DOCX or DOCM whole: body, notes, comments, text boxes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from checker.extract.compose import Composer
from checker.extract.docx.names import WORD, child, children, value
from checker.extract.docx.numbering import Numbering
from checker.extract.docx.sheet import StyleSheet
from checker.extract.docx.styles import Styles
from checker.extract.docx.text import InlineReader
from checker.extract.docx.walk import Walker
from checker.extract.faults import ReadFault
from checker.extract.flow import compose_flow
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.lines import folded
from checker.extract.package import Element, Package, open_package, parse_xml
from checker.extract.properties import core_title
from checker.model import Document, FurnitureKind, Problem, ReadStatus

_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_PAGE_NUMBER_LETTERS = 6
_EMPTY_SHARE = 3
"""How many paragraphs, empty ones and those in cells included, there may be for each block."""


def read_docx(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document in ``data``.

    Raises:
        ReadFault: it can't be read.
    """
    package = open_package(data, limits)
    main = package.main_part("word/document.xml")
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise ReadFault(Problem.DAMAGED, "extract.damaged")
    if sum(1 for _ in body.iter(WORD + "p")) > _EMPTY_SHARE * limits.blocks:
        raise ReadFault(Problem.TOO_LARGE, "extract.too_many_blocks", limit=limits.blocks)
    relations = package.relations(main)
    parts = {relation.kind: relation.target for relation in relations.values()}
    styles = Styles(_style_sheet(package, parts.get("styles", "")))
    numbering = Numbering(package.xml(parts.get("numbering", "")), styles)
    notes = {
        (kind, note_id): text
        for kind in ("footnotes", "endnotes", "comments")
        for note_id, text in _notes(package.xml(parts.get(kind, "")), styles)
    }
    diagrams = {
        relation_id: tuple(_diagram_lines(package.xml(relation.target)))
        for relation_id, relation in relations.items()
        if relation.kind == "diagramData"
    }
    has_page_marks = next(body.iter(WORD + "lastRenderedPageBreak"), None) is not None
    walker = Walker(styles, numbering, notes, diagrams, has_page_marks=has_page_marks)
    composer = Composer(limits)
    title = compose_flow(walker.items(body), composer)
    for relation in sorted(relations.values(), key=lambda entry: (entry.kind, entry.target)):
        if relation.kind in {"header", "footer"}:
            _furnish(package, relation.target, FurnitureKind(relation.kind), styles, composer)
    return Document(
        path=path,
        format="docx",
        status=ReadStatus.READ,
        title=title or core_title(package),
        blocks=composer.blocks,
        furniture=composer.furniture,
    )


def _style_sheet(package: Package, name: str) -> StyleSheet:
    data = package.read(name) if package.has(name) else None
    return StyleSheet(data, lambda part: parse_xml(part, package.unpacked.limits))


def _notes(root: Element | None, styles: Styles) -> Iterator[tuple[str, str]]:
    """Give id and text of the footnotes, endnotes or comments in a part."""
    reader = InlineReader(styles)
    for note in () if root is None else root.iterchildren("*"):
        if value(note, "type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        lines = [
            reader.read(paragraph, children(child(paragraph, "pPr")), is_plain_ground=True).text
            for paragraph in note.iter(WORD + "p")
        ]
        yield value(note, "id") or "", " ".join(line for line in lines if line.strip())


def _diagram_lines(root: Element | None) -> Iterator[str]:
    """Give the texts of a diagram's points."""
    for paragraph in () if root is None else root.iter(_TEXT + "p"):
        line = folded("".join(piece.text or "" for piece in paragraph.iter(_TEXT + "t")))
        if line:
            yield line


def _furnish(package: Package, name: str, kind: FurnitureKind, styles: Styles, composer: Composer) -> None:
    """Add the lines of a header or footer, and the text of a watermark."""
    root = package.xml(name)
    if root is None:
        return
    reader = InlineReader(styles)
    for paragraph in root.iter(WORD + "p"):
        inline = reader.read(paragraph, children(child(paragraph, "pPr")), is_plain_ground=False)
        text = folded(inline.text)
        letters = sum(letter.isalpha() for letter in text)
        is_number = text.isdigit() or (inline.has_page_field and letters <= _PAGE_NUMBER_LETTERS)
        composer.furnish(FurnitureKind.PAGE_NUMBER if is_number else kind, text)
    for watermark in root.iter(_WATERMARK):
        composer.furnish(kind, str(watermark.get("string") or ""))
