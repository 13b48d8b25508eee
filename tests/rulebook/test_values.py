"""YAML is read quickly, and gives what the careful reader gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

import checker.texts.values as values
from checker.rulebook import load_rules
from checker.rulebook.load import rules_root
from checker.texts import read_yaml

PACKAGE = Path(values.__file__).parent.parent


def careful(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    "text",
    [
        "012",
        "1_000",
        "1:30",
        "no",
        "on",
        "yes",
        "y",
        "1e3",
        ".5",
        "2024-01-02",
        "2024-01-02T10:00:00Z",
        "0x1F",
        "0b11",
        "0o7",
        "1.",
        "-0",
        "+3",
        "9.9.9",
        "_",
        "~",
        "null",
        "True",
        ".inf",
        "1.50",
        "[a:b]",
        "{a:b}",
        "-",
        "''",
    ],
)
def test_a_plain_word_means_the_same_to_both(text: str) -> None:
    assert repr(careful(text)) == repr(read_yaml(text))


def test_keys_are_merged_as_the_careful_reader_does() -> None:
    text = "a: &a {x: 1}\nb: {<<: *a, y: 2}\n"

    assert careful(text) == read_yaml(text) == {"a": {"x": 1}, "b": {"x": 1, "y": 2}}


def test_a_key_that_stands_twice_is_told_with_its_place() -> None:
    with pytest.raises(DuplicateKeyError) as caught:
        read_yaml("a: 1\nb: 2\na: 3\n")

    assert caught.value.problem_mark.line == 2


SHIPPED = sorted(p for root in (rules_root(), PACKAGE) for p in root.rglob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_needs_no_careful_reader(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")
    expected = repr(careful(text))
    monkeypatch.setattr(values, "YAML", None)

    assert expected == repr(read_yaml(text))


def test_the_shipped_rules_are_loaded_without_the_careful_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "YAML", None)

    assert load_rules().requirement("KL-102") is not None


@settings(deadline=None)
@given(st.text("aæno059.-+_:<=~ '\"", min_size=1, max_size=9))
def test_any_word_of_a_list_means_the_same_to_both(word: str) -> None:
    text = f"- {word}\n- b: {word}\n"
    try:
        expected = careful(text)
    except (MarkedYAMLError, ValueError):
        reject()

    assert repr(expected) == repr(read_yaml(text))
