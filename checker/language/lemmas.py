"""Dictionary forms of single words, in both written forms.

A word is looked up in the treebank's counts and simplemma's word lists. One that is in neither is taken
apart: a compound has the dictionary form of its last part, and what is left is tried against endings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from simplemma.strategies import DefaultDictionaryFactory

from checker.language.table import lemma_table
from checker.language.words import word_lists

FORMS = ("nb", "nn")
REMEMBERED_WORDS = 200_000
MIN_FIRST_PART = 3
MIN_LAST_PART = 4
MIN_LAST_PART_ALONE = 5
"""How long the last part of a compound must be where the first part is no known word."""


@lru_cache(maxsize=REMEMBERED_WORDS)
def lemmas_of(word_lower: str, language: str | None) -> tuple[str, ...]:
    """Give all plausible dictionary forms of a word, the likeliest first; the word itself if none is known.

    Args:
        word_lower: in lower case.
        language: "nb" or "nn" to put that form's first; both count in any case.

    Example:
        >>> lemmas_of("skolevandringene", "nb")
        ('skolevandring',)
        >>> lemmas_of("avdelingsleiarane", "nn")
        ('avdelingsleiar',)
    """
    forms = FORMS if language != "nn" else FORMS[::-1]
    found = list(_of_whole_word(word_lower, forms))
    if not found and "-" in word_lower.strip("-"):
        first, _, last = word_lower.rpartition("-")
        found = [f"{first}-{lemma}" for lemma in lemmas_of(last, language)]
    if not found:
        found = list(_of_abbreviated(word_lower, language))
    if not found:
        found = list(_of_compound(word_lower, forms))
    if not found:
        found = list(_of_endings(word_lower))
    return tuple(dict.fromkeys(_with_both_infinitives(found, forms))) or (word_lower,)


@lru_cache(maxsize=REMEMBERED_WORDS)
def is_known_word(word_lower: str) -> bool:
    """Whether a word stands in the word lists, in either written form, or does without its genitive s."""
    return _is_listed(word_lower) or (word_lower.endswith("s") and _is_listed(word_lower[:-1]))


@lru_cache(maxsize=REMEMBERED_WORDS)
def is_well_formed(word_lower: str) -> bool:
    """Whether a word is known, or made of a known first and a known last part."""
    if is_known_word(word_lower) or word_lower in word_lists("lemmas")["words"]:
        return True
    if "-" in word_lower.strip("-"):
        return all(is_well_formed(part) for part in word_lower.split("-") if part)
    if not word_lower.isalpha():
        return False
    cuts = range(MIN_FIRST_PART, len(word_lower) - MIN_LAST_PART + 1)
    return any(is_known_word(word_lower[cut:]) and _is_first_part(word_lower[:cut]) for cut in cuts)


def best_lemma(word: str, form: str | None, pos: str, features: str) -> str:
    """Give the most likely dictionary form of a word as it stands in a text.

    Args:
        word: as written; a name keeps its capital.
        pos: part of speech, "" where unknown.
        features: as ``Definite=Def|Number=Sing``, "" where unknown.
    """
    if pos == "X":
        return word.lower()
    if pos == "PROPN":
        return word[:-1] if "Case=Gen" in features and word.endswith("s") else word
    if pos and form is not None:
        return _lemma_by_features(word.lower(), form, pos, features)
    return lemmas_of(word.lower(), form)[0]


@lru_cache(maxsize=REMEMBERED_WORDS)
def _lemma_by_features(word: str, form: str, pos: str, features: str) -> str:
    """Give the counted lemma; else what an ending makes of the word, if listed; else the likeliest."""
    table = lemma_table(form)
    counted = table.lemma(word, pos, features)
    if counted is not None:
        return counted
    plausible = lemmas_of(word, form)
    by_ending = table.by_ending(word, pos, features)
    if by_ending is None or by_ending in plausible:
        return by_ending or plausible[0]
    listed = _listed_lemma(word, form)
    if listed is None:
        by_part = next(_of_compound_part(word, form, pos, features), None)
        return by_part or by_ending
    return by_ending if _listed_lemma(by_ending, form) == by_ending else listed


def _of_compound_part(word: str, form: str, pos: str, features: str) -> Iterator[str]:
    """Give the word with the counted lemma of its longest counted last part."""
    table = lemma_table(form)
    for cut in range(MIN_FIRST_PART, len(word) - MIN_LAST_PART + 1):
        last = table.lemma(word[cut:], pos, features)
        if last is not None:
            yield word[:cut] + last


@cache
def _dictionary(form: str) -> Mapping[str, str]:
    dictionary: Mapping[str, str] = DefaultDictionaryFactory(cache_max_size=len(FORMS)).get_dictionary(form)
    return dictionary


def _listed_lemma(word: str, form: str) -> str | None:
    lemma = _dictionary(form).get(word)
    return lemma.lower() if lemma is not None else None


def _is_listed(word: str) -> bool:
    return any(
        word in lemma_table(form).lemmas
        or any(_dictionary(form).get(name) is not None for name in (word, word.capitalize()))
        for form in FORMS
    )


def _of_whole_word(word: str, forms: Iterable[str]) -> Iterator[str]:
    """Give what the lists say of a word, of its form without the -s of genitive and passive as well."""
    fixed = word_lists("lemmas")["words"].get(word)
    if fixed is not None:
        yield from fixed
    found = False
    for form in forms:
        counted = lemma_table(form).lemmas.get(word, ())
        found = found or bool(counted)
        yield from counted
    for form in forms:
        lemma = _listed_lemma(word, form)
        if lemma is not None:
            found = True
            if lemma != word and _is_noun(word, form):
                yield word
            yield lemma
    if found or fixed is not None:
        return
    for ending, replacements in word_lists("lemmas")["inflected"].items():
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        for replacement in replacements:
            for form in forms:
                lemma = _listed_lemma(stem + replacement, form)
                if lemma is not None:
                    found = True
                    yield lemma
        if found:
            return
    for form in forms:
        lemma = _dictionary(form).get(word.capitalize())
        if lemma is not None:
            yield lemma.lower()


def _of_abbreviated(word: str, language: str | None) -> Iterator[str]:
    """Give the full word for one that begins with an abbreviation ("avd.leiarane")."""
    for prefix, full in word_lists("abbreviations")["prefixes"].items():
        if word.startswith(prefix) and len(word) > len(prefix) + MIN_FIRST_PART:
            yield from lemmas_of(full + word.removeprefix(prefix), language)
            return


def _of_compound(word: str, forms: Iterable[str]) -> Iterator[str]:
    """Give the word with its last part's dictionary form: the longest last part after a known first part."""
    if not word.isalpha():
        return
    cuts = range(MIN_FIRST_PART, len(word) - MIN_LAST_PART + 1)
    never = word_lists("lemmas")["never_last_part"]
    parted = [cut for cut in cuts if word[cut:] not in never and any(_of_whole_word(word[cut:], forms))]
    sound = [cut for cut in parted if _is_first_part(word[:cut])]
    alone = [cut for cut in parted if len(word) - cut >= MIN_LAST_PART_ALONE]
    for cut in (sound or alone)[:1]:
        for lemma in _of_whole_word(word[cut:], forms):
            yield word[:cut] + lemma


def _is_first_part(part: str) -> bool:
    """Whether a compound can begin with it: a listed word, also with a joining s or e."""
    joined = part[:-1] if part[-1] in "se" and len(part) > MIN_FIRST_PART else part
    return _is_listed(part) or _is_listed(joined)


def _of_endings(word: str) -> Iterator[str]:
    """Give what the longest matching ending makes of an unknown word."""
    for ending, replacements in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= MIN_FIRST_PART:
            for replacement in replacements:
                yield word.removesuffix(ending) + replacement
            return


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    endings: Mapping[str, list[str]] = word_lists("lemmas")["endings"]
    return tuple(
        sorted(((end, tuple(new)) for end, new in endings.items()), key=lambda e: (-len(e[0]), e[0]))
    )


def _with_both_infinitives(lemmas: Iterable[str], forms: tuple[str, ...]) -> Iterator[str]:
    """Give the lemmas, with each verb's infinitive in -a and in -e where the lists know it as a verb."""
    for lemma in lemmas:
        yield lemma
        if len(lemma) > MIN_FIRST_PART and lemma[-1] in "ae":
            other = lemma[:-1] + ("e" if lemma[-1] == "a" else "a")
            if _listed_lemma(other, "nn") in {lemma, other} and _is_verb(lemma[:-1]):
                yield other


def _is_noun(word: str, form: str) -> bool:
    """Whether the lists have a noun's form of which the word is the lemma."""
    endings = word_lists("lemmas")["noun_endings"]
    return any(_listed_lemma(word + ending, form) == word for ending in endings)


def _is_verb(stem: str) -> bool:
    """Whether the lists know a stem with a verb's endings."""
    return any(_is_listed(stem + ending) for ending in word_lists("lemmas")["verb_endings"])
