"""The hidden key of a workbook's row: by it the row is known again when the workbook comes back."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row is about.

    Args:
        fingerprint: of the text that was quoted when the workbook was made.
        decision: id of the decision that the row was filled with, empty for none.
    """

    school: str
    requirement: str
    pack: str
    fingerprint: str
    decision: str = ""

    def text(self) -> str:
        """Give the key as it stands in the cell."""
        return json.dumps(astuple(self), ensure_ascii=False)


def row_key_of(text: object) -> RowKey | None:
    """Give the key that stands in a cell, None where it holds no key.

    Example:
        >>> row_key_of(RowKey("Ås skole", "KL-102", "klasseledelse", "1f").text()).school
        'Ås skole'
        >>> row_key_of("Ås skole") is None
        True
    """
    try:
        parts = json.loads(str(text))
    except ValueError:
        return None
    if isinstance(parts, list) and len(parts) == 5 and all(isinstance(part, str) for part in parts):
        return RowKey(*parts)
    return None
