"""Checks cases in processes of their own, so that a run can be watched, stopped, and end badly alone."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from checker.extract import end_tree
from checker.model import RulePackError, SkolesjekkError
from checker.run import CheckSettings

RECENT = 6
JOIN_SECONDS = 5.0


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RunView:
    """What is to be told of a run.

    Args:
        recent: the files read last, the latest first.
        problem: key of the sentence on what went wrong, with its fields.
    """

    state: RunState
    done: int = 0
    total: int = 0
    recent: tuple[str, ...] = ()
    problem: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long ago the run began."""
        return time.monotonic() - self.started


@dataclass(frozen=True, slots=True)
class _Failure:
    key: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Run:
    process: BaseProcess
    started: float
    view: RunView


Job = Callable[[str, Path, CheckSettings, Callable[[int, int, str], None], Callable[[str], None]], None]
"""Checks a folder for a case and records the report: case, folder, settings, progress, tell."""


class Runs:
    """The runs of one server: at most one a case.

    Args:
        job: does the checking; it must be picklable.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._context = multiprocessing.get_context("spawn")
        self._runs: dict[str, _Run] = {}
        self._lock = threading.Lock()

    def start(self, case: str, folder: Path, settings: CheckSettings) -> None:
        """Begin to check; a run of the case that is not done goes on instead."""
        with self._lock:
            running = self._runs.get(case)
            if running is not None and running.view.state is RunState.RUNNING:
                return
            here, there = self._context.Pipe(duplex=False)
            process = self._context.Process(target=_check, args=(there, self._job, case, folder, settings))
            started = time.time()
            process.start()
            there.close()
            run = _Run(process, started, RunView(RunState.RUNNING))
            self._runs[case] = run
        threading.Thread(target=self._listen, args=(run, here), daemon=True).start()

    def view(self, case: str) -> RunView | None:
        """Give how the case's run stands; None where there was none since the server began."""
        with self._lock:
            run = self._runs.get(case)
            return run.view if run is not None else None

    def stop(self, case: str) -> None:
        """End the case's run with all that it started; what was read stays in the cache."""
        with self._lock:
            run = self._runs.get(case)
            if run is None or run.view.state is not RunState.RUNNING:
                return
            run.view = replace(run.view, state=RunState.STOPPED)
        _end(run)

    def stop_all(self) -> None:
        """End every run."""
        for case in tuple(self._runs):
            self.stop(case)

    def forget(self, case: str) -> None:
        """End the case's run and forget it."""
        self.stop(case)
        with self._lock:
            self._runs.pop(case, None)

    def _listen(self, run: _Run, connection: Connection) -> None:
        with connection:
            while True:
                try:
                    told = connection.recv()
                except (EOFError, OSError):
                    break
                with self._lock:
                    run.view = _told(run.view, told)
        run.process.join(JOIN_SECONDS)
        with self._lock:
            if run.view.state is RunState.RUNNING:
                run.view = replace(run.view, state=RunState.FAILED, problem="web.run.died")


def _told(view: RunView, told: object) -> RunView:
    """Give how a run stands after what its process told; a run that was stopped stays so."""
    if view.state is not RunState.RUNNING:
        return view
    if isinstance(told, tuple):
        done, total, path = told
        recent = (path, *view.recent)[:RECENT]
        return replace(view, done=done, total=total, recent=recent)
    if isinstance(told, _Failure):
        return replace(view, state=RunState.FAILED, problem=told.key, fields=told.fields)
    if isinstance(told, str):
        return replace(view, warnings=(*view.warnings, told))
    return replace(view, state=RunState.DONE)


def _end(run: _Run) -> None:
    if run.process.pid is not None:
        end_tree(run.process.pid, since=run.started)
    run.process.kill()
    run.process.join(JOIN_SECONDS)


def _check(connection: Connection, job: Job, case: str, folder: Path, settings: CheckSettings) -> None:
    """Check a case, in a process of its own, and tell how it goes."""
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def progress(done: int, total: int, path: str) -> None:
        connection.send((done, total, path))

    with suppress(BrokenPipeError):
        try:
            job(case, folder, settings, progress, connection.send)
        except SkolesjekkError as error:
            connection.send(_failure(error))
        except Exception as error:  # noqa: BLE001 - the run's edge: any fault is told on the page
            problem = f"{type(error).__name__}: {error}"
            connection.send(_Failure("web.run.fault", (("problem", problem),)))
        else:
            connection.send(None)


def _failure(error: SkolesjekkError) -> _Failure:
    fields = tuple((name, str(value)) for name, value in error.fields.items())
    if isinstance(error, RulePackError):
        first = error.faults[0]
        return _Failure("web.run.rules", (("file", first.file), ("line", str(first.line))))
    return _Failure(error.key, fields)


def _end_with_parent() -> None:
    """Wait for the end of the server, however it comes, and end this run with all that it started."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        end_tree(os.getpid())
        os._exit(1)
