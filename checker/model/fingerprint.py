"""The fingerprint of quoted text: by it a decision knows again what it was made on."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

SHOWN = 16


def fingerprint_of(quotes: Iterable[str]) -> str:
    """Give the fingerprint of quotes: the same whatever their order, white space, case and page.

    Example:
        >>> fingerprint_of(["Rektor  går på\\nbesøk."]) == fingerprint_of(["rektor går på besøk."])
        True
        >>> fingerprint_of(["Rektor går på besøk."]) == fingerprint_of(["Inspektøren går på besøk."])
        False
    """
    folded = sorted({_folded(quote) for quote in quotes})
    return hashlib.sha256("\n".join(folded).encode("utf-8", "backslashreplace")).hexdigest()[:SHOWN]


def _folded(quote: str) -> str:
    """Give the quote without white space and what can't be seen, in one case."""
    text = unicodedata.normalize("NFKC", quote).casefold()
    return "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf")
