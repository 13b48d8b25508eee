"""Runs in processes of their own: watched, stopped, and ending badly alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psutil
import pytest

from checker.run import CheckSettings
from checker.web.runs import Runs, RunState, RunView
from tests.web.made import CASE, dying_job, endless_job, faulty_job, recording_job, refusing_job

SETTINGS = CheckSettings(as_of=date(2026, 11, 23))
SECONDS = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Rektor", encoding="utf-8")
    return tmp_path


@pytest.fixture
def started() -> Iterator[Callable[[Callable[..., None], Path], Runs]]:
    made: list[Runs] = []

    def start(job: Callable[..., None], folder: Path) -> Runs:
        runs = Runs(job)
        made.append(runs)
        runs.start(CASE, folder, SETTINGS)
        return runs

    yield start
    for runs in made:
        runs.stop_all()


def awaited(runs: Runs, is_there: Callable[[RunView], bool]) -> RunView:
    """Give how the run stands once it stands so."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        view = runs.view(CASE)
        if view is not None and is_there(view):
            return view
        time.sleep(0.02)
    raise AssertionError(runs.view(CASE))


def ended(runs: Runs) -> RunView:
    return awaited(runs, lambda view: view.state is not RunState.RUNNING)


def test_a_run_tells_how_it_goes_and_ends(started: Callable[..., Runs], folder: Path) -> None:
    view = ended(started(recording_job, folder))

    assert (view.state, view.done, view.total, view.recent) == (RunState.DONE, 1, 1, ("a.txt",))


def test_what_is_being_read_is_told(started: Callable[..., Runs], folder: Path) -> None:
    view = awaited(started(endless_job, folder), lambda view: view.done == 1)

    assert (view.reading, view.recent) == (("b.pdf",), ("a.pdf",))


def test_what_the_folder_lacks_is_told(started: Callable[..., Runs], folder: Path) -> None:
    view = ended(started(refusing_job, folder))

    assert (view.state, view.problem) == (RunState.FAILED, "intake.folder.empty")
    assert view.fields == (("folder", str(folder)),)


def test_a_fault_and_a_death_cost_the_run_only(started: Callable[..., Runs], folder: Path) -> None:
    faulty, dying = ended(started(faulty_job, folder)), ended(started(dying_job, folder))

    assert (faulty.state, faulty.problem) == (RunState.FAILED, "web.run.fault")
    assert (dying.state, dying.problem) == (RunState.FAILED, "web.run.died")


def test_a_run_that_is_stopped_leaves_no_process(started: Callable[..., Runs], folder: Path) -> None:
    runs = started(endless_job, folder)
    awaited(runs, lambda view: view.done == 1)
    pid = int((folder / "pid").read_text(encoding="utf-8"))
    runs.stop(CASE)

    assert ended(runs).state is RunState.STOPPED
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_case_has_one_run_at_a_time(started: Callable[..., Runs], folder: Path) -> None:
    runs = started(endless_job, folder)
    awaited(runs, lambda view: view.done == 1)
    pid = (folder / "pid").read_text(encoding="utf-8")
    runs.start(CASE, folder, SETTINGS)

    view = runs.view(CASE)
    assert view is not None
    assert view.done == 1
    assert (folder / "pid").read_text(encoding="utf-8") == pid


def test_who_waits_for_a_run_is_told_before_its_page_and_its_fault_is_no_ones(
    started: Callable[..., Runs], folder: Path
) -> None:
    told: list[tuple[str, RunState]] = []
    runs = started(recording_job, folder)

    def on_done(case: str) -> None:
        view = runs.view(case)
        assert view is not None
        told.append((case, view.state))
        raise RuntimeError

    runs.on_done = on_done

    assert ended(runs).state is RunState.DONE
    assert told == [(CASE, RunState.RUNNING)]
