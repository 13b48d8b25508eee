"""Names as they lie on disk or in an archive, made into text."""

from __future__ import annotations

import os
import unicodedata
from urllib.parse import quote

from checker.intake.words import letters

CODE_PAGES = ("cp850", "cp1252")


def text_of(raw: bytes) -> str:
    """Give a name's text (NFC): UTF-8, else the code page that gives most letters of Norwegian names.

    Example:
        >>> text_of("Årshjul.docx".encode("cp850"))
        'Årshjul.docx'
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = max((raw.decode(page, errors="replace") for page in CODE_PAGES), key=_likelihood)
    return unicodedata.normalize("NFC", text)


def disk_text(name: str) -> str:
    """Give the text of a name as the operating system hands it out."""
    return text_of(os.fsencode(name))


def percent_encoded(name: str) -> str:
    """Give the bytes of a relative path on disk, percent-encoded."""
    return quote(os.fsencode(name), safe="/")


def _likelihood(text: str) -> int:
    expected = letters().expected
    return sum(1 if char in expected else -1 for char in text if not char.isascii())
