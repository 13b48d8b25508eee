"""Lets in only the browser that was shown the way: this machine, this program's address, this start's secret.

The page binds to loopback, but other programs and other web pages on the machine can reach that. So each request must
name our own address (no foreign ``Host``, which stops DNS rebinding), come from our own pages (no foreign ``Origin``),
and carry the secret that stood in the link the program opened. What changes something carries a second one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "token"
CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"
SAFE_METHODS = frozenset({"GET", "HEAD"})
OWN_SITES = frozenset({"same-origin", "none"})
SECRET_BYTES = 32

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    # Not "no-referrer": browsers then send "Origin: null" with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who is let in.

    Args:
        secret: in the link that opens the page, then in a cookie.
        hosts: the addresses that are ours, with port.
    """

    hosts: Collection[str]
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES))

    @property
    def csrf(self) -> str:
        """What every request that changes something carries; made of the secret, which pages never show."""
        return hmac.new(self.secret.encode(), b"csrf", hashlib.sha256).hexdigest()

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers send one port's cookies to another's, so it is the start's own."""
        return "skolesjekk_" + hashlib.sha256(self.secret.encode()).hexdigest()[:12]

    def is_secret(self, given: str) -> bool:
        """Whether ``given`` is the secret."""
        return hmac.compare_digest(given.encode(), self.secret.encode())

    def is_csrf(self, given: str) -> bool:
        """Whether ``given`` is what a request that changes something must carry."""
        return hmac.compare_digest(given.encode(), self.csrf.encode())


class Guard:
    """Refuses what does not come from our own page, and gives each answer its protecting headers.

    Args:
        app: what is guarded.
        access: who is let in.
        say: gives the sentence for a key of the catalogue.
    """

    def __init__(self, app: ASGIApp, access: Access, say: Callable[[str], str]) -> None:
        self._app = app
        self._access = access
        self._say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _answer(self, scope: Scope) -> Response | None:
        """Give the answer to a request that is not let through."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._access.hosts:
            return self._refusal("web.refused.host")
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{host}" for host in self._access.hosts}:
            return self._refusal("web.refused.origin")
        if scope["method"] not in SAFE_METHODS and origin is None:
            return self._refusal("web.refused.origin")
        given = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN)
        if given is not None:
            return self._let_in(given[0]) if self._access.is_secret(given[0]) else self._no_token()
        if not self._access.is_secret(self._cookie_in(headers)):
            return self._no_token()
        if scope["method"] in SAFE_METHODS and headers.get("sec-fetch-site", "none") not in OWN_SITES:
            return self._refusal("web.refused.origin")
        return None

    def _cookie_in(self, headers: Headers) -> str:
        return cookie_parser(headers.get("cookie", "")).get(self._access.cookie, "")

    def _let_in(self, secret: str) -> Response:
        """Turn the secret in the address into a cookie, so that it stands there once only."""
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._access.cookie, secret, httponly=True, samesite="strict", path="/")
        return answer

    def _no_token(self) -> Response:
        return self._refusal("web.refused.token")

    def _refusal(self, key: str) -> Response:
        return PlainTextResponse(self._say(key), status_code=403)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS:
                headers[name] = value
        await send(message)

    return sent
