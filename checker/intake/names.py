"""Whether two names are one school's, and which school a text names.

Generic words are data (``data/school_words.yaml``) and count for nothing by themselves: a school is known by
the other words of its name, its *core*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from checker.intake.words import letters, name_key, school_words
from checker.model import Level, School

LIKE = 90.0
LEAD = 10.0
SAME_WORD = 75.0
"""Below this ratio two words in the same place are different words (Nordre and Søndre, Øvre and Nedre)."""

_FUZZY_LETTERS = 6
_FUZZY_LEAD = 5.0
_TEXT_CHARACTERS = 4_000
_TITLE_WORDS = 30
_FILE_NAME_WORDS = 15
_SHORT_CORE_LETTERS = 5
_STEM_LETTERS = 3

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")


class _Sameness(IntEnum):
    """How a core stands in the text."""

    FUZZY = 0
    PLAIN = 1
    EXACT = 2


class _Company(IntEnum):
    """What stands after a core: nothing that says school, some school, this kind of school."""

    BARE = 0
    SCHOOL = 1
    OWN_KIND = 2


@dataclass(frozen=True, slots=True)
class _Shape:
    core: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Hit:
    school: str
    start: int
    end: int
    company: _Company
    sameness: _Sameness
    ratio: float

    @property
    def rank(self) -> tuple[_Company, _Sameness, float]:
        return (self.company, self.sameness, self.ratio)


def likeness(name: str, other: str) -> float:
    """Give how alike two names are, 0 to 100; 0 where a word of one is plainly another word in the other.

    Example:
        >>> round(likeness("Fjellgota skule", "Fjellgota skole"))
        93
        >>> likeness("Nordre Langbygda oppvekstsenter", "Søndre Langbygda oppvekstsenter")
        0.0
    """
    key, other_key = name_key(name), name_key(other)
    words, other_words = _WORD.findall(key), _WORD.findall(other_key)
    if len(words) == len(other_words) and not _agree(words, other_words):
        return 0.0
    return fuzz.ratio(key, other_key)


def looks_like_school(name: str) -> bool:
    """Give whether a folder's name holds a generic school word beside other words.

    Example:
        >>> looks_like_school("Solvang-skulen"), looks_like_school("Referater")
        (True, False)
    """
    shape = _shape(name)
    return bool(shape.core and shape.kinds)


def school_named_in(text: str, schools: Sequence[School]) -> str | None:
    """Give the id of the school whose name stands in a file name or in a document's first page.

    The core of the name must stand there whole, with no more than a slip of spelling in a long word. Beyond
    the first words of a text it counts only with a school word after it ("Solvang skole", "Solvang-skulen"):
    places and surnames are the same words. The owner is not looked for.

    Returns:
        The id, or None where no school or two schools are equally near.

    Example:
        >>> solvang = School("Solvang skole", "Solvang skole", Level.SCHOOL)
        >>> school_named_in("virksomhetsplan_solvang_sk.pdf", [solvang])
        'Solvang skole'
        >>> school_named_in("skolens plan.pdf", [solvang])
    """
    words = _words(text[:_TEXT_CHARACTERS])
    plain_words = [_plain(word) for word in words]
    hits: list[_Hit] = []
    for school in schools:
        if school.level is Level.SCHOOL:
            for name in sorted({school.name, school.folder or school.name}):
                hits.extend(_hits(words, plain_words, school.id, _shape(name)))
    return _nearest([hit for hit in hits if not any(_is_within(hit, other) for other in hits)])


def _nearest(hits: Sequence[_Hit]) -> str | None:
    best: dict[str, _Hit] = {}
    for hit in hits:
        if hit.school not in best or best[hit.school].rank < hit.rank:
            best[hit.school] = hit
    ordered = sorted(best.values(), key=lambda hit: hit.rank, reverse=True)
    if not ordered:
        return None
    first = ordered[0]
    for second in ordered[1:]:
        same_class = (first.company, first.sameness) == (second.company, second.sameness)
        if same_class and first.ratio - second.ratio < _FUZZY_LEAD:
            return None
    return first.school


def _hits(words: Sequence[str], plain_words: Sequence[str], school: str, shape: _Shape) -> list[_Hit]:
    """Give every place where ``shape`` stands in ``words``; ``plain_words`` are the same words made plain."""
    vocabulary = school_words()
    core, size = shape.core, len(shape.core)
    plain_core = tuple(_plain(word) for word in core)
    own_kinds = shape.kinds or frozenset({"school"})
    core_letters = sum(map(len, core))
    hits: list[_Hit] = []
    if not core:
        return hits
    for start in range(len(words) - size + 1):
        end = start + size
        if core == tuple(words[start:end]):
            found: tuple[_Sameness, float] | None = (_Sameness.EXACT, 100.0)
        else:
            found = _near_sameness(plain_core, plain_words[start:end])
        if found is None or (end < len(words) and words[end] in vocabulary.other):
            continue
        company = _company(words[end : end + 3], own_kinds)
        if company is None:
            continue
        is_near_top = start < _TITLE_WORDS and (
            core_letters >= _SHORT_CORE_LETTERS or len(words) <= _FILE_NAME_WORDS
        )
        if company > _Company.BARE or is_near_top:
            hits.append(_Hit(school, start, end, company, *found))
    return hits


def _company(following: Sequence[str], own_kinds: frozenset[str]) -> _Company | None:
    """Give what follows a core, None where it is another kind of school."""
    kinds: set[str] = set()
    for word in following:
        kind = school_words().kinds.get(word)
        if kind is None:
            break
        kinds.add(kind)
    if not kinds:
        return _Company.BARE
    if kinds & own_kinds:
        return _Company.OWN_KIND
    if "school" in kinds | own_kinds:
        return _Company.SCHOOL
    return None


def _near_sameness(core: Sequence[str], window: Sequence[str]) -> tuple[_Sameness, float] | None:
    if tuple(core) == tuple(window):
        return _Sameness.PLAIN, 100.0
    joined = " ".join(core)
    if len(joined) < _FUZZY_LETTERS:
        return None
    ratio = fuzz.ratio(joined, " ".join(window), score_cutoff=LIKE)
    return (_Sameness.FUZZY, ratio) if ratio >= LIKE and _agree(core, window) else None


def _is_within(hit: _Hit, other: _Hit) -> bool:
    is_longer = other.end - other.start > hit.end - hit.start
    return hit.school != other.school and is_longer and other.start <= hit.start and hit.end <= other.end


def _agree(words: Sequence[str], others: Sequence[str]) -> bool:
    """Give whether each word may be the other's word in the same place, or says the same kind of school."""
    kinds = school_words().kinds
    return all(
        kinds.get(word, word) == kinds.get(other, other) or fuzz.ratio(word, other) >= SAME_WORD
        for word, other in zip(words, others, strict=True)
    )


def _shape(name: str) -> _Shape:
    vocabulary = school_words()
    words = _words(name)
    core = tuple(word for word in words if word not in vocabulary.kinds and not word.isdigit())
    kinds = frozenset(vocabulary.kinds[word] for word in words if word in vocabulary.kinds)
    return _Shape(core, kinds)


def _words(text: str) -> list[str]:
    """Give the words of a text, casefolded, without joiners, a school word at a word's end set apart."""
    vocabulary = school_words()
    found: list[str] = []
    for word in _WORD.findall(_CAMEL.sub(" ", unicodedata.normalize("NFC", text))):
        folded = word.casefold()
        if folded not in vocabulary.joiners:
            found.extend(_parts(folded))
    return found


def _parts(word: str) -> tuple[str, ...]:
    vocabulary = school_words()
    if word in vocabulary.kinds or word in vocabulary.other:
        return (word,)
    for ending in vocabulary.endings:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LETTERS:
            return (word.removesuffix(ending), ending)
    return (word,)


def _plain(word: str) -> str:
    for letter, plain in letters().plain:
        word = word.replace(letter, plain)
    return word
