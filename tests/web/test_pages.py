"""What the pages show and keep."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from starlette.testclient import TestClient

from checker.casework import cases, open_case
from checker.model import Report
from checker.texts import LANGUAGES, load_texts
from checker.web.pictures import Picture
from checker.web.site import Site
from tests.report.sample import LOCKED, sample_report
from tests.web.made import (
    CASE,
    FINDING,
    SCHOOL,
    case_with,
    client,
    decision,
    endless_job,
    recording_job,
    refusing_job,
    schoolless_job,
    site,
)

BASE = f"/cases/{quote(CASE)}"
PAYLOAD = "<script>alert('x')</script>"
SECONDS = 60.0
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "nettsiden.md"


@pytest.fixture
def made(tmp_path: Path) -> Site:
    case_with()
    return site(tmp_path / "home")


@pytest.fixture
def page(made: Site) -> TestClient:
    return client(made)


def anchor(made: Site, school: str = SCHOOL, requirement: str = FINDING) -> str:
    opened = made.opened(open_case(CASE))
    assert opened is not None
    return next(
        view.anchor
        for view in opened.order
        if (view.finding.school, view.finding.requirement) == (school, requirement)
    )


def test_the_start_page_lists_the_cases_and_how_long_they_were_kept(page: TestClient) -> None:
    text = page.get("/").text

    assert CASE in text
    assert "lagret i 0 dager" in text


@pytest.mark.parametrize(
    ("language", "word"), [("nb", "Slipp mappen"), ("nn", "Slepp mappa"), ("en", "Drop the folder")]
)
def test_the_start_page_speaks_the_chosen_language_and_remembers_it(
    page: TestClient, language: str, word: str
) -> None:
    first = page.get("/", params={"lang": language})
    page.cookies.set("skolesjekk_language", language, domain="127.0.0.1")

    assert word in first.text
    assert f'<html lang="{language}">' in first.text
    assert word in page.get("/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_case_can_be_shown_in_every_language(tmp_path: Path, language: str) -> None:
    """A key that the catalogue lacks would be a fault of the page."""
    case_with(sample_report(language))
    made = site(tmp_path)
    answering = client(made)
    opened = made.opened(open_case(CASE))
    assert opened is not None
    answering.post(
        f"{BASE}/findings/{anchor(made)}", data=decision(verdict="changed", status="planned", note="Nei")
    )
    addresses = [
        BASE,
        *(f"{BASE}/{part}" for part in ("decisions", "documents", "settings", "run-page", "run")),
    ]
    addresses += [f"{BASE}/findings/{view.anchor}" for view in opened.order]

    for address in addresses:
        answer = answering.get(address)
        assert answer.status_code == 200, address
        assert "{" not in answer.text.replace("{shown}", "").replace("{total}", ""), address


def test_the_matrix_tells_each_status_by_sign_and_in_words(page: TestClient, made: Site) -> None:
    text = page.get(BASE).text

    assert f'aria-label="{SCHOOL}, {FINDING}: ' in text
    assert text.count('<td class="st-') == len(sample_report().findings)


def test_texts_of_documents_and_names_are_shown_as_text(tmp_path: Path) -> None:
    report = sample_report()
    findings = tuple(
        replace(finding, explanation=PAYLOAD, follow_up=PAYLOAD)
        if finding.requirement == FINDING
        else finding
        for finding in report.findings
    )
    schools = tuple(
        replace(school, name=f'{school.name}"><img src=x onerror=alert(1)>') for school in report.schools
    )
    case_with(replace(report, findings=findings, schools=schools))
    made = site(tmp_path)
    answering = client(made)
    answering.post(
        f"{BASE}/findings/{anchor(made)}", data=decision(reason=PAYLOAD, note=PAYLOAD, author=PAYLOAD)
    )

    for address in (
        BASE,
        f"{BASE}/findings/{anchor(made)}",
        f"{BASE}/documents",
        f"{BASE}/decisions",
        f"{BASE}/settings",
    ):
        text = answering.get(address).text
        assert "<script>alert" not in text, address
        assert "<img" not in text, address
    assert "&lt;script&gt;alert" in answering.get(f"{BASE}/documents").text
    assert PAYLOAD in LOCKED


def test_a_decision_is_kept_at_once_and_the_author_remembered(page: TestClient, made: Site) -> None:
    there = f"{BASE}/findings/{anchor(made)}"
    answer = page.post(there, data=decision(note="Ring rektor", expires="2030-01-31"))

    standing = open_case(CASE).standing()[(SCHOOL, FINDING)]
    assert (answer.status_code, answer.headers["location"]) == (303, there)
    assert (standing.decision.verdict, standing.decision.reason, standing.decision.note) == (
        "confirmed",
        "Lest.",
        "Ring rektor",
    )
    assert str(standing.decision.expires) == "2030-01-31"
    other = page.get(f"{BASE}/findings/{anchor(made, requirement='KL-101')}").text
    assert 'value="Kari Revisor"' in other


def test_save_and_next_goes_to_a_gap_that_is_not_decided(page: TestClient, made: Site) -> None:
    opened = made.opened(open_case(CASE))
    assert opened is not None
    first, second = opened.gaps[:2]
    finding = opened.by_anchor[first].finding
    key = (finding.school, finding.requirement)
    text = page.get(f"{BASE}/findings/{first}").text
    answer = page.post(f"{BASE}/findings/{first}", data=decision(key, go="next", then=second))

    assert f'name="then" value="{second}"' in text
    assert answer.headers["location"] == f"{BASE}/findings/{second}"


def test_where_to_go_next_is_never_another_site(page: TestClient, made: Site) -> None:
    answer = page.post(f"{BASE}/findings/{anchor(made)}", data=decision(go="next", then="//evil.example"))

    assert answer.headers["location"] == BASE


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"verdict": "dismissed", "reason": " "}, "begrunnelse"),
        ({"author": ""}, "hvem"),
        ({"verdict": "changed"}, "status"),
        ({"verdict": "sletta"}, "sletta"),
        ({"expires": "i morgen"}, "i morgen"),
    ],
)
def test_a_decision_that_lacks_something_is_not_kept_and_what_was_written_stays(
    page: TestClient, made: Site, fields: dict[str, str], word: str
) -> None:
    answer = page.post(f"{BASE}/findings/{anchor(made)}", data=decision(**{"note": "Husk dette", **fields}))

    assert answer.status_code == 400
    assert word in answer.text
    assert "Husk dette" in answer.text
    assert not open_case(CASE).standing()


def test_two_windows_lose_no_decision(page: TestClient, made: Site) -> None:
    there = f"{BASE}/findings/{anchor(made)}"
    page.post(there, data=decision(reason="Fra det ene vinduet"))
    answer = page.post(there, data=decision(verdict="dismissed", reason="Fra det andre"))
    kept = open_case(CASE).history(SCHOOL, FINDING)
    again = page.post(there, data=decision(verdict="dismissed", reason="Fra det andre", seen=kept[-1].id))

    assert answer.status_code == 400
    assert "annet vindu" in answer.text
    assert "Fra det andre" in answer.text
    assert "Fra det ene vinduet" in answer.text
    assert again.status_code == 303
    assert [entry.reason for entry in open_case(CASE).history(SCHOOL, FINDING)] == [
        "Fra det ene vinduet",
        "Fra det andre",
    ]


def test_a_killed_server_loses_no_decision(page: TestClient, made: Site, tmp_path: Path) -> None:
    page.post(f"{BASE}/findings/{anchor(made)}", data=decision())

    after = client(site(tmp_path / "home"))
    assert "Lest." in after.get(f"{BASE}/findings/{anchor(made)}").text


def test_a_decision_meant_for_another_finding_is_refused(page: TestClient, made: Site) -> None:
    """The report was made anew and its findings moved."""
    answer = page.post(f"{BASE}/findings/{anchor(made)}", data=decision(("Annen skole", FINDING)))

    assert answer.status_code == 409
    assert not open_case(CASE).standing()


def test_a_reopened_decision_shows_old_and_new_quote(page: TestClient, made: Site) -> None:
    there = f"{BASE}/findings/{anchor(made)}"
    page.post(there, data=decision())
    old = next(
        view for view in sample_report().findings if (view.school, view.requirement) == (SCHOOL, FINDING)
    )
    changed = replace(
        old, evidence=(replace(old.evidence[0], quote="Noe helt annet står her nå."), *old.evidence[1:])
    )
    report: Report = sample_report()
    case_with(replace(report, findings=tuple(changed if view == old else view for view in report.findings)))
    text = page.get(there).text
    listed = page.get(f"{BASE}/decisions").text

    assert "Må besluttes på nytt" in text
    assert text.count("Noe helt annet står her nå.") == 2
    assert " ".join(old.evidence[0].quote.split()) in text
    assert "Åpnet på nytt" in listed
    assert "teksten er endret" in text


def test_a_decision_is_withdrawn_and_stays_in_the_history(page: TestClient, made: Site) -> None:
    there = f"{BASE}/findings/{anchor(made)}"
    page.post(there, data=decision())
    page.post(f"{there}/withdraw", data={"reason": "Feil skole", "author": "Kari Revisor"})
    text = page.get(there).text

    assert not open_case(CASE).standing()
    assert "Feil skole" in text
    assert "trukket tilbake" in text


def test_what_an_interview_showed_stands_beside_the_documents(page: TestClient, made: Site) -> None:
    there = f"{BASE}/findings/{anchor(made)}"
    fields = {"kind": "interview", "text": "Rektor viste loggen.", "author": "Kari", "date": "2026-11-20"}
    page.post(f"{there}/notes", data=fields)

    text = page.get(there).text
    assert "Rektor viste loggen." in text
    assert "Intervju · Kari, 20.11.2026" in text


def test_a_change_of_the_report_by_another_program_is_seen(page: TestClient, made: Site) -> None:
    assert "Ny skole" not in page.get(BASE).text
    report = sample_report()
    schools = (replace(report.schools[0], name="Ny skole"), *report.schools[1:])
    case_with(replace(report, schools=schools))

    assert "Ny skole" in page.get(BASE).text


def test_a_place_whose_file_is_gone_shows_the_quote(page: TestClient, made: Site) -> None:
    answer = page.get(f"{BASE}/findings/{anchor(made)}/places/0")

    assert answer.status_code == 200
    assert "<mark>" in answer.text
    assert "ikke der den lå" in answer.text
    assert page.get(f"{BASE}/findings/{anchor(made)}/places/99").status_code == 404
    assert page.get(f"{BASE}/documents/d1/pages/1").status_code == 404
    assert page.get(f"{BASE}/documents/..%2fd1/pages/1").status_code == 404


def test_the_workbook_and_the_report_are_given_as_files(page: TestClient) -> None:
    book = page.get(f"{BASE}/export/gaps.xlsx")
    report = page.get(f"{BASE}/export/report.html")

    assert "attachment" in report.headers["content-disposition"]
    assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames
    assert page.get(f"{BASE}/export/..%2fcase.sqlite3").status_code == 404
    assert page.get(f"{BASE}/export/case.sqlite3").status_code == 404


def test_a_case_is_wiped_only_when_that_is_meant(page: TestClient, made: Site) -> None:
    folder = open_case(CASE).folder
    made.pictures._kept[("a.pdf", "", 1)] = Picture(1, 1, b"")
    unsure = page.post(f"{BASE}/delete", data={})
    sure = page.post(f"{BASE}/delete", data={"sure": "yes"})

    assert unsure.status_code == 400
    assert not made.pictures._kept
    assert (sure.status_code, sure.headers["location"]) == (303, "/")
    assert not folder.exists()
    assert cases() == ()
    assert page.get(BASE).status_code == 404


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "CON", ".skjult", "a\\b", " ", "x" * 90])
def test_a_case_never_gets_a_name_that_leads_elsewhere(page: TestClient, name: str) -> None:
    answer = page.post(
        "/cases", data={"name": name, "dropped": "yes"}, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 400
    assert answer.json()["problem"]


def awaited(answering: TestClient, base: str, is_there: Callable[[str], bool]) -> str:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        text = answering.get(f"{base}/run").text
        if is_there(text):
            return text
        time.sleep(0.05)
    raise AssertionError(text)


def test_a_dropped_folder_is_taken_in_checked_and_shown(tmp_path: Path) -> None:
    made = site(tmp_path, job=recording_job)
    answering = client(made)
    base = answering.post("/cases", data={"name": "Ny", "dropped": "yes"}).json()["url"]
    good = answering.put(f"{base}/files", params={"path": "kommune/Ålvik skole/plan.txt"}, content=b"Rektor")
    bad = [
        answering.put(f"{base}/files", params={"path": path}, content=b"x")
        for path in ("../ute.txt", "kommune/../../ute.txt", "/etc/ute.txt", "C:/ute.txt", "kommune/NUL", "")
    ]
    begun = answering.post(
        f"{base}/check", data={"dropped": "yes", "language": "nn"}, headers={"Accept": "application/json"}
    )
    awaited(answering, base, lambda text: 'data-state="done"' in text)

    assert good.status_code == 204
    assert {answer.status_code for answer in bad} == {400}
    assert begun.json() == {"url": "/cases/Ny"}
    assert [path.name for path in open_case("Ny").folder.rglob("*.txt")] == ["plan.txt"]
    assert '<html lang="nn">' in answering.get(base).text
    assert "../ute.txt" in answering.get(f"{base}/documents").text


def test_a_folder_on_the_disk_is_checked_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "planer").mkdir()
    (tmp_path / "planer" / "plan.txt").write_text("Rektor", encoding="utf-8")
    made = site(tmp_path / "home", job=recording_job)
    answering = client(made)
    fields = {"name": "Disk", "folder": str(tmp_path / "planer")}
    answer = answering.post("/cases", data=fields)
    awaited(answering, "/cases/Disk", lambda text: 'data-state="done"' in text)

    assert answer.headers["location"] == "/cases/Disk"
    assert str(tmp_path / "planer") in answering.get("/cases/Disk/settings").text
    assert not list(open_case("Disk").documents.iterdir())


def test_a_place_that_is_not_whole_is_refused(page: TestClient) -> None:
    answer = page.post("/cases", data={"name": "Halv", "folder": "planer"})

    assert answer.status_code == 400
    assert "planer" in answer.text


def test_a_folder_that_does_not_suit_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    made = site(tmp_path, job=refusing_job)
    answering = client(made)
    answering.post("/cases", data={"name": "Tom", "folder": str(tmp_path)})
    text = awaited(answering, "/cases/Tom", lambda text: 'data-state="failed"' in text)

    assert "intake." not in text
    assert 'role="alert"' in text


def test_a_run_is_stopped_and_can_be_begun_again(tmp_path: Path) -> None:
    made = site(tmp_path, job=endless_job)
    answering = client(made)
    try:
        answering.post("/cases", data={"name": "Lang", "folder": str(tmp_path)})
        awaited(answering, "/cases/Lang", lambda text: "1 av 1000" in text)
        answering.post("/cases/Lang/stop")
        text = answering.get("/cases/Lang").text
    finally:
        made.close()

    assert "avbrutt" in text
    assert "Kontroller på nytt" in text


def test_a_server_that_was_killed_while_it_checked_says_so(tmp_path: Path) -> None:
    first = site(tmp_path, job=endless_job)
    client(first).post("/cases", data={"name": "Brutt", "folder": str(tmp_path)})
    first.close()

    assert "ble ikke ferdig" in client(site(tmp_path)).get("/cases/Brutt").text


def test_files_have_the_decisions_in_them(page: TestClient, made: Site) -> None:
    page.post(f"{BASE}/findings/{anchor(made)}", data=decision(reason="Enig med programmet her."))
    report = page.get(f"{BASE}/export/report.html").text
    book = openpyxl.load_workbook(io.BytesIO(page.get(f"{BASE}/export/gaps.xlsx").content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}

    assert "Enig med programmet her." in report
    assert any("Enig med programmet her." in cell for cell in cells)


def test_a_case_is_taken_out_as_one_file_and_in_again(page: TestClient, made: Site) -> None:
    page.post(f"{BASE}/findings/{anchor(made)}", data=decision(reason="Følger med saken."))
    taken = page.get(f"{BASE}/export/case.zip")
    page.post(f"{BASE}/delete", data={"sure": "yes"})
    back = page.post("/import", files={"file": ("sak.zip", taken.content)})

    assert quote(f"{CASE}.zip") in taken.headers["content-disposition"]
    assert back.headers["location"] == BASE
    assert "Følger med saken." in page.get(f"{BASE}/decisions").text


def test_a_file_that_is_no_case_or_workbook_is_refused_in_words(page: TestClient) -> None:
    for address in ("/import", f"{BASE}/workbook"):
        for content in (b"ingen zip", b""):
            answer = page.post(address, files={"file": ("sak.zip", content)})
            assert "Traceback" not in answer.text
            assert 'class="told bad"' in answer.text or answer.status_code == 400


def test_what_was_written_in_the_workbook_comes_back(page: TestClient, made: Site) -> None:
    page.post(f"{BASE}/findings/{anchor(made)}", data=decision(reason="Først på siden."))
    book = page.get(f"{BASE}/export/gaps.xlsx").content
    answer = page.post(f"{BASE}/workbook", files={"file": ("gaps.xlsx", book)})

    assert answer.status_code == 200
    assert "Lest inn: 0 beslutninger" in answer.text


def test_a_form_that_is_too_large_is_refused(page: TestClient, made: Site) -> None:
    answer = page.post(
        f"{BASE}/findings/{anchor(made)}", content=b"x", headers={"Content-Length": "99999999999"}
    )

    assert answer.status_code == 413


def test_a_folder_without_schools_makes_the_page_ask_for_the_name(tmp_path: Path) -> None:
    made = site(tmp_path, job=schoolless_job)
    answering = client(made)
    answering.post("/cases", data={"name": "Én skole", "folder": str(tmp_path)})
    text = awaited(answering, "/cases/%C3%89n%20skole", lambda text: 'data-state="failed"' in text)

    assert "skriv skolens navn nedenfor" in text
    assert 'name="school"' in text


def test_every_button_that_the_guide_names_is_on_a_page() -> None:
    texts = load_texts("nb")
    shown = {text.casefold() for key, text in texts.sentences.items() if key.startswith(("web.", "report."))}
    named = re.findall(r"«([^»]+)»", GUIDE.read_text(encoding="utf-8"))

    assert len(named) > 8
    assert [name for name in named if name.casefold() not in shown] == []


def test_the_case_that_was_worked_with_last_is_opened_ahead(made: Site, tmp_path: Path) -> None:
    case_with(name="Nyere")
    later = site(tmp_path / "home")
    later.prepare_newest()
    asked = open_case("Nyere")
    asked.whole = None  # type: ignore[method-assign,assignment]

    assert later.opened(asked) is not None


def test_where_there_is_no_case_nothing_is_opened_ahead(tmp_path: Path) -> None:
    site(tmp_path).prepare_newest()
