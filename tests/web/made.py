"""A site over a case with a small report, a client that was let in, and jobs for runs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from checker.casework import Case, open_case
from checker.model import FolderError, Report
from checker.report import report_dict
from checker.run import CheckSettings
from checker.texts import load_texts
from checker.web import Access, Site, application
from checker.web.runs import Listener, Runs
from tests.report.sample import sample_report

HOST = "127.0.0.1:8765"
ORIGIN = f"http://{HOST}"
CASE = "Prøve 2026"
SCHOOL = "Ålvik skole"
FINDING = "KL-102"


def site(home: Path, *, job: Callable[..., None] | None = None) -> Site:
    """Give a site; ``job`` stands for the check."""
    made = Site(load_texts("nb"), Access(hosts=frozenset({HOST})), home)
    if job is not None:
        made.runs = Runs(job)
    return made


def client(made: Site, *, is_let_in: bool = True) -> TestClient:
    """Give a client that sends what a browser sends from our own page."""
    headers = {"Origin": ORIGIN, "X-CSRF-Token": made.access.csrf}
    answering = TestClient(application(made), base_url=ORIGIN, headers=headers, follow_redirects=False)
    if is_let_in:
        answering.cookies.set(made.access.cookie, made.access.secret, domain="127.0.0.1")
    return answering


def case_with(report: Report | None = None, name: str = CASE) -> Case:
    """Give a case with a report."""
    report = report or sample_report()
    case = open_case(name)
    case.record(report_dict(report), whole=report)
    return case


def decision(anchor_key: tuple[str, str] = (SCHOOL, FINDING), **fields: str) -> dict[str, str]:
    """Give the fields of the form for a decision."""
    school, requirement = anchor_key
    standard = {"verdict": "confirmed", "author": "Kari Revisor", "reason": "Lest.", "seen": "", "go": "stay"}
    return {"school": school, "requirement": requirement, **standard, **fields}


def recording_job(case: str, folder: Path, settings: CheckSettings, told: Listener) -> None:
    """Stand for a check that goes well."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for number, name in enumerate(names, start=1):
        told.begun(name)
        told.progress(number, len(names), name)
    report = sample_report(settings.language)
    open_case(case).record(report_dict(report), whole=report)


def refusing_job(case: str, folder: Path, settings: CheckSettings, told: Listener) -> None:
    """Stand for a check that the folder does not suit."""
    raise FolderError("intake.folder.empty", folder=str(folder))


def schoolless_job(case: str, folder: Path, settings: CheckSettings, told: Listener) -> None:
    """Stand for a check of a folder in which no subfolder looks like a school's."""
    raise FolderError("intake.folder.no_school", folder=str(folder))


def faulty_job(case: str, folder: Path, settings: CheckSettings, told: Listener) -> None:
    """Stand for a check with a fault of the program's own."""
    raise ZeroDivisionError("null")


def dying_job(case: str, folder: Path, settings: CheckSettings, told: Listener) -> None:
    """Stand for a check whose process dies."""
    os._exit(9)


def endless_job(case: str, folder: Path, settings: CheckSettings, told: Listener) -> None:
    """Stand for a check that goes on and on; its file says that it began."""
    (folder / "pid").write_text(str(os.getpid()), encoding="utf-8")
    told.begun("a.pdf")
    told.begun("b.pdf")
    told.progress(1, 1000, "a.pdf")
    time.sleep(600)
