from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from checker.model import RulePackError, UsageError
from checker.rulebook import Rulebook, available_packs, load_rules
from checker.rulebook.jsonschemas import schemas
from checker.rulebook.load import rules_root
from checker.texts import load_texts

REQUIREMENTS = [
    *(f"KL-{n}" for n in (101, 102, 103, 104, 105, 201, 202, 301, 302, 401, 402, 501, 601, 602, 603, 604)),
]
REQUIRED = {
    "KL-101": ["responsible", "followup"],
    "KL-102": ["responsible", "timing", "followup"],
    "KL-103": ["responsible", "timing"],
    "KL-104": ["responsible", "record"],
    "KL-105": ["responsible", "timing"],
    "KL-201": ["responsible", "timing"],
    "KL-202": ["responsible", "timing", "record"],
    "KL-301": ["timing", "followup"],
    "KL-302": ["leadership", "timing"],
    "KL-401": ["timing", "followup"],
    "KL-402": ["responsible", "timing"],
    "KL-501": ["leadership", "action"],
}
SUBTHEMES = {
    "KL-601": ["rules", "routines", "organisation", "goals", "supervision"],
    "KL-602": ["relations_teacher_pupil", "norms", "relations_pupils", "voice", "home"],
    "KL-603": [
        "mastery_adaptation",
        "assessment",
        "strategies_cooperation",
        "social_learning",
        "motivation_goals",
    ],
    "KL-604": ["recognition", "diversity", "belonging", "mistakes", "joy_expectations"],
}


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be spoilt."""
    copy = tmp_path / "klasseledelse"
    shutil.copytree(rules_root() / "klasseledelse", copy)
    return copy


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return load_rules()


def test_the_shipped_pack_has_the_catalogue_s_requirements_and_elements(shipped: Rulebook) -> None:
    rulebook = shipped

    assert sorted(r.id for r in rulebook.requirements) == REQUIREMENTS
    for requirement in rulebook.requirements:
        assert [kind.value for kind in requirement.required] == REQUIRED.get(requirement.id, [])
        assert list(requirement.subtheme_titles) == SUBTHEMES.get(requirement.id, [])
        assert requirement.level == ("owner" if requirement.id.startswith("KL-2") else "school")


def test_every_pattern_of_a_requirement_has_its_own_id(shipped: Rulebook) -> None:
    for requirement in shipped.requirements:
        ids = [pattern.id for pattern in requirement.patterns]

        assert sorted(ids) == sorted(set(ids)), requirement.id


def test_the_packs_that_come_along_are_found_by_name() -> None:
    assert available_packs() == ("klasseledelse",)


def test_an_unknown_pack_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        load_rules(["finnes_ikke"])

    assert "klasseledelse" in load_texts("nb")(caught.value.key, **caught.value.fields)


def test_all_faults_of_a_pack_come_at_once_with_their_places(own_rules: Path) -> None:
    first = own_rules / "requirements" / "KL-102.yaml"
    first.write_text(
        first.read_text(encoding="utf-8").replace("\nseverity: high", "\nseverity: grave\nconcept: 1"),
        encoding="utf-8",
    )
    second = own_rules / "concepts" / "visits.yaml"
    second.write_text(second.read_text(encoding="utf-8") + "  broken: [\n", encoding="utf-8")

    with pytest.raises(RulePackError) as caught:
        load_rules([str(own_rules)])
    faults = caught.value.faults
    texts = load_texts("nb")
    sentences = [texts(fault.key, **dict(fault.fields)) for fault in faults]

    assert {fault.file for fault in faults} >= {
        "klasseledelse/requirements/KL-102.yaml",
        "klasseledelse/concepts/visits.yaml",
    }
    place = next(fault for fault in faults if fault.key == "rules.not_one_of")
    assert first.read_text(encoding="utf-8").splitlines()[place.line - 1].startswith("severity: grave")
    assert any("grave" in sentence and "high" in sentence for sentence in sentences)


def test_an_unknown_key_is_met_with_the_nearest_known_one(own_rules: Path) -> None:
    path = own_rules / "requirements" / "KL-101.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("rationale:", "rationalle:"), encoding="utf-8")

    with pytest.raises(RulePackError) as caught:
        load_rules([str(own_rules)])
    fault = next(f for f in caught.value.faults if f.key == "rules.unknown_key_near")

    assert dict(fault.fields) == {"name": "rationalle", "near": "rationale"}
    assert fault.source_line.startswith("rationalle:")


def test_an_unknown_key_deep_in_a_file_is_met_with_the_nearest_too(own_rules: Path) -> None:
    path = own_rules / "requirements" / "KL-104.yaml"
    pattern = "\npatterns:\n  - id: own\n    al: [leader]\n"
    path.write_text(path.read_text(encoding="utf-8").replace("\npatterns:\n", pattern, 1), encoding="utf-8")
    (own_rules / "concepts" / "own.yaml").write_text(
        "concepts:\n  own: {nb: [eple], inkludes: [leader]}\n", encoding="utf-8"
    )

    with pytest.raises(RulePackError) as caught:
        load_rules([str(own_rules)])
    near = {
        dict(f.fields)["name"]: dict(f.fields)["near"]
        for f in caught.value.faults
        if f.key == "rules.unknown_key_near"
    }

    assert near == {"al": "all", "inkludes": "includes"}


def test_a_concept_that_does_not_exist_is_told_where_it_is_named(own_rules: Path) -> None:
    path = own_rules / "requirements" / "KL-102.yaml"
    own = "\npatterns:\n  - id: own\n    all: [visit_nane]\n"
    text = path.read_text(encoding="utf-8").replace("\npatterns:\n", own, 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RulePackError) as caught:
        load_rules([str(own_rules)])
    fault = next(f for f in caught.value.faults if f.key == "rules.unknown_concept_near")

    assert dict(fault.fields)["near"] == "visit_name"
    assert "visit_nane" in text.splitlines()[fault.line - 1]


def test_a_concept_made_twice_and_a_circle_are_faults(own_rules: Path) -> None:
    (own_rules / "concepts" / "own.yaml").write_text(
        "concepts:\n  one: {nb: [eple], includes: [two]}\n  two: {nb: [pære], includes: [one]}\n  leader: {nb: [sjef]}\n",
        encoding="utf-8",
    )

    with pytest.raises(RulePackError) as caught:
        load_rules([str(own_rules)])

    assert {"rules.concept_circle", "rules.concept_twice"} <= {fault.key for fault in caught.value.faults}


def test_a_key_that_stands_twice_is_a_fault(own_rules: Path) -> None:
    path = own_rules / "requirements" / "KL-104.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "severity: low\n", encoding="utf-8")

    with pytest.raises(RulePackError) as caught:
        load_rules([str(own_rules)])

    assert [fault.key for fault in caught.value.faults] == ["rules.duplicate_key"]


def test_the_written_schemas_are_those_of_the_models() -> None:
    """``python -m checker.rulebook.jsonschemas`` writes them anew."""
    folder = rules_root() / "schema"
    written = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}

    assert schemas() == written


def test_every_rule_file_names_its_schema() -> None:
    for path in sorted(rules_root().rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        name = first.rpartition("schema/")[2]

        assert first.startswith("# yaml-language-server: $schema="), path
        assert (rules_root() / "schema" / name).is_file(), path
