"""``check --watch``: only what changed is printed, and a rule that is half written ends nothing."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.cli.watching import changes_in, watched_places
from checker.rulebook import rules_root

from .made import Run, check_words


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch, pack: Path, plans: Path) -> list[Path]:
    """An author breaks a rule, mends it, and then a plan loses its time; gives the folders that are watched."""
    seen: list[Path] = []

    def changes(places: tuple[Path, ...], _out: Path) -> Iterator[None]:
        seen.extend(places)
        rule = pack / "requirements" / "PR-101.yaml"
        whole = rule.read_text(encoding="utf-8")
        rule.write_text(whole + "\nno_such_key: 1\n", encoding="utf-8")
        yield
        rule.write_text(whole, encoding="utf-8")
        yield
        plan = plans / "Ås skole" / "plan.md"
        plan.write_text("# Plan 2026–2027\n\nRektor gjennomfører skolevandring.\n", encoding="utf-8")
        yield

    monkeypatch.setattr("checker.cli.check.changes_in", changes)
    return seen


def test_what_changed_is_printed_and_a_broken_rule_is_told(
    run: Run, pack: Path, plans: Path, edits: list[Path]
) -> None:
    ran = run(*check_words(plans, pack), "--watch")

    first, *later = ran.out.split("Venter på endringer i regler og dokumenter.")
    assert ran.status == 0
    assert "Skrevet:" in first
    assert "no_such_key" in ran.err
    assert "Ingen funn er endret." in later[0]
    assert "Nye mangler: 1, lukket: 0" in later[0]
    assert set(edits) == {plans.resolve(), pack.resolve(), rules_root().resolve()}


def test_a_changed_file_is_noticed_but_not_the_reports_own(tmp_path: Path) -> None:
    out = tmp_path / "rapport"
    out.mkdir()

    is_noticed = threading.Event()

    def write() -> None:
        for number in itertools.count():
            (out / "gaps.json").write_text(str(number), encoding="utf-8")
            (tmp_path / "plan.md").write_text(f"# Plan {number}", encoding="utf-8")
            if is_noticed.wait(0.2):
                return

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    noticed = next(iter(changes_in((tmp_path,), out)))
    is_noticed.set()
    writer.join()

    assert {Path(path).name for _, path in noticed} == {"plan.md"}  # type: ignore[attr-defined]


def test_packs_are_watched_by_name_too(tmp_path: Path) -> None:
    places = watched_places(tmp_path, ("klasseledelse",))

    assert places == tuple(sorted({tmp_path.resolve(), rules_root(), rules_root() / "klasseledelse"}))
