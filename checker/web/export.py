"""Gives a case's files, and wipes the case."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from checker.casework import delete_case
from checker.model import UsageError
from checker.report import FILE_NAMES, report_bytes
from checker.web.rendering import case_url, page
from checker.web.requests import Form, refused, see_other, site_of, texts_of
from checker.web.site import language_of
from checker.web.sources import source_of
from checker.web.work import Shown

MEDIA_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(shown: Shown) -> Response:
    """Give one of the report's files, to be kept."""
    wanted: str = shown.request.path_params["file"]
    known = {name: form for form, name in FILE_NAMES.items()}
    if wanted not in known:
        return refused(shown.request, "web.refused.file", status_code=404)
    content = report_bytes(shown.opened.view.report, known[wanted])
    return _to_be_kept(content, wanted, MEDIA_TYPES[known[wanted]])


def settings_page(request: Request) -> Response:
    """Show what is kept of a case, its files, and how it is checked again or wiped."""
    site = site_of(request)
    case = site.case(request.path_params["case"])
    opened = site.opened(case)
    texts = opened.texts if opened is not None else language_of(case) or texts_of(request)
    return page(
        "settings.html.j2",
        texts,
        csrf=site.access.csrf,
        case=case,
        base=case_url(case.name),
        place="settings",
        opened=opened,
        attention=0,
        info=case.info(),
        source=source_of(case.folder),
        exports=[(name, f"web.file.{form}") for form, name in FILE_NAMES.items()],
    )


def wipe(request: Request, form: Form) -> Response:
    """Wipe a case: reports, decisions, copies of dropped files.

    Raises:
        UsageError: it was not said that this is meant.
    """
    site = site_of(request)
    if form("sure") != "yes":
        raise UsageError("web.wipe.not_sure")
    name = site.case(request.path_params["case"]).name
    site.forget(name)
    delete_case(name)
    return see_other("/")


def _to_be_kept(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
