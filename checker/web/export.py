"""Gives a case's files, and wipes the case."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from checker.casework import (
    WorkbookError,
    decisions_shown,
    delete_case,
    export_case,
    fault_words,
    import_case,
    read_back,
    source_of,
)
from checker.model import UsageError
from checker.report import FILE_NAMES, report_bytes
from checker.web.rendering import case_url, page
from checker.web.requests import Form, refused, see_other, sentence_of, site_of, texts_of
from checker.web.settings import author_of
from checker.web.site import language_of
from checker.web.uploads import MEGABYTE
from checker.web.work import Shown

CASE_FILE = "case.zip"
MOST_WORKBOOK_BYTES = 50 * MEGABYTE
MOST_CASE_BYTES = 2_000 * MEGABYTE
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
    if wanted == CASE_FILE:
        content = export_case(shown.case, shown.opened.texts)
        return _to_be_kept(content, f"{shown.case.name}.zip", "application/zip")
    if wanted not in known:
        return refused(shown.request, "web.refused.file", status_code=404)
    decisions = decisions_shown(shown.case, shown.opened.texts)
    content = report_bytes(shown.opened.view.report, known[wanted], decisions=decisions)
    return _to_be_kept(content, wanted, MEDIA_TYPES[known[wanted]])


def settings_page(request: Request) -> Response:
    """Show what is kept of a case, its files, and how it is checked again or wiped."""
    return _settings(request)


def workbook_back(request: Request, form: Form) -> Response:
    """Take what was written in a workbook into the case."""
    site = site_of(request)
    case = site.case(request.path_params["case"])
    texts = language_of(case) or texts_of(request)
    try:
        back = read_back(case, form.file("file"), today=date.today(), author=author_of(site.home))
    except WorkbookError as error:
        told = [
            sentence_of(texts, error.key, error.fields),
            *(fault_words(fault, texts) for fault in error.faults),
        ]
        return _settings(request, message=" ".join(told), message_kind="bad")
    sentence = texts(
        "web.back.done", decided=len(back.decided), notes=len(back.notes), conflicts=len(back.conflicts)
    )
    return _settings(request, message=sentence)


def case_back(request: Request, form: Form) -> Response:
    """Take an exported case in, or merge it into the one of its name."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / CASE_FILE
        place.write_bytes(form.file("file"))
        merged = import_case(place)
    site_of(request).forget(merged.case)
    return see_other(f"{case_url(merged.case)}/decisions" if merged.conflicts else case_url(merged.case))


def _settings(request: Request, *, message: str = "", message_kind: str = "") -> Response:
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
        exports=[
            *((name, f"web.file.{form}") for form, name in FILE_NAMES.items()),
            (CASE_FILE, "web.file.case"),
        ],
        message=message,
        message_kind=message_kind,
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
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=media_type, headers=headers)
