"""Gives text as it should reach every later step: NFC, without marks that no reader sees."""

from __future__ import annotations

import re
import unicodedata

_SYMBOLS = {
    0xF06F: "☐",
    0xF071: "☐",
    0xF0A8: "☐",
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0FC: "✓",
    0xF0FD: "☒",
    0xF0FE: "☑",
}
"""What the places of the Wingdings and Symbol fonts show, where it is no plain bullet."""


def _table() -> dict[int, str | None]:
    """What each character that does not stand for itself becomes (None: it goes)."""
    table: dict[int, str | None] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
    table |= {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    table |= dict.fromkeys([0x00AD, 0x061C, 0x180E, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0xFFFE, 0xFFFF])
    table |= dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
    table |= dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    table |= {0x2010: "-", 0x2011: "-"}
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
    table |= dict.fromkeys(range(0xE000, 0xF900))
    table |= dict.fromkeys(range(0xF020, 0xF100), "•")
    table |= {0xF020: " ", **_SYMBOLS}
    return table


_TABLE = _table()
_CLEAN = re.compile(r"[\t\n -~¡-¬®-˿‒–—―‘’‚“”„•…€→]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_clean(text: str) -> bool:
    """Whether all of ``text`` is letters and signs that stand for themselves; False where that isn't sure."""
    return _CLEAN.fullmatch(text) is not None


def clean_text(text: str) -> str:
    """Give ``text`` in NFC without what is no text.

    Private-use bullets become "•", ligatures their letters, non-breaking and other wide spaces a space,
    U+2010 and U+2011 a hyphen, every kind of line end "\\n". Control characters, soft hyphens, zero-width
    and direction marks and lone surrogates go. White space is not folded, and nothing is trimmed.

    Example:
        >>> clean_text("\\uf0b7 Skole\\u00adle\\u00adiinga o\\ufb00entleggjer planen")
        '• Skoleleiinga offentleggjer planen'
    """
    if is_clean(text):
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
        text = _SURROGATE.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_TABLE))
