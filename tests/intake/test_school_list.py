"""The school list: forms, encodings, columns, and which folder a row means."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from checker.intake import take_in
from checker.model import SchoolListError

ROWS = "navn;orgnr;mappe\nLomtjønna skole;974000027;lom\nFjellgota skule;;\n"


def folders(intake):
    return {school.name: school.folder for school in intake.schools[:-1]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [ROWS, ROWS.replace(";", ","), ROWS.replace("\n", "\r\n"), "sep=;\n" + ROWS, "\n\n" + ROWS],
    ids=["semicolon", "comma", "windows", "excel", "blank"],
)
def test_the_list_is_read_in_each_delimiter_and_encoding(tree, text, encoding):
    root = tree("lom/a", "Fjellgota skule/a")
    (root / "skoler.csv").write_bytes(text.encode(encoding))
    intake = take_in(root)

    assert folders(intake) == {"Lomtjønna skole": "lom", "Fjellgota skule": "Fjellgota skule"}
    assert intake.notices == ()


def test_the_list_may_be_a_workbook(tree):
    root = tree("lom/a")
    workbook = Workbook()
    workbook.active.title = "Forside"
    workbook.active.append(["Skoler i kommunen"])
    sheet = workbook.create_sheet("Liste")
    sheet.append([None, None])
    sheet.append(["Navn", "Orgnr", "Mappe", "Målform"])
    sheet.append(["Lomtjønna skole", 974000027.0, "lom", "bokmål"])
    workbook.save(root / "skoler.xlsx")
    intake = take_in(root)

    school = intake.schools[0]
    assert (school.id, school.orgnr, school.written_form) == ("lom", "974000027", "nb")
    assert [file.ignored for file in intake.files] == [None, "intake.ignored.school_list"]


def test_a_list_from_elsewhere_goes_before_the_one_in_the_folder(tree, tmp_path):
    other = tmp_path / "liste.csv"
    other.write_text("namn\nLomtjønna skule\n", encoding="utf-8")
    intake = take_in(tree("Lomtjønna skule/a", list="navn\nSolvang skole\n"), school_list=other)

    assert [school.id for school in intake.schools] == ["Lomtjønna skule", "Skoleeier"]
    assert [file.ignored for file in intake.files] == [None, "intake.ignored.school_list"]


def test_a_list_of_another_name_inside_the_folder_is_no_plan(tree):
    root = tree("Solvang skole/a")
    (root / "liste.csv").write_text("navn\nSolvang skole\n", encoding="utf-8")
    intake = take_in(root, school_list=root / "liste.csv")

    assert [file.ignored for file in intake.files] == [None, "intake.ignored.school_list"]


def test_unknown_columns_are_reported_and_ignored(tree):
    intake = take_in(tree("Solvang skole/a", list="rektor;navn;elevtall\nKari;Solvang skole;120\n"))

    fields = (("file", "skoler.csv"), ("columns", "rektor, elevtall"))
    assert [(each.key, each.fields) for each in intake.notices] == [("intake.list.unknown_columns", fields)]


def test_column_names_are_read_in_any_case(tree):
    school = take_in(tree("Solvang skole/a", list="NAVN; OrgNr ;MÅLFORM\nSolvang skole;1;Nynorsk\n")).schools[
        0
    ]

    assert (school.orgnr, school.written_form) == ("1", "nn")


@pytest.mark.parametrize(("text", "line"), [("skole;orgnr\nSolvang;1\n", 1), ("\n\nskole\n", 3), ("", 1)])
def test_a_list_without_names_is_an_error_with_file_and_line(tree, text, line):
    with pytest.raises(SchoolListError) as caught:
        take_in(tree("Solvang skole/a", list=text))
    assert caught.value.key == "intake.list.no_name_column"
    assert (caught.value.fields["file"], caught.value.fields["line"]) == ("skoler.csv", line)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"navn\nSolvang\n\x81\x8d\n", 3),
        (b"navn\n\0\0\n", 2),
        (b'navn;orgnr\nA;1\n"Solvang skole;2\n', 3),
        (b"PK\x03\x04 cut off", 1),
        (b"\xd0\xcf\x11\xe0\0\0", 1),
    ],
)
def test_a_list_that_cannot_be_read_is_an_error_with_file_and_line(tree, data, line):
    root = tree("Solvang skole/a")
    (root / "skoler.csv").write_bytes(data)

    with pytest.raises(SchoolListError) as caught:
        take_in(root)
    assert caught.value.key == "intake.list.unreadable"
    assert (caught.value.fields["file"], caught.value.fields["line"]) == ("skoler.csv", line)


def test_a_list_that_is_not_there_is_an_error(tree, tmp_path):
    with pytest.raises(SchoolListError) as caught:
        take_in(tree("Solvang skole/a"), school_list=tmp_path / "nei.csv")
    assert caught.value.key == "intake.list.not_found"


def test_a_row_without_a_name_and_a_name_twice_are_reported(tree):
    rows = "navn;orgnr\n;974000027\n;\nSolvang skole;1\nSolvang skole;2\n"
    intake = take_in(tree("Solvang skole/a", list=rows))

    assert [(each.key, dict(each.fields)["line"]) for each in intake.notices] == [
        ("intake.list.row_without_name", "2"),
        ("intake.list.row_twice", "5"),
    ]
    assert intake.schools[0].orgnr == "1"


def test_the_folder_that_the_row_names_goes_before_the_name(tree):
    rows = "navn;mappe\nSolvang skole;Lia skole\nLia skole;Solvang skole/\n"
    intake = take_in(tree("Solvang skole/a", "Lia skole/b", list=rows))

    assert folders(intake) == {"Solvang skole": "Lia skole", "Lia skole": "Solvang skole"}


def test_a_named_folder_that_is_not_there_is_reported_and_the_name_counts(tree):
    intake = take_in(tree("Solvang skole/a", list="navn;mappe\nSolvang skole;sv\n"))

    assert folders(intake) == {"Solvang skole": "Solvang skole"}
    assert [each.key for each in intake.notices] == ["intake.list.folder_not_found"]


def test_a_folder_named_twice_is_the_first_rows(tree):
    intake = take_in(tree("felles/a", list="navn;mappe\nSolvang skole;felles\nLia skole;felles\n"))

    assert folders(intake) == {"Solvang skole": "felles", "Lia skole": None}
    assert [each.key for each in intake.notices] == ["intake.list.folder_taken", "intake.school.sent_nothing"]


def test_names_that_differ_in_case_and_spaces_are_equal(tree):
    intake = take_in(tree("LOMTJØNNA  skole/a", list="navn\nLomtjønna skole\n"))

    assert intake.schools[0].folder == "LOMTJØNNA  skole"
    assert intake.notices == ()


@pytest.mark.parametrize(
    ("row", "folder"),
    [
        ("Fjellgota skule", "Fjellgota skole"),
        ("Fjellgota skole", "Fjelgota skole"),
        ("Solvang skole", "Solvang_skole"),
    ],
)
def test_the_folder_that_is_most_alike_is_taken_and_reported(tree, row, folder):
    intake = take_in(tree(f"{folder}/a", "Lia skole/b", list=f"navn\n{row}\nLia skole\n"))

    assert intake.schools[0].folder == folder
    fields = (("school", row), ("folder", folder))
    assert [(each.key, each.fields) for each in intake.notices] == [("intake.match.alike", fields)]


@pytest.mark.parametrize(
    ("row", "others"),
    [
        ("Solvang skole", ["Solhaug skole"]),
        ("Storlia barneskole", ["Storlia skole"]),
        ("Langbygda ungdomsskole 1", ["Langbygda ungdomsskole A", "Langbygda ungdomsskole B"]),
        ("Nordre Langbygda oppvekstsenter", ["Søndre Langbygda oppvekstsenter"]),
        ("Øvre Langbygda oppvekstsenter", ["Nedre Langbygda oppvekstsenter"]),
        ("Fjellgota skule", ["Fjellgota skole", "Fjelgota skule"]),
    ],
)
def test_no_folder_is_taken_on_a_weak_or_shared_likeness(tree, row, others):
    intake = take_in(tree(*(f"{other}/a" for other in others), list=f"navn\n{row}\n"))

    assert intake.schools[0].folder is None
    assert "intake.match.alike" not in [each.key for each in intake.notices]


def test_two_rows_alike_one_folder_get_none(tree):
    intake = take_in(tree("Fjelgota skole/a", list="navn\nFjellgota skole\nFjelgata skole\n"))

    assert [school.folder for school in intake.schools[:2]] == [None, None]
