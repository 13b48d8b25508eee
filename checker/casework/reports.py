"""A report as a case keeps it: packed, and known by the SHA-256 of what it says."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_OF_THE_RUN = ("started", "seconds")
"""What differs between two runs that say the same."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """A rule pack as its files stand: pairs of name and text."""

    name: str
    version: str
    sha256: str
    files: tuple[tuple[str, str], ...]


def content_sum(report: Mapping[str, Any]) -> str:
    """Give the SHA-256 of what a report says, whenever it was made."""
    run = {name: value for name, value in report["run"].items() if name not in _OF_THE_RUN}
    return hashlib.sha256(_dumped({**report, "run": run})).hexdigest()


def packed(value: Mapping[str, Any]) -> bytes:
    """Give the bytes that a value is kept as."""
    return zlib.compress(_dumped(value))


def unpacked(data: bytes) -> dict[str, Any]:
    """Give the value that was packed."""
    value: dict[str, Any] = json.loads(zlib.decompress(data))
    return value


def _dumped(value: Mapping[str, Any]) -> bytes:
    # A lone surrogate in a file's name becomes its JSON escape.
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
