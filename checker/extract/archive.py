"""Reads a ZIP archive: each file in it, within bounds."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import PurePosixPath

from checker.extract.context import Context, unique_names
from checker.extract.detect import suffix_format
from checker.extract.faults import ReadFault
from checker.extract.limits import MEGABYTE
from checker.extract.package import open_zip, read_member
from checker.model import Document, Problem, ReadStatus

_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_OEM = "cp850"
"""Code page of zip names without the UTF-8 flag as Windows in Norway writes them (865 is like it)."""


def read_zip(data: bytes, context: Context) -> Document:
    """Give the archive in ``data`` with the documents in it.

    Raises:
        ReadFault: it is damaged, empty, or holds too many files.
    """
    with open_zip(data) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if not members:
            raise ReadFault(Problem.EMPTY, "extract.empty_archive")
        if len(members) > context.limits.package_parts:
            raise ReadFault(Problem.BLOCKED, "extract.too_many_parts", limit=context.limits.package_parts)
        names = unique_names([member_name(member) for member in members])
        inner = [_member(archive, member, name, context) for member, name in zip(members, names, strict=True)]
    return Document(
        path=context.path,
        format="zip",
        status=ReadStatus.CONTAINER,
        attachments=tuple(sorted(inner, key=lambda document: document.path)),
    )


def member_name(member: zipfile.ZipInfo) -> str:
    """Give a member's name as whoever packed it saw it, in NFC with ``/``."""
    name = member.filename
    if not member.flag_bits & _UTF8_FLAG and not name.isascii():
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode(_OEM)
    printable = "".join(letter if letter.isprintable() else " " for letter in name.replace("\\", "/"))
    return unicodedata.normalize("NFC", printable)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, context: Context) -> Document:
    path = PurePosixPath(name)
    kind = suffix_format(name) or "unknown"
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":":
        return context.fault(name, ReadFault(Problem.BLOCKED, "extract.path_escape"), kind)
    if "__MACOSX" in path.parts or path.name.startswith(("._", "~$")) or path.name.lower() in _SYSTEM_NAMES:
        return Document(f"{context.path}!/{name}", kind, ReadStatus.IGNORED, message="extract.ignored_system")
    try:
        return context.read(_unpacked(archive, member, context), name)
    except ReadFault as fault:
        return context.fault(name, fault, kind)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, context: Context) -> bytes:
    limits = context.limits
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise ReadFault(Problem.ENCRYPTED, "extract.encrypted_archive")
    if member.file_size > MEGABYTE and member.file_size > limits.ratio * max(1, member.compress_size):
        raise ReadFault(Problem.BLOCKED, "extract.bomb", limit=limits.package_bytes // MEGABYTE)
    data = read_member(archive, member, context.unpacked, limits.file_bytes)
    if data is None:
        raise ReadFault(Problem.TOO_LARGE, "extract.too_large_file", limit=limits.file_bytes // MEGABYTE)
    return data
