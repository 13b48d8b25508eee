"""How requests are answered: forms with their second secret, and refusals in words."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from checker.casework import NoCaseError
from checker.model import SkolesjekkError
from checker.texts import LANGUAGES, Texts, load_texts
from checker.web.guard import CSRF_FIELD, CSRF_HEADER
from checker.web.rendering import page
from checker.web.site import Site

LANGUAGE_COOKIE = "skolesjekk_language"
MOST_FIELDS = 60
MOST_FIELD_BYTES = 400_000

Handler = Callable[[Request], Awaitable[Response]]
Answered = TypeVar("Answered")


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, each as text without space around it."""

    data: FormData
    files: Mapping[str, bytes] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """Give a field; empty where it was not sent."""
        value = self.data.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def file(self, name: str) -> bytes:
        """Give the bytes of a file that came with the form; none where it did not."""
        return self.files.get(name, b"")


def site_of(request: Request) -> Site:
    """Give what all pages share."""
    site: Site = request.app.state.site
    return site


def texts_of(request: Request) -> Texts:
    """Give the language of a page that belongs to no case: as asked for, as chosen before, else as started."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return load_texts(asked) if asked in LANGUAGES else site_of(request).texts


def wants_json(request: Request) -> bool:
    """Whether a script asks, which reads a sentence and no page."""
    return request.headers.get("accept", "") == "application/json"


def see_other(address: str) -> RedirectResponse:
    """Send the browser on, so that a reload sends no form again."""
    return RedirectResponse(address, status_code=303)


def shown(handler: Callable[[Request], Response]) -> Handler:
    """Give the handler of a page; what the program refuses becomes a sentence."""

    async def answer(request: Request) -> Response:
        try:
            return await run_in_threadpool(handler, request)
        except SkolesjekkError as error:
            return refusal(request, error)

    return answer


def posted(handler: Callable[[Request, Form], Response], *, file_bytes: int = 0) -> Handler:
    """Give the handler of a form; one without the second secret is refused.

    Args:
        file_bytes: how large a file may be that comes with it; 0 takes none.
    """

    async def answer(request: Request) -> Response:
        if _length(request) > MOST_FIELDS * MOST_FIELD_BYTES + file_bytes:
            return refused(request, "web.refused.large", status_code=413)
        data = await request.form(
            max_files=1 if file_bytes else 0, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES
        )
        files = {
            name: await value.read() for name, value in data.multi_items() if isinstance(value, UploadFile)
        }
        form = Form(data, files)
        given = request.headers.get(CSRF_HEADER) or form(CSRF_FIELD)
        if not site_of(request).access.is_csrf(given):
            return refused(request, "web.refused.form", status_code=403)
        try:
            return await run_in_threadpool(handler, request, form)
        except SkolesjekkError as error:
            return refusal(request, error)

    return answer


def _length(request: Request) -> int:
    """Give how long a request says it is; one that does not say is as long as can be."""
    given = request.headers.get("content-length", "")
    if given.isascii() and given.isdigit():
        return int(given)
    return 0 if "transfer-encoding" not in request.headers else sys.maxsize


def refusal(request: Request, error: SkolesjekkError) -> Response:
    """Give the answer to what can't be done."""
    status_code = 404 if isinstance(error, NoCaseError) else 400
    return refused(request, error.key, status_code=status_code, **error.fields)


def refused(request: Request, key: str, *, status_code: int, **fields: object) -> Response:
    """Give a sentence of the catalogue as a page, or as JSON where a script asked."""
    texts = texts_of(request)
    sentence = sentence_of(texts, key, fields)
    if wants_json(request) or request.method == "PUT":
        return JSONResponse({"problem": sentence}, status_code=status_code)
    return page(
        "refused.html.j2",
        texts,
        csrf=site_of(request).access.csrf,
        status_code=status_code,
        heading=texts("web.refused.heading"),
        sentence=sentence,
    )


def sentence_of(texts: Texts, key: str, fields: dict[str, object]) -> str:
    """Give the sentence of a key; a key that is in no catalogue stands for itself."""
    return texts(key, **fields) if key in texts else key
