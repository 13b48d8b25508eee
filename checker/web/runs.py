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
        reading: the files that are being read.
        recent: the files read last, the latest first.
        problem: key of the sentence on what went wrong, with its fields.
    """

    state: RunState
    done: int = 0
    total: int = 0
    reading: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class _Done:
    done: int
    total: int
    path: str


@dataclass(frozen=True, slots=True)
class _Begun:
    path: str


@dataclass(frozen=True, slots=True)
class Listener:
    """What a run tells as it goes."""

    connection: Connection

    def begun(self, path: str) -> None:
        """Tell that a file's reading begins."""
        self.connection.send(_Begun(path))

    def progress(self, done: int, total: int, path: str) -> None:
        """Tell that a file is done: how many, of how many, and its path."""
        self.connection.send(_Done(done, total, path))

    def tell(self, sentence: str) -> None:
        """Tell what goes wrong on the way and costs no more than time."""
        self.connection.send(sentence)


@dataclass(slots=True)
class _Run:
    process: BaseProcess
    started: float
    view: RunView


Job = Callable[[str, Path, CheckSettings, Listener], None]
"""Checks a folder for a case and records the report."""


class Runs:
    """The runs of one server: at most one a case.

    Args:
        job: does the checking; it must be picklable.

    ``on_done`` is told of each case that is done, before its page is.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._context = multiprocessing.get_context("spawn")
        self._runs: dict[str, _Run] = {}
        self._lock = threading.Lock()
        self.on_done: Callable[[str], None] = lambda case: None

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
        threading.Thread(target=self._listen, args=(case, run, here), daemon=True).start()

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

    def _listen(self, case: str, run: _Run, connection: Connection) -> None:
        with connection:
            while True:
                try:
                    told = connection.recv()
                except (EOFError, OSError):
                    break
                if told is None:
                    with suppress(Exception):  # a report that can't be shown is told of on its own page
                        self.on_done(case)
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
    if isinstance(told, _Begun):
        return replace(view, reading=(*(path for path in view.reading if path != told.path), told.path))
    if isinstance(told, _Done):
        reading = tuple(path for path in view.reading if path != told.path)
        recent = (told.path, *view.recent)[:RECENT]
        return replace(view, done=told.done, total=told.total, reading=reading, recent=recent)
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
    with suppress(BrokenPipeError):
        try:
            job(case, folder, settings, Listener(connection))
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
