"""Reads one file, whatever it is: finds its format, calls the reader, and makes data of every fault."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checker.extract.archive import read_zip
from checker.extract.collector import uncollected
from checker.extract.context import Context
from checker.extract.detect import MEDIA, PACKED, PICTURES, detect_format, suffix_format
from checker.extract.doc import read_doc, read_old_office
from checker.extract.docx import read_docx
from checker.extract.faults import ReadFault
from checker.extract.limits import DEFAULT_LIMITS, MEGABYTE, Limits, Unpacked
from checker.extract.mail import read_eml
from checker.extract.msg import read_msg
from checker.extract.ocr import MOST_PAGES, read_picture, read_scanned_pdf
from checker.extract.odt import read_odt
from checker.extract.pdf import PdfBudget, read_pdf, read_pdf_pages
from checker.extract.plain import read_plain
from checker.extract.pptx import read_pptx
from checker.extract.readers import BUILTIN_READERS, Readers
from checker.extract.rtf import read_rtf
from checker.extract.text import read_csv, read_markdown, read_txt
from checker.extract.watch import UNWATCHED, Watch
from checker.extract.webpage import read_html
from checker.extract.xlsx import read_xlsx
from checker.model import Document, Problem, ReadStatus

OCR_TRIES = 3
"""How often a page may be recognised: as it lies, and turned."""

_CONVERTED = frozenset({"doc", "odp", "ods", "ppt", "rtf", "xls"})
"""What LibreOffice makes readable where it is there; it may have to be started twice."""

Reader = Callable[[bytes, Context], Document]


def _read_docx(data: bytes, context: Context) -> Document:
    with uncollected():
        return read_docx(data, path=context.path, limits=context.limits)


_READERS: Mapping[str, Reader] = {
    "csv": lambda data, context: read_csv(data, path=context.path, limits=context.limits),
    "doc": read_doc,
    "docx": _read_docx,
    "eml": read_eml,
    "html": lambda data, context: read_html(data, path=context.path, limits=context.limits),
    "md": lambda data, context: read_markdown(data, path=context.path, limits=context.limits),
    "msg": read_msg,
    "odp": read_old_office,
    "ods": read_old_office,
    "odt": lambda data, context: read_odt(data, path=context.path, limits=context.limits),
    "ppt": read_old_office,
    "pptx": lambda data, context: read_pptx(data, path=context.path, limits=context.limits),
    "rtf": read_rtf,
    "txt": lambda data, context: read_txt(data, path=context.path, limits=context.limits),
    "xls": read_old_office,
    "xlsx": lambda data, context: read_xlsx(data, path=context.path, limits=context.limits),
    "zip": read_zip,
}


def extract(
    data: bytes,
    *,
    path: str,
    limits: Limits = DEFAULT_LIMITS,
    readers: Readers = BUILTIN_READERS,
    watch: Watch = UNWATCHED,
) -> Document:
    """Give the document that ``data`` is.

    Never raises for a bad file: ``status``, ``problem`` and ``message`` say what is wrong with it.

    Args:
        path: the file's place, as the document will name it.
        limits: how much a file may hold.
        readers: the outside programs that may be used.
        watch: how the reading is watched, where it runs in a worker process.

    Example:
        >>> extract("Rektor leder kriseteamet.".encode(), path="plan.txt").blocks[0].text
        'Rektor leder kriseteamet.'
    """
    context = Context(path, limits, readers, Unpacked(limits), depth=0, read_inner=_read, watch=watch)
    return _read(data, context)


def extract_file(
    location: Path,
    *,
    path: str,
    limits: Limits = DEFAULT_LIMITS,
    readers: Readers = BUILTIN_READERS,
    watch: Watch = UNWATCHED,
) -> Document:
    """Give the document that lies at ``location``; as ``extract``, also for a file that can't be opened."""
    try:
        size = location.stat().st_size
        if size > limits.file_bytes:
            limit = limits.file_bytes // MEGABYTE
            return _faulty(path, ReadFault(Problem.TOO_LARGE, "extract.too_large_file", limit=limit))
        data = location.read_bytes()
    except PermissionError:
        return _faulty(path, ReadFault(Problem.DAMAGED, "extract.no_permission"))
    except OSError:
        return _faulty(path, ReadFault(Problem.DAMAGED, "extract.not_opened"))
    return extract(data, path=path, limits=limits, readers=readers, watch=watch)


def _read(data: bytes, context: Context) -> Document:
    """Give the document that ``data`` is, whatever its reader does: what it raises, and what befell it before.

    A reader that fails is followed by a simpler one; a file that ended two readings is not read again.
    """
    context = replace(context, size=len(data))
    context.begin()
    digest = hashlib.sha256(data).hexdigest()
    setbacks = context.watch.problems_at(context.path)
    try:
        document = _checked(_read_again(data, context, setbacks) if setbacks else _read_best(data, context))
    except ReadFault as fault:
        document = _faulty(context.path, fault, _named_format(data, context.path))
    return replace(document, sha256=digest)


def _read_best(data: bytes, context: Context) -> Document:
    """Give the document by its ordinary reader, or, where that fails, by the simpler one."""
    try:
        return _read_as_detected(data, context)
    except ReadFault:
        raise
    except (MemoryError, RecursionError):
        fault = ReadFault(Problem.TOO_LARGE, "extract.too_much")
    except Exception:  # noqa: BLE001 - whatever a library raises on a bad file is that file's fault
        fault = ReadFault(Problem.CRASHED, "extract.crashed")
    return _read_plain(data, context, fault)


def _read_again(data: bytes, context: Context, setbacks: Sequence[Problem]) -> Document:
    """Give the document of a file that has ended earlier readings: after the second it is not read."""
    fault = ReadFault(setbacks[-1], f"extract.lost.{setbacks[-1]}")
    if len(setbacks) > 1:
        raise fault
    return _read_plain(data, context, fault)


def _read_plain(data: bytes, context: Context, fault: ReadFault) -> Document:
    found = read_plain(data, detect_format(data, path=context.path), context, fault.problem)
    if found is None:
        raise fault
    return found


def _read_as_detected(data: bytes, context: Context) -> Document:
    if not data:
        raise ReadFault(Problem.EMPTY, "extract.empty_file")
    if len(data) > context.limits.file_bytes:
        raise ReadFault(
            Problem.TOO_LARGE, "extract.too_large_file", limit=context.limits.file_bytes // MEGABYTE
        )
    name = detect_format(data, path=context.path)
    if name in MEDIA or (name in PICTURES - {"tiff"} and context.depth > 0):
        return Document(context.path, name, ReadStatus.IGNORED, message="extract.ignored_media")
    if name in PICTURES and context.readers.ocr is not None:
        context.begin(further=OCR_TRIES * context.limits.ocr_page_seconds)
        return read_picture(
            data, context.path, name, context.readers.ocr, lambda scan: read_pdf(scan, path=context.path)
        )
    if name in PICTURES:
        raise ReadFault(Problem.NO_TEXT, "extract.picture")
    if name in PACKED:
        raise ReadFault(Problem.UNSUPPORTED, "extract.packed")
    if name == "pdf":
        return _read_pdf(data, context)
    if name not in _READERS:
        raise ReadFault(Problem.UNSUPPORTED, "extract.unsupported")
    if name in _CONVERTED and context.readers.libreoffice is not None:
        context.begin(further=2 * context.limits.convert_seconds)
    return _READERS[name](data, context)


def _read_pdf(data: bytes, context: Context) -> Document:
    """Give the document of a PDF; pages that are pictures are read from them where something can."""
    budget = PdfBudget(begin=lambda pages: _begin_pages(context, pages))
    reading = read_pdf_pages(data, path=context.path, budget=budget)
    engine = context.readers.ocr
    if not reading.unread or engine is None:
        return reading.document
    pages = min(len(reading.unread), MOST_PAGES)
    context.begin(pages=pages, further=OCR_TRIES * context.limits.ocr_page_seconds * pages)
    try:
        return read_scanned_pdf(data, reading, engine, lambda scan: read_pdf(scan, path=context.path))
    except ReadFault:
        return reading.document


def _begin_pages(context: Context, pages: int) -> None:
    context.begin(pages=pages, further=context.limits.table_seconds_for(pages))


def _checked(document: Document) -> Document:
    """Give ``document``; one that says nothing at all is unreadable."""
    if document.status is not ReadStatus.READ or document.blocks or document.attachments:
        return document
    return replace(
        document, status=ReadStatus.UNREADABLE, problem=Problem.EMPTY, message="extract.empty_document"
    )


def _faulty(path: str, fault: ReadFault, name: str | None = None) -> Document:
    return Document(
        path=path,
        format=name or suffix_format(path) or "unknown",
        status=ReadStatus.UNREADABLE,
        problem=fault.problem,
        message=fault.key,
        message_fields=fault.fields,
    )


def _named_format(data: bytes, path: str) -> str | None:
    """Give the format of a file that could not be read; None where nothing in it tells."""
    try:
        return detect_format(data, path=path) or None
    except ReadFault:
        return None
