"""Order decides nothing; the labelled corpus comes in whole."""

from __future__ import annotations

import os
import random
import string
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import checker.intake
from checker.intake import take_in
from checker.model import Level
from checker.texts import LANGUAGES, load_texts

CORPUS = Path(__file__).parents[2] / "corpus" / "tverrmark"


class _Shuffled:
    def __init__(self, listing, seed: int) -> None:
        self._listing, self._seed = listing, seed

    def __enter__(self):
        entries = list(self._listing.__enter__())
        random.Random(self._seed).shuffle(entries)
        return iter(entries)

    def __exit__(self, *details) -> None:
        self._listing.__exit__(*details)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=10_000))
def test_the_order_of_files_on_disk_changes_nothing(tree, seed):
    root = tree(
        "Solvang skole/a", "Solvang skole/~$a", "Ås skule/b", "ås SKULE/c", "Oppvekst/d", "Skoleeier/e",
        "plan Solvang.pdf", "Fjelgota skule/f", "Skoler.csv/", list="navn\nÅs skule\nFjellgota skule\n",
    )  # fmt: skip
    (root / "Solvang skole" / "lenke").unlink(missing_ok=True)
    if os.name == "posix":
        (root / "Solvang skole" / "lenke").symlink_to(root)
    plain = take_in(root)
    scandir = os.scandir
    with patch("checker.intake.folders.os.scandir", lambda place: _Shuffled(scandir(place), seed)):
        shuffled = take_in(root)

    assert shuffled == plain


@settings(max_examples=25, deadline=None)
@given(
    names=st.lists(
        st.text(alphabet=string.ascii_letters + "æøåÆØÅ -", min_size=1, max_size=8).filter(str.strip),
        min_size=1,
        max_size=6,
        unique_by=str.casefold,
    )
)
def test_every_file_has_a_school_that_stands_in_the_intake(names, tmp_path_factory):
    root = tmp_path_factory.mktemp("skoler")
    # one that is plainly a school's: a name of generic words alone ("SK skole") tells nothing
    for name in ("Solvang", *names):
        folder = root / f"{name.strip()} skole"
        folder.mkdir(exist_ok=True)
        (folder / "plan.txt").write_text("x", encoding="utf-8")
    intake = take_in(root)

    assert {file.school for file in intake.files} == {
        school.id for school in intake.schools if school.level is Level.SCHOOL
    }
    assert sum(school.level is Level.OWNER for school in intake.schools) == 1


def test_the_corpus_has_nine_schools_and_their_owner():
    intake = take_in(CORPUS)

    assert [school.level for school in intake.schools] == [Level.SCHOOL] * 9 + [Level.OWNER]
    assert [school.id for school in intake.schools if school.folder is None] == ["Nedre Tverrå skole"]
    assert [file.path for file in intake.files if file.ignored] == ["skoler.csv"]
    assert [file.path for file in intake.files if file.school is None] == ["skoler.csv"]
    assert [each.key for each in intake.notices] == ["intake.school.sent_nothing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_code_names_stands_in_the_catalogue(language):
    folder = Path(checker.intake.__file__).parent
    sources = [*folder.glob("*.py"), folder / "data" / "ignored.yaml"]
    words = " ".join(path.read_text(encoding="utf-8") for path in sources)
    for mark in "\"':[],":
        words = words.replace(mark, " ")
    keys = {word for word in words.split() if word.startswith("intake.") and word.count(".") == 2}

    assert len(keys) > 25
    assert [key for key in sorted(keys) if key not in load_texts(language)] == []


def test_public_names_are_sorted_and_documented():
    names = checker.intake.__all__

    assert names == sorted(names)
    assert all(getattr(checker.intake, name).__doc__ for name in names)
