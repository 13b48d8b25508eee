from __future__ import annotations

import pytest

from checker.assess import dating_of, superseded_among, version_of
from checker.model import Block, BlockKind, Document, ReadStatus
from checker.rulebook import ObservationsFile, load_rules

SCHOOL = "Åsen skole"


@pytest.fixture(scope="module")
def rules() -> ObservationsFile:
    return load_rules().observations


def replaced(rules: ObservationsFile, *names: str) -> list[str]:
    """Give the files, named ``title @ file name``, that a newer one of them replaces."""
    versions = []
    for entry in names:
        title, _, name = entry.rpartition(" @ ")
        block = Block(BlockKind.PARAGRAPH, "Rektor tar imot elevene.")
        made = Document(f"{SCHOOL}/{name}", "docx", ReadStatus.READ, title=title or None, blocks=(block,))
        version = version_of(made, SCHOOL, dating_of(made, rules), rules)
        versions += [version] if version else []
    return sorted(path.rsplit("/", 1)[-1] for path in superseded_among(versions))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Virksomhetsplan 2024-2025 @ vp24.docx", "Virksomhetsplan 2025-2026 @ vp25.docx"),
        ("Verksemdsplan 2023/24 @ a.docx", "Verksemdsplan 2026/27 @ b.docx"),
        ("Virksomhetsplan for Åsen skole 24-25 @ a.docx", "Virksomhetsplan 26-27 @ b.docx"),
        (
            "Standard for klasseledelse, revidert 2021 @ a.docx",
            "Standard for klasseledelse, revidert 2024 @ b.docx",
        ),
        (
            "Standard for klasseleiing, revidert mai 2021 @ a.docx",
            "Standard for klasseleiing, revidert juni 2024 @ b.docx",
        ),
        (" @ Rutine skolevandring v1.docx", " @ Rutine skolevandring v2.docx"),
        (" @ Rutine skulevandring versjon 1.2.docx", " @ Rutine skulevandring versjon 1.10.docx"),
        ("Rutine for skolevandring versjon 2 @ a.docx", "Rutine for skolevandring versjon 3 @ b.docx"),
        (" @ årshjul_2024-2025.docx", " @ årshjul_2026-2027.docx"),
        ("Åsen skole @ Utviklingsplan 2022-2024.docx", "Åsen skole @ Utviklingsplan 2024-2026.docx"),
        (
            "Plan for læringsmiljø, gammel, 2020 - 2023 @ a.docx",
            "Ny plan for læringsmiljø 2024 - 2027 @ b.docx",
        ),
        ("Trivselsplan, vedtatt 04.05.2019 @ a.docx", "Trivselsplan, vedtatt 12.06.2023 @ b.docx"),
    ],
)
def test_a_newer_version_of_the_same_plan_replaces_the_older(
    older: str, newer: str, rules: ObservationsFile
) -> None:
    assert replaced(rules, older, newer) == replaced(rules, newer, older) == [older.rpartition(" @ ")[2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Virksomhetsplan 2024-2025 @ a.docx", "Trivselsplan 2026-2027 @ b.docx"),
        ("Virksomhetsplan 2025-2026 @ a.docx", "Virksomhetsplan 2025-2026 @ b.docx"),
        ("Virksomhetsplan @ a.docx", "Virksomhetsplan @ b.docx"),
        ("Referat fra personalmøte 12.08.2025 @ a.docx", "Referat fra personalmøte 14.09.2026 @ b.docx"),
        ("Referat frå personalmøte 12.08.2025 @ a.docx", "Referat frå personalmøte 14.09.2026 @ b.docx"),
        ("Ståstedsanalyse vår 2025 @ a.docx", "Ståstedsanalyse vår 2026 @ b.docx"),
        ("Ståstadsanalyse vår 2025 @ a.docx", "Ståstadsanalyse vår 2026 @ b.docx"),
        ("Vedlegg 1 2025-2026 @ a.docx", "Vedlegg 2 2026-2027 @ b.docx"),
        ("Plan for 3. trinn 2025-2026 @ a.docx", "Plan for 4. trinn 2026-2027 @ b.docx"),
        ("Åsen skole 2024-2025 @ Møteplan 2024-2025.docx", "Åsen skole 2026-2027 @ Årshjul 2026-2027.docx"),
        ("Planleggingsdag 13. august 2025 @ a.docx", "Planleggingsdag 12. august 2026 @ b.docx"),
        ("Vekeplan 2025-2026 @ a.docx", "Vekeplan 2026-2027 @ b.docx"),
    ],
)
def test_other_plans_minutes_and_what_comes_again_replace_nothing(
    one: str, other: str, rules: ObservationsFile
) -> None:
    assert replaced(rules, one, other) == []
