"""Folders, rows of the list and owners become schools."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from checker.intake import Intake, take_in
from checker.model import FolderError, Level, School

HEAD = "navn;orgnr;mappe;malform;trinn;nivå\n"


def ids(intake: Intake) -> list[str]:
    return [school.id for school in intake.schools]


def by_id(intake: Intake, school: str) -> School:
    return next(each for each in intake.schools if each.id == school)


def keys(intake: Intake) -> list[str]:
    return [each.key for each in intake.notices]


def school_of(intake: Intake, path: str) -> str | None:
    return next(file.school for file in intake.files if file.path == path)


def test_each_subfolder_is_a_school_and_the_owner_stands_last(tree):
    intake = take_in(tree("Solvang skole/a.txt", "Fjellgota skule/under/b.txt", "Skoleeier/c.txt"))

    assert ids(intake) == ["Fjellgota skule", "Solvang skole", "Skoleeier"]
    assert school_of(intake, "Fjellgota skule/under/b.txt") == "Fjellgota skule"
    assert by_id(intake, "Skoleeier").level is Level.OWNER


def test_without_a_list_nothing_is_said_about_the_list(tree):
    intake = take_in(tree("Solvang skole/a.txt"))

    assert [school.on_list for school in intake.schools] == [None, None]
    assert intake.notices == ()


def test_schools_stand_as_listed_then_by_code_point(tree):
    rows = HEAD + "Solvang skole\nFjellgota skule\n"
    intake = take_in(tree("Ås skole/a", "Aker skole/a", "Fjellgota skule/a", "Solvang skole/a", list=rows))

    assert ids(intake) == ["Solvang skole", "Fjellgota skule", "Aker skole", "Ås skole", "Skoleeier"]
    assert by_id(intake, "Aker skole").on_list is False
    assert by_id(intake, "Solvang skole").on_list is True
    assert by_id(intake, "Skoleeier").on_list is None
    assert keys(intake).count("intake.school.not_on_list") == 2


def test_a_row_without_folder_is_a_school_that_sent_nothing(tree):
    intake = take_in(tree("Solvang skole/a", list=HEAD + "Nedre Tverrå skole;974000078\nSolvang skole\n"))

    silent = by_id(intake, "Nedre Tverrå skole")
    assert (silent.folder, silent.on_list, silent.orgnr) == (None, True, "974000078")
    assert [each.fields for each in intake.notices] == [(("school", "Nedre Tverrå skole"),)]


def test_a_folder_that_holds_only_system_files_sent_nothing(tree):
    intake = take_in(tree("Solvang skole/Thumbs.db", "Fjellgota skule/a"))

    assert "Solvang skole" in ids(intake)
    assert keys(intake) == ["intake.school.sent_nothing"]


def test_the_list_gives_number_written_form_and_name(tree):
    rows = HEAD + "Fjellgota skule;974 000 086;fg;nynorsk;1-10;skole\n"
    school = by_id(take_in(tree("fg/a", list=rows)), "fg")

    assert school == School("fg", "Fjellgota skule", Level.SCHOOL, None, "974000086", "fg", True, "nn")


@pytest.mark.parametrize(
    "name",
    ["Skoleeier", "SKULEEIGAR", "Kommunen", "kommunedirektøren", "Oppvekst  og læring", "Skulekontoret"],
)
def test_a_folder_in_the_closed_list_is_the_owners(tree, name):
    intake = take_in(tree("Solvang skole/a", f"{name}/b"))

    owner = intake.schools[-1]
    assert (owner.id, owner.level, owner.folder) == (name, Level.OWNER, name)
    assert school_of(intake, f"{name}/b") == name


def test_an_owners_folder_in_decomposed_letters_is_the_owners(tree):
    intake = take_in(tree("Solvang skole/a", unicodedata.normalize("NFD", "Rådmannen/b")))

    assert intake.schools[-1].id == "Rådmannen"


def test_only_a_whole_name_makes_an_owners_folder(tree):
    intake = take_in(tree("Solvang skole/a", "Oppvekst skole/b", "Kommunen vår skole/c"))

    assert ids(intake) == ["Kommunen vår skole", "Oppvekst skole", "Solvang skole", "Skoleeier"]


def test_several_owner_folders_are_one_owner_with_the_first_as_id(tree):
    intake = take_in(tree("Solvang skole/a", "Skoleeier/b", "Oppvekst/c"))

    assert ids(intake) == ["Solvang skole", "Oppvekst"]
    assert school_of(intake, "Skoleeier/b") == "Oppvekst"


def test_without_an_owner_folder_there_is_an_owner_without_folder(tree):
    owner = take_in(tree("Solvang skole/a")).schools[-1]

    assert owner == School("Skoleeier", "Skoleeier", Level.OWNER)


@pytest.mark.parametrize("level", ["skoleeier", "Skuleeigar"])
def test_the_list_says_which_folder_is_the_owners(tree, level):
    rows = HEAD + f"Tverrmark kommune;974000001;sentralt;;;{level}\nSolvang skole\n"
    intake = take_in(tree("Solvang skole/a", "sentralt/b", list=rows))

    owner = intake.schools[-1]
    assert ids(intake) == ["Solvang skole", "sentralt"]
    assert (owner.name, owner.level, owner.on_list) == ("Tverrmark kommune", Level.OWNER, None)


def test_with_an_owners_row_the_closed_list_does_not_count(tree):
    rows = HEAD + "Tverrmark kommune;;sentralt;;;skoleeier\n"
    intake = take_in(tree("sentralt/b", "Utdanning/c", list=rows))

    assert ids(intake) == ["Utdanning", "sentralt"]
    assert by_id(intake, "Utdanning").level is Level.SCHOOL


def test_an_owners_row_without_folder_leaves_the_closed_list_in_force(tree):
    rows = HEAD + "Tverrmark kommune;;;;;skoleeier\nSolvang skole\n"
    intake = take_in(tree("Solvang skole/a", "Skoleeier/c", list=rows))

    assert ids(intake) == ["Solvang skole", "Skoleeier"]
    assert intake.schools[-1].name == "Tverrmark kommune"


def test_an_owners_row_with_no_folder_at_all_is_the_owner_without_folder(tree):
    rows = HEAD + "Tverrmark kommune;;;;;skoleeier\nSolvang skole\n"
    owner = take_in(tree("Solvang skole/a", list=rows)).schools[-1]

    assert (owner.id, owner.name, owner.folder) == ("Skoleeier", "Tverrmark kommune", None)


def test_a_row_that_bears_an_owners_name_is_no_school(tree):
    intake = take_in(tree("Skoleeier/a", "Solvang skole/a", list="navn\nSkoleeier\nSolvang skole\n"))

    assert ids(intake) == ["Solvang skole", "Skoleeier"]


def test_folders_whose_names_differ_in_composition_only_are_one_school(tree):
    composed, decomposed = (unicodedata.normalize(form, "Ås skole") for form in ("NFC", "NFD"))
    root = tree(f"{composed}/a")
    if (root / decomposed).exists():
        pytest.skip("the file system takes both for one")
    intake = take_in(tree(f"{decomposed}/a"))

    assert ids(intake) == ["Ås skole", "Skoleeier"]
    assert [(file.path, file.school) for file in intake.files] == [("Ås skole/a", "Ås skole")] * 2
    assert [file.path_raw for file in intake.files] == [None, "A%CC%8As%20skole/a"]


@pytest.mark.parametrize("folder", ["mangler", "fil.txt", "tom"])
def test_a_folder_that_is_none_or_is_empty_is_an_error(tmp_path: Path, folder):
    (tmp_path / "fil.txt").write_text("x", encoding="utf-8")
    (tmp_path / "tom" / "Solvang skole").mkdir(parents=True)
    (tmp_path / "tom" / ".DS_Store").write_text("x", encoding="utf-8")

    with pytest.raises(FolderError) as caught:
        take_in(tmp_path / folder)
    expected = {"mangler": "not_found", "fil.txt": "no_folder", "tom": "empty"}[folder]
    assert caught.value.key == f"intake.folder.{expected}"


def test_a_folder_with_a_list_only_is_not_empty(tree):
    intake = take_in(tree(list="navn\nSolvang skole\n"))

    assert ids(intake) == ["Solvang skole", "Skoleeier"]


@pytest.mark.parametrize("folder", ["Referater", "Skolen", "Skolemiljø", "Kulturskole", "Skoleeier"])
def test_where_nothing_looks_like_a_school_the_run_stops(tree, folder):
    with pytest.raises(FolderError) as caught:
        take_in(tree(f"{folder}/a.txt", "plan.pdf"))
    assert caught.value.key == "intake.folder.no_school"


@pytest.mark.parametrize(
    "folder", ["Solvang sk.", "Solvang-skulen", "Solvangskolen", "Fjell oppvekstsenter", "fjell_ungdomsskule"]
)
def test_a_generic_word_beside_a_name_looks_like_a_school(tree, folder):
    assert ids(take_in(tree(f"{folder}/a.txt")))[0] == folder


def test_with_a_list_any_folder_may_be_a_schools(tree):
    assert ids(take_in(tree("Referater/a", list="navn\n"))) == ["Referater", "Skoleeier"]


def test_the_option_school_makes_the_folder_one_schools(tree):
    intake = take_in(tree("Referater/a.txt", "plan.pdf", ".skjult"), school_name="Solvang  skole")

    school, owner = intake.schools
    assert (school.id, school.name, school.folder) == ("Solvang skole", "Solvang skole", "mappe")
    assert (owner.id, owner.folder) == ("Skoleeier", None)
    assert {file.school for file in intake.files} == {"Solvang skole"}


def test_the_option_school_finds_its_row_in_the_list(tree):
    rows = HEAD + "Lia skole;1\nFjellgota skole;974000086;;nynorsk\n"
    school = take_in(tree("plan.pdf", list=rows), school_name="Fjellgota skule").schools[0]

    assert (school.id, school.orgnr, school.on_list) == ("Fjellgota skule", "974000086", True)


def test_a_depth_that_does_not_exist_is_an_error(tree):
    with pytest.raises(FolderError):
        take_in(tree("Solvang skole/a"), depth=3)
