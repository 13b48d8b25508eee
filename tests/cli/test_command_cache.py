from __future__ import annotations

import os
from pathlib import Path

from checker.store import cache_file

from .made import Run


def check(run: Run, plans: Path, pack: Path, *more: str) -> int:
    return run(
        "check", plans, "--rules", pack, "--as-of", "2026-11-23", "--jobs", "0", "--format", "json", *more
    ).status


def test_the_cache_is_shown_and_wiped(run: Run, plans: Path, pack: Path) -> None:
    place = cache_file(os.environ)
    assert run("cache", "info").out == f"Det er ikke noe mellomlager i {place}.\n"
    assert check(run, plans, pack) == 0

    shown = run("cache", "info").out
    cleared = run("cache", "clear", "--lang", "nn")

    assert str(place) in shown
    assert "vurderte filer: 3 (" in shown
    assert "leste filer: 3 (" in shown
    assert "hele mapper: 1 (" in shown
    assert (cleared.status, cleared.out) == (0, f"Mellomlageret {place} er sletta.\n")
    assert not place.exists()
    assert run("cache", "clear").out == f"Det er ikke noe mellomlager i {place}.\n"


def test_without_cache_nothing_is_kept(run: Run, plans: Path, pack: Path) -> None:
    assert check(run, plans, pack, "--no-cache") == 0

    assert not cache_file(os.environ).exists()


def test_a_damaged_cache_is_told_on_stderr(run: Run, plans: Path, pack: Path) -> None:
    place = cache_file(os.environ)
    place.write_bytes(b"no database" * 500)

    ran = run("check", plans, "--rules", pack, "--as-of", "2026-11-23", "--jobs", "0", "--format", "json")

    assert ran.status == 0
    assert f"Mellomlageret {place} var skadet og er laget på nytt." in ran.err


def test_rehash_finds_a_change_that_size_and_time_hide(run: Run, plans: Path, pack: Path) -> None:
    plan = plans / "Ås skole" / "plan.md"
    os.utime(plan, ns=(10**18, 10**18))
    check(run, plans, pack, "--out", "first")
    plan.write_text(plan.read_text(encoding="utf-8").replace("oktober", "januari"), encoding="utf-8")
    os.utime(plan, ns=(10**18, 10**18))

    check(run, plans, pack, "--out", "second")
    check(run, plans, pack, "--out", "third", "--rehash")

    sums = [
        (Path(out) / "gaps.json").read_text(encoding="utf-8").count("oktober")
        for out in ("first", "second", "third")
    ]
    assert sums[0] == sums[1] > sums[2]
