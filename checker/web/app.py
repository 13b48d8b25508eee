"""The application: which address shows what."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from checker.web import export, places, start, work
from checker.web.guard import Guard
from checker.web.rendering import static_file
from checker.web.requests import posted, refused, shown
from checker.web.site import Site


def application(site: Site) -> ASGIApp:
    """Give the whole of the pages, guarded."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(site.pictures.prepare)
        threading.Thread(target=site.prepare_newest, daemon=True).start()
        yield
        site.close()

    app = Starlette(
        routes=_routes(), lifespan=lifespan, exception_handlers={HTTPException: _no_page, 500: _own_fault}
    )
    app.state.site = site
    return Guard(app, site.access, site.texts)


def _routes() -> list[Route]:
    case = "/cases/{case}"
    finding = f"{case}/findings/{{anchor}}"

    def of_report(address: str, handler: work.Handler) -> Route:
        return Route(address, shown(work.of_report(handler)), methods=["GET"])

    return [
        Route("/", shown(start.start_page), methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
        Route("/cases", posted(start.new_case), methods=["POST"]),
        of_report(case, work.matrix_page),
        Route(f"{case}/files", start.dropped_file, methods=["PUT"]),
        Route(f"{case}/check", posted(start.begin_check), methods=["POST"]),
        Route(f"{case}/stop", posted(start.stop_check), methods=["POST"]),
        Route(f"{case}/run", shown(start.run_part), methods=["GET"]),
        Route(f"{case}/run-page", shown(start.run_page), methods=["GET"]),
        of_report(finding, work.finding_page),
        Route(finding, posted(work.decide), methods=["POST"]),
        Route(f"{finding}/withdraw", posted(work.withdraw), methods=["POST"]),
        Route(f"{finding}/notes", posted(work.add_note), methods=["POST"]),
        of_report(f"{finding}/places/{{number:int}}", places.place_part),
        of_report(f"{case}/documents/{{document}}/pages/{{page:int}}", places.page_picture),
        of_report(f"{case}/decisions", work.decisions_page),
        of_report(f"{case}/documents", work.documents_page),
        of_report(f"{case}/export/{{file}}", export.export),
        Route(f"{case}/settings", shown(export.settings_page), methods=["GET"]),
        Route(
            f"{case}/workbook",
            posted(export.workbook_back, file_bytes=export.MOST_WORKBOOK_BYTES),
            methods=["POST"],
        ),
        Route("/import", posted(export.case_back, file_bytes=export.MOST_CASE_BYTES), methods=["POST"]),
        Route(f"{case}/delete", posted(export.wipe), methods=["POST"]),
    ]


async def _static(request: Request) -> Response:
    found = static_file(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    content, media_type = found
    return Response(content, media_type=media_type)


async def _no_page(request: Request, error: Exception) -> Response:
    status_code = error.status_code if isinstance(error, HTTPException) else 404
    return refused(request, "web.refused.page", status_code=status_code)


async def _own_fault(request: Request, error: Exception) -> Response:
    problem = f"{type(error).__name__}: {error}"
    return refused(request, "web.refused.fault", status_code=500, problem=problem)
