"""That the documents speak of what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = tuple(
    sorted(
        path
        for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "corpus" / "README.md")
        if path.is_file()
    )
)
LATER = "What comes later"
TOP = ("checker", "corpus", "docs", "rules", "tests", ".ci")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _without_later(text: str) -> str:
    """Give the text without the section that says what is planned."""
    sections = re.split(r"(?m)^(?=## )", text)
    return "".join(section for section in sections if not section.startswith(f"## {LATER}"))


def _paths(text: str) -> list[str]:
    """Give the paths and modules of this project that stand in backticks."""
    paths = []
    for code in _CODE.findall(text):
        word = code.split("(")[0].rstrip("/")
        if re.fullmatch(r"checker(\.\w+)+", word):
            word = word.replace(".", "/")
        if "/" in word and word.split("/")[0] in TOP and not re.search(r"[\s<>{}]|\.\.", word):
            paths.append(word)
    return paths


def _exists(path: str) -> bool:
    if "*" in path or "…" in path:
        return any(ROOT.glob(path.replace("…", "*")))
    place = ROOT / path
    if place.exists() or place.with_suffix(".py").exists():
        return True
    # A public name of a package: checker.measure.evaluate; and rule packs lie in the package in the wheel.
    init = place.parent / "__init__.py"
    if init.exists() and f'"{place.name}"' in init.read_text(encoding="utf-8"):
        return True
    return path == "checker/rules" and (ROOT / "rules").is_dir()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_module_and_path_that_a_document_names_is_there(document: Path) -> None:
    text = _without_later(document.read_text(encoding="utf-8"))

    assert [path for path in _paths(text) if not _exists(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    links = [link for link, _ in _LINK.findall(document.read_text(encoding="utf-8"))]

    inner = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inner if not (document.parent / link).exists()] == []


def test_a_module_that_is_not_there_would_be_found() -> None:
    text = f"`checker/nowhere` and `checker.texts`\n\n## {LATER}\n\n`checker/later`\n"

    paths = _paths(_without_later(text))
    assert [path for path in paths if not _exists(path)] == ["checker/nowhere"]


def test_nothing_of_the_machine_stands_in_the_documents() -> None:
    found = [
        _name(document)
        for document in DOCUMENTS
        if re.search(r"(?<![\w.])/(work|root|home|tmp|Users)/", document.read_text(encoding="utf-8"))
    ]
    assert found == []
