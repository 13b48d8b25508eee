"""Every file is in the intake; what is not read says why; nothing outside the folder is touched."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from checker.intake import take_in
from checker.texts import LANGUAGES, load_texts

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
needs_posix_names = pytest.mark.skipif(
    sys.platform != "linux", reason="the file system takes UTF-8 names only"
)


def paths(intake):
    return [file.path for file in intake.files]


def keys(intake):
    return [(each.key, *(value for _, value in each.fields)) for each in intake.notices]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("~$plan.docx", "temporary"),
        (".~lock.plan.odt#", "temporary"),
        (".DS_Store", "system"),
        ("._plan.docx", "system"),
        ("Thumbs.db", "system"),
        ("desktop.ini", "system"),
        (".git/config", "system"),
        ("__MACOSX/plan.docx", "system"),
        ("IMG_001.JPG", "photo"),
        ("film.mp4", "video"),
        ("opptak.m4a", "sound"),
        ("plan.docx", None),
        ("scan.tif", None),
    ],
)
def test_what_is_no_plan_is_listed_with_the_reason(tree, name, key):
    intake = take_in(tree("Solvang skole/plan.pdf", f"Solvang skole/{name}"))

    file = next(file for file in intake.files if file.path.endswith(name))
    assert file.ignored == (key and f"intake.ignored.{key}")
    assert file.school == "Solvang skole"
    assert all(key is None or file.ignored in load_texts(language) for language in LANGUAGES)


def test_a_plan_with_a_pictures_suffix_is_not_ignored(tree):
    root = tree("Solvang skole/")
    (root / "Solvang skole" / "plan.jpg").write_bytes(b"%PDF-1.7")

    assert [file.ignored for file in take_in(root).files] == [None]


def test_hidden_folders_are_no_schools(tree):
    intake = take_in(tree("Solvang skole/a", ".skjult/b", "__MACOSX/c"))

    assert [school.id for school in intake.schools] == ["Solvang skole", "Skoleeier"]
    assert [(file.path, file.school) for file in intake.files if file.ignored] == [
        (".skjult/b", None),
        ("__MACOSX/c", None),
    ]


def test_files_are_sorted_by_path_and_carry_their_size(tree):
    intake = take_in(tree("Å skole/a", "B skole/b", "B skole.txt", "b skole/c"))

    assert paths(intake) == sorted(paths(intake))
    assert {file.size for file in intake.files} == {len("Rektor går skolevandring.".encode())}
    assert all(file.location.is_file() for file in intake.files)


def test_a_report_of_an_earlier_run_is_no_input(tree):
    root = tree("Solvang skole/a", "rapport/report.html", "Solvang skole/gammel/gaps.xlsx")
    report = json.dumps({"schema": "skolesjekk/report/1", "run": {}})
    (root / "rapport" / "gaps.json").write_text(report, encoding="utf-8")
    (root / "Solvang skole" / "gammel" / "gaps.json").write_text(report, encoding="utf-8")
    intake = take_in(root)

    assert paths(intake) == ["Solvang skole/a"]
    assert intake.notices == ()


def test_a_report_written_into_the_folder_itself_is_listed_but_not_read(tree):
    root = tree("Solvang skole/a", "report.html", "gaps (2).xlsx", "plan.html")
    (root / "gaps.json").write_text('{"schema": "skolesjekk/report/1"}', encoding="utf-8")

    ignored = {file.path: file.ignored for file in take_in(root).files}
    assert ignored["plan.html"] is None
    assert {ignored[name] for name in ("report.html", "gaps (2).xlsx", "gaps.json")} == {
        "intake.ignored.report"
    }


def test_another_programs_gaps_json_hides_nothing(tree):
    root = tree("Solvang skole/a", "Solvang skole/data/plan.txt")
    (root / "Solvang skole" / "data" / "gaps.json").write_text("{}", encoding="utf-8")

    assert len(take_in(root).files) == 3


def test_excluded_folders_are_no_input(tree):
    root = tree("Solvang skole/a", "ut/b", "utkast skole/c")
    intake = take_in(root, exclude=(root / "ut", root, root.parent, root / "mangler"))

    assert paths(intake) == ["Solvang skole/a", "utkast skole/c"]
    assert [school.id for school in intake.schools] == ["Solvang skole", "utkast skole", "Skoleeier"]


@needs_links
def test_links_out_of_the_folder_are_not_followed(tree, tmp_path):
    root = tree("Solvang skole/a")
    outside = tmp_path / "mappe-utenfor"
    outside.mkdir()
    (outside / "hemmelig.txt").write_text("x", encoding="utf-8")
    (root / "Solvang skole" / "fil.txt").symlink_to(outside / "hemmelig.txt")
    (root / "Lia skole").symlink_to(outside)
    (root / "Solvang skole" / "intet").symlink_to(root / "mangler")
    (root / "Solvang skole" / "ring").symlink_to(root / "Solvang skole" / "ring")
    intake = take_in(root)

    assert paths(intake) == ["Solvang skole/a"]
    assert keys(intake) == [
        ("intake.link.outside", "Lia skole"),
        ("intake.link.outside", "Solvang skole/fil.txt"),
        ("intake.link.broken", "Solvang skole/intet"),
        ("intake.link.broken", "Solvang skole/ring"),
    ]


@needs_links
def test_link_loops_end(tree):
    root = tree("Solvang skole/a", "Lia skole/b")
    (root / "Solvang skole" / "her").symlink_to(".")
    (root / "Solvang skole" / "opp").symlink_to(root)
    (root / "Solvang skole" / "lia").symlink_to(root / "Lia skole")
    (root / "Lia skole" / "sol").symlink_to(root / "Solvang skole")
    intake = take_in(root)

    assert paths(intake) == ["Lia skole/b", "Lia skole/sol/a", "Solvang skole/a", "Solvang skole/lia/b"]
    assert {each.key for each in intake.notices} == {"intake.link.loop"}


@needs_links
def test_a_link_within_the_folder_is_read(tree):
    root = tree("Solvang skole/plan.txt", "Lia skole/b")
    (root / "Lia skole" / "felles.txt").symlink_to(Path("..") / "Solvang skole" / "plan.txt")
    intake = take_in(root)

    assert next(file.school for file in intake.files if file.path == "Lia skole/felles.txt") == "Lia skole"


@needs_links
def test_the_folder_itself_may_be_a_link(tree, tmp_path):
    root = tree("Solvang skole/a")
    (tmp_path / "lenke").symlink_to(root)

    assert paths(take_in(tmp_path / "lenke")) == ["Solvang skole/a"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_reported_and_never_opened(tree):
    root = tree("Solvang skole/a")
    os.mkfifo(root / "Solvang skole" / "rør.jpg")
    os.mkfifo(root / "Solvang skole" / "gaps.json")
    os.mkfifo(root / "skoler.csv")
    intake = take_in(root)

    assert paths(intake) == ["Solvang skole/a"]
    assert {each.key for each in intake.notices} == {"intake.file.special"}
    assert len(intake.notices) == 3


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX") or sys.platform == "win32", reason="no such sockets here")
def test_sockets_are_reported(tmp_path):
    (tmp_path / "Li skole").mkdir()
    (tmp_path / "Li skole" / "a").write_text("x", encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)
        listening.bind("s")
        os.chdir(here)

        assert keys(take_in(tmp_path)) == [("intake.file.special", "s")]


def test_names_are_composed_and_the_disks_name_is_kept(tree):
    root = tree("Solvang skole/a\u030arsplan.txt")
    on_disk = next((root / "Solvang skole").iterdir()).name
    file = take_in(root).files[0]

    assert file.path == "Solvang skole/årsplan.txt"
    if on_disk == "a\u030arsplan.txt":
        assert file.path_raw == "Solvang%20skole/a%CC%8Arsplan.txt"


@needs_posix_names
@pytest.mark.parametrize("page", ["cp1252", "cp850"])
def test_names_that_are_not_utf_8_are_readable_and_kept_raw(tree, page):
    root = tree("Solvang skole/")
    raw = os.fsencode(root / "Solvang skole") + b"/" + "møteårshjul.txt".encode(page)
    with open(raw, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("x")
    found = take_in(root).files[0]

    assert found.path == "Solvang skole/møteårshjul.txt"
    assert found.path_raw is not None
    assert found.path.encode("utf-8")
    assert found.location.read_text(encoding="utf-8") == "x"


@needs_posix_names
@pytest.mark.parametrize(
    "name", ["a\nb.txt", "\x1b[31m.txt", "<img src=x>.txt", "=1+1.txt", "a\\b.txt", " .txt"]
)
def test_strange_names_are_kept_as_they_are(tree, name):
    assert paths(take_in(tree(f"Solvang skole/{name}"))) == [f"Solvang skole/{name}"]


def test_a_folder_that_cannot_be_opened_is_reported(tree, monkeypatch):
    root = tree("Solvang skole/a", "Lia skole/b")
    scandir = os.scandir

    def refusing(place):
        if Path(place).name == "Lia skole":
            raise PermissionError(place)
        return scandir(place)

    monkeypatch.setattr("checker.intake.folders.os.scandir", refusing)
    intake = take_in(root)

    assert paths(intake) == ["Solvang skole/a"]
    assert ("intake.folder.not_read", "Lia skole") in keys(intake)


def test_deep_folders_are_walked(tree):
    path = "Solvang skole/" + "d/" * 300 + "a"

    assert paths(take_in(tree(path))) == [path]
