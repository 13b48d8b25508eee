"""Makes the picture of the page in the README: ``python -m tests.web.picture docs/page.png``."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.web.browsing import ROOT, chromium, opened, serving

FOLDER = ROOT / "corpus" / "tverrmark"
FINDING = "s5-KL-102-klasseledelse"
COLOURS = 128
GAP = 24


def write_picture(place: Path) -> None:
    """Write the matrix of the invented municipality, and below it a finding with its quote on the page."""
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as server, chromium() as browser:
        page = opened(browser, server)
        page.get_by_text("Eller skriv hvor mappen ligger").click()
        page.locator("[name=folder]").fill(str(FOLDER))
        page.locator("[name=name]").fill("Tverrmark 2026")
        page.get_by_role("button", name="Kontroller").click()
        page.locator("#grid").wait_for(timeout=300_000)
        address = page.url
        shots = [page.screenshot()]
        page.goto(f"{address}/findings/{FINDING}")
        page.locator(".viewer .mark").first.wait_for()
        page.wait_for_timeout(1000)
        shots.append(page.screenshot())
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    width, height = pictures[0].size
    whole = Image.new("RGB", (width, 2 * height + GAP), "white")
    for number, picture in enumerate(pictures):
        whole.paste(picture, (0, number * (height + GAP)))
    whole.quantize(COLOURS).save(place, optimize=True)


if __name__ == "__main__":
    os.environ.pop("SKOLESJEKK_HOME", None)
    write_picture(Path(sys.argv[1]))
