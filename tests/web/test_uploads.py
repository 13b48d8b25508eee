"""What becomes of dropped files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from checker.web.names import UploadPathError
from checker.web.uploads import UploadLimits, Uploads, UploadTooLargeError


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def broken() -> AsyncIterator[bytes]:
    yield b"h"
    raise ConnectionError


def keep(uploads: Uploads, path: str, *parts: bytes) -> None:
    asyncio.run(uploads.keep(path, pieces(*parts)))


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_dropped_files_replace_the_earlier_ones_once_all_are_there(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    uploads.begin()
    keep(uploads, "tverrmark/A/gammel.pdf", b"1")
    uploads.taken_over()
    uploads.begin()
    keep(uploads, "tverrmark/A/ny.pdf", b"2", b"3")
    before = files_in(tmp_path / "documents")
    folder = uploads.taken_over()

    assert before == ["tverrmark/A/gammel.pdf"]
    assert folder == tmp_path / "documents" / "tverrmark"
    assert files_in(folder) == ["A/ny.pdf"]
    assert (folder / "A" / "ny.pdf").read_bytes() == b"23"


def test_nothing_dropped_is_no_folder_to_check(tmp_path: Path) -> None:
    assert Uploads(tmp_path).taken_over() is None


def test_a_file_outside_is_never_written(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "sak")
    uploads.begin()

    with pytest.raises(UploadPathError):
        keep(uploads, "../../ute.pdf", b"1")

    assert files_in(tmp_path) == []


def test_a_file_that_is_too_large_or_cut_off_leaves_nothing(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, UploadLimits(file_bytes=3))
    uploads.begin()

    with pytest.raises(UploadTooLargeError):
        keep(uploads, "a.pdf", b"12", b"34")
    with pytest.raises(ConnectionError):
        asyncio.run(uploads.keep("b.pdf", broken()))

    assert files_in(tmp_path) == []


def test_no_more_files_and_bytes_than_allowed(tmp_path: Path) -> None:
    few = Uploads(tmp_path / "few", UploadLimits(files=1))
    few.begin()
    keep(few, "a.pdf", b"1")
    small = Uploads(tmp_path / "small", UploadLimits(all_bytes=3))
    small.begin()
    keep(small, "a.pdf", b"12")

    with pytest.raises(UploadTooLargeError):
        keep(few, "b.pdf", b"1")
    with pytest.raises(UploadTooLargeError):
        keep(small, "b.pdf", b"12")
    keep(small, "c.pdf", b"1")


def test_what_a_killed_server_had_taken_in_counts(tmp_path: Path) -> None:
    first = Uploads(tmp_path, UploadLimits(files=1))
    first.begin()
    keep(first, "a.pdf", b"1")

    with pytest.raises(UploadTooLargeError):
        keep(Uploads(tmp_path, UploadLimits(files=1)), "b.pdf", b"1")
