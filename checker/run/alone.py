"""Reads files in worker processes, so that a bad file ends no more than its own reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from checker.extract import DEFAULT_LIMITS, Readers, Watch
from checker.model import Document, Problem, ReadStatus
from checker.run.pool import Attempt, Bounds, Loss, run_jobs

BOUNDS = Bounds(memory_bytes=DEFAULT_LIMITS.memory_bytes, attempts=6)
"""What holds for every worker that reads; an archive may lose several of its files before it is given up."""

_PROBLEMS = {
    Loss.CRASHED: Problem.CRASHED,
    Loss.MEMORY: Problem.TOO_LARGE,
    Loss.TIMEOUT: Problem.TIMEOUT,
}


def problem_of(loss: Loss) -> Problem:
    """Give what the report calls a loss."""
    return _PROBLEMS[loss]


def seconds_for(size: int) -> float:
    """Give the time that the first step of a file of ``size`` bytes may take."""
    return DEFAULT_LIMITS.seconds_for(size)


def watch_of(attempt: Attempt) -> Watch:
    """Give an attempt as the reader of a file sees it."""
    setbacks = tuple((setback.step, problem_of(setback.loss)) for setback in attempt.setbacks)
    return Watch(setbacks, attempt.begin)


def prepare_extraction(readers: Readers) -> Callable[[tuple[Path, str], Attempt], Document]:
    """Give the function that reads a file at its place, named by its path."""
    # Read here: a run that finds all in the cache opens no document.
    from checker.extract import extract_file

    def read(file: tuple[Path, str], attempt: Attempt) -> Document:
        location, path = file
        return extract_file(location, path=path, readers=readers, watch=watch_of(attempt))

    return read


def read_alone(location: Path, *, path: str, readers: Readers) -> Document:
    """Give the document at ``location``, read in a process of its own."""
    (done,) = run_jobs(
        [(location, path)],
        prepare=prepare_extraction,
        state=readers,
        workers=1,
        seconds_of=lambda file: seconds_for(file[0].stat().st_size),
        bounds=BOUNDS,
    )
    if done.result is not None:
        return done.result
    problem = problem_of(done.loss or Loss.CRASHED)
    kind = location.suffix.lower().removeprefix(".")
    return Document(path, kind, ReadStatus.UNREADABLE, problem=problem, message=f"run.file.{problem}")


def read_each(files: Sequence[tuple[Path, str]], *, readers: Readers, workers: int) -> Iterator[Document]:
    """Give the documents at places named by their paths, in no fixed order; what can't be read is left out."""
    for done in run_jobs(
        files,
        prepare=prepare_extraction,
        state=readers,
        workers=workers,
        seconds_of=lambda file: seconds_for(file[0].stat().st_size),
        bounds=BOUNDS,
    ):
        if done.result is not None:
            yield done.result
