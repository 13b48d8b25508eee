"""What holds for the package as a whole: public names, and no words of the reader's language in the code."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import checker
from checker.texts import LANGUAGES, load_texts

ROOT = Path(checker.__file__).parent
PACKAGES = tuple(
    f"checker.{module.name}" for module in pkgutil.iter_modules(checker.__path__) if module.ispkg
)
SOURCES = tuple(sorted(ROOT.rglob("*.py")))
NOT_WORDS = ("æøå", "ÆØÅ", "bokmål")
"""The alphabet in a character class, and the English name of the written form."""


def _isort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as ruff's RUF022 has it."""
    group = 0 if name.isupper() else 1 if name[:1].isupper() else 2
    return group, name


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_are_sorted_and_exist(package: str) -> None:
    module = importlib.import_module(package)
    names = module.__all__

    assert list(names) == sorted(set(names), key=_isort_key)
    assert [name for name in names if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_and_the_package_are_documented(package: str) -> None:
    module = importlib.import_module(package)

    undocumented = [
        name
        for name in module.__all__
        if _has_own_docstring(value := getattr(module, name)) and len(inspect.getdoc(value) or "") < 10
    ]
    assert undocumented == []
    assert len(module.__doc__ or "") >= 10


def _has_own_docstring(value: object) -> bool:
    return inspect.isclass(value) or inspect.isfunction(value)


LETTERS = frozenset({"å", "mwæœ"})
"""Letters that stand for themselves, not words: an escape in ODF, and letters that are wide in print."""


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.relative_to(ROOT).as_posix())
def test_no_norwegian_word_stands_in_the_code(source: Path) -> None:
    """Words and sentences are data; docstrings may hold examples."""
    found = [
        f"{line}: {text}" for line, text in _strings(source) if text not in LETTERS and _is_norwegian(text)
    ]

    assert found == []


def test_a_norwegian_word_would_be_found(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text('"""Måned."""\n\nLETTER = "[a-zæøå]"\nNAMES = {f"{LETTER} måned"}\n', encoding="utf-8")

    assert [line for line, text in _strings(source) if text not in LETTERS and _is_norwegian(text)] == [4]


def _strings(source: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def _is_norwegian(text: str) -> bool:
    for plain in NOT_WORDS:
        text = text.replace(plain, "")
    return re.search(r"[æøåÆØÅ]", text) is not None


def test_the_catalogue_has_the_same_fields_in_every_language() -> None:
    catalogues = {language: load_texts(language).sentences for language in LANGUAGES}

    different = [
        key
        for key in catalogues["nb"]
        if len({tuple(sorted(set(_fields(catalogues[language][key])))) for language in LANGUAGES}) > 1
    ]
    assert different == []


def _fields(sentence: str) -> list[str]:
    return re.findall(r"(?<!\{)\{(\w+)[^{}]*\}", sentence)
