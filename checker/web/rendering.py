"""Makes the pages' HTML: every text that comes from a document, a name or a person is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from checker.report import CONFLICT_SIGN, LOOKS, REVIEW_SIGN, date_words, marked_sign, one_line, shortened
from checker.texts import LANGUAGES, Texts, load_texts

MARK_SIGNS = {"decided": "✓", "reopened": "↻"}
STATIC_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml"}
_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


@cache
def environment() -> Environment:
    """Give the templates; the report's own come with them, for the looks are the same."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("checker.web", "templates"), PackageLoader("checker.report", "templates")]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals.update(
        line=one_line,
        shortened=shortened,
        marked=marked_sign,
        size=size_words,
        case_url=case_url,
        looks=tuple((status.value, look) for status, look in LOOKS.items()),
        languages=tuple((code, load_texts(code)("web.language")) for code in LANGUAGES),
        conflict_sign=CONFLICT_SIGN,
        review_sign=REVIEW_SIGN,
        mark_signs=MARK_SIGNS,
    )
    return made


def page(
    template: str, texts: Texts, /, *, csrf: str, status_code: int = 200, **values: object
) -> HTMLResponse:
    """Give a page or a part of one.

    Args:
        template: its name.
        texts: its language.
        csrf: what its forms carry.
    """
    shown: Mapping[str, object] = {
        "say": texts,
        "language": texts.language,
        "csrf": csrf,
        "message": "",
        "message_kind": "",
        "day": lambda moment: date_words(_local(moment)[:10], texts),
        "moment": lambda moment: f"{date_words(_local(moment)[:10], texts)} {_local(moment)[11:16]}",
        **values,
    }
    return HTMLResponse(environment().get_template(template).render(shown), status_code=status_code)


@cache
def static_file(name: str) -> tuple[bytes, str] | None:
    """Give the bytes and the type of a file that pages refer to; None where there is none."""
    if name == "site.css":
        looks = environment().globals["looks"]
        return environment().get_template("site.css").render(looks=looks).encode(), "text/css"
    suffix = name[name.rfind(".") :]
    if suffix not in STATIC_TYPES or "/" in name or "\\" in name:
        return None
    place = files("checker.web") / "static" / name
    return (place.read_bytes(), STATIC_TYPES[suffix]) if place.is_file() else None


def case_url(name: str) -> str:
    """Give the address of a case.

    Example:
        >>> case_url("Tverrmark 2026")
        '/cases/Tverrmark%202026'
    """
    return f"/cases/{quote(name, safe='')}"


def size_words(size_bytes: int) -> str:
    """Give a number of bytes as it is read.

    Example:
        >>> size_words(1_234_567)
        '1 MB'
    """
    for size, unit in _UNITS:
        if size_bytes >= size:
            return f"{size_bytes // size} {unit}"
    return f"{size_bytes} B"


def _local(moment: date | datetime) -> str:
    """Give a moment as it was here, a day as it is; ISO 8601."""
    return (moment.astimezone() if isinstance(moment, datetime) else moment).isoformat()
