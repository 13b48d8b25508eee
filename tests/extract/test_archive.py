"""What is read of ZIP files: every file in them, within bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from checker.extract import Limits, extract
from checker.model import Problem, ReadStatus

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def packed(files: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def outcome(data: bytes, limits: Limits | None = None) -> dict[str, tuple[str, str | None]]:
    document = extract(data, path="a.zip", limits=limits or Limits())
    return {inner.path: (str(inner.status), inner.problem) for inner in document.attachments}


def test_files_in_a_zip_are_attachments_by_path() -> None:
    document = extract(packed({"b/plan.txt": b"Rektor leder.", "a.txt": b"Planen."}), path="ut.zip")

    assert document.status is ReadStatus.CONTAINER
    assert [inner.path for inner in document.attachments] == ["ut.zip!/a.txt", "ut.zip!/b/plan.txt"]
    assert all(len(inner.sha256) == 64 for inner in document.attachments)


@pytest.mark.parametrize("code_page", ["cp850", "cp865", "utf-8"])
def test_names_without_the_utf8_flag_are_norwegian(code_page: str) -> None:
    plain = packed({"XXXXXX.txt": b"Tekst."}, compression=zipfile.ZIP_STORED)
    raw = "Årshjul blåbær.txt".encode(code_page)
    other = packed({"X" * len(raw): b"Tekst."}, compression=zipfile.ZIP_STORED)

    names = outcome(other.replace(b"X" * len(raw), raw))

    assert plain
    assert list(names) == ["a.zip!/Årshjul blåbær.txt"]


def test_a_zip_within_a_zip_is_read_to_the_third_level() -> None:
    data = packed({"plan.txt": b"Planen."})
    for name in ("d.zip", "c.zip", "b.zip"):
        data = packed({name: data})

    inner = extract(data, path="a.zip")
    paths = []
    while inner.attachments:
        inner = inner.attachments[0]
        paths.append((inner.path, inner.problem))

    assert paths == [
        ("a.zip!/b.zip", None),
        ("a.zip!/b.zip!/c.zip", None),
        ("a.zip!/b.zip!/c.zip!/d.zip", None),
        ("a.zip!/b.zip!/c.zip!/d.zip!/plan.txt", Problem.BLOCKED),
    ]


def test_system_files_and_photos_are_ignored() -> None:
    names = outcome(
        packed({"__MACOSX/._plan.docx": b"x", "~$plan.docx": b"x", "bilde.png": PNG, "Thumbs.db": b"x"})
    )

    assert {status for status, _ in names.values()} == {"ignored"}
    assert len(names) == 4


def test_a_path_out_of_the_folder_is_blocked_and_the_rest_is_read() -> None:
    names = outcome(packed({"../../plan.txt": b"Ut.", "/etc/x.txt": b"Ut.", "plan.txt": b"Inne."}))

    assert names["a.zip!/../../plan.txt"] == ("unreadable", Problem.BLOCKED)
    assert names["a.zip!//etc/x.txt"] == ("unreadable", Problem.BLOCKED)
    assert names["a.zip!/plan.txt"] == ("read", None)


def test_a_bomb_is_blocked_without_being_unpacked() -> None:
    names = outcome(packed({"nuller.txt": bytes(50_000_000), "plan.txt": b"Inne."}))

    assert names == {
        "a.zip!/nuller.txt": ("unreadable", Problem.BLOCKED),
        "a.zip!/plan.txt": ("read", None),
    }


def test_what_all_files_hold_together_is_bounded() -> None:
    limits = Limits(package_bytes=1000)
    files = {f"{number}.txt": b"Rektor leder. " * 40 for number in range(4)}

    statuses = [status for status, _ in outcome(packed(files), limits).values()]

    assert statuses == ["read", "unreadable", "unreadable", "unreadable"]


def test_too_many_files_are_refused() -> None:
    document = extract(
        packed({f"{number}.txt": b"x" for number in range(30)}), path="a.zip", limits=Limits(package_parts=20)
    )

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.BLOCKED)


def test_a_locked_file_in_a_zip_is_encrypted() -> None:
    data = bytearray(packed({"plan.txt": b"Planen."}, compression=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert outcome(bytes(data)) == {"a.zip!/plan.txt": ("unreadable", Problem.ENCRYPTED)}


def test_an_empty_zip_is_empty() -> None:
    document = extract(packed({}), path="a.zip")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.EMPTY)
