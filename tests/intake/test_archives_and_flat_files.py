"""ZIPs count as if unpacked; files lying flat are the school's whose name they bear."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest

from checker.intake import member_name, take_in
from checker.model import SourceFile


def file_at(intake, path: str) -> SourceFile:
    return next(file for file in intake.files if file.path == path)


def ids(intake) -> list[str]:
    return [school.id for school in intake.schools]


def raw_zip(path: Path, raw_name: bytes) -> Path:
    """Writes a ZIP with one member whose name has no UTF-8 flag."""
    placeholder = "x" * len(raw_name)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(placeholder, "x")
    path.write_bytes(path.read_bytes().replace(placeholder.encode("ascii"), raw_name))
    return path


def test_a_flat_file_is_the_schools_whose_name_it_bears(tree):
    root = tree(
        "Solvang skole/a",
        "Fjellgota skule/b",
        "virksomhetsplan_solvang_sk.pdf",
        "Fjellgota-skulen.docx",
        "ROS.pdf",
    )
    intake = take_in(root)

    assert file_at(intake, "virksomhetsplan_solvang_sk.pdf").school == "Solvang skole"
    assert file_at(intake, "Fjellgota-skulen.docx").school == "Fjellgota skule"
    assert file_at(intake, "ROS.pdf").school is None


def test_a_school_with_flat_files_only_has_sent_something(tree):
    intake = take_in(tree("Plan for Solvang.pdf", list="navn\nSolvang skole\n"))

    assert file_at(intake, "Plan for Solvang.pdf").school == "Solvang skole"
    assert intake.notices == ()


def test_folders_in_a_zip_are_schools(tree, write_zip):
    root = tree("Solvang skole/a")
    write_zip(root / "alle.zip", {"Solvang skole/b.txt": "x", "Ås skole/under/c.txt": "x", "d.txt": "x"})
    intake = take_in(root)

    assert ids(intake) == ["Solvang skole", "Ås skole", "Skoleeier"]
    assert file_at(intake, "alle.zip").member_schools == (
        ("Solvang skole/b.txt", "Solvang skole"),
        ("Ås skole/under/c.txt", "Ås skole"),
        ("d.txt", None),
    )
    assert file_at(intake, "alle.zip").school is None


def test_a_zip_meets_the_list(tree, write_zip):
    root = tree(list="navn;mappe\nLomtjønna skole;lom\nNedre skole;\n")
    write_zip(root / "alle.zip", {"lom/b.txt": "x", "Skoleeier/c.txt": "x"})
    intake = take_in(root)

    assert ids(intake) == ["lom", "Nedre skole", "Skoleeier"]
    assert intake.schools[-1].folder == "Skoleeier"
    assert [each.fields for each in intake.notices] == [(("school", "Nedre skole"),)]


def test_a_folder_around_all_schools_in_a_zip_is_passed_over(tree, write_zip):
    root = tree()
    write_zip(root / "Tverrmark.zip", {"Tverrmark/Solvang skole/b.txt": "x", "Tverrmark/Ås skule/c.txt": "x"})
    intake = take_in(root)

    assert ids(intake) == ["Solvang skole", "Ås skule", "Skoleeier"]
    assert [school for _, school in file_at(intake, "Tverrmark.zip").member_schools] == [
        "Solvang skole",
        "Ås skule",
    ]


def test_a_zip_that_bears_a_schools_name_is_that_schools(tree, write_zip):
    root = tree(list="navn\nSolvang skole\nFjellgota skule\n")
    write_zip(root / "fjellgota_2026.zip", {"planar/a.txt": "x", "b.txt": "x"})
    write_zip(root / "Solvang skole.zip", {"planer/a.txt": "x"})
    intake = take_in(root)

    assert ids(intake) == ["Solvang skole", "Fjellgota skule", "Skoleeier"]
    assert file_at(intake, "fjellgota_2026.zip").school == "Fjellgota skule"
    assert {school for _, school in file_at(intake, "fjellgota_2026.zip").member_schools} == {
        "Fjellgota skule"
    }
    assert file_at(intake, "Solvang skole.zip").school == "Solvang skole"
    assert intake.notices == ()


def test_zips_of_one_school_each_need_no_list(tree, write_zip):
    root = tree()
    write_zip(root / "Solvang skole.zip", {"plan.txt": "x"})
    write_zip(root / "Fjellgota skule.zip", {"Fjellgota skule/plan.txt": "x"})
    intake = take_in(root)

    assert ids(intake) == ["Fjellgota skule", "Solvang skole", "Skoleeier"]
    assert [file.school for file in intake.files] == ["Fjellgota skule", "Solvang skole"]


def test_system_names_in_a_zip_make_no_school(tree, write_zip):
    root = tree()
    write_zip(root / "alle.zip", {"__MACOSX/Solvang skole/._b.txt": "x", "Solvang skole/b.txt": "x"})
    intake = take_in(root)

    assert ids(intake) == ["Solvang skole", "Skoleeier"]
    assert file_at(intake, "alle.zip").member_schools[0][1] is None


def test_a_zip_in_a_schools_folder_is_the_schools(tree, write_zip):
    root = tree("Solvang skole/a")
    write_zip(root / "Solvang skole" / "vedlegg.zip", {"Lia skole/b.txt": "x"})
    file = file_at(take_in(root), "Solvang skole/vedlegg.zip")

    assert (file.school, file.member_schools) == ("Solvang skole", ())


@pytest.mark.parametrize(
    "name", ["../Lia skole/a.txt", "/Lia skole/a.txt", "C:/Lia skole/a.txt", "Lia skole/../a.txt"]
)
def test_a_member_that_leads_out_of_the_zip_makes_no_school(tree, write_zip, name):
    root = tree("Solvang skole/a")
    write_zip(root / "alle.zip", {name: "x"})
    intake = take_in(root)

    assert ids(intake) == ["Solvang skole", "Skoleeier"]
    assert file_at(intake, "alle.zip").member_schools == ((name, None),)


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "utf-8"])
def test_names_without_the_utf_8_flag_are_decoded(tree, encoding):
    root = tree()
    raw_zip(root / "alle.zip", "Øvre Ås skole/Møte.txt".encode(encoding))
    intake = take_in(root)

    assert ids(intake)[0] == "Øvre Ås skole"
    assert file_at(intake, "alle.zip").member_schools == (("Øvre Ås skole/Møte.txt", "Øvre Ås skole"),)


def test_member_names_are_composed_with_slashes():
    info = zipfile.ZipInfo(unicodedata.normalize("NFD", "Ås skole\\plan.txt"))
    info.flag_bits |= 0x800

    assert member_name(info) == "Ås skole/plan.txt"


def test_a_broken_zip_is_reported_and_kept(tree):
    root = tree("Solvang skole/a")
    (root / "alle.zip").write_bytes(b"PK\x03\x04 cut off")
    intake = take_in(root)

    assert [each.key for each in intake.notices] == ["intake.archive.not_read"]
    assert file_at(intake, "alle.zip").member_schools == ()


def test_a_zip_with_too_many_names_is_cut(tree, write_zip):
    root = tree()
    write_zip(root / "alle.zip", {f"Solvang skole/{number}.txt": "" for number in range(2_001)})
    intake = take_in(root)

    assert [each.key for each in intake.notices] == ["intake.archive.too_many_names"]
    assert len(file_at(intake, "alle.zip").member_schools) == 2_000


def test_a_central_directory_out_of_all_proportion_is_not_read(tree):
    root = tree("Solvang skole/a")
    size = 3 * 1024 * 1024
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0)
    (root / "alle.zip").write_bytes(b"\0" * size + end)

    assert [each.key for each in take_in(root).notices] == ["intake.archive.not_read"]
