from __future__ import annotations

from pathlib import Path

import pytest

from .made import Run


@pytest.mark.parametrize("school", ["Ås skole", "ås  SKOLE"])
def test_a_finding_is_explained_with_quote_and_what_counted(
    school: str, run: Run, plans: Path, pack: Path
) -> None:
    ran = run("explain", plans, "--school", school, "--requirement", "pr-101", "--rules", pack, "--jobs", "0")

    assert ran.status == 0
    assert "PR-101 Skolevandring" in ran.out
    assert "«Rektor gjennomfører skolevandring i oktober.»" in ran.out
    assert "teller" in ran.out


def test_the_owners_finding_is_explained(run: Run, plans: Path, pack: Path) -> None:
    ran = run(
        "explain",
        plans,
        "--school",
        "skoleeier",
        "--requirement",
        "PR-201",
        "--rules",
        pack,
        "--jobs",
        "0",
        "--lang",
        "nn",
    )

    assert ran.status == 0
    assert "PR-201 Oppfølging frå skuleeigar" in ran.out


def test_a_single_schools_folder_is_explained(run: Run, plans: Path, pack: Path) -> None:
    folder = plans / "Ås skole"

    ran = run(
        "explain", folder, "--school", "Ås skole", "--requirement", "PR-101", "--rules", pack, "--jobs", "0"
    )
    assert ran.status == 0
    assert "skolevandring i oktober" in ran.out


@pytest.mark.parametrize(
    ("school", "requirement", "sentence"),
    [
        (
            "As skole",
            "PR-101",
            "Det er ingen skole «As skole» i mappen. Mente du «Ås skole»? Skolene er: Li skule, Ås skole.",
        ),
        ("Qqq", "PR-101", "Det er ingen skole «Qqq» i mappen. Skolene er: Li skule, Ås skole."),
        (
            "Ås skole",
            "PR-102",
            "Det er ikke noe krav «PR-102» i reglene. Mente du «PR-101»? Kravene er: PR-101, PR-201.",
        ),
        ("Ås skole", "PR-201", "PR-201 gjelder skoleeieren, ikke Ås skole. Oppgi --school Skoleeier."),
        ("Skoleeier", "PR-101", "PR-101 gjelder skoler, ikke Skoleeier. Skolene er: Li skule, Ås skole."),
    ],
)
def test_an_unknown_school_or_requirement_gives_2_and_the_known_ones(
    school: str, requirement: str, sentence: str, run: Run, plans: Path, pack: Path
) -> None:
    ran = run(
        "explain", plans, "--school", school, "--requirement", requirement, "--rules", pack, "--jobs", "0"
    )

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == sentence


def test_no_such_folder_gives_2(run: Run, pack: Path) -> None:
    ran = run("explain", "ingensteds", "--school", "x", "--requirement", "PR-101", "--rules", pack)

    assert ran.status == 2
    assert ran.err.startswith("Finner ikke mappen ingensteds.")
