"""The report as data: keys, order, limits and the published schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from checker.model import ReadStatus, Stance, Status
from checker.report import report_dict, report_json
from checker.report.view import finding_view

from .sample import DECK, LOCKED, SCAN, sample_report

SCHEMA = json.loads((files("checker.report") / "gaps.schema.json").read_text(encoding="utf-8"))


def finding_of(data: dict[str, Any], school: str, requirement: str) -> dict[str, Any]:
    """Give one finding of the data."""
    return next(
        entry
        for entry in data["findings"]
        if entry["school"] == school and entry["requirement"] == requirement
    )


def keys_missing(data: object, schema: dict[str, Any], place: str = "") -> Iterator[str]:
    """Give the places where an object holds a key that the schema does not name."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    for option in schema.get("anyOf", []):
        if data is not None:
            yield from keys_missing(data, option, place)
    if isinstance(data, dict):
        for key, value in data.items():
            if key in schema.get("properties", {}):
                yield from keys_missing(value, schema["properties"][key], f"{place}/{key}")
            elif "properties" in schema:
                yield f"{place}/{key}"
    if isinstance(data, list) and "items" in schema:
        for entry in data:
            yield from keys_missing(entry, schema["items"], place)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_data_fit_the_published_schema(language: str) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)

    assert list(validator.iter_errors(report_dict(sample_report(language)))) == []


def test_the_schema_itself_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_names_every_key_that_is_written() -> None:
    assert list(keys_missing(report_dict(sample_report()), SCHEMA)) == []


@pytest.mark.parametrize("key", ["search", "review", "evidence", "follow_up"])
def test_a_finding_without_one_of_its_keys_is_refused(key: str) -> None:
    data = report_dict(sample_report())
    del data["findings"][0][key]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_findings_stand_by_school_as_listed_then_requirement() -> None:
    report = sample_report()
    data = report_dict(report)
    place = {school.id: index for index, school in enumerate(report.schools)}
    keys = [(place[entry["school"]], entry["pack"], entry["requirement"]) for entry in data["findings"]]

    assert keys == sorted(keys)
    assert len(keys) == 3 * 14 + 2


def test_the_order_of_the_findings_and_documents_given_changes_nothing() -> None:
    report = sample_report()
    turned = replace(report, findings=report.findings[::-1], documents=report.documents[::-1])

    assert report_json(turned) == report_json(report)


def test_documents_stand_by_path_and_schools_name_their_own() -> None:
    data = report_dict(sample_report())
    paths = [entry["path"] for entry in data["documents"]]
    school = next(entry for entry in data["schools"] if entry["id"] == "Bjørkelia skule")
    by_id = {entry["id"]: entry for entry in data["documents"]}

    assert paths == sorted(paths)
    assert [by_id[name]["school"] for name in school["documents"]] == ["Bjørkelia skule"] * 4


def test_places_are_told_by_document_id() -> None:
    data = report_dict(sample_report())
    ids = {entry["path"]: entry["id"] for entry in data["documents"]}
    led = finding_of(data, "Bjørkelia skule", "KL-302")
    unread = finding_of(data, "Bjørkelia skule", "KL-101")["search"]["unread"]

    assert led["evidence"][0]["document"] == ids[DECK]
    assert led["elements"]["leadership"] == [{"document": ids[DECK], "page": 2, "quote": "Rektor"}]
    assert unread == [ids[LOCKED], ids[SCAN]]


def test_evidence_stands_best_first_and_at_most_five() -> None:
    evidence = finding_of(report_dict(sample_report()), "Ålvik skole", "KL-103")["evidence"]

    assert len(evidence) == 5
    assert [entry["score"] for entry in evidence] == [0.89, 0.88, 0.87, 0.86, 0.4]


def test_a_conflict_keeps_its_denial_among_the_five() -> None:
    evidence = finding_of(report_dict(sample_report()), "Ålvik skole", "KL-103")["evidence"]

    assert evidence[-1]["stance"] == "ended"


def test_all_evidence_is_there_when_asked_for() -> None:
    evidence = finding_of(report_dict(sample_report(), all_evidence=True), "Ålvik skole", "KL-103")[
        "evidence"
    ]

    assert len(evidence) == 7


def test_search_is_told_for_all_but_what_is_documented() -> None:
    for entry in report_dict(sample_report())["findings"]:
        assert (entry["search"] is None) == (entry["status"] == "documented")


def test_the_nearest_says_why_it_did_not_count() -> None:
    report = sample_report()
    place = next(number for number, entry in enumerate(report.findings) if entry.nearest)
    quoted = report.findings[place].nearest[0]
    changed = replace(report.findings[place], nearest=(quoted, replace(quoted, stance=Stance.AFFIRMED)))
    findings = (*report.findings[:place], changed, *report.findings[place + 1 :])
    data = report_dict(replace(report, findings=findings))
    entry = finding_of(data, changed.school, changed.requirement)

    assert [near["why_not"] for near in entry["search"]["nearest"]] == ["quoted", "topic_only"]


def test_a_passage_that_was_set_aside_says_why_and_by_which_words() -> None:
    report = sample_report()
    place = next(number for number, entry in enumerate(report.findings) if entry.nearest)
    near = replace(
        report.findings[place].nearest[0], stance=Stance.AFFIRMED, why_not="pupils", stance_cue="eleven"
    )
    changed = replace(report.findings[place], nearest=(near,))
    findings = (*report.findings[:place], changed, *report.findings[place + 1 :])
    told = replace(report, findings=findings)
    search = finding_of(report_dict(told), changed.school, changed.requirement)["search"]

    assert [(entry["why_not"], entry["words"]) for entry in search["nearest"]] == [("pupils", "eleven")]
    assert finding_view(changed, told).nearest[0].why_not == "gjelder eleven, ikke læreren: eleven"
    assert (search["sections"], search["concepts"]) == (48, 9)


def test_every_status_is_in_the_sample() -> None:
    statuses = {entry["status"] for entry in report_dict(sample_report())["findings"]}

    assert statuses == {status.value for status in Status}


def test_boxes_are_a_page_and_four_edges() -> None:
    evidence = finding_of(report_dict(sample_report()), "Ålvik skole", "KL-102")["evidence"]

    assert evidence[0]["boxes"] == [[4, 72.0, 310.5, 523.2, 351.0]]


def test_what_the_report_leaves_open_comes_from_catalogue_and_requirement() -> None:
    entry = finding_of(report_dict(sample_report("nn")), "Ålvik skole", "KL-105")

    assert entry["meaning"].startswith("Ikkje funne i mottekne dokument.")
    assert entry["follow_up"] == "Hvordan arbeider dere med dette, og hvor står det skrevet?"


def test_a_document_s_message_is_filled_in_from_the_catalogue() -> None:
    report = sample_report()
    first = report.documents[0]
    document = replace(
        first.document,
        status=ReadStatus.PARTLY_READ,
        message="report.where.cell",
        message_fields=(("sheet", "Årshjul"), ("cell", "B7")),
    )
    changed = replace(first, document=document, message=None)
    data = report_dict(replace(report, documents=(changed, *report.documents[1:])))

    assert data["documents"][0]["message"] == "ark Årshjul, celle B7"


def test_the_text_keeps_its_letters_and_ends_with_a_line_break() -> None:
    text = report_json(sample_report())

    assert "Ålvik skole" in text
    assert text.endswith("}\n")
    assert json.loads(text) == report_dict(sample_report())
