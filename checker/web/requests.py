"""How requests are answered: forms with their second secret, and refusals in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
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

    def __call__(self, name: str) -> str:
        """Give a field; empty where it was not sent."""
        value = self.data.get(name, "")
        return value.strip() if isinstance(value, str) else ""


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


def posted(handler: Callable[[Request, Form], Response]) -> Handler:
    """Give the handler of a form; one without the second secret is refused."""

    async def answer(request: Request) -> Response:
        data = await request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES)
        form = Form(data)
        given = request.headers.get(CSRF_HEADER) or form(CSRF_FIELD)
        if not site_of(request).access.is_csrf(given):
            return refused(request, "web.refused.form", status_code=403)
        try:
            return await run_in_threadpool(handler, request, form)
        except SkolesjekkError as error:
            return refusal(request, error)

    return answer


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
