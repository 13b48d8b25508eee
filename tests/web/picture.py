"""Makes the pictures of the page in README and guide: ``python -m tests.web.picture docs``."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.web.browsing import ROOT, chromium, opened, serving

FOLDER = ROOT / "corpus" / "tverrmark"
FINDING = "s5-KL-102-klasseledelse"
COLOURS = 128
GAP = 24


def write_pictures(folder: Path) -> None:
    """Write the start page, the matrix with a finding below it, and a decision with the list of decisions."""
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as server, chromium() as browser:
        page = opened(browser, server)
        page.get_by_text("Eller skriv hvor mappen ligger").click()
        page.locator("[name=folder]").fill(str(FOLDER))
        page.locator("[name=name]").fill("Tverrmark 2026")
        page.locator("[name=folder]").evaluate("field => field.value = 'X:\\\\Tilsyn\\\\tverrmark'")
        start = page.screenshot()
        page.locator("[name=folder]").fill(str(FOLDER))
        page.get_by_role("button", name="Kontroller").click()
        page.locator("#grid").wait_for(timeout=300_000)
        address = page.url
        matrix = page.screenshot()
        page.goto(f"{address}/findings/{FINDING}")
        page.locator(".viewer .mark").first.wait_for()
        page.wait_for_function("document.querySelector('.viewer').scrollTop > 0")
        page.wait_for_timeout(500)
        finding = page.screenshot()
        page.locator("#decision label:has([value=confirmed])").click()
        page.locator("#decision [name=author]").fill("Ingrid Moe")
        page.locator("#decision [name=reason]").fill("Inspektøren bekrefter at besøkene ikke er tidfestet.")
        decision = page.screenshot()
        page.locator("#decision button[value=stay]").click()
        page.wait_for_load_state()
        page.goto(f"{address}/decisions")
        decisions = page.screenshot()
    _write([start], folder / "page-start.png")
    _write([matrix, finding], folder / "page.png")
    _write([decision, decisions], folder / "page-decision.png")


def _write(shots: Sequence[bytes], place: Path) -> None:
    """Write pictures one below the other, in few colours."""
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    width, height = pictures[0].size
    whole = Image.new("RGB", (width, len(pictures) * (height + GAP) - GAP), "white")
    for number, picture in enumerate(pictures):
        whole.paste(picture, (0, number * (height + GAP)))
    whole.quantize(COLOURS).save(place, optimize=True)


if __name__ == "__main__":
    os.environ.pop("SKOLESJEKK_HOME", None)
    write_pictures(Path(sys.argv[1]))
