"""A real server and a real browser for tests: Chromium as the system has it, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import PROGRAMS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
MILLISECONDS = 30_000
WIDE = {"width": 1366, "height": 768}
NARROW = {"width": 400, "height": 800}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(slots=True)
class Server:
    """A server that runs: the address with its secret, and the address without."""

    process: subprocess.Popen[str]
    address: str

    @property
    def base(self) -> str:
        """The address of the start page."""
        return self.address.partition("/?")[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(SECONDS)


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Give a server whose cases lie in ``home``."""
    environment = {
        **os.environ,
        "SKOLESJEKK_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "checker", "serve", "--no-browser", "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment, cwd=ROOT)
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        yield Server(process, lines[1].strip())
    finally:
        process.terminate()
        process.wait(SECONDS)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the system's Chromium."""
    program = next(path for name in PROGRAMS["chromium"] if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, server: Server, *, size: dict[str, int] = WIDE) -> Page:
    """Give a window that was let in; what goes wrong in it fails the test."""
    page = browser.new_page(viewport=size, locale="nb-NO")
    page.set_default_timeout(MILLISECONDS)
    page.on("pageerror", lambda error: page.evaluate("text => { window.fault = text }", str(error)))
    page.goto(server.address)
    return page


def violations(page: Page) -> list[str]:
    """Give what axe-core finds wrong with a page (WCAG 2.2 AA), each with the first place."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", TAGS
    )
    return [
        f"{entry['id']}: {entry['help']} {entry['nodes'][0]['html'][:160]}" for entry in found["violations"]
    ]
