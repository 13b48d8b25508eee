"""What the tests of the intake share."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Makes a folder from paths (a path that ends with a slash is an empty folder)."""

    def make(*paths: str, **contents: str) -> Path:
        root = tmp_path / "mappe"
        root.mkdir(exist_ok=True)
        for path in paths:
            place = root / path
            if path.endswith("/"):
                place.mkdir(parents=True, exist_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text("Rektor går skolevandring.", encoding="utf-8")
        if "list" in contents:
            (root / "skoler.csv").write_text(contents["list"], encoding="utf-8")
        return root

    return make


@pytest.fixture
def write_zip() -> Callable[[Path, Mapping[str, str]], Path]:
    """Writes a ZIP of texts."""

    def write(path: Path, members: Mapping[str, str]) -> Path:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        return path

    return write
