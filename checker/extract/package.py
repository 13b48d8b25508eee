"""Opens the zip packages that office documents are, within bounds, and parses their XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from checker.extract.faults import ReadFault
from checker.extract.limits import MEGABYTE, Limits, Unpacked
from checker.model import Problem

Element = Any
"""An lxml element."""

_CHUNK = 1 << 20
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""Names of the strict variant (ISO/IEC 29500-4), and what the ordinary one calls them."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Points from one part of a package to another (``target`` is the part's name)."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an office document."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    unpacked: Unpacked

    def has(self, name: str) -> bool:
        """Whether the package holds a part of this name."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """Give the bytes of an XML part.

        Raises:
            ReadFault: the part is too large or damaged.
        """
        limits = self.unpacked.limits
        data = read_member(self.archive, self.archive.getinfo(name), self.unpacked, limits.part_bytes)
        if data is None:
            raise ReadFault(Problem.TOO_LARGE, "extract.too_large_part", limit=limits.part_bytes // MEGABYTE)
        return data

    def xml(self, name: str) -> Element | None:
        """Give the root of an XML part; None where there is no such part."""
        return parse_xml(self.read(name), self.unpacked.limits) if self.has(name) else None

    def relations(self, name: str) -> dict[str, Relation]:
        """Give the relations of a part by id, those to parts that do not exist left out."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, Relation] = {}
        for relation in () if root is None else root.iter("{*}Relationship"):
            target = unquote(relation.get("Target") or "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if relation.get("TargetMode") != "External" and self.has(path):
                kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
                found[relation.get("Id") or ""] = Relation(kind, path)
        return found

    def main_part(self, default: str) -> str:
        """Give the name of the part that the document itself stands in."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        return default


def open_package(data: bytes, limits: Limits) -> Package:
    """Give the package in ``data``.

    Raises:
        ReadFault: it is damaged, encrypted, or holds more than a document does.
    """
    archive = open_zip(data)
    members = archive.infolist()
    if len(members) > limits.package_parts:
        raise ReadFault(Problem.BLOCKED, "extract.too_many_parts", limit=limits.package_parts)
    if sum(member.file_size for member in members) > limits.package_bytes:
        raise ReadFault(Problem.BLOCKED, "extract.bomb", limit=limits.package_bytes // MEGABYTE)
    if any(member.flag_bits & 0x1 for member in members):
        raise ReadFault(Problem.ENCRYPTED, "extract.encrypted")
    return Package(archive, frozenset(member.filename for member in members), Unpacked(limits))


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Give the zip archive in ``data``.

    Raises:
        ReadFault: it is damaged.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error


def read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, unpacked: Unpacked, limit: int
) -> bytes | None:
    """Give the bytes of one member, unpacked in pieces; None where there are more than ``limit``.

    Raises:
        ReadFault: the member is damaged or encrypted, or all members together hold too much.
    """
    if member.file_size > limit:
        return None
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > limit:
                    return None
                unpacked.take(len(piece))
                pieces.append(piece)
    except RuntimeError as error:
        raise ReadFault(Problem.ENCRYPTED, "extract.encrypted") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    return b"".join(pieces)


def parse_xml(data: bytes, limits: Limits) -> Element:
    """Give the root of an XML text.

    A document type is refused whatever it says: no office program writes one, and an entity may stand
    for a file of this machine, or for gigabytes.

    Raises:
        ReadFault: the text is too large, no XML, or has a document type.
    """
    if len(data) > limits.part_bytes or data.count(b"<") > limits.part_tags:
        raise ReadFault(Problem.TOO_LARGE, "extract.too_large_part", limit=limits.part_bytes // MEGABYTE)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, ordinary in _STRICT.items():
            data = data.replace(strict, ordinary)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in data:
            raise ReadFault(Problem.BLOCKED, "extract.entity") from error
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise ReadFault(Problem.BLOCKED, "extract.entity")
    return root


def check_package(data: bytes, limits: Limits) -> Package:
    """Give the package in ``data``, each of its XML parts looked at before a library is let at it.

    Raises:
        ReadFault: a part is too large, or has a document type.
    """
    package = open_package(data, limits)
    for name in sorted(package.names):
        if not name.endswith((".xml", ".rels")):
            continue
        part = package.read(name)
        head = part.decode("utf-16", "replace").encode() if part[:2] in {b"\xff\xfe", b"\xfe\xff"} else part
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise ReadFault(Problem.BLOCKED, "extract.entity")
        if part.count(b"<") > limits.part_tags:
            limit = limits.part_bytes // MEGABYTE
            raise ReadFault(Problem.TOO_LARGE, "extract.too_large_part", limit=limit)
    return package
