from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from checker.cli.check import written_words
from checker.model import InterruptedRunError
from checker.texts import LANGUAGES, load_texts

from .made import Run, write

OUT = Path("skolesjekk-rapport")
AS_OF = ("--as-of", "2026-11-23")


def statuses(out: Path = OUT) -> dict[tuple[str, str], str]:
    data = json.loads((out / "gaps.json").read_text(encoding="utf-8"))
    return {(finding["school"], finding["requirement"]): finding["status"] for finding in data["findings"]}


def test_a_folder_is_checked_and_the_report_lies_where_the_contract_says(
    run: Run, plans: Path, pack: Path
) -> None:
    ran = run("check", plans, "--rules", pack, "--jobs", "0", *AS_OF)

    assert ran.status == 0
    assert ran.err == ""
    assert sorted(path.name for path in OUT.iterdir()) == ["gaps.json", "gaps.xlsx", "report.html"]
    assert statuses() == {
        ("Li skule", "PR-101"): "documented",
        ("Ås skole", "PR-101"): "documented",
        ("Skoleeier", "PR-201"): "documented",
    }


def test_the_summary_and_then_the_places_of_the_files_are_printed(run: Run, plans: Path, pack: Path) -> None:
    out = run("check", plans, "--rules", pack, "--jobs", "0", "--format", "csv,json", *AS_OF).out

    assert out.index("Antall funn") < out.index("Skrevet: ")
    assert out.splitlines()[-2:] == [f"Skrevet: {OUT / 'gaps.csv'}", f"Skrevet: {OUT / 'gaps.json'}"]


def test_worker_processes_give_the_same_findings(run: Run, plans: Path, pack: Path) -> None:
    ran = run("check", plans, "--rules", pack, "--jobs", "2", "--out", "to", "--format", "json", *AS_OF)
    run("check", plans, "--rules", pack, "--jobs", "0", "--out", "ingen", "--format", "json", *AS_OF)

    assert ran.status == 0
    assert statuses(Path("to")) == statuses(Path("ingen"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_in_the_language_that_is_asked_for(
    language: str, run: Run, plans: Path, pack: Path
) -> None:
    ran = run("check", plans, "--rules", pack, "--jobs", "0", "--format", "json", "--lang", language, *AS_OF)

    data = json.loads((OUT / "gaps.json").read_text(encoding="utf-8"))
    meaning = load_texts(language)("report.meaning.documented")
    assert ran.status == 0
    assert load_texts(language)("report.heading.counts") in ran.out
    assert {finding["meaning"] for finding in data["findings"]} == {meaning}


def test_without_a_day_the_run_is_as_of_today(run: Run, plans: Path, pack: Path) -> None:
    run("check", plans, "--rules", pack, "--jobs", "0", "--format", "json")

    data = json.loads((OUT / "gaps.json").read_text(encoding="utf-8"))
    assert data["run"]["as_of"] == date.today().isoformat()


def test_an_unreadable_document_gives_1(run: Run, plans: Path, pack: Path) -> None:
    (plans / "Ås skole" / "ødelagt.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")

    ran = run("check", plans, "--rules", pack, "--jobs", "0", *AS_OF)
    assert ran.status == 1
    assert "ødelagt.pdf" in ran.out


def test_a_status_that_is_asked_about_gives_3_and_wins_over_1(run: Run, plans: Path, pack: Path) -> None:
    (plans / "Ås skole" / "ødelagt.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    write(plans / "Bø skole" / "plan.txt", "Plan 2026–2027. Vi går tur i skogen.")
    check = ("check", plans, "--rules", pack, "--jobs", "0", "--format", "json", *AS_OF)

    assert run(*check, "--fail-on", "missing").status == 3
    assert run(*check, "--fail-on", "partial").status == 3
    assert run(*check).status == 1
    assert (OUT / "gaps.json").exists()


def test_gaps_alone_do_not_change_the_status(run: Run, plans: Path, pack: Path) -> None:
    write(plans / "Bø skole" / "plan.txt", "Plan 2026–2027. Rektor gjennomfører skolevandring.")
    check = ("check", plans, "--rules", pack, "--jobs", "0", "--format", "json", *AS_OF)

    assert run(*check).status == 0
    assert run(*check, "--fail-on", "missing").status == 0
    assert run(*check, "--fail-on", "partial").status == 3


def test_a_report_folder_among_the_plans_is_not_read(run: Run, plans: Path, pack: Path) -> None:
    out = plans / "Ås skole" / "rapport"
    write(out / "gammel.txt", "Rektor gjennomfører skolevandring i oktober.")

    run("check", plans, "--rules", pack, "--jobs", "0", "--out", out, "--format", "json", *AS_OF)
    data = json.loads((out / "gaps.json").read_text(encoding="utf-8"))
    assert not [entry["path"] for entry in data["documents"] if "rapport" in entry["path"]]


def test_a_single_schools_folder_is_checked_with_its_name(run: Run, plans: Path, pack: Path) -> None:
    folder = plans / "Ås skole"

    without = run("check", folder, "--rules", pack, "--jobs", "0")
    ran = run(
        "check", folder, "--rules", pack, "--jobs", "0", "--school", "Ås skole", "--format", "json", *AS_OF
    )
    assert (without.status, ran.status) == (2, 0)
    assert "--school" in without.err
    assert statuses()["Ås skole", "PR-101"] == "documented"


def test_an_empty_folder_gives_2_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()

    ran = run("check", tmp_path / "tom")
    assert ran.status == 2
    assert ran.err.startswith("Det er ingen filer å lese i mappen")
    assert not OUT.exists()


def test_a_file_in_place_of_a_folder_gives_2(run: Run, tmp_path: Path) -> None:
    ran = run("check", write(tmp_path / "plan.txt", "Plan"))

    assert ran.status == 2
    assert "er en fil, ikke en mappe" in ran.err


def test_a_school_list_without_names_gives_2_and_names_file_and_line(
    run: Run, plans: Path, pack: Path, tmp_path: Path
) -> None:
    schools = write(tmp_path / "liste.csv", "skole;orgnr\nÅs skole;999999999\n")

    ran = run("check", plans, "--rules", pack, "--schools", schools)
    assert ran.status == 2
    assert "liste.csv, linje 1: skolelisten mangler kolonnen navn." in ran.err
    assert not OUT.exists()


def test_an_unknown_column_in_the_list_is_told_and_does_no_harm(run: Run, plans: Path, pack: Path) -> None:
    write(plans / "skoler.csv", "navn;telefon\nÅs skole;00\nLi skule;00\n")

    ran = run("check", plans, "--rules", pack, "--jobs", "0", "--format", "json", *AS_OF)
    assert ran.status == 0
    assert "skoler.csv: disse kolonnene er ukjente og ikke brukt: telefon." in ran.out


def test_a_faulty_rule_file_gives_2_and_every_fault_with_its_place(run: Run, plans: Path, pack: Path) -> None:
    write(
        pack / "concepts" / "vandring.yaml",
        "concepts:\n  vandring:\n    nb: [skolevandring]\n    ekskluder: x\n",
    )

    ran = run("check", plans, "--rules", pack)
    assert ran.status == 2
    assert "prove/concepts/vandring.yaml:4:5: ukjent nøkkel «ekskluder»" in ran.err
    assert "\n        ekskluder: x\n        ^\n" in ran.err
    assert not OUT.exists()


def test_a_report_folder_that_can_not_be_is_refused_before_anything_is_read(
    run: Run, plans: Path, tmp_path: Path
) -> None:
    file = write(tmp_path / "fil.txt", "x")

    in_file = run("check", plans, "--out", file / "rapport")
    in_plans = run("check", plans, "--out", plans)
    assert (in_file.status, in_plans.status) == (2, 2)
    assert "fil.txt» er en fil. Velg en annen mappe med --out." in in_file.err
    assert in_plans.err.startswith("Rapporten kan ikke skrives i mappen med planene")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_report_folder_without_leave_to_write_is_refused(run: Run, plans: Path, tmp_path: Path) -> None:
    (tmp_path / "låst").mkdir(mode=0o500)

    ran = run("check", plans, "--out", tmp_path / "låst" / "rapport")
    assert ran.status == 2
    assert ran.err.startswith("Du har ikke lov til å skrive i")


def test_an_unknown_language_model_gives_2(run: Run, plans: Path, pack: Path) -> None:
    ran = run("check", plans, "--rules", pack, "--jobs", "0", "--model-nb", "nb_core_news_nowhere")

    assert ran.status == 2
    assert "nb_core_news_nowhere" in ran.err
    assert not OUT.exists()


@pytest.mark.parametrize("error", [InterruptedRunError("run.interrupted"), KeyboardInterrupt()])
def test_an_interrupted_run_gives_130_and_writes_nothing(
    error: BaseException, run: Run, plans: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_kwargs: object) -> None:
        raise error

    monkeypatch.setattr("checker.run.check", interrupted)
    ran = run("check", plans, "--rules", pack)

    assert ran.status == 130
    assert ran.err.strip().startswith("Avbrutt.")
    assert not OUT.exists()


def test_ctrl_c_ends_a_run_with_worker_processes_and_leaves_nothing(
    run: Run, plans: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def interrupting(_texts: object) -> Iterator[object]:
        yield lambda *_done: signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("checker.cli.check.progress_bar", interrupting)
    ran = run("check", plans, "--rules", pack, "--jobs", "1")

    assert ran.status == 130
    assert ran.err.strip().startswith("Avbrutt.")
    assert not OUT.exists()
    assert multiprocessing.active_children() == []


def test_no_progress_bar_where_stderr_is_no_terminal(run: Run, plans: Path, pack: Path) -> None:
    assert run("check", plans, "--rules", pack, "--jobs", "0", *AS_OF).err == ""


def test_a_progress_bar_tells_each_file_on_a_terminal(
    run: Run, plans: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.cli.screen.is_terminal", lambda stream: stream is sys.stderr)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")

    ran = run("check", plans, "--rules", pack, "--jobs", "0", *AS_OF)
    assert "3/3" in ran.err
    assert "3/3" not in ran.out


def test_a_file_that_stood_open_elsewhere_is_told() -> None:
    words = written_words([Path("r/gaps.json"), Path("r/gaps (2).xlsx")], load_texts("nb"))

    assert words == [
        f"Skrevet: {Path('r/gaps.json')}",
        "«gaps.xlsx» er åpen i et annet program og ble ikke endret. "
        f"Rapporten er lagret som «{Path('r/gaps (2).xlsx')}».",
    ]
