"""Reads the package's word lists."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from checker.texts import read_yaml


@cache
def word_lists(name: str) -> dict[str, Any]:
    """Give the content of the data file ``name`` (without ``.yaml``)."""
    text = (files("checker.language") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    return data
