"""Joins the lines of a text and undoes the hyphenation at their ends, keeping the hyphens that are real."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from checker.extract.clean import clean_text, is_clean
from checker.extract.pdf.sheet import HYPHEN, LOWERED, RAISED
from checker.extract.pdf.words import Words

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SOFT = "\u00ad"
_STEM = 5
_MARKS = re.compile(f"([{HYPHEN}{RAISED}{LOWERED}])")
_LAST_PART = re.compile(r"([^\s/(«\"]*)$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_PART = 8
_SIGN = re.compile(r"^\W\s+")
_FIRST_PART = re.compile(r"^[^\W_]+")
_INNER = re.compile(r"(?<![\w-])([^\W\d_]{2,})- ([^\W\d_]{2,})(?![\w-])")
_NUMBERS_FROM = re.compile(r"\d\.?–$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The document's own words, which tell a real hyphen from a broken word.

    Args:
        tokens: every word with its count, casefolded; those with a hyphen whole.
        hyphenated: every two parts that a hyphen binds, the second cut to five letters, with their count.
        inner: the words that stand neither first nor last in a line at least once.
        coordinators: words after which a hanging hyphen stays ("elev- og foreldresamtaler").
    """

    tokens: Counter[str]
    inner: frozenset[str]
    hyphenated: Counter[str]
    coordinators: frozenset[str]

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self.tokens


def vocabulary_of(texts: Iterable[str], words: Words) -> Vocabulary:
    """Give the vocabulary of lines of text; a part of a word that is broken at the line's end is left out."""
    tokens: Counter[str] = Counter()
    inner: set[str] = set()
    for text in texts:
        whole = text.rstrip()
        if whole.endswith((HYPHEN, "-", _SOFT)):
            whole = _LAST_PART.sub("", whole)
        found = [token.casefold() for token in _TOKEN.findall(whole)]
        tokens.update(found)
        inner.update(found[1:-1])
    hyphenated: Counter[str] = Counter()
    for token, count in tokens.items():
        for left, right in pairwise(token.split("-")):
            hyphenated[f"{left}-{right[:_STEM]}"] += count
    return Vocabulary(tokens, frozenset(inner), hyphenated, words.coordinators)


def _is_real(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen between the end of a line and the start of the next belongs to the word."""
    last = re.split(r"[-–]", left)[-1]
    first_match = _FIRST_PART.match(right)
    if not last or first_match is None or not right[0].islower() or not last[-1].isalpha():
        return True
    first = first_match[0]
    if len(last) == 1 or (len(last) <= 6 and last.isupper()):
        return True
    bound = vocabulary.hyphenated[f"{last}-{first[:_STEM]}".casefold()]
    return bound > vocabulary.tokens[f"{last}{first}".casefold()]


def _boundary(left: str, right: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Give the left line as it stands before the right one, and what comes between them."""
    if left.endswith((HYPHEN, "-", _SOFT)) and len(left) > 1 and not left[-2].isspace():
        stem = left[:-1]
        first = _FIRST_PART.match(right)
        if first is not None and first[0].casefold() in vocabulary.coordinators:
            return stem, "- "
        last = _LAST_PART.search(stem)
        return stem, "-" if _is_real(last[1] if last else "", right, vocabulary) else ""
    if left.endswith("/") and not left.endswith(" /"):
        return left, ""
    return left, "" if _NUMBERS_FROM.search(left) and right[0].isdigit() else " "


def join(left: str, right: str, vocabulary: Vocabulary) -> str:
    """Give two lines as one text.

    Example:
        >>> from checker.extract.pdf.words import load_words
        >>> nothing = vocabulary_of([], load_words())
        >>> join("Planen gjeld for klas-", "sane våre", nothing)
        'Planen gjeld for klassane våre'
        >>> join("etter IKT-", "reglementet", nothing), join("elev-", "og foreldresamtalar", nothing)
        ('etter IKT-reglementet', 'elev- og foreldresamtalar')
    """
    return joined([left, right], vocabulary)


def joined(texts: Iterable[str], vocabulary: Vocabulary) -> str:
    """Give the lines as one text, the marks for raised digits kept."""
    filled = [text.strip() for text in texts if text.strip()]
    parts: list[str] = []
    for text, following in pairwise(filled):
        parts.extend(_boundary(text, following, vocabulary))
    return "".join([*parts, *filled[-1:]])


def breaks_a_word(left: str, right: str, vocabulary: Vocabulary, *, is_full: bool) -> bool:
    """Whether a narrow cell broke a word between two lines without a hyphen.

    The document has the whole word elsewhere; or the left part fills its line alone (``is_full``) and neither
    part ever stands within a line.
    """
    last, first = _LAST_WORD.search(left.rstrip()), _FIRST_WORD.match(right.lstrip())
    if last is None or first is None or not first[0][0].islower():
        return False
    parts = (last[0].casefold(), first[0].casefold())
    is_lone_letter = len(parts[1]) < 2 and (len(right.strip()) > 1 or not is_full)
    if is_lone_letter or parts[1] in vocabulary.coordinators:
        return False
    if any(part in vocabulary.inner for part in parts):
        return False
    whole = "".join(parts)
    if whole in vocabulary.inner or (whole in vocabulary and len(parts[0]) >= _SHORTEST_PART):
        return True
    return is_full and len(parts[0]) >= _SHORTEST_PART and last[0] == _SIGN.sub("", left.strip())


def finished(text: str, vocabulary: Vocabulary) -> str:
    """Give a text as it is cited: without marks, white space folded, broken words within it mended."""
    text = text.replace(RAISED, "").replace(LOWERED, "").replace(HYPHEN, "-")
    text = _SPACES.sub(" ", clean_text(text)).strip()
    if "- " in text:
        text = _INNER.sub(lambda found: _mended(found, vocabulary), text)
    return text


def _mended(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Give "ram- mer" as "rammer", unless the hyphen hangs before a coordinator or the parts are words."""
    left, right = found[1], found[2]
    if right.casefold() in vocabulary.coordinators or not right[0].islower():
        return found[0]
    if left + right in vocabulary or (left not in vocabulary and right not in vocabulary):
        return left + right
    return found[0]


def tidy(text: str) -> str:
    """Give the text of a line with its marks kept and all else cleaned; a hyphen mark within is a hyphen."""
    if is_clean(text):
        return text
    parts = _MARKS.split(text)
    cleaned = "".join(part if _MARKS.fullmatch(part) else clean_text(part) for part in parts)
    if HYPHEN in cleaned[:-1]:
        cleaned = cleaned[:-1].replace(HYPHEN, "-") + cleaned[-1]
    return cleaned
