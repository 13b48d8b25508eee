"""Turns values into bytes for the cache and back, and names them by what they were made of.

JSON by pydantic's own writer, then zlib: it gives frozen dataclasses back with all their types, checks each value on
the way in, and, unlike pickle, can run nothing whatever a file holds.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")

LEVEL = 1
"""zlib's quickest: reading is what must be fast."""


class Codec(Generic[Value]):
    """Writes values of one type as bytes and reads them back.

    Args:
        kind: a frozen dataclass, or a tuple of such.
    """

    def __init__(self, kind: Any) -> None:
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def written(self, value: Value) -> bytes | None:
        """Give the value as bytes; None where it can't be written (a broken character in a text)."""
        try:
            return zlib.compress(self._adapter.dump_json(value, warnings="error"), LEVEL)
        except ValueError:
            return None

    def read(self, data: bytes) -> Value | None:
        """Give the value that was written; None where the bytes are no such value."""
        try:
            return self._adapter.validate_json(zlib.decompress(data))
        except (ValueError, zlib.error):
            return None


def key_of(*parts: object) -> str:
    """Give the name of what is made of ``parts``: plain values, dates, paths, and lists and tuples of them."""
    return hashlib.sha256(json.dumps(parts, default=str, ensure_ascii=False).encode()).hexdigest()
