"""Who is let in, and what every answer carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.web.guard import HEADERS
from tests.web.made import HOST, ORIGIN, case_with, client, site


def test_the_secret_in_the_address_becomes_a_cookie_and_leaves_the_address(tmp_path: Path) -> None:
    made = site(tmp_path)
    answer = client(made, is_let_in=False).get("/", params={"token": made.access.secret})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie


def test_without_the_secret_nothing_is_shown(tmp_path: Path) -> None:
    made = site(tmp_path)
    case_with()
    outside = client(made, is_let_in=False)

    for address in ("/", "/static/site.css", "/cases/Pr%C3%B8ve%202026", "/?token=", "/?token=gal"):
        answer = outside.get(address)
        assert answer.status_code == 403, address
        assert "Ålvik" not in answer.text


def test_a_wrong_cookie_is_no_secret(tmp_path: Path) -> None:
    made = site(tmp_path)
    outside = client(made, is_let_in=False)
    outside.cookies.set(made.access.cookie, "x" * 43, domain="127.0.0.1")

    assert outside.get("/").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "[::1]:8765", ""])
def test_a_foreign_host_is_refused(tmp_path: Path, host: str) -> None:
    """DNS rebinding: the browser asks us under another page's name."""
    answer = client(site(tmp_path)).get("/", headers={"Host": host})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", f"https://{HOST}", "file://"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_foreign_origin_is_refused(tmp_path: Path, origin: str, method: str) -> None:
    answer = client(site(tmp_path)).request(method, "/cases", headers={"Origin": origin})

    assert answer.status_code == 403


def test_what_changes_something_must_say_where_it_comes_from(tmp_path: Path) -> None:
    made = site(tmp_path)
    answering = client(made)
    del answering.headers["Origin"]

    assert answering.post("/cases", data={"name": "A"}).status_code == 403
    assert answering.get("/").status_code == 200


def test_a_page_of_another_site_can_not_embed_ours(tmp_path: Path) -> None:
    answer = client(site(tmp_path)).get("/", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/cases"),
        ("PUT", "/cases/Pr%C3%B8ve%202026/files?path=a.pdf"),
        ("POST", "/cases/Pr%C3%B8ve%202026/check"),
        ("POST", "/cases/Pr%C3%B8ve%202026/stop"),
        ("POST", "/cases/Pr%C3%B8ve%202026/delete"),
        ("POST", "/cases/Pr%C3%B8ve%202026/findings/s1-KL-102-klasseledelse"),
        ("POST", "/cases/Pr%C3%B8ve%202026/findings/s1-KL-102-klasseledelse/withdraw"),
        ("POST", "/cases/Pr%C3%B8ve%202026/findings/s1-KL-102-klasseledelse/notes"),
    ],
)
def test_a_form_without_its_own_secret_is_refused(tmp_path: Path, method: str, address: str) -> None:
    made = site(tmp_path)
    case = case_with()
    answering = client(made)
    fields = {"name": "Ny", "sure": "yes"}

    for token in ("", "0" * 64, made.access.secret):
        answer = answering.request(method, address, data=fields, headers={"X-CSRF-Token": token})
        assert answer.status_code == 403
    assert case.folder.is_dir()
    assert not case.standing()


def test_every_answer_protects_itself(tmp_path: Path) -> None:
    answering = client(site(tmp_path))

    for address in ("/", "/static/site.css", "/ingen", "/cases/ingen"):
        answer = answering.get(address)
        assert {name: answer.headers[name] for name, _ in HEADERS} == dict(HEADERS), address
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_no_page_holds_the_secret(tmp_path: Path) -> None:
    made = site(tmp_path)
    case_with()
    answering = client(made)

    for address in ("/", "/cases/Pr%C3%B8ve%202026"):
        assert made.access.secret not in answering.get(address).text
    assert made.access.csrf != made.access.secret


@pytest.mark.parametrize(
    "name", ["../guard.py", "..%2fguard.py", "guard.py", "%2e%2e/app.py", "site.css.j2", "x.js"]
)
def test_only_the_pages_own_files_are_given(tmp_path: Path, name: str) -> None:
    assert client(site(tmp_path)).get(f"/static/{name}").status_code in {404, 403}


def test_the_pages_own_files_are_given(tmp_path: Path) -> None:
    answering = client(site(tmp_path))

    for name, kind in (
        ("site.css", "text/css"),
        ("matrix.js", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
    ):
        answer = answering.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)


def test_our_own_origin_is_let_through(tmp_path: Path) -> None:
    assert client(site(tmp_path)).get("/", headers={"Origin": ORIGIN}).status_code == 200
