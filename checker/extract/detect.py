"""Tells a file's format from its content; the name only settles what the content leaves open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

import olefile

from checker.extract.faults import ReadFault
from checker.extract.package import open_zip
from checker.model import Problem

PICTURES = frozenset({"png", "jpg", "tiff", "gif", "bmp", "webp", "heic", "jp2"})
MEDIA = frozenset({"mp4", "avi", "wav", "mp3", "ogg", "mkv", "flac", "wmv"})
PACKED = frozenset({"7z", "rar", "gz", "bz2", "xz", "tar"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"GIF8", "gif"),
    (0, b"\x00\x00\x00\x0cjP  ", "jp2"),
    (8, b"WEBP", "webp"),
    (8, b"AVI ", "avi"),
    (8, b"WAVE", "wav"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"\x1aE\xdf\xa3", "mkv"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "wmv"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (257, b"ustar", "tar"),
    (0, b"{\\rtf", "rtf"),
)
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/epub+zip": "epub",
}
_OFFICE_FOLDERS = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_SUFFIXES = {
    "htm": "html",
    "xhtml": "html",
    "markdown": "md",
    "tsv": "csv",
    "docm": "docx",
    "dotx": "docx",
    "dotm": "docx",
    "pptm": "pptx",
    "ppsx": "pptx",
    "xlsm": "xlsx",
    "jpeg": "jpg",
    "tif": "tiff",
    "text": "txt",
}
_TEXT_FORMATS = frozenset({"csv", "eml", "html", "md", "txt"})
_MAIL_HEADER = re.compile(
    rb"(?:Return-Path|Received|From|To|Subject|Date|MIME-Version|Message-ID|Delivered-To|Content-Type|X-[\w-]{1,40}):",
    re.IGNORECASE,
)
_HTML_START = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)


def suffix_format(path: str) -> str:
    """Give the format that a name's suffix stands for, "" for none.

    Example:
        >>> suffix_format("Plan 2026.DOCM"), suffix_format("Lesmeg")
        ('docx', '')
    """
    suffix = PurePosixPath(path.rsplit("!/", 1)[-1]).suffix.lower().lstrip(".")
    return _SUFFIXES.get(suffix, suffix)


def detect_format(data: bytes, *, path: str) -> str:
    """Give the format of ``data``: the contract's short names, "zip" for archives, "" for the unknown.

    Raises:
        ReadFault: a container that is damaged or locked with a password.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_format(data)
    if data.startswith(_OLE):
        return _ole_format(data)
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"avif"} else "mp4"
    if data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data):
        return "bmp"
    for offset, signature, name in _SIGNATURES:
        if data[offset : offset + len(signature)] == signature:
            return name
    return _text_format(data, path) if looks_like_text(data) else ""


def looks_like_text(data: bytes) -> bool:
    """Whether bytes are text in some encoding: no control characters, or UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    sample = data[:65_536]
    zeros = sample.count(0)
    if zeros:
        odd, even = sample[1::2].count(0), sample[0::2].count(0)
        return zeros > len(sample) * 0.3 and min(odd, even) * 20 < max(odd, even)
    controls = sum(sample.count(code) for code in range(1, 32) if code not in {9, 10, 11, 12, 13, 26, 27})
    return controls * 200 <= len(sample)


def _text_format(data: bytes, path: str) -> str:
    named = suffix_format(path)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML_START.search(head[:2048]) and (head.startswith(b"<") or named == "html"):
        return "html"
    if head.startswith(b"<?xml"):
        return "html" if named == "html" else "xml"
    first_lines = head.split(b"\n\n", 1)[0].replace(b"\r", b"").split(b"\n")[:12]
    headers = sum(_MAIL_HEADER.match(line) is not None for line in first_lines)
    if headers >= 3 or (named == "eml" and headers):
        return "eml"
    return named if named in _TEXT_FORMATS - {"eml"} else "txt"


def _zip_format(data: bytes) -> str:
    with open_zip(data) as archive:
        names = archive.namelist()
        if "mimetype" in names:
            kind = _mimetype(archive)
            if kind in _OPEN_DOCUMENT:
                return _OPEN_DOCUMENT[kind]
        if "[Content_Types].xml" in names:
            for folder, name in _OFFICE_FOLDERS:
                if any(entry.startswith(folder) for entry in names):
                    is_binary = name == "xlsx" and "xl/workbook.bin" in names
                    return "xlsb" if is_binary else name
    return "zip"


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        return ""


def _ole_format(data: bytes) -> str:
    """Give the format of an OLE container by the streams in it."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptedPackage"):
                raise ReadFault(Problem.ENCRYPTED, "extract.encrypted")
            for stream, name in (
                ("WordDocument", "doc"),
                ("Workbook", "xls"),
                ("Book", "xls"),
                ("PowerPoint Document", "ppt"),
                ("__properties_version1.0", "msg"),
            ):
                if container.exists(stream):
                    return name
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    return ""
