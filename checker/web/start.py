"""The start page, new cases, their dropped files, and runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from checker.casework import Case, Source, cases, keep_source, source_of
from checker.model import UsageError
from checker.texts import LANGUAGES
from checker.web.guard import CSRF_HEADER
from checker.web.rendering import case_url, page
from checker.web.requests import (
    LANGUAGE_COOKIE,
    Form,
    refusal,
    refused,
    see_other,
    sentence_of,
    site_of,
    texts_of,
    wants_json,
)
from checker.web.runs import RunState
from checker.web.site import Site, language_of, settings_of

NO_SCHOOL = "intake.folder.no_school"
"""What is wrong with a folder in which no subfolder looks like a school's: the page asks for its name."""

YEAR_SECONDS = 365 * 24 * 3600


class NothingDroppedError(UsageError):
    """A case was to be checked from dropped files, and there are none."""


def start_page(request: Request) -> Response:
    """Show where a folder is dropped, and the cases that there are."""
    site = site_of(request)
    answer = page(
        "start.html.j2",
        texts_of(request),
        csrf=site.access.csrf,
        cases=cases(),
        folder=str(site.folder or ""),
        name=site.folder.resolve().name if site.folder else "",
    )
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, asked, httponly=True, samesite="strict", max_age=YEAR_SECONDS)
    return answer


def new_case(request: Request, form: Form) -> Response:
    """Make a case; one that is to be checked from a folder on the disk is begun at once."""
    site = site_of(request)
    case = site.case(form("name"), create=True)
    if form("dropped"):
        site.runs.stop(case.name)
        site.uploads(case).begin()
        return JSONResponse({"url": case_url(case.name)})
    return _begun(site, case, form)


async def dropped_file(request: Request) -> Response:
    """Keep one dropped file of a case, as it comes."""
    site = site_of(request)
    if not site.access.is_csrf(request.headers.get(CSRF_HEADER, "")):
        return refused(request, "web.refused.form", status_code=403)
    case = site.case(request.path_params["case"])
    try:
        await site.uploads(case).keep(request.query_params.get("path", ""), request.stream())
    except UsageError as error:
        texts = language_of(case) or texts_of(request)
        site.uploads(case).refused.append(sentence_of(texts, error.key, error.fields))
        return refusal(request, error)
    return Response(status_code=204)


def begin_check(request: Request, form: Form) -> Response:
    """Check a case: its dropped files, or a folder on the disk."""
    site = site_of(request)
    case = site.case(request.path_params["case"])
    answer = _begun(site, case, form)
    return JSONResponse({"url": case_url(case.name)}) if wants_json(request) else answer


def stop_check(request: Request, _form: Form) -> Response:
    """End a case's run."""
    site = site_of(request)
    case = site.case(request.path_params["case"])
    site.runs.stop(case.name)
    return see_other(f"{case_url(case.name)}/run-page")


def run_page(request: Request) -> Response:
    """Show how a case's run goes."""
    site = site_of(request)
    return run_shown(request, site, site.case(request.path_params["case"]), "run.html.j2")


def run_part(request: Request) -> Response:
    """Show what of the run's page changes while it goes."""
    site = site_of(request)
    return run_shown(request, site, site.case(request.path_params["case"]), "run_part.html.j2")


def run_shown(request: Request, site: Site, case: Case, template: str) -> Response:
    """Give the page of a run, or its part."""
    run = site.runs.view(case.name)
    texts = language_of(case) or texts_of(request)
    problem = ""
    if run is not None and run.state is RunState.FAILED:
        key = "web.run.no_school" if run.problem == NO_SCHOOL else run.problem
        problem = sentence_of(texts, key, dict(run.fields))
    return page(
        template,
        texts,
        csrf=site.access.csrf,
        case=case,
        base=case_url(case.name),
        place="run",
        opened=None,
        attention=0,
        run=run,
        problem=problem,
        source=source_of(case.folder),
    )


def _begun(site: Site, case: Case, form: Form) -> Response:
    folder = Path(form("folder")).expanduser() if form("folder") else None
    earlier = source_of(case.folder)
    language = form("language") if form("language") in LANGUAGES else site.texts.language
    is_dropped = folder is None
    if folder is None and not form("dropped") and earlier is not None and not earlier.is_dropped:
        folder, is_dropped = Path(earlier.folder), False
    if folder is None:
        folder = site.uploads(case).taken_over()
    if folder is None:
        raise NothingDroppedError("web.start.empty")
    if not folder.is_absolute():
        raise NothingDroppedError("web.start.not_absolute", folder=str(folder))
    refused = tuple(site.uploads(case).refused) if is_dropped else ()
    source = Source(str(folder), is_dropped, language, form("school"), _day(form("as_of")), refused)
    keep_source(case.folder, source)
    site.runs.start(case.name, folder, settings_of(source, jobs=site.jobs, today=date.today()))
    return see_other(case_url(case.name))


def _day(given: str) -> str:
    """Give a day in ISO 8601, empty where none was given.

    Raises:
        UsageError: it is no day.
    """
    if not given:
        return ""
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError("web.start.no_day", found=given) from None
