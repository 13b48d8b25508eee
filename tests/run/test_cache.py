"""What earlier runs found is taken from the cache, and the report is the same, byte for byte."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import checker
from checker.extract import Readers
from checker.model import Document, Problem, ReadStatus, Report
from checker.report import report_dict
from checker.rulebook import Rulebook, load_rules, parse_term
from checker.run import CheckSettings, check
from checker.run.judged import FileJob
from checker.run.pool import Done, Loss
from checker.run.remembering import is_lasting
from checker.store import Layer, Store, database

AS_OF = date(2026, 11, 23)
check_module: Any = sys.modules["checker.run.check"]
PLAN = "# Klasseledelse\n\nRektor er inne i alle klasser i uke {week}. Læreren får tilbakemelding innen tre dager.\n"
PLAN_NN = "# Klasseleiing\n\nRektor vitjar alle klassar i veke {week}. Læraren får tilbakemelding innan tre dagar.\n"

Jobs = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two schools with three plans each, long since written."""
    top = tmp_path / "kommune"
    for name, text in (("Åsen skole", PLAN), ("Fjord skule", PLAN_NN)):
        (top / name).mkdir(parents=True)
        for week in (40, 41, 42):
            write(top / name / f"plan {week}.md", text.format(week=week))
    return top


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "home" / "cache.sqlite3"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """The paths of the files that each run judges."""
    seen: Jobs = []
    run_jobs = check_module.run_jobs

    def noted(wanted: Sequence[FileJob], **options: Any) -> Iterator[Any]:
        seen.append(sorted(job.file.path for job in wanted))
        return run_jobs(wanted, **options)

    monkeypatch.setattr(check_module, "run_jobs", noted)
    return seen


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))


def settings(place: Path | None, **changes: Any) -> CheckSettings:
    return CheckSettings(**{"as_of": AS_OF, "jobs": 0, "builtin_readers": True, "cache": place, **changes})


def text_of(report: Report) -> str:
    data = report_dict(report)
    del data["run"]["started"], data["run"]["seconds"]
    return json.dumps(data, ensure_ascii=False)


def test_an_unchanged_folder_is_not_judged_again(folder: Path, place: Path, jobs: Jobs) -> None:
    without = text_of(check(folder, settings(None)))
    cold = text_of(check(folder, settings(place)))
    warm = text_of(check(folder, settings(place)))

    assert without == cold == warm
    assert [len(paths) for paths in jobs] == [6, 6]


def test_a_changed_file_alone_is_judged_again(folder: Path, place: Path, jobs: Jobs) -> None:
    check(folder, settings(place))
    write(folder / "Åsen skole" / "plan 41.md", PLAN.format(week=3))

    report = check(folder, settings(place, rehash=True))

    assert jobs[-1] == ["Åsen skole/plan 41.md"]
    assert text_of(report) == text_of(check(folder, settings(None)))


def test_a_file_that_went_away_or_was_renamed_is_seen(folder: Path, place: Path, jobs: Jobs) -> None:
    check(folder, settings(place))
    (folder / "Åsen skole" / "plan 41.md").rename(folder / "Åsen skole" / "plan 2019-2020.md")
    (folder / "Åsen skole" / "plan 42.md").unlink()

    report = check(folder, settings(place))

    assert jobs[-1] == ["Åsen skole/plan 2019-2020.md"]
    assert text_of(report) == text_of(check(folder, settings(None)))


@pytest.mark.parametrize("change", [{"as_of": date(2031, 1, 1)}, {"language": "nn"}])
def test_another_day_or_language_judges_anew_and_reads_nothing_again(
    change: dict[str, Any], folder: Path, place: Path, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(folder, settings(place))
    expected = text_of(check(folder, settings(None, **change)))
    monkeypatch.setattr("checker.run.reading.extract_file", no_reading)

    assert expected == text_of(check(folder, settings(place, **change)))
    assert len(jobs[-1]) == 6


def no_reading(*_: Any, **__: Any) -> Document:
    raise AssertionError("a file was read")


def without_first_pattern(rulebook: Rulebook) -> Rulebook:
    changed = [replace(r, patterns=r.patterns[1:]) if r.id == "KL-102" else r for r in rulebook.requirements]
    return replace(rulebook, requirements=tuple(changed))


def without_requirement(rulebook: Rulebook) -> Rulebook:
    return replace(rulebook, requirements=tuple(r for r in rulebook.requirements if r.id != "KL-102"))


def without_sharing(rulebook: Rulebook) -> Rulebook:
    return replace(rulebook, practice_verbs=rulebook.practice_verbs[2:], anaphora=())


def with_terms(rulebook: Rulebook, *texts: str, exclude: bool = False) -> Rulebook:
    """Give the rules with terms added to a concept that a pattern of KL-102 wants."""
    requirement = next(r for r in rulebook.requirements if r.id == "KL-102")
    name = requirement.patterns[0].all[0][0]
    concept = rulebook.concepts[name]
    added = tuple(map(parse_term, texts))
    if exclude:
        concept = replace(concept, exclude=(*concept.exclude, *added))
    else:
        concept = replace(concept, terms=(*added, *concept.terms))
    return replace(rulebook, concepts={**rulebook.concepts, name: concept})


CHANGES: dict[str, tuple[Callable[[Rulebook], Rulebook], bool]] = {
    "a term that no file holds": (lambda rules: with_terms(rules, "klasseblikkrunde"), False),
    "a term of which a word is there": (lambda rules: with_terms(rules, "rektor danser"), False),
    "a term that is there": (lambda rules: with_terms(rules, "uke|veke <number>"), True),
    "an exclusion": (lambda rules: with_terms(rules, "inne i alle", exclude=True), True),
    "a pattern": (without_first_pattern, True),
    "a requirement": (without_requirement, True),
    "what all rules share": (without_sharing, True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_rule_looks_again_where_it_matters_and_reads_nothing_again(
    change: str, folder: Path, place: Path, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, is_touching = CHANGES[change]
    rulebook = load_rules()
    (folder / "Fjord skule" / "plan 41.md").unlink()
    write(folder / "Fjord skule" / "annet.md", "# Mat og helse\n\nVi lager suppe sammen i oktober.\n")
    check(folder, settings(place), rulebook=rulebook)
    expected = text_of(check(folder, settings(None), rulebook=changed(rulebook)))
    before = text_of(check(folder, settings(None), rulebook=rulebook))
    monkeypatch.setattr("checker.run.reading.extract_file", no_reading)
    monkeypatch.setattr("checker.run.reading.annotate", no_reading)
    jobs.clear()

    assert expected == text_of(check(folder, settings(place), rulebook=changed(rulebook)))
    assert is_touching == bool(jobs)
    assert expected == text_of(check(folder, settings(place), rulebook=changed(rulebook)))
    assert before == text_of(check(folder, settings(place), rulebook=rulebook))


def test_rules_that_cannot_be_known_any_more_look_again_everywhere(
    folder: Path, place: Path, jobs: Jobs
) -> None:
    rulebook = load_rules()
    check(folder, settings(place), rulebook=rulebook)
    with sqlite3.connect(place) as connection:
        connection.execute("DELETE FROM entries WHERE layer = 'rules'")
    connection.close()
    changed = with_terms(rulebook, "uke|veke <number>")
    jobs.clear()

    assert text_of(check(folder, settings(None), rulebook=changed)) == text_of(
        check(folder, settings(place), rulebook=changed)
    )
    assert len(jobs[-1]) == 6


@pytest.mark.parametrize("layer", ["words", "judged", "read"])
def test_what_is_lost_of_the_cache_is_worked_out_anew(layer: str, folder: Path, place: Path) -> None:
    rulebook = load_rules()
    check(folder, settings(place), rulebook=rulebook)
    with sqlite3.connect(place) as connection:
        connection.execute("DELETE FROM entries WHERE layer = ?", (layer,))
    connection.close()
    changed = with_terms(rulebook, "uke|veke <number>")

    assert text_of(check(folder, settings(None), rulebook=changed)) == text_of(
        check(folder, settings(place), rulebook=changed)
    )


def test_a_full_disk_is_told_and_costs_time_only(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = database._opened

    def nearly_full(path: Path) -> sqlite3.Connection:
        connection = opened(path)
        connection.execute("PRAGMA max_page_count = 12")
        return connection

    monkeypatch.setattr(database, "_opened", nearly_full)
    told: list[str] = []

    report = check(folder, settings(place), tell=told.append)

    assert len(told) == 1
    assert "full" in told[0]
    monkeypatch.setattr(database, "_opened", opened)
    assert (
        text_of(report) == text_of(check(folder, settings(None))) == text_of(check(folder, settings(place)))
    )


def test_a_cache_cut_off_is_told_and_made_anew(folder: Path, place: Path) -> None:
    expected = text_of(check(folder, settings(place)))
    place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    told: list[str] = []

    assert expected == text_of(check(folder, settings(place), tell=told.append))
    assert expected == text_of(check(folder, settings(place)))
    assert len(told) <= 1


def test_another_day_looks_at_dates_again_and_searches_nothing(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(folder, settings(place))
    expected = text_of(check(folder, settings(None, as_of=date(2031, 1, 1))))
    monkeypatch.setattr("checker.run.reading.ConceptMatcher", no_reading)

    assert expected == text_of(check(folder, settings(place, as_of=date(2031, 1, 1))))


def test_another_program_or_other_readers_read_anew(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(folder, settings(place))
    monkeypatch.setattr("checker.run.remembering.program_sum", lambda: "another")
    monkeypatch.setattr("checker.run.reading.extract_file", no_reading)

    with pytest.raises(AssertionError, match="a file was read"):
        check(folder, settings(place))


def test_the_same_text_in_another_folder_is_read_once(folder: Path, place: Path) -> None:
    write(folder / "Fjord skule" / "mal.md", PLAN.format(week=7))
    write(folder / "Åsen skole" / "mal.md", PLAN.format(week=7))

    report = check(folder, settings(place))

    with Store(place) as store:
        assert next(count for layer, count, _ in store.info().layers if layer == Layer.READ) == 7
    assert {"Fjord skule/mal.md", "Åsen skole/mal.md"} <= {d.document.path for d in report.documents}


def test_what_a_time_limit_or_a_crash_ended_is_tried_again(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_jobs = check_module.run_jobs

    def losing(wanted: Sequence[FileJob], **options: Any) -> Iterator[Any]:
        yield Done(wanted[0], None, Loss.TIMEOUT)
        yield from run_jobs(wanted[1:], **options)

    monkeypatch.setattr(check_module, "run_jobs", losing)
    lost = check(folder, settings(place))
    monkeypatch.setattr(check_module, "run_jobs", run_jobs)

    assert [d.document.problem for d in lost.documents if d.document.problem] == ["timeout"]
    assert text_of(check(folder, settings(None))) == text_of(check(folder, settings(place)))


@pytest.mark.parametrize(
    ("problem", "has_ocr", "expected"),
    [
        (None, True, True),
        (Problem.DAMAGED, True, True),
        (Problem.NO_TEXT, False, True),
        (Problem.NO_TEXT, True, False),
        (Problem.TIMEOUT, False, False),
        (Problem.CRASHED, False, False),
        (Problem.TOO_LARGE, False, False),
    ],
)
def test_only_lasting_problems_are_kept(problem: Problem | None, has_ocr: bool, expected: bool) -> None:
    inner = Document("a.zip!/plan.pdf", "pdf", ReadStatus.PARTLY_READ, problem=problem)
    outer = Document("a.zip", "zip", ReadStatus.CONTAINER, attachments=(inner,))

    assert expected == is_lasting(inner, has_ocr=has_ocr) == is_lasting(outer, has_ocr=has_ocr)


@pytest.mark.parametrize("problem", [None, Problem.NO_TEXT, Problem.DAMAGED])
def test_what_met_a_time_limit_is_not_kept_whatever_its_problem(problem: Problem | None) -> None:
    inner = Document("a.zip!/p.pdf", "pdf", ReadStatus.PARTLY_READ, problem=problem, met_time_limit=True)
    outer = Document("a.zip", "zip", ReadStatus.CONTAINER, attachments=(inner,))

    assert not is_lasting(inner, has_ocr=False)
    assert not is_lasting(outer, has_ocr=False)


def test_damage_to_the_cache_is_told_and_costs_time_only(folder: Path, place: Path) -> None:
    expected = text_of(check(folder, settings(place)))
    place.write_bytes(b"no database" * 500)
    told: list[str] = []

    assert expected == text_of(check(folder, settings(place), tell=told.append))
    assert len(told) == 1
    assert str(place) in told[0]


def test_a_cache_that_cannot_be_written_is_told_and_the_run_goes_on(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    told: list[str] = []

    report = check(folder, settings(tmp_path / "home" / "cache.sqlite3"), tell=told.append)

    assert text_of(check(folder, settings(None))) == text_of(report)
    assert len(told) == 1


RUN = """
import json, sys
from datetime import date
from pathlib import Path
from checker.report import report_dict
from checker.run import CheckSettings, check
if __name__ == "__main__":
    folder, place, jobs = sys.argv[1:]
    settings = CheckSettings(
        as_of=date(2026, 11, 23), jobs=int(jobs), builtin_readers=True, cache=Path(place) if place else None
    )
    report = check(Path(folder), settings, progress=lambda number, count, path: print(number, flush=True))
    data = report_dict(report)
    del data["run"]["started"], data["run"]["seconds"]
    print("spacy" in sys.modules, "multiprocessing.spawn" in sys.modules)
    print(json.dumps(data, ensure_ascii=True))
"""


@pytest.fixture
def start(tmp_path: Path, folder: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start a run as a process of its own, whose workers can find its main module."""
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    path = str(Path(checker.__file__).parent.parent)

    def started(place: Path | None, jobs: int, seed: int = 0) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": path}
        command = [sys.executable, str(script), str(folder), str(place or ""), str(jobs)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    return started


def test_a_run_that_was_killed_goes_on_where_it_stopped(
    start: Callable[..., subprocess.Popen[str]], folder: Path, place: Path, jobs: Jobs
) -> None:
    killed = start(place, 1)
    assert killed.stdout is not None
    done = [int(killed.stdout.readline()) for _ in range(2)]
    killed.kill()
    killed.communicate()

    report = check(folder, settings(place))

    assert done == [1, 2]
    assert len(jobs[-1]) <= 4
    assert text_of(report) == text_of(check(folder, settings(None)))


def test_the_report_is_the_same_whatever_workers_cache_and_hash_seed(
    start: Callable[..., subprocess.Popen[str]], place: Path
) -> None:
    """Cold with two workers, then warm, and without a cache with one or none."""
    runs = [(None, 0, 0), (None, 1, 1), (place, 2, 0), (place, 2, 1)]

    ended = [start(*run).communicate(timeout=300)[0].splitlines() for run in runs]

    assert len({lines[-1] for lines in ended}) == 1
    assert ended[-1][-2].split()[0] == "False"


def test_an_unchanged_folder_loads_no_language_models(
    start: Callable[..., subprocess.Popen[str]], folder: Path, place: Path
) -> None:
    check(folder, settings(place))

    lines = start(place, 2).communicate(timeout=120)[0].splitlines()

    assert len(lines) == 2
    assert lines[0].split()[0] == "False"


def test_readers_are_told_apart() -> None:
    from checker.run.remembering import readers_key

    versions = (("pdf", "pypdfium2 5.0"),)

    assert readers_key(Readers(), versions) != readers_key(Readers(), (("pdf", "pypdfium2 5.1"),))
    assert readers_key(Readers(), versions) != readers_key(Readers(catdoc="/usr/bin/catdoc"), versions)
