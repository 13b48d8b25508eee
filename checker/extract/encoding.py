"""Decodes plain text of unknown encoding."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_NORWEGIAN = frozenset("æøåÆØÅ")
_EXPECTED = _NORWEGIAN | frozenset("éèêóòôäöüÄÖÜÉáà«»–—“”‘’…§°½·•´²³€ \xa0")


def decoded(data: bytes, *, declared: str | None = None) -> str:
    """Give the text of ``data``: by its byte order mark, the declared encoding, UTF-8, or what fits best.

    Never fails: bytes that mean nothing become U+FFFD.

    Example:
        >>> decoded("Strøing".encode("cp1252")), decoded("Strøing".encode("utf-16-le"))
        ('Strøing', 'Strøing')
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    for codec in (_known(declared), _utf16(data), "utf-8"):
        text = _decoded_as(data, codec)
        if text is not None:
            return text
    return _best(data)


def _known(declared: str | None) -> str | None:
    """Give the codec of a declared encoding; browsers take Latin-1 for cp1252."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _utf16(data: bytes) -> str | None:
    sample = data[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd + even < len(sample) * 0.3 or not sample:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decoded_as(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _best(data: bytes) -> str:
    """Give the text in the old code page in which it reads as Norwegian, else as the library judges."""
    candidates = {name: data.decode(name, "replace") for name in ("cp1252", "mac_roman", "cp850")}
    ranked = sorted(candidates, key=lambda name: _strange(candidates[name]))
    best = candidates[ranked[0]]
    if _strange(best) == 0 or any(letter in _NORWEGIAN for letter in best):
        return best
    guess = from_bytes(data[:_SAMPLE]).best()
    return data.decode(guess.encoding, "replace") if guess is not None else best


def _strange(text: str) -> int:
    """Give the number of characters that do not stand in Norwegian plans."""
    return sum(not letter.isascii() and letter not in _EXPECTED for letter in text)
