from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from checker.measure import (
    FIGURES,
    Gold,
    MinimumError,
    Shortfall,
    Split,
    check_minimums,
    evaluate,
    evaluation_dict,
    load_gold,
    misses,
    observation_misses,
    print_evaluation,
    print_shortfalls,
)
from checker.model import ElementKind, Status
from checker.texts import LANGUAGES, load_texts

Report = dict[str, Any]
Write = Callable[[Any], Path]
FindingOf = Callable[[str, str], dict[str, Any]]


def _values(
    report: Report, gold: Gold, split: Split, group: str = "all"
) -> dict[str, tuple[float | None, int]]:
    figures = evaluate(report, gold, split).group(group).total.figures
    return {name: (figure.value, figure.n) for name, figure in figures.items()}


def test_a_report_that_says_what_the_key_says_is_right_in_everything(
    report: Report, gold: Gold, split: Split
) -> None:
    evaluation = evaluate(report, gold, split)

    figures = evaluation.group("all").total.figures
    of_marks = ("review_share", "review_errors")
    assert {figure.value for name, figure in figures.items() if name not in of_marks} == {1.0}
    assert [figures[name].value for name in of_marks] == [0.0, None]
    assert tuple(evaluation.group("all").total.figures) == FIGURES
    assert misses(evaluation, reveal=True) == ()
    assert observation_misses(evaluation, reveal=True) == ()


def test_tuned_and_untuned_schools_are_counted_apart(report: Report, gold: Gold, split: Split) -> None:
    evaluation = evaluate(report, gold, split)

    assert [(group.name, group.total.n) for group in evaluation.groups] == [
        ("tuned", 3),
        ("untuned", 4),
        ("all", 7),
    ]


def test_a_school_that_sent_nothing_is_left_out_of_the_rates_and_counted_apart(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    before = _values(report, gold, split)
    finding_of("Tom skole", "KL-102").update(status="documented", reason=None)

    assert _values(report, gold, split) == before
    group = evaluate(report, gold, split).group("untuned")
    assert (group.no_documents, group.no_documents_agreed) == (1, 0)


def test_our_own_no_documents_does_not_take_a_finding_out(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    """A report that fails to find a school's folder must not get away with it."""
    finding_of("Ås skole", "KL-102").update(status="missing", reason="no_documents", evidence=[])

    assert _values(report, gold, split)["status_accuracy"] == (0.8571, 7)


def test_a_gap_called_documented_lowers_recall_and_a_false_gap_precision(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Ås skole", "KL-104")["status"] = "documented"
    assert _values(report, gold, split)["gap_recall"] == (0.8, 5)
    assert _values(report, gold, split)["gap_precision"] == (1.0, 4)

    finding_of("Ås skole", "KL-102")["status"] = "planned"
    assert _values(report, gold, split)["gap_precision"] == (0.8, 5)


def test_not_assessable_is_no_gap(report: Report, gold: Gold, split: Split, finding_of: FindingOf) -> None:
    finding_of("Ås skole", "KL-104")["status"] = "not_assessable"

    values = _values(report, gold, split)
    assert values["gap_recall"] == (0.8, 5)
    assert values["gap_precision"] == (1.0, 4)
    assert values["status_accuracy"] == (0.8571, 7)


def test_a_status_that_the_key_accepts_is_right(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Li skule", "KL-102").update(status="mentioned", missing=[])

    evaluation = evaluate(report, gold, split)
    assert evaluation.group("all").total.figures["status_accuracy"].value == 1.0
    assert misses(evaluation, reveal=True) == ()
    assert all(entry.expected == entry.got for entry in evaluation.group("all").total.confusion)


def test_an_accepted_status_is_neither_a_lost_nor_a_false_gap(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf, key: dict[str, Any], write_key: Write
) -> None:
    key["schools"]["Ås skole"]["KL-102"]["accept"] = ["partial"]
    key["schools"]["Ås skole"]["KL-104"]["accept"] = ["documented"]
    finding_of("Ås skole", "KL-102")["status"] = "partial"
    finding_of("Ås skole", "KL-104")["status"] = "documented"

    values = _values(report, load_gold(write_key(key)), split)
    assert values["gap_recall"] == (1.0, 5)
    assert values["gap_precision"] == (1.0, 5)


def test_a_finding_that_the_report_lacks_is_wrong(report: Report, gold: Gold, split: Split) -> None:
    report["findings"] = [f for f in report["findings"] if f["school"] != "Ås skole"]

    assert _values(report, gold, split, "tuned")["status_accuracy"] == (0.0, 3)
    assert _values(report, gold, split, "tuned")["gap_recall"] == (0.0, 1)
    assert [miss.got for miss in misses(evaluate(report, gold, split))] == [None, None, None]


def test_a_school_that_the_report_lacks_is_named(report: Report, gold: Gold, split: Split) -> None:
    report["schools"] = [school for school in report["schools"] if school["id"] != "Li skule"]

    assert evaluate(report, gold, split).absent == ("Li skule",)


def test_missing_elements_are_compared_only_where_both_say_partial(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Li skule", "KL-102")["missing"] = ["followup", "timing"]
    assert _values(report, gold, split)["missing_f1"] == (0.6667, 2)

    finding_of("Ås skole", "KL-102").update(status="partial", missing=["timing"])
    assert _values(report, gold, split)["missing_f1"] == (0.6667, 2)


def test_sub_themes_are_compared_whatever_the_status(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Ås skole", "KL-601").update(status="partial", subthemes=["rules", "goals"])

    assert _values(report, gold, split)["subtheme_f1"] == (0.6667, 4)


def test_conflicts_are_compared_by_finding(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Li skule", "KL-102")["conflict"] = False
    finding_of("Ås skole", "KL-102")["conflict"] = True

    assert _values(report, gold, split)["conflict_f1"] == (0.0, 2)


def test_marks_for_a_check_by_hand_are_counted_over_all_findings_and_over_the_wrong_ones(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    mark = {"because": "…", "document": None, "page": None, "quote": None}
    finding_of("Ås skole", "KL-102").update(status="missing", review=mark)
    finding_of("Ås skole", "KL-601").update(status="missing", review=None)
    finding_of("Li skule", "KL-102")["review"] = mark
    values = _values(report, gold, split)

    assert (values["review_share"][0], values["review_errors"]) == (
        round(2 / values["review_share"][1], 4),
        (0.5, 2),
    )


def test_evidence_counts_only_with_the_right_status_in_the_same_file(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Ås skole", "KL-104")["status"] = "documented"
    assert _values(report, gold, split)["evidence_hit"] == (1.0, 5)

    finding_of("Li skule", "KL-102")["evidence"][0]["document"] = "d2"
    assert _values(report, gold, split)["evidence_hit"] == (0.8, 5)

    finding_of("Ås skole", "KL-102")["status"] = "partial"
    assert _values(report, gold, split)["evidence_hit"] == (0.75, 4)


def test_any_evidence_of_ours_may_hit(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Ås skole", "KL-102")["evidence"].insert(0, {"document": "d1", "quote": "Noe helt annet her"})

    assert _values(report, gold, split)["evidence_hit"] == (1.0, 5)


def test_observations_are_compared_by_document_and_id(report: Report, gold: Gold, split: Split) -> None:
    report["documents"][0]["observations"] = [{"id": "DOC-02"}, {"id": "DOC-02"}, {"id": "DOC-09"}]
    report["documents"].append(
        {"id": "d9", "path": "Li skule/pakke.zip", "school": "Li skule", "observations": [{"id": "DOC-06"}]}
    )

    assert _values(report, gold, split)["observation_f1"] == (0.8, 3)
    extra = observation_misses(evaluate(report, gold, split))
    assert [(case.document, case.id, case.in_ours) for case in extra] == [
        ("Ås skole/plan.pdf", "DOC-09", True)
    ]


@pytest.mark.parametrize("place", ["fasit/", ""])
def test_schools_are_known_by_folder_and_name_and_the_owner_by_its_level(
    place: str, report: Report, gold: Gold, split: Split
) -> None:
    """Ids of a report over several municipalities, and another folder for the owner."""
    for thing in (*report["documents"], *report["findings"]):
        thing["school"] = f"fasit/{thing['school']}"
    for document in report["documents"]:
        document["path"] = f"fasit/{document['path']}"
    for school in report["schools"]:
        school.update(
            id=f"fasit/{school['id']}",
            municipality="fasit",
            folder=school["folder"] and f"{place}{school['folder']}",
        )
    report["schools"].append(
        {
            "id": "nabo/Kommunen",
            "name": "Kommunen",
            "level": "owner",
            "municipality": "nabo",
            "folder": "nabo/Kommunen",
        }
    )

    evaluation = evaluate(report, gold, split)
    figures = evaluation.group("all").total.figures
    assert {figure.value for name, figure in figures.items() if not name.startswith("review")} == {1.0}


def test_a_file_in_an_archive_over_the_schools_is_known(report: Report, gold: Gold, split: Split) -> None:
    for document in report["documents"]:
        document["path"] = f"alt.zip!/{document['path']}"

    assert _values(report, gold, split)["evidence_hit"] == (1.0, 5)
    assert _values(report, gold, split)["observation_f1"] == (1.0, 2)


def test_parts_are_by_requirement_written_form_and_format(report: Report, gold: Gold, split: Split) -> None:
    parts = evaluate(report, gold, split).group("all").parts

    assert {
        part: {value: scores.n for value, scores in values.items()} for part, values in parts.items()
    } == {
        "requirement": {"KL-102": 2, "KL-104": 2, "KL-201": 1, "KL-601": 2},
        "written_form": {"nb": 4, "nn": 3},
        "format": {"docx": 2, "pdf": 2, "xlsx": 1},
        "observation": {"DOC-02": 0, "DOC-06": 0},
    }


def test_the_school_lists_written_form_counts_where_no_document_tells(
    report: Report, key: dict[str, Any], write_key: Write, split: Split
) -> None:
    for document in key["documents"].values():
        document["language"] = "en"
    report["schools"][1]["written_form"] = "nn"
    gold = load_gold(write_key(key))

    cases = evaluate(report, gold, split).cases
    assert {(case.expected.school, case.written_form) for case in cases} == {
        ("Ås skole", None),
        ("Li skule", "nn"),
        ("Tom skole", None),
        ("Kommunen", None),
    }


def test_a_miss_tells_what_was_expected_and_what_came(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Li skule", "KL-102").update(missing=["timing"], conflict=False)

    (miss,) = misses(evaluate(report, gold, split), reveal=True)
    assert (miss.school, miss.requirement) == ("Li skule", "KL-102")
    assert miss.wrong == ("missing", "conflict")
    assert (miss.expected, miss.got) == (Status.PARTIAL, Status.PARTIAL)
    assert miss.missing_expected == (ElementKind.FOLLOWUP,)
    assert miss.missing_got == (ElementKind.TIMING,)


def test_untuned_schools_are_totals_without_quotes_unless_revealed(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Li skule", "KL-102")["status"] = "documented"
    finding_of("Ås skole", "KL-102")["status"] = "missing"
    report["documents"][2]["observations"] = []
    evaluation = evaluate(report, gold, split)

    hidden, revealed = (
        json.dumps(evaluation_dict(evaluation, reveal=reveal), ensure_ascii=False) for reveal in (False, True)
    )
    assert "Ås skole" in hidden
    assert "Li skule" not in hidden
    assert "Avdelingsleiar" not in hidden
    assert "Li skule" in revealed
    assert "Avdelingsleiar" in revealed
    groups = evaluation_dict(evaluation)["groups"]
    assert "parts" in groups["tuned"]
    assert "parts" not in groups["untuned"]
    assert "parts" not in groups["all"]
    assert groups["untuned"]["figures"]["status_accuracy"]["value"] == 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_hides_the_untuned_schools_too(
    language: str, report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    for school in ("Li skule", "Ås skole"):
        finding_of(school, "KL-102").update(status="documented", missing=["timing"], conflict=True)
        finding_of(school, "KL-601").update(status="planned", subthemes=[])
    report["documents"][2]["observations"] = []
    report["run"]["as_of"] = "2026-01-01"
    evaluation = evaluate(report, gold, split)

    texts = load_texts(language)
    hidden, revealed = io.StringIO(), io.StringIO()
    print_evaluation(evaluation, Console(file=hidden, width=140), texts)
    print_evaluation(evaluation, Console(file=revealed, width=140), texts, reveal=True)

    assert "Ås skole" in hidden.getvalue()
    assert "Li skule" not in hidden.getvalue()
    assert "KL-201" not in hidden.getvalue()
    assert "--as-of 2026-11-23" in hidden.getvalue()
    assert "Li skule" in revealed.getvalue()
    assert "KL-201" in revealed.getvalue()


def test_control_characters_and_markup_of_documents_are_printed_as_text(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Ås skole", "KL-102").update(
        status="missing", evidence=[{"document": "d1", "quote": "[red]\x1b[31mfare"}]
    )
    out = io.StringIO()
    print_evaluation(evaluate(report, gold, split), Console(file=out, width=140), load_texts("nb"))

    assert "[red][31mfare" in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_minimums_give_the_floors_that_are_not_reached(
    report: Report, gold: Gold, split: Split, finding_of: FindingOf
) -> None:
    finding_of("Li skule", "KL-102")["status"] = "documented"
    evaluation = evaluate(report, gold, split)
    floors = ["gap_recall=0.8", "untuned.gap_recall=0.9", "tuned.status_accuracy=1", "tuned.conflict_f1=0.5"]

    shortfalls = check_minimums(evaluation, floors)
    assert shortfalls == (
        Shortfall("untuned", "gap_recall", 0.9, 0.75),
        Shortfall("tuned", "conflict_f1", 0.5, None),
    )
    out = io.StringIO()
    print_shortfalls(shortfalls, Console(file=out, width=140), load_texts("nb"))
    assert "er 75,0 %, skal være minst 90,0 %" in out.getvalue()


@pytest.mark.parametrize(
    ("floor", "key_of_sentence"),
    [
        ("recall=0.9", "measure.minimum.unknown"),
        ("skoler.gap_recall=0.9", "measure.minimum.unknown"),
        ("gap_recall", "measure.minimum.no_number"),
        ("gap_recall=mye", "measure.minimum.no_number"),
        ("gap_recall=90", "measure.minimum.no_number"),
        ("gap_recall=nan", "measure.minimum.no_number"),
    ],
)
def test_a_floor_that_names_no_figure_or_number_is_wrong_usage(
    floor: str, key_of_sentence: str, report: Report, gold: Gold, split: Split
) -> None:
    with pytest.raises(MinimumError) as caught:
        check_minimums(evaluate(report, gold, split), [floor])

    assert caught.value.key == key_of_sentence
    for language in LANGUAGES:
        assert load_texts(language)(caught.value.key, **caught.value.fields)
