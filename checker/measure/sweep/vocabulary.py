"""Operators on words: the other written form, other role names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from simplemma import is_known

from checker.language.table import lemma_table
from checker.measure.sweep.markdown import WORD, Task, with_capital
from checker.measure.sweep.settings import Form, sweep_words, written_forms

SHORTEST_PART = 3
_NAME_AFTER = re.compile(r"[^\W\d_,;] $")


def other_form(text: str, task: Task) -> str:
    """Give the text in the other written form, word by word; unchanged where a word is not known.

    Example:
        >>> other_form("Hver lærer får besøk i uke 38.", Task("nb", kind="nn"))
        'Kvar lærar får vitjing i veke 38.'
    """
    target: Form = "nn" if task.kind == "nn" else "nb"
    if task.form == target:
        return text
    parts, at = [], 0
    for match in WORD.finditer(text):
        word = match[0]
        parts.append(text[at : match.start()])
        at = match.end()
        found = _in_form(word.lower(), target)
        if found is None:
            if not (word[:1].isupper() and _NAME_AFTER.search(text[: match.start()])):
                return text
            found = word
        parts.append(_as_written(found, word))
    return "".join(parts) + text[at:]


def other_role(text: str, task: Task) -> str:
    """Give the text with each name of a role replaced by another of the same kind, the same one throughout."""
    words = sweep_words()
    rows = words.roles[task.form]
    chosen: dict[str, str] = {}
    for row in rows:
        used = [role for role in row if re.search(rf"\b{re.escape(role)}\b", text, re.IGNORECASE)]
        free = [role for role in row if role not in used]
        task.chance.shuffle(free)
        chosen.update(zip(used, free, strict=False))
    if not chosen:
        return text
    names = "|".join(re.escape(name) for name in sorted(chosen, key=lambda name: (-len(name), name)))

    def change(match: re.Match[str]) -> str:
        before = text[: match.start()].split()[-1:]
        after = text[match.end() :].split()[:1]
        if {*map(str.casefold, before)} & {*words.role_prefixes} or {*after} & {*words.role_suffixes}:
            return match[0]
        return _as_written(chosen[match[0].casefold()], match[0])

    return re.sub(rf"(?<![\w-])(?:{names})(?![\w-])", change, text, flags=re.IGNORECASE)


def _in_form(word: str, form: Form) -> str | None:
    """Give a word in the written form ``form``, None where that is not known."""
    table = _table(form)
    found = table.get(word)
    if found is not None:
        return found or None
    if _is_word_of(word, form):
        return word
    for first, other in _first_parts(form).items():
        rest = word[len(first) :].removeprefix("-")
        if word.startswith(first) and len(rest) >= SHORTEST_PART:
            last = table.get(rest) or _last_parts(form).get(rest) or (rest if _is_shared(rest) else None)
            if last is not None and " " not in last:
                return other + last
    return None


def _is_word_of(word: str, form: Form) -> bool:
    return word in lemma_table(form).lemmas or is_known(word, lang=form)


def _is_shared(word: str) -> bool:
    return _is_word_of(word, "nb") and _is_word_of(word, "nn")


@cache
def _table(form: Form) -> Mapping[str, str]:
    forms = written_forms()
    return forms.pairs if form == "nn" else {**_turned(forms.pairs), **forms.back}


@cache
def _first_parts(form: Form) -> Mapping[str, str]:
    parts = written_forms().first_parts
    return parts if form == "nn" else _turned(parts)


@cache
def _last_parts(form: Form) -> Mapping[str, str]:
    parts = written_forms().last_parts
    return parts if form == "nn" else _turned(parts)


def _turned(pairs: Mapping[str, str]) -> dict[str, str]:
    """Give the pairs the other way round; of several with one value, the first."""
    turned: dict[str, str] = {}
    for key, value in pairs.items():
        turned.setdefault(value, key)
    return turned


def _as_written(found: str, word: str) -> str:
    """Give ``found`` with capitals as in ``word``."""
    if len(word) > 1 and word.isupper():
        return found.upper()
    return with_capital(found) if word[:1].isupper() else found
