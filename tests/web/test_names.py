"""Where a dropped file may land."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from checker.web.names import UploadPathError, checked_place

OUTSIDE = [
    "",
    "/",
    "/etc/passwd",
    "..",
    "../a.pdf",
    "skole/../../a.pdf",
    "skole/..",
    "skole/./a.pdf",
    "skole//a.pdf",
    "skole/",
    "C:/a.pdf",
    "c:a.pdf",
    "skole\\..\\a.pdf",
    "\\\\tjener\\a.pdf",
    "skole/a\x00.pdf",
    "skole/a\n.pdf",
    "skole/\ud800.pdf",
    "skole/NUL",
    "skole/con.pdf",
    "COM1.txt/a.pdf",
    "lpt9 .pdf",
    "a" * 201,
    "/".join("a" * 30),
    "æ" * 140,
]


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("is_windows", [True, False])
def test_a_place_that_leads_out_or_is_no_name_is_refused(path: str, is_windows: bool) -> None:
    with pytest.raises(UploadPathError):
        checked_place(path, is_windows=is_windows)


@pytest.mark.parametrize(
    "path", ["a:b.pdf.txt/x?.pdf", "skole/plan.", "skole/plan ", "hva?.pdf", "a|b.pdf", 'a"b.pdf']
)
def test_what_windows_can_not_hold_is_refused_there_only(path: str) -> None:
    with pytest.raises(UploadPathError):
        checked_place(path, is_windows=True)
    if path[1:2] != ":":
        assert checked_place(path, is_windows=False) == PurePosixPath(path)


@pytest.mark.parametrize(
    "path", ["plan.pdf", "Ålvik skole/Årsplan 2026–27 (utkast).docx", "a/b/c/..d", ".skjult", "console.pdf"]
)
def test_ordinary_names_are_kept(path: str) -> None:
    assert checked_place(path, is_windows=True) == PurePosixPath(path)


def test_names_are_kept_in_nfc() -> None:
    assert checked_place("A\u030alvik/plan.pdf", is_windows=False).as_posix() == "Ålvik/plan.pdf"
