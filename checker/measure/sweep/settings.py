"""The operators of the sweep with their rates, and the words they need, as they stand in the data files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field
from ruamel.yaml import YAML

from checker.measure.files import Entry

Form = Literal["nb", "nn"]


class Operator(Entry):
    """A way of writing a text otherwise without saying anything else."""

    id: str
    how: str
    kind: str = ""
    rate: float = Field(default=1.0, gt=0, le=1)
    repeats: int = Field(default=1, ge=1)


class SweepFile(Entry):
    """The operators and the seed of all that is left to chance."""

    seed: int
    operators: tuple[Operator, ...]


class SweepWords(Entry):
    """The words that operators need."""

    keyboard: tuple[str, ...]
    confusions: dict[str, tuple[str, str]]
    roles: dict[Form, tuple[tuple[str, ...], ...]]
    role_prefixes: tuple[str, ...]
    role_suffixes: tuple[str, ...]
    subjects: dict[Form, tuple[str, ...]]
    object_pronouns: dict[str, str]
    verbs: dict[Form, tuple[str, ...]]
    auxiliaries: tuple[str, ...]
    adverbials: dict[Form, tuple[str, ...]]
    voices: dict[Form, dict[str, str]]
    object_ends: tuple[str, ...]
    not_turned: tuple[str, ...]
    agent: str
    columns: dict[Form, tuple[tuple[str, ...], ...]]
    made_columns: dict[Form, tuple[str, str, str]]
    neutral_headings: dict[Form, tuple[str, ...]]
    end_clauses: dict[Form, tuple[str, ...]]
    inner_clauses: dict[Form, tuple[str, ...]]


class WrittenForms(Entry):
    """Words of bokmål with those of nynorsk."""

    pairs: dict[str, str]
    first_parts: dict[str, str]
    last_parts: dict[str, str]
    back: dict[str, str]


@cache
def sweep_file() -> SweepFile:
    """Give the operators."""
    return SweepFile.model_validate(_data("sweep"))


@cache
def sweep_words() -> SweepWords:
    """Give the operators' words."""
    return SweepWords.model_validate(_data("sweep_words"))


@cache
def written_forms() -> WrittenForms:
    """Give the words of both written forms."""
    return WrittenForms.model_validate(_data("written_forms"))


def _data(name: str) -> Any:
    text = (files("checker.measure") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)
