"""Runs one function over many jobs in worker processes: a worker that dies or hangs costs one job.

A library pool ends with its first dead worker; here each worker has one job at a time, a deadline that moves
with the steps of the job, and bounded memory.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from checker.extract import end_tree, memory_of
from checker.model import InterruptedRunError

Job = TypeVar("Job")
Result = TypeVar("Result")

START_SECONDS = 120.0
POLL_SECONDS = 0.25
JOIN_SECONDS = 2.0
ROUNDS_TO_OFFSPRING = 8
"""In every so many rounds the memory of what workers have started is looked at as well."""
RECYCLED_SHARE = 0.5
"""Share of the memory bound above which a worker is replaced once its job is done."""


class Loss(StrEnum):
    """How a job was lost."""

    CRASHED = "crashed"
    TIMEOUT = "timeout"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Setback:
    """How an attempt at a job ended, and at which of its steps."""

    loss: Loss
    step: str


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Result]):
    """A job that ended: its result, or how it was lost, with the trace of the fault where there is one."""

    job: Job
    result: Result | None
    loss: Loss | None = None
    trace: str | None = None
    setbacks: tuple[Setback, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt at a job, as the function that does it sees it.

    Args:
        setbacks: how earlier attempts ended.
        begin: tells which step begins, and how many seconds it may take.
    """

    setbacks: tuple[Setback, ...] = ()
    begin: Callable[[str, float], None] = lambda step, seconds: None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for all jobs.

    Args:
        memory_bytes: what a worker may take beside what it took when it was ready; None for no bound.
        attempts: how often a job is tried at most, each time by another worker where the first is gone.
        has_system_limit: the system refuses a worker more memory, where it can (Linux); everywhere the worker is
            watched as well.
    """

    memory_bytes: int | None = None
    attempts: int = 1
    has_system_limit: bool = True


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class _Fault:
    trace: str
    is_memory: bool


@dataclass(frozen=True, slots=True)
class _Task:
    job: Any
    setbacks: tuple[Setback, ...] = ()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    started: float
    deadline: float = field(default_factory=lambda: time.monotonic() + START_SECONDS)
    task: _Task | None = None
    step: str = ""
    is_ready: bool = False
    first_bytes: int = 0


Work = Callable[[Any, Attempt], Any]


def run_jobs(
    jobs: Sequence[Job],
    *,
    prepare: Callable[[Any], Callable[[Job, Attempt], Result]],
    state: Any,
    workers: int,
    seconds_of: Callable[[Job], float],
    bounds: Bounds = Bounds(),
    begun: Callable[[Job], None] = lambda job: None,
) -> Iterator[Done[Job, Result]]:
    """Give each job's end as it comes, in no fixed order.

    Args:
        jobs: handed out in this order; they, ``prepare``, ``state`` and the results must be picklable.
        prepare: called once in each worker with ``state``; gives the function that does a job.
        workers: number of processes; 0 does the jobs here, without protection.
        seconds_of: how long a job's first step may take.
        bounds: what else holds for all jobs.
        begun: told of each job as it is handed out, and again where it is tried anew.

    Raises:
        InterruptedRunError: the user stopped the run; nothing is left running.
    """
    if workers == 0:
        work = prepare(state)
        for job in jobs:
            begun(job)
            yield Done(job, work(job, Attempt()))
        return
    pool = _Pool(prepare, state, bounds)
    try:
        pool.start(min(workers, len(jobs)))
        yield from pool.run(list(jobs), seconds_of, begun)
    except KeyboardInterrupt:
        raise InterruptedRunError("run.interrupted") from None
    finally:
        pool.stop()


class _Pool:
    def __init__(self, prepare: Callable[[Any], Work], state: Any, bounds: Bounds) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.prepare = prepare
        self.state = state
        self.bounds = bounds
        self.workers: list[_Worker] = []
        self.waiting: list[_Task] = []
        self.watched = 0.0
        self.rounds = 0

    def start(self, size: int) -> None:
        for _ in range(size):
            self.workers.append(self._started())

    def _started(self) -> _Worker:
        here, there = self.context.Pipe()
        limit = self.bounds.memory_bytes if self.bounds.has_system_limit else None
        arguments = (there, self.prepare, self.state, limit)
        process = self.context.Process(target=_serve, args=arguments, daemon=True)
        started = time.time()
        with _no_interrupts():
            process.start()
        there.close()
        return _Worker(process, here, started)

    def run(
        self, jobs: list[Any], seconds_of: Callable[[Any], float], begun: Callable[[Any], None]
    ) -> Iterator[Done[Any, Any]]:
        self.waiting = [_Task(job) for job in reversed(jobs)]
        while self.waiting or any(worker.task is not None for worker in self.workers):
            for worker in self.workers:
                if worker.is_ready and worker.task is None and self.waiting:
                    task = self.waiting.pop()
                    worker.task, worker.step = task, ""
                    worker.deadline = time.monotonic() + seconds_of(task.job)
                    with suppress(OSError):  # a dead worker is seen below, with its task
                        worker.connection.send(task)
                    begun(task.job)
            wait([worker.connection for worker in self.workers], timeout=POLL_SECONDS)
            for worker in tuple(self.workers):
                yield from self._look_at(worker)
            yield from self._weighed()

    def _look_at(self, worker: _Worker) -> Iterator[Done[Any, Any]]:
        """Take what a worker has to say; replace it where it is dead or late."""
        try:
            while worker.connection.poll():
                answer = worker.connection.recv()
                if isinstance(answer, _Step):
                    worker.step, worker.deadline = answer.name, time.monotonic() + answer.seconds
                elif not worker.is_ready:
                    worker.is_ready, worker.first_bytes = True, memory_of(worker.process.pid or 0)
                else:
                    yield from self._ended(worker, answer)
                    return
        except (EOFError, OSError):
            yield from self._lost(worker, Loss.CRASHED)
            return
        is_busy = worker.task is not None or not worker.is_ready
        if is_busy and time.monotonic() > worker.deadline:
            yield from self._lost(worker, Loss.TIMEOUT)

    def _ended(self, worker: _Worker, answer: Any) -> Iterator[Done[Any, Any]]:
        """Give a job's end as its worker tells it; a worker that has grown large is replaced."""
        if isinstance(answer, _Fault) and answer.is_memory:
            yield from self._lost(worker, Loss.MEMORY, answer.trace)
            return
        task, worker.task = worker.task or _Task(None), None
        bound = self.bounds.memory_bytes
        if self.waiting and bound is not None:
            grown = memory_of(worker.process.pid or 0, with_offspring=False) - worker.first_bytes
            if grown > RECYCLED_SHARE * bound:
                self._replace(worker)
        if isinstance(answer, _Fault):
            yield from self._again_or_lost(task, Setback(Loss.CRASHED, worker.step), answer.trace)
        else:
            yield Done(task.job, answer[0], setbacks=task.setbacks)

    def _lost(self, worker: _Worker, loss: Loss, trace: str | None = None) -> Iterator[Done[Any, Any]]:
        """End a worker; its job is tried again by another, or given as lost."""
        if worker.task is None and not worker.is_ready:
            raise RuntimeError("a worker process could not be started")
        if worker.task is not None:
            yield from self._again_or_lost(worker.task, Setback(loss, worker.step), trace)
        worker.task = None
        self._replace(worker)

    def _again_or_lost(self, task: _Task, setback: Setback, trace: str | None) -> Iterator[Done[Any, Any]]:
        setbacks = (*task.setbacks, setback)
        if len(setbacks) < self.bounds.attempts:
            self.waiting.append(_Task(task.job, setbacks))
        else:
            yield Done(task.job, None, setback.loss, trace, setbacks)

    def _weighed(self) -> Iterator[Done[Any, Any]]:
        """End the workers that take more memory than they may."""
        bound = self.bounds.memory_bytes
        if bound is None or time.monotonic() < self.watched + POLL_SECONDS:
            return
        self.rounds += 1
        with_offspring = self.rounds % ROUNDS_TO_OFFSPRING == 0
        for worker in tuple(self.workers):
            if worker.task is None:
                continue
            taken = memory_of(worker.process.pid or 0, with_offspring=with_offspring)
            if taken > worker.first_bytes + bound:
                yield from self._lost(worker, Loss.MEMORY)
        self.watched = time.monotonic()

    def _replace(self, worker: _Worker) -> None:
        """End a worker; another takes its place where there is work for it."""
        self.workers.remove(worker)
        _end(worker)
        if self.waiting:
            self.workers.append(self._started())

    def stop(self) -> None:
        for worker in self.workers:
            _end(worker)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start processes that never see an interrupt, also while they are loading."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _end(worker: _Worker) -> None:
    """End a worker with all that it started."""
    worker.connection.close()
    worker.is_ready = False
    if worker.process.pid is not None:
        end_tree(worker.process.pid, since=worker.started)
    worker.process.kill()
    worker.process.join(JOIN_SECONDS)


def _serve(
    connection: Connection, prepare: Callable[[Any], Work], state: Any, memory_bytes: int | None
) -> None:
    """Do jobs until the other end closes; an interrupt is the parent's matter."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.setsid()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work = prepare(state)
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be looked through again for each file
    if memory_bytes is not None:
        _limit_memory(memory_bytes)
    connection.send(None)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_attempt(work, task, connection))


def _attempt(work: Work, task: _Task, connection: Connection) -> Any:
    """Do a job; a fault in it costs the job and not the worker, which is dear to start."""
    attempt = Attempt(task.setbacks, lambda step, seconds: connection.send(_Step(step, seconds)))
    try:
        return (work(task.job, attempt),)
    except Exception as error:  # noqa: BLE001 - any fault at all must end as data here, with its trace for --debug
        return _Fault(traceback.format_exc(), isinstance(error, MemoryError))


def _end_with_parent() -> None:
    """Wait for the end of the parent, however it comes, and end this worker with all that it started."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        end_tree(os.getpid())
        os._exit(1)


def _limit_memory(memory_bytes: int) -> None:
    """Let the system refuse this process, and each that it starts, more memory than it has and ``memory_bytes``.

    Only data counts, not address space: models and libraries are mapped, and take none of it.
    """
    if sys.platform != "linux":
        return
    import resource

    status = Path("/proc/self/status").read_text(encoding="utf-8")
    in_use = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData"))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = in_use + memory_bytes
    if hard in {resource.RLIM_INFINITY, -1} or wanted <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
