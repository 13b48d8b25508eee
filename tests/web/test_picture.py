"""The pictures of the guide are those that the page gives: they are made anew, from the folder to the decision."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from PIL import Image

from tests.web.browsing import ROOT
from tests.web.picture import write_pictures

pytestmark = pytest.mark.chromium
GUIDE = ROOT / "docs" / "nettsiden.md"


def test_the_guides_pictures_are_made_by_the_page_itself(tmp_path: Path) -> None:
    write_pictures(tmp_path)

    shown = re.findall(r"!\[[^\]]+\]\(([\w-]+\.png)\)", GUIDE.read_text(encoding="utf-8"))
    made = {place.name: Image.open(place).size for place in tmp_path.glob("*.png")}

    assert sorted(made) == sorted(shown)
    assert made == {name: Image.open(GUIDE.parent / name).size for name in shown}
