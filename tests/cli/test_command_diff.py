from __future__ import annotations

import json
from pathlib import Path

from .made import Run, check_words, write


def test_what_changed_is_shown_with_the_quotes_before_and_now(run: Run, pack: Path, plans: Path) -> None:
    check = check_words(plans, pack)
    run(*check, "--out", "før")
    write(plans / "Ås skole" / "plan.md", "# Plan 2026–2027\n\nRektor gjennomfører skolevandring.\n")
    run(*check, "--out", "nå")

    ran = run("diff", "før/gaps.json", "nå/gaps.json", "--json", "endret.json")
    data = json.loads(Path("endret.json").read_text(encoding="utf-8"))
    assert ran.status == 0
    assert "Nye mangler: 1, lukket: 0" in ran.out
    assert "Delvis dokumentert" in ran.out
    assert [(entry["school"], entry["new"]["missing"]) for entry in data["new"]] == [("Ås skole", ["timing"])]
    assert data["new"][0]["old"]["quote"] == "Rektor gjennomfører skolevandring i oktober."


def test_the_same_report_has_no_changes(run: Run, pack: Path, plans: Path) -> None:
    run("check", plans, "--rules", pack, "--jobs", "0", "--no-cache", "--format", "json")

    ran = run("diff", "skolesjekk-rapport/gaps.json", "skolesjekk-rapport/gaps.json", "--lang", "en")
    assert (ran.status, ran.out) == (0, "No finding has changed.\n")


def test_a_file_that_is_no_report_gives_2(run: Run) -> None:
    Path("x.json").write_text("[]", encoding="utf-8")

    assert run("diff", "x.json", "y.json").status == 2
