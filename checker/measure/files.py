"""Reads the files to measure with, and turns their faults into errors that name the place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from checker.measure.errors import MeasureError

Model = TypeVar("Model", bound=BaseModel)


class Entry(BaseModel):
    """A part of a key or a passage file; a key that it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _DuplicateKeyError(ValueError):
    """A key stands twice in one JSON object."""


def read_text(path: Path, *, error: type[MeasureError]) -> str:
    """Give the text of ``path`` (UTF-8, with or without byte order mark).

    Raises:
        MeasureError: of the class ``error``: no such file, or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error("measure.file.not_utf8", file=path.name) from fault
    except OSError as fault:
        raise error("measure.file.unreadable", file=str(path)) from fault


def read_json(path: Path, *, error: type[MeasureError]) -> Any:
    """Give what stands in the JSON file ``path``; a key that stands twice is a fault.

    Raises:
        MeasureError: of the class ``error``.
    """
    text = read_text(path, error=error)
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as fault:
        raise error(
            "measure.file.not_json", file=path.name, line=fault.lineno, column=fault.colno, problem=fault.msg
        ) from fault
    except _DuplicateKeyError as fault:
        raise error("measure.file.duplicate_key", file=path.name, name=str(fault)) from fault


def read_yaml(path: Path, *, error: type[MeasureError]) -> Any:
    """Give what stands in the YAML file ``path``; a key that stands twice is a fault.

    Raises:
        MeasureError: of the class ``error``.
    """
    text = read_text(path, error=error)
    try:
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise error(
            "measure.file.not_yaml", file=path.name, line=line, column=column, problem=str(fault.problem)
        ) from fault
    except YAMLError as fault:
        raise error("measure.file.not_yaml", file=path.name, line=1, column=1, problem=str(fault)) from fault


def validated(
    model: type[Model], data: object, *, file: str, place: Iterable[str] = (), error: type[MeasureError]
) -> Model:
    """Give ``data`` as ``model``.

    Args:
        place: the keys that lead to ``data`` in the file, for the message.

    Raises:
        MeasureError: of the class ``error``, with the first fault's place and the number of faults.
    """
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        faults = fault.errors(include_url=False)
        first = faults[0]
        where = " → ".join([*place, *(_step(step) for step in first["loc"])])
        found = first["input"]
        raise error(
            _KEYS.get(first["type"], "measure.file.wrong_value"),
            file=file,
            place=where,
            found=found if isinstance(found, str | int | float) else type(found).__name__,
            problem=first.get("ctx", {}).get("expected", first["msg"]),
            count=len(faults),
        ) from fault


_KEYS = {
    "enum": "measure.file.not_one_of",
    "extra_forbidden": "measure.file.unknown_key",
    "literal_error": "measure.file.not_one_of",
    "missing": "measure.file.key_missing",
}


def _step(step: str | int) -> str:
    return str(step) if isinstance(step, str) else str(step + 1)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        raise _DuplicateKeyError(next(name for name in names if names.count(name) > 1))
    return data
