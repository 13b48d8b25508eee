"""Workers that die, hang or take too much cost their own job and nothing else, and nothing is left running."""

from __future__ import annotations

import _thread
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from checker.extract import end_tree, memory_of, programs
from checker.model import InterruptedRunError
from checker.run.pool import Attempt, Bounds, Done, Loss, Setback, run_jobs

MEGABYTE = 1_000_000
MARK = "import time; time.sleep(987.5)"
"""What a child does that must not be left running; its command line is known by it."""


def child() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", MARK])


def running() -> list[int]:
    """Give the marked children that run."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        if MARK in (process.info["cmdline"] or []) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found


def wait_for_child() -> None:
    deadline = time.monotonic() + 60
    while not running():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    yield
    left = [
        process
        for process in psutil.Process().children(recursive=True)
        if process.pid not in before and "resource_tracker" not in " ".join(process.cmdline())
    ]
    assert left == []
    assert running() == []


def prepare(_: object) -> Callable[[str, Attempt], Any]:
    kept: list[bytes] = []

    def work(job: str, attempt: Attempt) -> Any:
        if job == "dies":
            os._exit(3)
        if job == "aborts":
            child()
            os.abort()
        if job == "fails":
            raise ValueError(job)
        if job == "hangs":
            subprocess.Popen([sys.executable, "-c", MARK], process_group=0)
            time.sleep(60)
        if job == "steps":
            for _ in range(5):
                attempt.begin("step", 3.0)
                time.sleep(0.6)
        if job == "late":
            attempt.begin("first", 30.0)
            attempt.begin("second", 0.3)
            time.sleep(60)
        if job == "dies once" and not attempt.setbacks:
            attempt.begin("inner.pdf", 9.0)
            os._exit(3)
        if job == "tells":
            return attempt.setbacks
        if job == "grows":
            while True:
                kept.append(bytes(10 * MEGABYTE).replace(b"\0", b"x"))
                time.sleep(0.01)
        if job == "starts a large child":
            large = f"kept = b'x' * {300 * MEGABYTE}; {MARK}"
            subprocess.run([sys.executable, "-c", large], check=False)
        if job == "large":
            kept.append(b"x" * (150 * MEGABYTE))
        if job in {"large", "who"}:
            return os.getpid()
        return (job.upper(), tuple(setback.step for setback in attempt.setbacks))

    return work


def ends(*jobs: str, workers: int = 2, seconds: float = 20.0, **bounds: Any) -> dict[str, Done[str, Any]]:
    done = run_jobs(
        list(jobs),
        prepare=prepare,
        state=None,
        workers=workers,
        seconds_of=lambda job: 2.0 if job == "hangs" else seconds,
        bounds=Bounds(**bounds),
    )
    return {one.job: one for one in done}


def test_a_worker_that_dies_fails_or_hangs_costs_one_job() -> None:
    found = ends("a", "dies", "b", "fails", "c", "hangs", "d", "aborts")

    assert {job: done.result for job, done in found.items() if done.loss is None} == {
        job: (job.upper(), ()) for job in "abcd"
    }
    assert {job: done.loss for job, done in found.items() if done.loss is not None} == {
        "dies": Loss.CRASHED,
        "fails": Loss.CRASHED,
        "hangs": Loss.TIMEOUT,
        "aborts": Loss.CRASHED,
    }
    assert "ValueError" in (found["fails"].trace or "")


def test_the_last_job_may_be_lost_while_others_run() -> None:
    """A worker that is not replaced is no longer listened to."""
    found = ends("hangs", "dies")

    assert {job: done.loss for job, done in found.items()} == {"hangs": Loss.TIMEOUT, "dies": Loss.CRASHED}


@pytest.mark.parametrize("workers", [0, 1])
def test_each_job_is_told_of_before_it_is_done(workers: int) -> None:
    told: list[str] = []
    ended = run_jobs(
        ["a", "b"],
        prepare=prepare,
        state=None,
        workers=workers,
        seconds_of=lambda job: 20.0,
        begun=told.append,
    )
    for one in ended:
        told.append(f"{one.job} done")

    assert told == ["a", "a done", "b", "b done"]


def test_more_workers_than_jobs_and_none_at_all() -> None:
    assert ends("a", workers=0)["a"].result == ends("a", workers=8)["a"].result == ("A", ())


def test_each_step_has_its_own_time() -> None:
    found = ends("steps", "late", seconds=2.0)

    assert found["steps"].loss is None
    assert found["late"].setbacks == (Setback(Loss.TIMEOUT, "second"),)


def test_a_lost_job_is_tried_again_and_told_why() -> None:
    found = ends("dies once", "a", attempts=2)

    assert found["dies once"].result == ("DIES ONCE", ("inner.pdf",))
    assert found["dies once"].setbacks == (Setback(Loss.CRASHED, "inner.pdf"),)
    assert found["a"].setbacks == ()


def test_a_job_is_given_up_after_its_attempts() -> None:
    found = ends("dies", "fails", attempts=3)

    assert {job: len(done.setbacks) for job, done in found.items()} == {"dies": 3, "fails": 3}
    assert {done.loss for done in found.values()} == {Loss.CRASHED}


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds memory on Linux only")
def test_the_system_refuses_a_worker_more_memory() -> None:
    found = ends("grows", "a", memory_bytes=200 * MEGABYTE)

    assert (found["grows"].loss, found["a"].loss) == (Loss.MEMORY, None)
    assert "MemoryError" in (found["grows"].trace or "")


def test_a_worker_that_takes_too_much_memory_is_ended_where_the_system_has_no_bound() -> None:
    found = ends("grows", "a", memory_bytes=200 * MEGABYTE, has_system_limit=False)

    assert (found["grows"].loss, found["a"].loss) == (Loss.MEMORY, None)
    assert found["grows"].trace is None


def test_a_worker_that_has_grown_is_replaced() -> None:
    found = ends("large", "who", workers=1, memory_bytes=250 * MEGABYTE)
    kept = ends("large", "who", workers=1, memory_bytes=2_000 * MEGABYTE)

    assert found["large"].result != found["who"].result
    assert kept["large"].result == kept["who"].result


def test_an_interrupted_run_leaves_nothing() -> None:
    def interrupt() -> None:
        wait_for_child()
        _thread.interrupt_main()

    run = run_jobs(["hangs"], prepare=prepare, state=None, workers=1, seconds_of=lambda _: 90.0)
    threading.Thread(target=interrupt).start()

    with pytest.raises(InterruptedRunError):
        next(run)
    assert running() == []


def test_a_run_that_is_left_leaves_nothing() -> None:
    run = run_jobs(["a", "b", "c"], prepare=prepare, state=None, workers=2, seconds_of=lambda _: 60.0)
    next(run)

    run.close()


SCRIPT = """
import sys
sys.path[:0] = {path!r}
from test_pool import prepare
from checker.run.pool import run_jobs
if __name__ == "__main__":
    for _ in run_jobs(["hangs"], prepare=prepare, state=None, workers=1, seconds_of=lambda _: 60.0):
        pass
"""


def test_workers_end_when_the_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(SCRIPT.format(path=[str(Path(__file__).parent), *sys.path]), encoding="utf-8")
    program = subprocess.Popen([sys.executable, str(script)])
    wait_for_child()
    family = psutil.Process(program.pid).children(recursive=True)

    program.kill()
    program.wait()
    _, alive = psutil.wait_procs(family, timeout=10)

    assert len(family) >= 2
    assert alive == []


@pytest.mark.parametrize("has_groups", [True, False])
def test_a_process_ends_with_its_offspring(monkeypatch: pytest.MonkeyPatch, *, has_groups: bool) -> None:
    """Also by descent alone, as on Windows."""
    if not has_groups:
        monkeypatch.setattr(programs, "_of_group", lambda pid, numbers: set())
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {MARK!r}])"
    process = subprocess.Popen([sys.executable, "-c", nested])
    wait_for_child()

    assert memory_of(process.pid) > 2 * MEGABYTE
    end_tree(process.pid)

    assert running() == []
    assert process.wait(5) != 0
    assert memory_of(process.pid) == 0


def test_a_program_that_takes_too_long_ends_with_its_offspring() -> None:
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {MARK!r}])"

    with pytest.raises(subprocess.TimeoutExpired):
        programs.run_program([sys.executable, "-c", nested], seconds=1.5)

    assert running() == []


def test_a_programs_output_is_kept_where_it_is_asked_for() -> None:
    command = [sys.executable, "-c", "import sys; print('lest'); sys.exit(4)"]

    kept = programs.run_program(command, seconds=30, keeps_output=True)
    thrown = programs.run_program(command, seconds=30)

    assert (kept.returncode, kept.stdout.strip()) == (4, b"lest")
    assert thrown.stdout is None


def test_what_a_worker_has_started_counts_with_its_memory() -> None:
    found = ends("starts a large child", "a", memory_bytes=200 * MEGABYTE, has_system_limit=False)

    assert (found["starts a large child"].loss, found["a"].loss) == (Loss.MEMORY, None)
