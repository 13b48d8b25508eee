from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from checker.measure import (
    LabelledText,
    Outcome,
    PassageFileError,
    load_passages,
    passage_misses,
    passages_dict,
    print_passages,
    score_passages,
)
from checker.model import ElementKind, Level, Status
from checker.texts import LANGUAGES, load_texts

SET = """
- id: a-nb-1
  title: Rutine for skolevandring
  level: school
  text: |
    Rektor går skolevandring i uke 38.
  expect:
    KL-102: {status: partial, missing: [followup]}
    KL-302: {status: documented, accept: [partial]}
  ignore: [KL-104]
- id: a-nn-2
  title: Brannrunde
  level: school
  text: Vaktmeister går runden kvar haust.
  twin_of: KL-102
  expect: {}
  held: true
  note: the same words about fire
- id: b-3
  form: nn
  title: Reglar i klassen
  level: school
  text: Klassen lagar reglar i august.
  expect:
    KL-601: {status: partial, subthemes: [rules]}
"""


@pytest.fixture
def texts(tmp_path: Path) -> tuple[LabelledText, ...]:
    path = tmp_path / "set.yaml"
    path.write_text(SET, encoding="utf-8")
    return load_passages(path)


def test_a_set_is_read_with_its_labels(texts: tuple[LabelledText, ...]) -> None:
    assert [(text.id, text.written_form, text.is_held) for text in texts] == [
        ("a-nb-1", "nb", False),
        ("a-nn-2", "nn", True),
        ("b-3", "nn", False),
    ]
    assert texts[0].level == Level.SCHOOL
    assert dict(texts[0].expect)["KL-102"].missing == (ElementKind.FOLLOWUP,)


def test_a_folder_is_all_its_sets_and_an_id_may_stand_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SET, encoding="utf-8")
    assert len(load_passages(tmp_path)) == 3

    (tmp_path / "b.yaml").write_text(SET, encoding="utf-8")
    with pytest.raises(PassageFileError) as caught:
        load_passages(tmp_path)
    assert caught.value.key == "measure.passages.id_twice"
    assert caught.value.fields == {"id": "a-nb-1", "file": "b.yaml", "other": "a.yaml"}


@pytest.mark.parametrize(
    ("text", "key_of_sentence"),
    [
        ("- id: a\n  title: t\n  text: x\n  expect: {KL-102: {status: partiell}}", "measure.file.not_one_of"),
        ("- id: a\n  title: t\n  text: x", "measure.file.key_missing"),
        ("- id: a\n  title: t\n  text: x\n  expects: {}\n  expect: {}", "measure.file.unknown_key"),
        ("id: a", "measure.file.wrong_value"),
        ("- id: [", "measure.file.not_yaml"),
        ("- id: a\n  id: b", "measure.file.not_yaml"),
    ],
)
def test_a_faulty_set_is_wrong_usage(text: str, key_of_sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PassageFileError) as caught:
        load_passages(path)

    assert caught.value.key == key_of_sentence
    assert "set.yaml" in load_texts("nn")(caught.value.key, **caught.value.fields)


def test_an_empty_folder_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(PassageFileError, match=r"passages\.none"):
        load_passages(tmp_path)


RIGHT = {
    "a-nb-1": {
        "KL-102": Outcome(Status.PARTIAL, (ElementKind.FOLLOWUP,)),
        "KL-302": Outcome(Status.PARTIAL, (ElementKind.TIMING,)),
        "KL-104": Outcome(Status.MENTIONED),
        "KL-105": Outcome(Status.MISSING),
    },
    "a-nn-2": {"KL-102": Outcome(Status.MISSING)},
    "b-3": {"KL-601": Outcome(Status.PARTIAL, (), ("rules",))},
}


def test_a_judge_that_is_right_in_all_has_no_miss(texts: tuple[LabelledText, ...]) -> None:
    scores = score_passages(texts, lambda text: RIGHT[text.id])

    assert {figure.value for figure in scores.group("all").total.figures.values()} == {1.0}
    assert passage_misses(scores, reveal=True) == ()


def test_a_judge_that_finds_nothing_has_only_its_twins_right(texts: tuple[LabelledText, ...]) -> None:
    figures = score_passages(texts, lambda _: {}).group("all").total.figures

    assert (figures["status_accuracy"].value, figures["status_accuracy"].n) == (0.25, 4)
    assert (figures["gap_precision"].value, figures["gap_precision"].n) == (0.75, 4)
    assert figures["missing_exact"].n == 0
    assert figures["silence"].n == 0


def test_what_is_found_beside_the_expected_breaks_the_silence(texts: tuple[LabelledText, ...]) -> None:
    """KL-104 is ignored in the first text, KL-105 is not."""
    judged = {**RIGHT["a-nb-1"], "KL-105": Outcome(Status.DOCUMENTED)}

    scores = score_passages(texts[:1], lambda _: judged)
    silence = scores.group("all").total.figures["silence"]
    assert (silence.value, silence.n) == (0.0, 1)
    assert [(case.requirement, case.wrong) for case in passage_misses(scores)] == [
        ("KL-105", ("unexpected",))
    ]


def test_missing_elements_must_be_exactly_the_same(texts: tuple[LabelledText, ...]) -> None:
    judged = {
        **RIGHT["a-nb-1"],
        "KL-102": Outcome(Status.PARTIAL, (ElementKind.FOLLOWUP, ElementKind.TIMING)),
    }

    scores = score_passages(texts[:1], lambda _: judged)
    assert scores.group("open").total.figures["missing_exact"].value == 0.0
    assert scores.group("open").total.figures["missing_f1"].value == 0.6667
    assert passage_misses(scores)[0].wrong == ("missing",)


def test_scores_are_by_requirement_written_form_and_held(texts: tuple[LabelledText, ...]) -> None:
    scores = score_passages(texts, lambda text: RIGHT[text.id])

    assert [(group.name, group.total.n) for group in scores.groups] == [("open", 3), ("held", 1), ("all", 4)]
    parts = scores.group("all").parts
    assert {value: found.n for value, found in parts["requirement"].items() if found.n} == {
        "KL-102": 2,
        "KL-302": 1,
        "KL-601": 1,
    }
    assert {value: found.n for value, found in parts["written_form"].items()} == {"nb": 2, "nn": 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_misses_of_held_texts_are_shown_only_when_revealed(
    language: str, texts: tuple[LabelledText, ...]
) -> None:
    scores = score_passages(texts, lambda _: {"KL-102": Outcome(Status.DOCUMENTED)})

    for reveal in (False, True):
        out = io.StringIO()
        print_passages(scores, Console(file=out, width=140), load_texts(language), reveal=reveal)
        assert "a-nb-1" in out.getvalue()
        assert ("a-nn-2" in out.getvalue()) is reveal
        assert ("a-nn-2" in json.dumps(passages_dict(scores, reveal=reveal))) is reveal
