from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checker.assess import copies_among, dating_of, is_expired, mask_personal, observations_of, shingles_of
from checker.model import Block, BlockKind, Document, Furniture, FurnitureKind, Level, ReadStatus, School
from checker.rulebook import ObservationsFile, load_rules

FOLDER = Path(__file__).parent
DATINGS: list[dict[str, Any]] = YAML(typ="safe").load((FOLDER / "dating.yaml").read_text(encoding="utf-8"))
LINES: dict[str, dict[str, list[str]]] = YAML(typ="safe").load(
    (FOLDER / "observations.yaml").read_text(encoding="utf-8")
)
AS_OF = date(2026, 11, 23)
OWN = School("Åsen skole", "Åsen skole", Level.SCHOOL)
OTHER = School("Nordvik skole", "Nordvik skole", Level.SCHOOL)
GENERIC = frozenset({"skole", "skule"})


@pytest.fixture(scope="module")
def rules() -> ObservationsFile:
    return load_rules().observations


def document(*texts: str, title: str | None = "Plan 2026–2027", name: str = "plan.docx") -> Document:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Document(f"Åsen skole/{name}", "docx", ReadStatus.READ, title=title, blocks=blocks)


def ids(doc: Document, rules: ObservationsFile) -> list[str]:
    found = observations_of(doc, OWN, [OWN, OTHER], rules, as_of=AS_OF, language="nb", generic_words=GENERIC)
    return [observation.id for observation in found]


@pytest.mark.parametrize(
    ("title", "expired"),
    [
        ("Virksomhetsplan 2016-2019", True),
        ("Verksemdsplan 2023/24", True),
        ("Plan for skoleåret 2024–2025", True),
        ("Plan 2025–2026", False),
        ("Plan 2026-27", False),
        ("Plan, revidert august 2019", True),
        ("Plan, revidert august 2023", False),
        ("Plan", False),
    ],
)
def test_a_plan_is_out_of_date_by_its_period_else_by_its_revision(
    title: str, expired: bool, rules: ObservationsFile
) -> None:
    assert is_expired(dating_of(document(title=title), rules), AS_OF) == expired


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skolen følger § 9 A-4 i opplæringsloven.", ["DOC-02"]),
        ("Aktivitetsplikten etter opplæringslova kapittel 9A gjeld alle.", ["DOC-02"]),
        ("Planen bygger på LK06.", ["DOC-02"]),
        ("Skolen har plikt etter § 13-3 e.", ["DOC-02"]),
        ("Tidligere sto dette i § 9 A-4.", []),
        ("Fram til august 2024 sto reglene i kapittel 9 A.", []),
        ("Skolen følger § 12-4 i opplæringslova.", []),
        ("Ordensreglementet og spesialundervisning er omtalt.", []),
    ],
)
def test_repealed_law_counts_only_as_if_in_force(
    text: str, expected: list[str], rules: ObservationsFile
) -> None:
    assert ids(document(text), rules) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Planen gjelder for [navn på skolen].", ["DOC-03"]),
        ("Ansvarleg: [set inn namn]", ["DOC-03"]),
        ("Møtet er xx. september.", ["DOC-03"]),
        ("Rektor møter trinnet (se vedlegg).", []),
    ],
)
def test_template_text_left_in_is_seen(text: str, expected: list[str], rules: ObservationsFile) -> None:
    assert ids(document(text), rules) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elevrådet på Nordvik møtes hver måned.", ["DOC-04"]),
        ("Rektor på Nordvik skole har ansvaret.", ["DOC-04"]),
        ("Vi samarbeider med Nordvik skole om overgangen.", []),
        ("Elevrådet på Åsen møtes hver måned.", []),
    ],
)
def test_another_school_named_as_if_it_were_this_one_is_seen(
    text: str, expected: list[str], rules: ObservationsFile
) -> None:
    assert ids(document(text), rules) == expected


def test_no_date_anywhere_is_seen_and_a_foot_counts_as_a_date(rules: ObservationsFile) -> None:
    undated = document("Vi hilser i døra.", title="Slik gjør vi det")
    foot = Furniture(FurnitureKind.FOOTER, "Versjon 2")

    assert ids(undated, rules) == ["DOC-06"]
    assert (
        ids(Document(undated.path, "docx", ReadStatus.READ, blocks=undated.blocks, furniture=(foot,)), rules)
        == []
    )


def test_a_draft_says_so_in_title_head_or_name(rules: ObservationsFile) -> None:
    assert ids(document("Utkast til plan"), rules) == ["DOC-09"]
    assert ids(document("Rektor tek imot.", title="Plan 2026, høyringsutkast"), rules) == ["DOC-09"]
    assert ids(document("Rektor tar imot.", name="plan utkast v0.4.docx"), rules) == ["DOC-09"]
    assert (
        ids(
            document("Læreren skriver et utkast sammen med elevene hver uke, og det leses høyt i klassen."),
            rules,
        )
        == []
    )


def test_a_national_identity_number_is_seen_and_masked(rules: ObservationsFile) -> None:
    doc = document("Saken gjelder elev 01415512345 på 5. trinn.")
    found = observations_of(doc, OWN, [OWN], rules, as_of=AS_OF, language="nn", generic_words=GENERIC)

    assert [observation.id for observation in found] == ["DOC-07"]
    assert "01415512345" not in (found[0].quote or "")
    assert "▮" in mask_personal("01415512345", rules)


def test_nearly_the_same_text_at_two_schools_is_a_copy_at_both() -> None:
    text = " ".join(
        f"ord{n} om klassen og timen som alle lærere følger hver dag nummer {n}." for n in range(20)
    )
    own_text = " ".join(
        f"noe helt annet {n} som ingen andre skoler har skrevet i sin plan {n}." for n in range(20)
    )
    first = shingles_of(document(text), "A")
    second = shingles_of(document(text + " " + own_text[:100], name="kopi.docx"), "B")
    third = shingles_of(document(own_text, name="egen.docx"), "C")

    copies = copies_among([first, second, third])

    assert set(copies) == {first.path, second.path}
    assert copies[first.path][0] == second.path
    assert copies_among([first, third]) == {}


@pytest.mark.parametrize("case", DATINGS, ids=lambda case: case["text"])
def test_a_plan_tells_its_period_and_revision_in_many_writings(
    case: dict[str, Any], rules: ObservationsFile
) -> None:
    dating = dating_of(document(case["text"], title="Plan"), rules)

    assert is_expired(dating, AS_OF) == case["expired"]
    if "period" in case or "revised" in case:
        assert (dating.period, dating.revised) == (case.get("period"), case.get("revised", dating.revised))


@pytest.mark.parametrize(
    ("id_", "text", "is_seen"),
    [
        (id_, text, kind == "seen")
        for id_, kinds in LINES.items()
        for kind, texts in kinds.items()
        for text in texts
    ],
)
def test_a_line_is_observed_or_not(id_: str, text: str, is_seen: bool, rules: ObservationsFile) -> None:
    assert (id_ in ids(document(text), rules)) == is_seen
