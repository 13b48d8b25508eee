"""The pages in a real browser: from a dropped folder to decisions and a workbook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page

from checker.casework import open_case
from checker.model import Finding, Level, Report, School
from checker.report import report_dict
from tests.report.sample import sample_report
from tests.web.browsing import NARROW, ROOT, Server, chromium, opened, serving, violations

pytestmark = pytest.mark.chromium

MOST_CLICKS = 12
CASE = "Prøvestad"
PAYLOAD = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
SCHOOLS = ("Lomtjønna skole", "Sagbekken skole")
LARGE = "Stor"
LARGE_SCHOOLS = 150
FIRST_PAINT_MS, FILTER_MS = 1000, 200
PAINTED = """() => new Promise(resolve => {
    const observer = new PerformanceObserver(list => {
        const [paint] = list.getEntriesByName('first-contentful-paint');
        if (paint) resolve(paint.startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
})"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hjem")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools, and a file whose name and text would act in a careless page."""
    place = tmp_path_factory.mktemp("planer") / CASE
    for school in SCHOOLS:
        shutil.copytree(ROOT / "corpus" / "tverrmark" / school, place / school)
    hostile = f"Rektor går i timene hver uke og følger opp. {PAYLOAD} Vi har ingen rutine for klasseledelse. {PAYLOAD}"
    name = '<img src=x onerror="window.hacked=1">.txt'
    (place / SCHOOLS[0] / name).write_text(hostile, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    window = opened(browser, server)
    yield window
    fault = window.evaluate("window.fault || ''")
    hacked = window.evaluate("window.hacked || 0")
    window.close()
    assert (fault, hacked) == ("", 0)


@pytest.fixture(scope="module")
def checked(browser: Browser, server: Server, folder: Path) -> str:
    """Give the address of the case, its folder dropped and checked."""
    window = opened(browser, server)
    drop(window, folder)
    window.locator("#drop.full").wait_for()
    window.get_by_role("button", name="Kontroller").click()
    window.locator("#grid").wait_for(timeout=120_000)
    address = window.url
    window.close()
    return address


def drop(window: Page, folder: Path) -> None:
    """Drag a folder onto the page as the file manager does."""
    box = window.locator("#drop").bounding_box()
    assert box is not None
    devtools = window.context.new_cdp_session(window)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send(
            "Input.dispatchDragEvent",
            {"type": kind, "x": box["x"] + 50, "y": box["y"] + 50, "data": data},
        )


def finding_of(page: Page, checked: str, school: str, requirement: str) -> None:
    page.goto(checked)
    page.get_by_label(f"{school}, {requirement}:").click()
    page.locator("#decide").wait_for()


def test_a_dropped_folder_is_sent_whole_and_its_case_has_its_name(
    checked: str, home: Path, folder: Path
) -> None:
    kept = open_case(CASE, home=home / "cases").documents

    there = sorted(path.relative_to(folder.parent).as_posix() for path in folder.rglob("*") if path.is_file())
    assert sorted(path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()) == there
    assert checked.endswith("/cases/Pr%C3%B8vestad")


def test_from_the_start_page_to_three_decided_gaps_and_a_workbook(
    page: Page, folder: Path, home: Path, tmp_path: Path
) -> None:
    clicks = 0

    def click(selector: str) -> None:
        nonlocal clicks
        clicks += 1
        page.locator(selector).click()

    with page.expect_file_chooser() as chosen:
        click("label[for=chooser]")
    chosen.value.set_files(folder)
    page.locator("#drop.full").wait_for()
    page.locator("[name=name]").fill("Klikk")
    click("#new button[type=submit]")
    page.locator("#grid").wait_for(timeout=120_000)
    click("#begin")
    click("#decision [name=author]")
    page.keyboard.type("Kari Revisor")
    seen = set()
    for _ in range(3):
        seen.add(page.url)
        click("#decision label:has([value=confirmed])")
        page.keyboard.type("Lest sitatet, enig.")
        with page.expect_navigation():
            click("#decision button[value=next]")
    with page.expect_download() as download:
        click(".top a[download]")
    book = tmp_path / "gaps.xlsx"
    download.value.save_as(book)

    standing = open_case("Klikk", home=home / "cases").standing()
    assert len(seen) == len(standing) == 3
    assert {entry.decision.reason for entry in standing.values()} == {"Lest sitatet, enig."}
    assert openpyxl.load_workbook(book).sheetnames
    assert clicks <= MOST_CLICKS


def test_a_quote_is_marked_on_the_page_of_its_pdf(page: Page, checked: str) -> None:
    finding_of(page, checked, "Sagbekken skole", "KL-601")
    page.locator("a.show", has_text=".pdf").first.click()
    mark = page.locator(".viewer .mark").first
    mark.wait_for()
    frame, box = page.locator("#page").bounding_box(), mark.bounding_box()
    loaded = page.evaluate(
        "fetch(document.querySelector('.viewer image').href.baseVal).then(a => a.blob()).then(b => createImageBitmap(b)).then(i => i.width)"
    )

    assert loaded > 800
    assert frame is not None
    assert box is not None
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    assert box["width"] > 20


def test_a_quote_of_a_word_file_stands_marked_in_its_text(page: Page, checked: str) -> None:
    finding_of(page, checked, "Sagbekken skole", "KL-103")
    page.locator("a.show", has_text=".docx").first.click()
    marked = page.locator(".viewer mark").first
    marked.wait_for()

    assert marked.inner_text() in page.locator("blockquote.chosen").inner_text()
    assert page.locator(".viewer .path").inner_text()
    assert page.locator(".viewer .block").count() > 3


def test_names_and_texts_of_documents_are_shown_and_never_run(page: Page, checked: str) -> None:
    page.goto(f"{checked}/documents")
    assert page.locator("th", has_text='<img src=x onerror="window.hacked=1">.txt').count() >= 1
    addresses = page.evaluate(
        "fetch(location.pathname.replace('/documents', '')).then(a => a.text()).then(t => [...t.matchAll(/href=\"([^\"]*findings[^\"]*)\"/g)].map(m => m[1]))"
    )
    hostile = 0
    for address in dict.fromkeys(addresses):
        if "/findings/s1-" not in address:
            continue
        text = page.evaluate("address => fetch(address).then(a => a.text())", address)
        if "onerror" in text:
            hostile += 1
            page.goto(checked.partition("/cases")[0] + address)
            page.locator("#decide").wait_for()
            for link in page.locator("a.show", has_text="onerror").all()[:1]:
                link.click()
                page.locator(".viewer .block, .viewer figure").first.wait_for()
            assert page.evaluate("window.hacked || 0") == 0

    assert hostile


def test_the_matrix_and_the_findings_are_worked_with_by_keys(page: Page, checked: str) -> None:
    page.goto(checked)
    page.keyboard.press("/")
    page.keyboard.type("sagb")
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    title = page.locator("#title").inner_text()
    with page.expect_navigation():
        page.keyboard.press("j")
    page.locator("#title", has_text="KL-103").wait_for()
    page.keyboard.press("2")
    focused = page.evaluate("document.activeElement.name")

    assert first.startswith("Sagbekken skole, KL-101")
    assert second.startswith("Sagbekken skole, KL-102")
    assert title.startswith("KL-102")
    assert page.locator("[value=dismissed]").is_checked()
    assert focused == "reason"


def test_the_filter_leaves_what_fits_and_says_how_much(page: Page, checked: str) -> None:
    page.goto(checked)
    total = page.locator(".cells td[data-f]").count()
    for box in page.locator("[name=status]:not([value=partial])").all():
        box.uncheck()
    partial = page.locator(".cells td.st-partial:visible").count()

    assert page.locator(".cells td[data-f]:visible a:visible").count() == partial
    assert page.locator("#shown").inner_text() == f"{partial} av {total} funn vises"
    page.reload()
    assert page.locator("#shown").inner_text() == f"{partial} av {total} funn vises"


def test_two_windows_a_reload_and_a_killed_server_lose_no_decision(
    browser: Browser, home: Path, checked: str
) -> None:
    with serving(home) as running:
        one, two = opened(browser, running), opened(browser, running)
        for number, window in enumerate((one, two)):
            window.goto(f"{running.base}/cases/Pr%C3%B8vestad")
            window.locator(".cells td[data-f] a").nth(number).click()
            window.locator("#decision label:has([value=dismissed])").click()
            window.keyboard.type(f"Begrunnelse {number}")
            window.locator("#decision [name=author]").fill("Ola")
            with window.expect_navigation():
                window.locator("#decision button[value=stay]").click()
        one.reload()
        assert "Begrunnelse 0" in one.locator(".standing").inner_text()
        there = [one.url, two.url]
        running.kill()
        for window in (one, two):
            window.close()
    with serving(home) as again:
        window = opened(browser, again)
        for number, address in enumerate(there):
            window.goto(again.base + address[address.index("/cases") :])
            assert f"Begrunnelse {number}" in window.locator(".standing").inner_text()
        window.close()


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_every_page_can_be_used_by_everyone(
    browser: Browser, server: Server, checked: str, size: str
) -> None:
    """Axe-core finds nothing (WCAG 2.2 AA), and nothing but what scrolls in itself is wider than the window."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    window = opened(browser, server, **({"size": NARROW} if size == "narrow" else {}))
    findings = [f"{checked}/findings/s1-KL-102-klasseledelse", f"{checked}/findings/s2-KL-103-klasseledelse"]
    found = {}
    for address in (
        f"{server.base}/",
        checked,
        *findings,
        f"{checked}/decisions",
        f"{checked}/documents",
        f"{checked}/settings",
    ):
        window.goto(address)
        if "findings" in address:
            window.locator(".viewer figure, .viewer section").wait_for()
        spill = window.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        wrong = [*violations(window), *([f"{spill} px too wide"] if spill > 0 else [])]
        if wrong:
            found[address] = wrong
    window.close()

    assert found == {}


def large_report() -> Report:
    """Give a report on 150 schools: the findings of one, again and again."""
    report = sample_report()
    schools = [school for school in report.schools if school.level is Level.SCHOOL]
    own = [finding for finding in report.findings if finding.school == schools[0].id]
    silent = [
        replace(finding, evidence=(), elements=(), nearest=(), review=None, considered=(), unread=())
        for finding in own
    ]
    made: list[School] = []
    findings: list[Finding] = []
    for number in range(LARGE_SCHOOLS):
        school = replace(schools[0], id=f"Skole {number:03}", name=f"Skole {number:03}", folder=None)
        made.append(school)
        findings += [replace(finding, school=school.id) for finding in silent]
    owners = [school for school in report.schools if school.level is Level.OWNER]
    rest = [finding for finding in report.findings if finding.school in {owner.id for owner in owners}]
    return replace(report, schools=(*made, *owners), findings=(*findings, *rest))


def test_150_schools_are_painted_and_filtered_quickly(page: Page, server: Server, home: Path) -> None:
    report = large_report()
    open_case(LARGE, home=home / "cases").record(report_dict(report), whole=report)
    painted, filtered = [], []
    for _ in range(3):
        page.goto(f"{server.base}/cases/{LARGE}")
        painted.append(page.evaluate(PAINTED))
        filtered.append(
            page.evaluate(
                """() => new Promise(resolve => {
                    const field = document.querySelector('[name=school]');
                    field.value = 'skole 07';
                    const start = performance.now();
                    field.dispatchEvent(new Event('input', { bubbles: true }));
                    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
                })"""
            )
        )
    page.locator("[name=school]").fill("")
    print(f"first paint {painted} ms, filter {filtered} ms")

    assert page.locator(".cells tbody tr").count() == LARGE_SCHOOLS + 1
    assert min(painted) < FIRST_PAINT_MS
    assert min(filtered) < FILTER_MS
