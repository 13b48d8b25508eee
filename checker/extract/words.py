"""The word lists of the readers, from ``data/words.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@cache
def words(name: str) -> tuple[str, ...]:
    """Give the word list called ``name``."""
    text = (files("checker.extract") / "data" / "words.yaml").read_text(encoding="utf-8")
    return tuple(YAML(typ="safe").load(text)[name])
