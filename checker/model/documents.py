"""What is read: schools, files, documents and their blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

Box = tuple[int, float, float, float, float]
"""``(page, x0, top, x1, bottom)`` in PDF points, origin top left of the CropBox, after rotation; pages from 1."""


class Level(StrEnum):
    """Whom a requirement or a folder is about."""

    SCHOOL = "school"
    OWNER = "owner"


class ReadStatus(StrEnum):
    """How far a file could be read."""

    READ = "read"
    PARTLY_READ = "partly_read"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"
    CONTAINER = "container"


class Problem(StrEnum):
    """Why a file could not be read, or only in part."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
    LANGUAGE = "language"
    BLOCKED = "blocked"
    CRASHED = "crashed"


class BlockKind(StrEnum):
    """What a block of text is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    NOTE = "note"


class Mark(StrEnum):
    """What makes a block's text other than plain text of the plan."""

    HIDDEN = "hidden"
    COMMENT = "comment"
    QUOTED_MAIL = "quoted_mail"
    FORM_FIELD = "form_field"
    INSTRUCTION = "instruction"
    SPEAKER_NOTE = "speaker_note"


class FurnitureKind(StrEnum):
    """Text that repeats or points, and is no evidence."""

    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class School:
    """A school, or the school owner, as the contract's ``schools`` has it.

    ``id`` is the folder's name, or the name on the list where there is no folder.
    """

    id: str
    name: str
    level: Level
    municipality: str | None = None
    orgnr: str | None = None
    folder: str | None = None
    on_list: bool | None = None
    written_form: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the folder.

    Args:
        path: place relative to the folder, NFC, with ``/``.
        path_raw: percent-encoded name on disk where it differs from ``path``, else None.
        location: where it lies on this machine.
        size: in bytes.
        school: id of its school or owner; None where it is not yet known.
        ignored: key of the reason (text catalogue) why it is left out; None where it is to be read.
        member_schools: for an archive lying flat in the folder, ``(inner path, school id or None)`` of each member.
    """

    path: str
    location: Path
    size: int
    school: str | None = None
    path_raw: str | None = None
    ignored: str | None = None
    member_schools: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row; ``column`` is the name at the head of its column, None where there is none."""

    column: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document in reading order.

    Args:
        section: the headings that it stands under, outermost first; a heading's own text is not among them.
        page: PDF page, slide or picture page, from 1; None for formats without pages.
        rendered_page: page of a DOCX in a rendering, for information only.
        boxes: one box a line, PDF only.
        level: heading level from 1, for headings only.
        cells: for table rows only; ``text`` is then the cells joined by `` | ``.
        confidence: of OCR, 0 to 1; None for typed text.
        sheet: sheet of a workbook, and ``cell_ref`` the row's first cell ("B7").
        table: number of the table in the document, from 1, for table rows.
    """

    kind: BlockKind
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    rendered_page: int | None = None
    boxes: tuple[Box, ...] = ()
    level: int | None = None
    cells: tuple[Cell, ...] | None = None
    language: str | None = None
    confidence: float | None = None
    marks: tuple[Mark, ...] = ()
    sheet: str | None = None
    cell_ref: str | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """A header, footer, page number or line of a contents list, set apart from the text."""

    kind: FurnitureKind
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read.

    Args:
        path: as in ``SourceFile.path``; inside archives ``archive.zip!/inner.docx``.
        sha256: of the file's bytes, hex.
        pages: number of pages, slides or sheets; None where the format has none.
        message: key of the sentence (text catalogue) that says what went wrong; None where nothing did.
        message_fields: what the sentence is filled in with.
        attachments: the files inside an archive or a mail, read in the same way.
        met_time_limit: something was left or read otherwise because its time ran out; another reading of the same
            bytes may give more.
    """

    path: str
    format: str
    status: ReadStatus
    sha256: str = ""
    pages: int | None = None
    problem: Problem | None = None
    message: str | None = None
    message_fields: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    language: str | None = None
    ocr_pages: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    attachments: tuple[Document, ...] = field(default=())
    met_time_limit: bool = False

    @property
    def words(self) -> int:
        """Number of words in the blocks."""
        return sum(len(block.text.split()) for block in self.blocks)
