"""Checks a report against the documents it was made from: every file's sum, every quote and every status again.

The folder is checked anew, without the cache, with the report's own day, packs and settings, and what comes out is
compared with what stands in the report. Apart from that each document is read once more and each quote looked for in
its text, at its page, without any of the rules. Neither trusts the report.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from checker.extract import find_readers
from checker.intake import take_in
from checker.measure.errors import ReportFileError
from checker.measure.reports import OF_THE_RUN, key_of, paths_of
from checker.model import Document
from checker.report import report_dict
from checker.run import CheckSettings, Progress, check, read_each

EVIDENCE_LIMIT = 5
MOST_WORKERS = 8
_MASK, _CUT = "▮", "…"
_UNSEEN = re.compile("[\\s\u00ad]+")
_MOVED = (*OF_THE_RUN, "folder")
"""What a run says of itself that may differ: when it was made, and what the folder is called now."""


class ProofKind(StrEnum):
    """What does not hold."""

    RUN = "run"
    SCHOOL = "school"
    FILE_CHANGED = "file_changed"
    FILE_GONE = "file_gone"
    FILE_NEW = "file_new"
    DOCUMENT = "document"
    QUOTE = "quote"
    STATUS = "status"
    FINDING = "finding"
    FINDING_GONE = "finding_gone"
    FINDING_NEW = "finding_new"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a report that does not hold; ``fields`` fill its sentence in."""

    kind: ProofKind
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Quote:
    path: str
    page: int | None
    text: str
    of: str


def settings_of(
    report: dict[str, Any],
    folder: Path,
    *,
    rules: Sequence[str] = (),
    school_list: Path | None = None,
    jobs: int | None = None,
    exclude: tuple[Path, ...] = (),
) -> CheckSettings:
    """Give the settings that a report was made with.

    Args:
        rules: packs to use where the report's were named by path, which it does not keep.
        school_list: where the list lies, which the report names without its folder; else ``folder`` is looked in.

    Raises:
        ReportFileError: the report names a day or a setting that can't be, or a list that is not in the folder.
    """
    said: Mapping[str, str] = report["run"]["settings"]
    try:
        day, depth = date.fromisoformat(report["run"]["as_of"]), int(said.get("depth", "1"))
    except ValueError as error:
        raise ReportFileError("measure.verify.settings", problem=str(error)) from error
    if school_list is None and "schools" in said:
        school_list = folder / Path(said["schools"]).name
        if not school_list.is_file():
            raise ReportFileError("measure.verify.no_list", file=said["schools"])
    return CheckSettings(
        as_of=day,
        rules=tuple(rules) or tuple(name for name in said.get("rules", "").split(", ") if name),
        school_list=school_list,
        school_name=said.get("school"),
        language=said.get("language", ""),
        jobs=jobs,
        depth=depth,
        builtin_readers=said.get("readers") == "builtin",
        model_nb=said.get("model_nb"),
        exclude=exclude,
    )


def verify(
    report: dict[str, Any], folder: Path, settings: CheckSettings, *, progress: Progress | None = None
) -> tuple[Fault, ...]:
    """Give what in a report does not hold; nothing where all does.

    Args:
        settings: as ``settings_of`` gives them.

    Raises:
        ReportFileError: the report names a language that there is none of.
        UsageError: the folder or a pack can't be used.
    """
    if settings.language not in {"nb", "nn", "en"}:
        raise ReportFileError("measure.verify.settings", problem=settings.language)
    whole = any(len(finding["evidence"]) > EVIDENCE_LIMIT for finding in report["findings"])
    again = report_dict(check(folder, settings, progress=progress), all_evidence=whole)
    faults = [*_document_faults(report, again), *_run_faults(report, again)]
    faults += _quote_faults(report, folder, settings)
    faults += _finding_faults(report, again)
    if not faults and _comparable(report) != _comparable(again):
        faults.append(Fault(ProofKind.OTHER))
    return tuple(faults)


def _run_faults(report: dict[str, Any], again: dict[str, Any]) -> Iterator[Fault]:
    was, now = report["run"], again["run"]
    for name in sorted({*was, *now} - {*_MOVED}):
        if was.get(name) != now.get(name):
            yield _fault(ProofKind.RUN, name=name, was=str(was.get(name)), now=str(now.get(name)))
    if _schools(report) != _schools(again):
        yield Fault(ProofKind.SCHOOL)


def _schools(report: dict[str, Any]) -> list[dict[str, Any]]:
    paths = paths_of(report)
    return [_with_paths(school, paths) for school in report["schools"]]


def _document_faults(report: dict[str, Any], again: dict[str, Any]) -> Iterator[Fault]:
    was = {document["path"]: document for document in report["documents"]}
    now = {document["path"]: document for document in again["documents"]}
    for path in sorted({*was, *now}):
        if path not in now:
            yield _fault(ProofKind.FILE_GONE, path=path)
        elif path not in was:
            yield _fault(ProofKind.FILE_NEW, path=path)
        elif was[path]["sha256"] != now[path]["sha256"]:
            yield _fault(ProofKind.FILE_CHANGED, path=path)
        else:
            names = _differing(was[path], now[path], without=("id",))
            if names:
                yield _fault(ProofKind.DOCUMENT, path=path, names=", ".join(names))


def _finding_faults(report: dict[str, Any], again: dict[str, Any]) -> Iterator[Fault]:
    was_paths, now_paths = paths_of(report), paths_of(again)
    was = {key_of(finding): _with_paths(finding, was_paths) for finding in report["findings"]}
    now = {key_of(finding): _with_paths(finding, now_paths) for finding in again["findings"]}
    for key in dict.fromkeys((*was, *now)):
        named = {"school": key[0], "requirement": key[1]}
        if key not in now:
            yield _fault(ProofKind.FINDING_GONE, **named)
        elif key not in was:
            yield _fault(ProofKind.FINDING_NEW, **named)
        elif was[key]["status"] != now[key]["status"]:
            yield _fault(ProofKind.STATUS, **named, was=was[key]["status"], now=now[key]["status"])
        else:
            names = _differing(was[key], now[key])
            if names:
                yield _fault(ProofKind.FINDING, **named, names=", ".join(names))


def _quote_faults(report: dict[str, Any], folder: Path, settings: CheckSettings) -> Iterator[Fault]:
    """Look for each quote in its document, read again, at its page."""
    quotes = sorted(
        set(_quotes(report)), key=lambda quote: (quote.of, quote.path, quote.page or 0, quote.text)
    )
    wanted = {quote.path.split("!/", 1)[0] for quote in quotes}
    texts = dict(_texts(folder, settings, wanted))
    for quote in quotes:
        pages = texts.get(quote.path, {})
        if not _stands(quote.text, pages.get(quote.page, "")):
            page = "" if quote.page is None else str(quote.page)
            yield _fault(ProofKind.QUOTE, of=quote.of, quote=quote.text, path=quote.path, page=page)


def _quotes(report: dict[str, Any]) -> Iterator[_Quote]:
    paths = paths_of(report)
    for finding in report["findings"]:
        of = f"{finding['school']}, {finding['requirement']}"
        search = finding.get("search") or {}
        review = finding.get("review")
        elements = [quoted for kind in finding["elements"].values() for quoted in kind]
        nearest = search.get("nearest") or ()
        for quoted in (*finding["evidence"], *elements, *nearest, *((review,) if review else ())):
            if quoted.get("quote"):
                path = paths.get(quoted.get("document"), "")
                yield _Quote(path, quoted.get("page"), quoted["quote"], of)


def _texts(
    folder: Path, settings: CheckSettings, wanted: set[str]
) -> Iterator[tuple[str, dict[int | None, str]]]:
    """Give the text of each page of each document, without white space."""
    intake = take_in(
        folder,
        school_list=settings.school_list,
        school_name=settings.school_name,
        depth=settings.depth,
        exclude=settings.exclude,
    )
    files = [(file.location, file.path) for file in intake.files if file.path in wanted]
    workers = min(os.cpu_count() or 1, MOST_WORKERS) if settings.jobs is None else settings.jobs
    readers = find_readers(builtin_only=settings.builtin_readers)
    for document in read_each(files, readers=readers, workers=workers):
        for part in _with_attachments(document):
            pages: dict[int | None, list[str]] = defaultdict(list)
            for block in part.blocks:
                pages[block.page].append(_seen(block.text))
            yield part.path, {page: "\n".join(lines) for page, lines in pages.items()}


def _with_attachments(document: Document) -> Iterator[Document]:
    yield document
    for attachment in document.attachments:
        yield from _with_attachments(attachment)


def _stands(quote: str, text: str) -> bool:
    seen = _seen(quote.removesuffix(_CUT))
    if _MASK not in seen:
        return seen in text
    return re.search(re.escape(seen).replace(_MASK, "."), text) is not None


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _comparable(report: dict[str, Any]) -> dict[str, Any]:
    run = {name: value for name, value in report["run"].items() if name not in _MOVED}
    return {**report, "run": run}


def _with_paths(value: Any, paths: Mapping[str, str]) -> Any:
    """Give data with the documents' paths in place of their ids, which shift when a file comes or goes."""
    if isinstance(value, list):
        return [_with_paths(item, paths) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _with_paths(item, paths) for name, item in value.items()}
    if isinstance(value.get("document"), str):
        changed["document"] = paths.get(value["document"], value["document"])
    for name in ("documents", "unread"):
        if isinstance(value.get(name), list):
            changed[name] = [paths.get(item, item) if isinstance(item, str) else item for item in value[name]]
    return changed


def _differing(was: dict[str, Any], now: dict[str, Any], *, without: Sequence[str] = ()) -> list[str]:
    names = sorted({*was, *now} - {*without})
    return [name for name in names if name not in was or name not in now or was[name] != now[name]]


def _fault(kind: ProofKind, **fields: str) -> Fault:
    return Fault(kind, tuple(fields.items()))
