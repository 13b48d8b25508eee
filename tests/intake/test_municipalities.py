"""Several municipalities in one folder."""

from __future__ import annotations

import pytest

from checker.intake import take_in
from checker.model import FolderError, Level


def rows(intake):
    return [(each.id, each.municipality, each.folder, each.on_list) for each in intake.schools]


def test_each_municipality_has_its_own_list_and_owner(tree):
    root = tree(
        "Tverrmark/Solvang skole/a",
        "Tverrmark/Skoleeier/b",
        "Utvik/Solvang skole/c",
        "Utvik/Kvitlund skule/d",
    )
    (root / "Utvik" / "skoler.csv").write_text("navn\nKvitlund skule\nHolmen skule\n", encoding="utf-8")
    (root / "Tverrmark" / "skoler.csv").write_text("navn\nSolvang skole\n", encoding="utf-8")
    intake = take_in(root)

    assert rows(intake) == [
        ("Tverrmark/Solvang skole", "Tverrmark", "Solvang skole", True),
        ("Utvik/Kvitlund skule", "Utvik", "Kvitlund skule", True),
        ("Utvik/Holmen skule", "Utvik", None, True),
        ("Utvik/Solvang skole", "Utvik", "Solvang skole", False),
        ("Tverrmark/Skoleeier", "Tverrmark", "Skoleeier", None),
        ("Utvik/Skoleeier", "Utvik", None, None),
    ]
    assert [file.ignored for file in intake.files if file.path.endswith(".csv")] == [
        "intake.ignored.school_list"
    ] * 2
    assert {file.path: file.school for file in intake.files}["Utvik/Solvang skole/c"] == "Utvik/Solvang skole"


def test_depth_2_needs_no_list(tree):
    intake = take_in(
        tree("A/Solvang skole/a", "B/Lia skule/b", "B/plan Lia.pdf", "B/plan Solvang.pdf"), depth=2
    )

    assert [each.id for each in intake.schools] == [
        "A/Solvang skole",
        "B/Lia skule",
        "A/Skoleeier",
        "B/Skoleeier",
    ]
    schools = {file.path: file.school for file in intake.files}
    assert schools["B/plan Lia.pdf"] == "B/Lia skule"
    assert schools["B/plan Solvang.pdf"] is None


def test_depth_2_without_schools_stops(tree):
    with pytest.raises(FolderError) as caught:
        take_in(tree("Solvang skole/Planer/a"), depth=2)
    assert caught.value.key == "intake.folder.no_school"


def test_one_list_for_all_municipalities(tree):
    text = (
        "navn;mappe;nivå\nLia skole;B/Lia skole;\nSolvang skole;;\nHolmen skole;B/Holmen;\n"
        "B kommune;;skoleeier\nVik skole;;\n"
    )
    intake = take_in(tree("A/Solvang skole/a", "A/Lia skole/a", "B/Lia skole/b", list=text), depth=2)

    assert rows(intake) == [
        ("B/Lia skole", "B", "Lia skole", True),
        ("A/Solvang skole", "A", "Solvang skole", True),
        ("B/Holmen skole", "B", None, True),
        ("Vik skole", None, None, True),
        ("A/Lia skole", "A", "Lia skole", False),
        ("A/Skoleeier", "A", None, None),
        ("B/Skoleeier", "B", None, None),
        ("Skoleeier", None, None, None),
    ]
    assert {each.id: each.name for each in intake.schools}["B/Skoleeier"] == "B kommune"


def test_a_zip_of_municipalities_and_one_in_a_municipality(tree, write_zip):
    root = tree("A/Solvang skole/a")
    write_zip(root / "resten.zip", {"B/Lia skole/b.txt": "x"})
    write_zip(root / "A" / "fleire.zip", {"Ås skule/c.txt": "x"})
    intake = take_in(root, depth=2)

    assert [each.id for each in intake.schools if each.level is Level.SCHOOL] == [
        "A/Solvang skole",
        "A/Ås skule",
        "B/Lia skole",
    ]
    members = {file.path: file.member_schools for file in intake.files}
    assert members["resten.zip"] == (("B/Lia skole/b.txt", "B/Lia skole"),)
    assert members["A/fleire.zip"] == (("Ås skule/c.txt", "A/Ås skule"),)


def test_a_list_in_the_folder_goes_before_lists_in_its_subfolders(tree):
    root = tree("Solvang skole/a", "Solvang skole/skoler.csv", list="navn\nSolvang skole\n")

    assert [each.id for each in take_in(root).schools] == ["Solvang skole", "Skoleeier"]
