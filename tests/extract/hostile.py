"""Makes the files that a reader must survive: each small, each by code."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping

import docx
import openpyxl

TEXT = "Rektor leder skolevandring i alle klasser to ganger i året."


def word(text: str = TEXT) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Give a package with parts changed or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in sorted(changes.keys() - set(old.namelist())):
            new.writestr(name, changes[name])
    return stream.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def body() -> bytes:
    """Give the XML of a Word document with one paragraph."""
    return zipfile.ZipFile(io.BytesIO(word())).read("word/document.xml")


def bomb() -> bytes:
    """Give a DOCX of 0.1 MB that holds 60 MB of XML, one paragraph that never ends."""
    start, end = body().split(TEXT.encode())
    return repacked(word(), {"word/document.xml": start + b"x" * 60_000_000 + end})


def many_paragraphs() -> bytes:
    """Give a DOCX with 600,000 paragraphs in 27 MB."""
    paragraph = b"<w:p><w:r><w:t>Rektor leder.</w:t></w:r></w:p>"
    return repacked(
        word(), {"word/document.xml": body().replace(b"<w:p>", paragraph * 600_000 + b"<w:p>", 1)}
    )


def lying_header() -> bytes:
    """Give a DOCX whose zip directory says that 60 MB of XML are 500 bytes."""
    data = bytearray(bomb())
    for start, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = 0
        while (at := data.find(start, at)) >= 0:
            if int.from_bytes(data[at + offset : at + offset + 4], "little") > 50_000_000:
                data[at + offset : at + offset + 4] = (500).to_bytes(4, "little")
            at += 4
    return bytes(data)


def many_parts() -> bytes:
    return repacked(word(), {f"word/media/{number}.xml": b"<x/>" for number in range(2_100)})


def nested(depth: int) -> bytes:
    """Give an archive with ``depth`` further archives within each other around a plan."""
    data = packed({"plan.txt": TEXT.encode()})
    for number in range(depth):
        data = packed({f"{number}.zip": data})
    return data


def with_entity(system: str) -> bytes:
    """Give a DOCX whose text is an external entity."""
    start = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{system}">]>'.encode()
    xml = body()
    xml = start + xml[xml.index(b"<w:document") :].replace(TEXT.encode(), b"&x;")
    return repacked(word(), {"word/document.xml": xml})


def laughs() -> bytes:
    """Give a DOCX whose entities stand for a billion others."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    start = f'<!DOCTYPE w [<!ENTITY l0 "ha">{entities}]>'.encode()
    xml = body()
    xml = start + xml[xml.index(b"<w:document") :].replace(TEXT.encode(), b"&l9;")
    return repacked(word(), {"word/document.xml": xml})


def far_cell() -> bytes:
    """Give a workbook with a plan in its first rows and a cell in the last place there is."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Tiltak", "Ansvar"], ["Skolevandring", "Rektor"]):
        sheet.append(row)
    sheet["XFD1048576"] = "Langt borte"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ole(*streams: str) -> bytes:
    """Give a small OLE container whose directory names ``streams`` (all of them empty)."""
    sector = 512
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[0x18:0x22] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    places = ((0x2C, 1), (0x30, 1), (0x38, 4096), (0x3C, 0xFFFFFFFE), (0x44, 0xFFFFFFFE), (0x4C, 0))
    for offset, number in places:
        header[offset : offset + 4] = number.to_bytes(4, "little")
    header[0x50:sector] = b"\xff" * (sector - 0x50)
    table = b"\xfd\xff\xff\xff\xfe\xff\xff\xff" + b"\xff" * (sector - 8)

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        data = bytearray(128)
        data[: len(raw)] = raw
        data[0x40:0x42] = len(raw).to_bytes(2, "little")
        data[0x42], data[0x43] = kind, 1
        for offset, number in ((0x44, 0xFFFFFFFF), (0x48, right), (0x4C, child), (0x74, 0xFFFFFFFE)):
            data[offset : offset + 4] = number.to_bytes(4, "little")
        return bytes(data)

    last = len(streams)
    entries = [entry("Root Entry", 5, 0xFFFFFFFF, 1)]
    for index, name in enumerate(streams, 1):
        entries.append(entry(name, 2, index + 1 if index < last else 0xFFFFFFFF, 0xFFFFFFFF))
    return bytes(header) + table + b"".join(entries).ljust(sector, b"\0")


def double_flate() -> bytes:
    """Give a PDF whose only page is 300 MB of operators, deflated twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b"q Q " * 250_000) for _ in range(300)) + packer.flush()
    twice = zlib.compress(once, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(twice) + twice + b"\nendstream",
    ]
    return assembled(objects)


def self_drawing_form() -> bytes:
    """Give a PDF whose form draws itself."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Length 5>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</A 4 0 R>>>>/Contents 5 0 R>>",
        form + b"stream\n/A Do\nendstream",
        b"<</Length 5>>stream\n/A Do\nendstream",
    ]
    return assembled(objects)


def form_fan_out() -> bytes:
    """Give a PDF whose form draws ten others, each of which draws ten others, nine levels deep."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</A 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length 5>>stream\n/A Do\nendstream",
    ]
    for level in range(9):
        draws = b"/A Do " * 10 if level < 8 else b"0 0 1 1 re f"
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>/Length %d>>"
            % (min(level + 6, 13), len(draws))
            + b"stream\n"
            + draws
            + b"\nendstream"
        )
    return assembled(objects)


def without_unicode() -> bytes:
    """Give a PDF whose font has glyphs numbered otherwise than letters, and no key to them."""
    shifted = "".join(
        chr(ord(letter) - 29) if letter != " " else "\x03" for letter in TEXT if letter < "\x7f"
    )
    lines = b"".join(
        b"BT /F1 11 Tf 70 %d Td <%s> Tj ET\n" % (780 - 16 * line, shifted.encode("utf-16-be").hex().encode())
        for line in range(12)
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n" % len(lines) + lines + b"\nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Plan/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Plan/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/AAAAAA+Plan/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    ]
    return assembled(objects)


def rc4(key: bytes, data: bytes) -> bytes:
    state, at = list(range(256)), 0
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) % 256
        state[index], state[at] = state[at], state[index]
    out, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        out.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(out)


def encrypted(password: str) -> bytes:
    """Give a PDF encrypted with a user password (ISO 32000, 7.6.3, revision 2); the empty one asks for none."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded, rights, number = (password.encode() + padding)[:32], -44, b"0123456789abcdef"
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + rights.to_bytes(4, "little", signed=True) + number).digest()[:5]
    lines = b"BT /F1 11 Tf 70 700 Td (Rektor leder skolevandring i alle klasser.) Tj ET"
    lines = rc4(hashlib.md5(key + bytes([4, 0, 0, 0, 0])).digest()[:10], lines)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n" % len(lines) + lines + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    user = rc4(key, padding).hex()
    more = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{user}>/P {rights}>>/ID[<{number.hex()}><{number.hex()}>]"
    return assembled(objects, more)


def assembled(objects: list[bytes], more: str = "") -> bytes:
    """Give a PDF of these objects, the first of which is its catalogue; ``more`` stands in its trailer."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{more}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
