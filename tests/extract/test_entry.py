"""What becomes of files that are not what they say, or not well: data, never an exception."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hostile import ole

import checker.extract
from checker.extract import Limits, extract, extract_file, find_readers, reader_versions
from checker.model import Document, Problem, ReadStatus
from checker.texts import load_texts


def word(text: str = "Rektor leder kriseteamet.") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def fault(document: Document) -> tuple[ReadStatus, Problem | None]:
    texts = load_texts("nb")
    assert document.message is not None
    assert texts(document.message, **dict(document.message_fields))
    return document.status, document.problem


def unreadable(problem: Problem) -> tuple[ReadStatus, Problem]:
    return ReadStatus.UNREADABLE, problem


def test_an_empty_file_is_empty() -> None:
    assert fault(extract(b"", path="plan.docx")) == unreadable(Problem.EMPTY)


def test_a_document_without_text_is_empty() -> None:
    assert fault(extract(word(""), path="plan.docx")) == unreadable(Problem.EMPTY)
    assert fault(extract(b" \n\n ", path="plan.txt")) == unreadable(Problem.EMPTY)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_document_that_is_cut_off_is_damaged(share: float) -> None:
    data = word()

    assert fault(extract(data[: int(len(data) * share)], path="plan.docx")) == unreadable(Problem.DAMAGED)


def test_a_format_is_told_by_its_content() -> None:
    document = extract(word(), path="plan.pdf")

    assert (document.format, document.status) == ("docx", ReadStatus.READ)
    assert extract(b"Rektor leder.", path="plan.docx").format == "txt"


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY x "xxxxxxxx">]>',
        "<!DOCTYPE w>",
    ],
)
def test_a_document_type_is_refused(start: str) -> None:
    body = zipfile.ZipFile(io.BytesIO(word())).read("word/document.xml").decode()
    body = body[body.index("<w:document") :].replace("leder", "&x;" if "ENTITY" in start else "leder")

    document = extract(repacked(word(), {"word/document.xml": (start + body).encode()}), path="plan.docx")

    assert fault(document) == unreadable(Problem.BLOCKED)


def test_an_entity_in_a_workbook_is_refused() -> None:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(stream)
    sheet = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'

    document = extract(repacked(stream.getvalue(), {"xl/worksheets/sheet1.xml": sheet}), path="a.xlsx")

    assert fault(document) == unreadable(Problem.BLOCKED)


def test_a_part_that_unpacks_too_far_is_too_large() -> None:
    bomb = b"<w:document>" + b" " * 40_000_000 + b"</w:document>"
    started = time.process_time()

    document = extract(repacked(word(), {"word/document.xml": bomb}), path="plan.docx")

    assert fault(document) == unreadable(Problem.TOO_LARGE)
    assert time.process_time() - started < 5


def test_a_package_with_too_many_parts_is_blocked() -> None:
    parts = {f"word/media/{number}.xml": b"<x/>" for number in range(60)}

    document = extract(repacked(word(), parts), path="plan.docx", limits=Limits(package_parts=50))

    assert fault(document) == unreadable(Problem.BLOCKED)


def test_too_many_paragraphs_are_too_large() -> None:
    body = zipfile.ZipFile(io.BytesIO(word())).read("word/document.xml")
    many = body.replace(b"<w:p>", b"<w:p><w:r><w:t>Rektor.</w:t></w:r></w:p>" * 500 + b"<w:p>", 1)

    document = extract(
        repacked(word(), {"word/document.xml": many}), path="a.docx", limits=Limits(blocks=100)
    )

    assert fault(document) == unreadable(Problem.TOO_LARGE)


def test_a_document_with_a_password_is_encrypted() -> None:
    data = ole("EncryptedPackage", "EncryptionInfo")

    assert fault(extract(data, path="plan.docx")) == unreadable(Problem.ENCRYPTED)


def test_an_ole_container_of_another_kind_is_unsupported() -> None:
    assert fault(extract(ole("Noe annet"), path="tegning.vsd")) == unreadable(Problem.UNSUPPORTED)


def test_an_old_word_file_that_is_cut_off_is_damaged() -> None:
    assert fault(extract(ole("WordDocument"), path="plan.doc")) == unreadable(Problem.DAMAGED)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), Problem.NO_TEXT),
        (b"\xff\xd8\xff\xe0" + bytes(20), Problem.NO_TEXT),
        (b"II*\x00" + bytes(20), Problem.NO_TEXT),
        (b"Rar!\x1a\x07\x01\x00", Problem.UNSUPPORTED),
        (bytes(range(256)) * 4, Problem.UNSUPPORTED),
        (b"<?xml version='1.0'?><x/>", Problem.UNSUPPORTED),
        (b"PK\x03\x04 og saa ingenting", Problem.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Problem.DAMAGED),
    ],
)
def test_what_holds_no_text_says_so(data: bytes, problem: Problem) -> None:
    assert fault(extract(data, path="fil.bin")) == unreadable(problem)


def test_a_film_is_ignored() -> None:
    document = extract(b"\x00\x00\x00\x18ftypmp42" + bytes(20), path="film.mp4")

    assert fault(document) == (ReadStatus.IGNORED, None)


@pytest.mark.parametrize("name", ["plan.txt", "plan.md", "plan.html", "plan.csv", "svar.eml"])
@pytest.mark.parametrize(
    "text",
    [
        "Rektor " + " " * 900_000 + "leder.",
        "a" * 900_000,
        "[" * 300_000,
        "<div>" * 100_000,
        "> " * 300_000,
        "|" * 300_000,
        "*_" * 200_000,
    ],
)
def test_a_long_line_takes_no_long_time(name: str, text: str) -> None:
    started = time.process_time()

    extract(text.encode(), path=name)

    assert time.process_time() - started < 4


def test_a_deeply_nested_document_is_no_crash() -> None:
    body = zipfile.ZipFile(io.BytesIO(word())).read("word/document.xml")
    deep = body.replace(b"<w:p>", b"<w:sdt><w:sdtContent>" * 5000 + b"<w:p>", 1)

    document = extract(repacked(word(), {"word/document.xml": deep}), path="plan.docx")

    assert fault(document) == unreadable(Problem.DAMAGED)


def test_the_digest_is_of_the_files_bytes() -> None:
    assert extract(b"Rektor.", path="a.txt").sha256 == extract(b"Rektor.", path="b.txt").sha256
    assert len(extract(b"", path="a.txt").sha256) == 64


def test_a_file_is_read_from_its_place(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Læreren får veiledning.", encoding="utf-8")

    document = extract_file(tmp_path / "plan.txt", path="Skole/plan.txt")

    assert (document.path, document.blocks[0].text) == ("Skole/plan.txt", "Læreren får veiledning.")


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(b"x" * 2000)

    document = extract_file(tmp_path / "plan.txt", path="plan.txt", limits=Limits(file_bytes=1000))

    assert fault(document) == unreadable(Problem.TOO_LARGE)


def test_a_file_that_is_gone_or_locked_is_data(tmp_path: Path) -> None:
    assert fault(extract_file(tmp_path / "borte.txt", path="borte.txt")) == unreadable(Problem.DAMAGED)
    assert fault(extract_file(tmp_path, path="mappe")) == unreadable(Problem.DAMAGED)


@pytest.mark.skipif(
    os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0, reason="root reads everything"
)
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    place = tmp_path / "plan.txt"
    place.write_text("x", encoding="utf-8")
    place.chmod(0)

    assert extract_file(place, path="plan.txt").message == "extract.no_permission"


def test_builtin_readers_use_no_outside_program() -> None:
    readers = find_readers(builtin_only=True)

    assert (readers.libreoffice, readers.catdoc) == (None, None)
    assert {kind for kind, _ in reader_versions(readers)} >= {"doc", "docx", "pdf", "xlsx"}


def test_public_names_are_sorted_and_there() -> None:
    names = checker.extract.__all__

    assert names == sorted(names)
    assert all(getattr(checker.extract, name).__doc__ for name in names)
