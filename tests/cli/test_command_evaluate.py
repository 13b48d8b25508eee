from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.run import CheckSettings

from .made import Run, write


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A key on the owner's and a school's requirement, and the split beside it."""
    quote = {"document": "plan.md", "page": None, "quote": "Rektor gjennomfører skolevandring i oktober."}
    documented: dict[str, Any] = {
        "status": "documented",
        "missing": [],
        "conflict": False,
        "evidence": [quote],
    }
    missing: dict[str, Any] = {"status": "missing", "missing": [], "conflict": False, "evidence": []}
    key = {
        "as_of": "2026-11-23",
        "schools": {"Ås skole": {"PR-101": documented}, "Li skule": {"PR-101": missing}},
        "documents": {},
    }
    write(
        tmp_path / "gold" / "split.json",
        json.dumps({"planer": {"tuned": ["Ås skole"], "untuned": ["Li skule"]}}),
    )
    return write(tmp_path / "gold" / "planer.json", json.dumps(key))


@pytest.fixture(autouse=True)
def _own_pack(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure with the small pack, which takes no time to load."""

    def settings(**values: Any) -> CheckSettings:
        return CheckSettings(**{**values, "rules": (str(pack),)})

    monkeypatch.setattr("checker.run.CheckSettings", settings)


def test_figures_are_printed_for_tuned_and_untuned_apart(run: Run, plans: Path, gold: Path) -> None:
    ran = run("evaluate", plans, "--gold", gold, "--jobs", "0")

    assert ran.status == 0
    assert "Målt mot fasiten «planer» (gjelder per 2026-11-23)" in ran.out
    assert "skoler holdt utenfor" in ran.out
    assert "Li skule" not in ran.out


def test_reveal_shows_the_untuned_schools_findings(run: Run, plans: Path, gold: Path) -> None:
    assert "Li skule  PR-101" in run("evaluate", plans, "--gold", gold, "--jobs", "0", "--reveal").out


def test_the_figures_are_written_as_json_too(run: Run, plans: Path, gold: Path) -> None:
    ran = run("evaluate", plans, "--gold", gold, "--jobs", "0", "--json", "tall.json")

    data = json.loads(Path("tall.json").read_text(encoding="utf-8"))
    assert ran.status == 0
    assert data["report_as_of"] == data["as_of"] == "2026-11-23"
    assert data["groups"]["tuned"]["figures"]["status_accuracy"]["value"] == 1.0
    assert [path.name for path in Path().iterdir()] == ["tall.json"]


def test_a_figure_below_its_floor_gives_4(run: Run, plans: Path, gold: Path) -> None:
    evaluate = ("evaluate", plans, "--gold", gold, "--jobs", "0")

    ran = run(*evaluate, "--min", "untuned.status_accuracy=0.5", "--lang", "en")
    assert ran.status == 4
    assert "Too low: Right status (schools kept apart) is 0.0%, must be at least 50.0%." in " ".join(
        ran.out.split()
    )
    assert run(*evaluate, "--min", "tuned.status_accuracy=1").status == 0


def test_an_unknown_figure_gives_2_and_the_known_ones(run: Run, plans: Path, gold: Path) -> None:
    ran = run("evaluate", plans, "--gold", gold, "--jobs", "0", "--min", "flaks=1")

    assert ran.status == 2
    assert ran.err.startswith("Ukjent mål «flaks». Skriv ett av målene gap_recall,")


def test_a_json_file_that_can_not_be_written_gives_2(run: Run, plans: Path, gold: Path) -> None:
    ran = run("evaluate", plans, "--gold", gold, "--jobs", "0", "--json", "ingen/mappe.json")

    assert ran.status == 2
    assert ran.err.startswith("Kan ikke skrive filen «")


def test_a_faulty_key_gives_2(run: Run, plans: Path, tmp_path: Path) -> None:
    ran = run("evaluate", plans, "--gold", write(tmp_path / "fasit.json", "{"))

    assert ran.status == 2
    assert ran.err.startswith("fasit.json:1:2: ikke gyldig JSON")
