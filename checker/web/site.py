"""What the pages share: who is let in, the cases at hand, runs, and pictures of pages."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from checker.casework import Case, Source, cases, open_case, pack_files, source_of
from checker.model import Report, SkolesjekkError
from checker.report import FindingView, ReportView, gravest, report_dict, report_view
from checker.run import CheckSettings, check
from checker.store import cache_file
from checker.texts import LANGUAGES, Texts, load_texts
from checker.web.guard import Access
from checker.web.pictures import Pictures
from checker.web.runs import Listener, Runs
from checker.web.surroundings import TextReader
from checker.web.uploads import Uploads

MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Opened:
    """A case's newest report, ready to be shown.

    Args:
        order: the findings in the order of the report.
        gaps: the anchors of the gaps, gravest first, those of schools that sent nothing last.
    """

    view: ReportView
    texts: Texts
    by_anchor: Mapping[str, FindingView]
    order: tuple[FindingView, ...]
    gaps: tuple[str, ...]


@dataclass(slots=True)
class Site:
    """One start of the server.

    Args:
        texts: the language of pages that belong to no case.
        home: the folder of the program's own files.
        jobs: worker processes of a run; None takes one a core.
        folder: what the start page proposes to check.
    """

    texts: Texts
    access: Access
    home: Path
    jobs: int | None = None
    folder: Path | None = None
    runs: Runs = field(default_factory=lambda: Runs(check_case))
    pictures: Pictures = field(default_factory=Pictures)
    texts_read: TextReader = field(default_factory=TextReader)
    _cases: dict[str, Case] = field(default_factory=dict)
    _opened: dict[str, tuple[object, Opened]] = field(default_factory=dict)
    _uploads: dict[str, Uploads] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.runs.on_done = self.prepare

    def case(self, name: str, *, create: bool = False) -> Case:
        """Give a case.

        Raises:
            CaseError: there is none of that name, or none may have it.
        """
        found = open_case(name, create=create)
        with self._lock:
            kept = self._cases.get(found.name)
            if kept is None or kept.folder != found.folder:
                kept = self._cases[found.name] = found
            return kept

    def opened(self, case: Case) -> Opened | None:
        """Give the case's newest report; None where it has none that can be shown."""
        runs = case.runs()
        if not runs:
            return None
        stamp = (runs[-1].recorded, runs[-1].report)
        with self._opening:
            with self._lock:
                kept = self._opened.get(case.name)
            if kept is not None and kept[0] == stamp:
                return kept[1]
            report = case.whole()
            if report is None:
                return None
            opened = opened_report(report)
            with self._lock:
                self._opened.pop(case.name, None)
                self._opened[case.name] = (stamp, opened)
                while len(self._opened) > MOST_KEPT:
                    self._opened.pop(next(iter(self._opened)))
            return opened

    def prepare(self, name: str) -> None:
        """Open a case's newest report ahead of its first page, where it has one."""
        with suppress(SkolesjekkError, OSError):
            case = self.case(name)
            if self.opened(case) is not None:
                case.standing()

    def prepare_newest(self) -> None:
        """Open the report of the case that was worked with last: it is likely to be asked for next."""
        infos = cases()
        with suppress(SkolesjekkError, OSError, ValueError):
            newest = max((self.case(info.name) for info in infos), key=_last_touched)
            self.prepare(newest.name)

    def uploads(self, case: Case) -> Uploads:
        """Give the dropped files of a case."""
        with self._lock:
            return self._uploads.setdefault(case.name, Uploads(case.folder))

    def forget(self, name: str) -> None:
        """Forget a case that is being wiped, and all pages and texts that were shown."""
        self.runs.forget(name)
        with self._lock:
            for kept in (self._cases, self._opened, self._uploads):
                kept.pop(name, None)
        self.pictures.forget()
        self.texts_read.forget()

    def close(self) -> None:
        """End all that was started."""
        self.runs.stop_all()
        self.pictures.close()


def opened_report(report: Report) -> Opened:
    """Give a report ready to be shown, without what no page shows."""
    findings = tuple(replace(finding, considered=()) for finding in report.findings)
    view = report_view(replace(report, findings=findings))
    gaps = gravest(view)
    silent = tuple(finding for finding in view.gaps if finding.finding.reason == "no_documents")
    return Opened(
        view=view,
        texts=load_texts(report.language),
        by_anchor={finding.anchor: finding for finding in view.findings},
        order=view.findings,
        gaps=tuple(finding.anchor for finding in (*gaps, *silent)),
    )


def settings_of(source: Source, *, jobs: int | None, today: date) -> CheckSettings:
    """Give the settings that a case is checked with."""
    return CheckSettings(
        as_of=date.fromisoformat(source.as_of) if source.as_of else today,
        school_name=source.school or None,
        language=source.language,
        jobs=jobs,
        cache=cache_file(os.environ),
    )


def check_case(name: str, folder: Path, settings: CheckSettings, listener: Listener) -> None:
    """Check a folder for a case and record the report."""
    report = check(folder, settings, progress=listener.progress, begun=listener.begun, tell=listener.tell)
    open_case(name).record(report_dict(report), whole=report, packs=pack_files(settings.rules))


def _last_touched(case: Case) -> float:
    """Give when anything in a case's folder last changed, by the system's clock."""
    return max((path.stat().st_mtime for path in case.folder.iterdir()), default=0.0)


def language_of(case: Case) -> Texts | None:
    """Give the language that a case is checked in; None where it was not checked from here."""
    source = source_of(case.folder)
    return load_texts(source.language) if source is not None and source.language in LANGUAGES else None
