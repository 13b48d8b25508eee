"""Writes the files of a report: each whole or not at all.

* UsageError
    * UnknownFormatError   a format that no report is written in
    * OutputError          a folder that can't be written in (from the model)
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType

from checker.model import OutputError, Report, UsageError
from checker.report.data import report_json
from checker.report.decided import NO_DECISIONS, Decisions
from checker.report.page import page_html
from checker.report.rows import gaps_csv
from checker.report.view import ReportView, report_view
from checker.report.workbook import workbook_bytes

FILE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "json": "gaps.json",
        "xlsx": "gaps.xlsx",
        "html": "report.html",
        "csv": "gaps.csv",
        "docx": "report.docx",
    }
)
"""The formats a report is written in, with the name of each one's file."""

_MOST_NUMBERS = 1000


class UnknownFormatError(UsageError):
    """A report was asked for in a format that none is written in."""


def write_reports(
    report: Report,
    out: Path,
    *,
    formats: Sequence[str],
    all_evidence: bool = False,
    decisions: Decisions = NO_DECISIONS,
    is_there: Callable[[str], bool] = lambda name: False,
) -> tuple[Path, ...]:
    """Write the report in each of ``formats`` into ``out`` and give the files, in the formats' order.

    A file that another program holds open is left alone: the new one gets a number
    (``gaps (2).xlsx``), and stands so in what is given back.

    Args:
        report: what a run found.
        out: the folder; it is made where it does not exist.
        formats: some of ``FILE_NAMES``.
        all_evidence: whether a finding shows all its evidence instead of the best five.
        decisions: what persons decided in a case; the workbook and the working paper show it.
        is_there: tells of a format whether its file lies in the folder and holds this report; it is then left alone.

    Raises:
        UnknownFormatError: one of the formats is unknown; nothing is written.
        OutputError: the folder can't be written in.
    """
    wanted = tuple(dict.fromkeys(formats))
    for name in wanted:
        if name not in FILE_NAMES:
            raise UnknownFormatError("report.error.format", name=name, known=", ".join(FILE_NAMES))

    @cache
    def view() -> ReportView:
        return report_view(report, all_evidence=all_evidence, decisions=decisions)

    there = [name for name in wanted if is_there(name)]
    contents = [
        (FILE_NAMES[name], _content(name, report, view, all_evidence)) for name in wanted if name not in there
    ]
    written = iter(_write_all(contents, out))
    return tuple(out / FILE_NAMES[name] if name in there else next(written) for name in wanted)


def report_bytes(report: Report, name: str, *, decisions: Decisions = NO_DECISIONS) -> bytes:
    """Give the bytes of a report's file in one format.

    Raises:
        UnknownFormatError: there is no such format.
    """
    if name not in FILE_NAMES:
        raise UnknownFormatError("report.error.format", name=name, known=", ".join(FILE_NAMES))
    return _content(name, report, lambda: report_view(report, decisions=decisions), False)


def numbered_instead_of(path: Path) -> str | None:
    """Give the name that a numbered file was written in place of; None for a file with its own name.

    Example:
        >>> numbered_instead_of(Path("gaps (2).xlsx"))
        'gaps.xlsx'
    """
    for name in FILE_NAMES.values():
        own = Path(name)
        if path.suffix == own.suffix and path.stem.startswith(f"{own.stem} ("):
            return name
    return None


def _content(name: str, report: Report, view: Callable[[], ReportView], all_evidence: bool) -> bytes:
    makers: Mapping[str, Callable[[], bytes]] = {
        # A lone surrogate becomes its JSON escape.
        "json": lambda: report_json(report, all_evidence=all_evidence).encode("utf-8", "backslashreplace"),
        "xlsx": lambda: workbook_bytes(view()),
        "html": lambda: page_html(view()).encode("utf-8", "replace"),
        "csv": lambda: gaps_csv(view()).encode("utf-8-sig", "replace"),
        "docx": lambda: _paper(view()),
    }
    return makers[name]()


def _paper(view: ReportView) -> bytes:
    # Read at need: python-docx takes a tenth of a second that no other format should cost.
    from checker.report.paper import paper_bytes

    return paper_bytes(view)


def _write_all(contents: Sequence[tuple[str, bytes]], out: Path) -> tuple[Path, ...]:
    """Write all files under other names first, and only then give them theirs."""
    waiting: list[tuple[Path, Path]] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents:
            waiting.append((out / f".{name}.{secrets.token_hex(6)}.tmp", out / name))
            _write_through(waiting[-1][0], content)
        return tuple(_put_in_place(written, wanted) for written, wanted in waiting)
    except OSError as error:
        raise OutputError(
            "report.error.folder", folder=str(out), problem=error.strerror or str(error)
        ) from error
    finally:
        for written, _ in waiting:
            with suppress(OSError):
                written.unlink(missing_ok=True)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(written: Path, wanted: Path) -> Path:
    """Give the file its name, or the next free number where another program holds that name's file open."""
    try:
        written.replace(wanted)
    except PermissionError:
        if not wanted.is_file():
            raise
        free = _next_free(wanted)
        written.replace(free)
        return free
    return wanted


def _next_free(wanted: Path) -> Path:
    for number in range(2, _MOST_NUMBERS):
        path = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
        if not path.exists():
            return path
    raise FileExistsError(str(wanted))
