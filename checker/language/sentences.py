"""Finds the sentences of a text by its punctuation, with lists of abbreviations and ordinals.

It works on the text, not on tokens: it needs no pipeline and gives the same units with and without one.

A label and its value ("Ansvarlig: Rektor.") stay one sentence. A colon ends one where a clause stands before
it and a whole sentence, with capital and full stop, or with a dash or quotation mark, behind it.

**Measured** on the UD test sentences (``python -m checker.language.train``): see the model's card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from checker.language.words import word_lists

CLOSERS = "»”\"’'\\)\\]"
QUOTES = "«“„\"‘'"
OPENERS = QUOTES + "\\(\\["
CLOSING_MARKS = ("»", "”", '"', ")", "]", "%")
BREAK = re.compile(r"(?<!\s)(?:[^\S\n]*+\n\s*+|\s++(?=[•●▪◦‣■□]))")
CAPITALS = "A-ZÆØÅÁÀÂÄÇČĐÉÈÊËÍÓÒÔÖÚÜŊŠŦŽ"
END = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[{CLOSERS}]*+)(?:\s++|(?=[{OPENERS}]?[{CAPITALS}][a-zæøå])|$)"
)
STARTER = re.compile(rf"[{OPENERS}–—-]{{0,4}}\s*(?:[{CAPITALS}§]|(?P<digit>\d))")
LAST_WORD = re.compile(r"[^\s«»“”\"(\[\]]+$")
NUMBER = re.compile(r"^(?:[a-zæøå]+[-–/])?\d{1,4}$|^\d+(?:[-–./]+\d*)+$|^[ivx]+$")
ADDRESS = re.compile(r"@|://|^www\.|\.(?:no|com|org|net)\b", re.IGNORECASE)
COLON = re.compile(rf":\s++(?=(?:(?P<speech>[{QUOTES}–—-])\s*)?(?:[{CAPITALS}]|\.\.\.|…))")
CLOSED = re.compile(rf"[.!?…][{CLOSERS}]*$")
CLAUSE_WORD = re.compile(r"[^\W\d_]+")
LEAST_CLAUSE_WORDS = 3
LOOK_BACK = 40
"""How many characters before a mark are looked at: more than the longest abbreviation."""


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Give the start and end offset of each sentence, without white space around it.

    Example:
        >>> text = "Rektor vandrer kl. 9.15, jf. plan. Det skjer 15. august."
        >>> [text[start:end] for start, end in sentence_spans(text)]
        ['Rektor vandrer kl. 9.15, jf. plan.', 'Det skjer 15. august.']
    """
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        begin = start
        for match in END.finditer(text, start, end):
            if match.end() < end and _ends_sentence(text, begin, match, end):
                spans.append((begin, match.end("close")))
                begin = match.end()
        spans.append((begin, end))
    trimmed = (_trimmed(text, *span) for span in spans)
    return tuple(part for span in trimmed if span is not None for part in _parts_at_colons(text, *span))


def _lines(text: str) -> list[tuple[int, int]]:
    """Give the parts of a text between line breaks and bullets; a line that goes on is not cut."""
    cuts = [0]
    for match in BREAK.finditer(text):
        goes_on = "\n" in match.group() and text[match.end() : match.end() + 1].islower()
        if not goes_on:
            cuts.append(match.end())
    cuts.append(len(text))
    return list(pairwise(cuts))


def _parts_at_colons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentence, cut after each colon that stands between a clause and a whole sentence."""
    if CLOSED.search(text, max(start, end - LOOK_BACK), end):
        words, has_sign, at = 0, False, start
        for match in COLON.finditer(text, start, end):
            found = (word.lower() for word in CLAUSE_WORD.findall(text, at, match.start()))
            before = [word for word in found if len(word) > 1 or word in _words_of_one_letter()]
            at = match.end()
            words += len(before)
            has_sign = has_sign or not _clause_words().isdisjoint(before)
            if words >= LEAST_CLAUSE_WORDS and (has_sign or match.group("speech")):
                yield start, match.start() + 1
                start, words, has_sign = at, 0, False
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether the mark ends a sentence, by the word before it and what follows."""
    starter = STARTER.match(text, match.end(), end)
    if starter is None:
        return False
    back = max(begin, match.start() - LOOK_BACK)
    before = text[back : match.start()].rstrip()
    if match.group("mark") != "." or before.endswith(CLOSING_MARKS):
        return True
    abbreviation = _abbreviations().search(text[back : match.end("mark")].lower())
    if abbreviation is not None:
        return abbreviation.group() in _may_end() and starter.group("digit") is None
    if match.group("close"):
        return True
    word_match = LAST_WORD.search(before)
    word = word_match.group() if word_match else ""
    is_glued = match.end() == match.end("close")
    if is_glued and (len(word) < 3 or not word.isalpha() or ADDRESS.search(_run(text, match.start()))):
        return False
    if NUMBER.match(word.lower()):
        return not _is_ordinal(text, begin, match.start() - len(word), match.end())
    if len(word) == 1 and word.isupper():
        return before[:-1].rstrip()[-1:].isdigit()
    return bool(before)


def _run(text: str, at: int) -> str:
    """Give the characters without white space around a place."""
    before = text[max(0, at - LOOK_BACK) : at].split()
    after = text[at : at + LOOK_BACK].split(maxsplit=1)
    return before[-1] + after[0]


def _is_ordinal(text: str, begin: int, number_start: int, after: int) -> bool:
    """Whether a number with a full stop counts what follows, or numbers the sentence itself."""
    if number_start - begin < LOOK_BACK and not text[begin:number_start].strip(' «"(-–•§'):
        return True
    following = re.match(r"[^\W\d_]+", text[after : after + LOOK_BACK])
    return following is not None and following.group().lower() in _counted()


@cache
def _abbreviations() -> re.Pattern[str]:
    """Give a pattern for an abbreviation at the end of a text."""
    lists = word_lists("abbreviations")
    listed = sorted([*lists["never_last"], *lists["may_end"]], key=lambda entry: (-len(entry), entry))
    return re.compile(r"(?<![^\W_])(?<![.])(?:" + "|".join(map(re.escape, listed)) + r")$")


@cache
def _may_end() -> frozenset[str]:
    """Give the abbreviations that a sentence may end with."""
    return frozenset(word_lists("abbreviations")["may_end"])


@cache
def _words_of_one_letter() -> frozenset[str]:
    """Give the words that are one letter long."""
    return frozenset(word_lists("clauses")["one_letter"])


@cache
def _clause_words() -> frozenset[str]:
    """Give the words that show a clause before a colon."""
    return frozenset(word_lists("clauses")["clause_words"])


@cache
def _counted() -> frozenset[str]:
    """Give the words that an ordinal stands before, also when they have a capital."""
    return frozenset(word_lists("ordinals")["counted"])
