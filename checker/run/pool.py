"""Runs one function over many jobs in worker processes: a worker that dies or hangs costs one job.

A library pool ends with its first dead worker; here each worker has one job at a time and a deadline.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from checker.model import InterruptedRunError

Job = TypeVar("Job")
Result = TypeVar("Result")

START_SECONDS = 120.0
POLL_SECONDS = 0.5
JOIN_SECONDS = 2.0


class Loss(StrEnum):
    """How a job was lost."""

    CRASHED = "crashed"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Result]):
    """A job that ended: its result, or how it was lost, with the trace of the fault where there is one."""

    job: Job
    result: Result | None
    loss: Loss | None = None
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that ended a job, as the worker tells it."""

    trace: str


@dataclass(slots=True)
class _Worker(Generic[Job]):
    process: BaseProcess
    connection: Connection
    job: Job | None = None
    deadline: float = 0.0
    is_ready: bool = False


def run_jobs(
    jobs: Sequence[Job],
    *,
    prepare: Callable[[Any], Callable[[Job], Result]],
    state: Any,
    workers: int,
    seconds_of: Callable[[Job], float],
) -> Iterator[Done[Job, Result]]:
    """Give each job's end as it comes, in no fixed order.

    Args:
        jobs: handed out in this order; they, ``prepare``, ``state`` and the results must be picklable.
        prepare: called once in each worker with ``state``; gives the function that does a job.
        workers: number of processes; 0 does the jobs here, without protection.
        seconds_of: how long a job may take.

    Raises:
        InterruptedRunError: the user stopped the run; nothing is left running.
    """
    if workers == 0:
        work = prepare(state)
        for job in jobs:
            yield Done(job, work(job))
        return
    pool = _Pool(prepare, state, min(workers, len(jobs)))
    try:
        yield from pool.run(list(jobs), seconds_of)
    except KeyboardInterrupt:
        raise InterruptedRunError("run.interrupted") from None
    finally:
        pool.stop()


class _Pool:
    def __init__(self, prepare: Callable[[Any], Callable[[Any], Any]], state: Any, size: int) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.prepare = prepare
        self.state = state
        self.workers: list[_Worker[Any]] = [self._start() for _ in range(size)]

    def _start(self) -> _Worker[Any]:
        here, there = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(there, self.prepare, self.state), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here, deadline=time.monotonic() + START_SECONDS)

    def run(self, waiting: list[Any], seconds_of: Callable[[Any], float]) -> Iterator[Done[Any, Any]]:
        waiting.reverse()
        while waiting or any(worker.job is not None for worker in self.workers):
            for worker in self.workers:
                if worker.is_ready and worker.job is None and waiting:
                    job = waiting.pop()
                    worker.job, worker.deadline = job, time.monotonic() + seconds_of(job)
                    worker.connection.send(job)
            wait([worker.connection for worker in self.workers], timeout=POLL_SECONDS)
            for number, worker in enumerate(self.workers):
                yield from self._look_at(number, worker, waiting)

    def _look_at(self, number: int, worker: _Worker[Any], waiting: list[Any]) -> Iterator[Done[Any, Any]]:
        """Take what a worker has to say; replace it where it is dead or late."""
        loss = None
        try:
            if worker.connection.poll():
                result = worker.connection.recv()
                if not worker.is_ready:
                    worker.is_ready = True
                    return
                job, worker.job = worker.job, None
                if isinstance(result, Fault):
                    yield Done(job, None, Loss.CRASHED, result.trace)
                else:
                    yield Done(job, result)
                return
        except (EOFError, OSError):
            loss = Loss.CRASHED
        if (
            loss is None
            and time.monotonic() > worker.deadline
            and (worker.job is not None or not worker.is_ready)
        ):
            loss = Loss.TIMEOUT
        if loss is None:
            return
        job = worker.job
        if job is None and not worker.is_ready:
            raise RuntimeError("a worker process could not be started")
        _end(worker)
        if waiting or job is not None:
            self.workers[number] = self._start()
        if job is not None:
            yield Done(job, None, loss)

    def stop(self) -> None:
        for worker in self.workers:
            _end(worker)


def _end(worker: _Worker[Any]) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join(JOIN_SECONDS)


def _serve(connection: Connection, prepare: Callable[[Any], Callable[[Any], Any]], state: Any) -> None:
    """Do jobs until the other end closes; an interrupt is the parent's matter."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = prepare(state)
    connection.send(None)
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_attempt(work, job))


def _attempt(work: Callable[[Any], Any], job: Any) -> Any:
    """Do a job; a fault in it costs the job and not the worker, which is dear to start."""
    try:
        return work(job)
    except Exception:  # noqa: BLE001 - any fault at all must end as data here, with its trace for --debug
        return Fault(traceback.format_exc())
