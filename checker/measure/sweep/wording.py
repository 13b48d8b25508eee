"""Operators on sentences: word order, voice, a clause more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from checker.measure.sweep.markdown import (
    Task,
    changed_prose,
    is_item,
    is_prose,
    is_row,
    row_of,
    sentences_of,
    with_capital,
    without_capital,
)
from checker.measure.sweep.settings import Form, sweep_words

UNSAFE = re.compile(r"[,:;()«»?!–\"]")
LONGEST_OBJECT = 6
SHORTEST_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause that was taken apart: subject, finite verb, the rest, and an adverbial of time."""

    subject: str
    verb: str
    rest: str
    adverbial: str = ""


def clause_of(sentence: str, form: Form) -> Clause | None:
    """Give the parts of a plain main clause that begins with its subject; None for any other sentence.

    Example:
        >>> clause_of("Rektor går skolevandring i uke 38.", "nb")
        Clause(subject='Rektor', verb='går', rest='skolevandring', adverbial='i uke 38')
    """
    if not sentence.endswith(".") or UNSAFE.search(sentence):
        return None
    body = sentence[:-1]
    found = _subject(form).match(body)
    if found is None:
        return None
    verb, _, rest = body[found.end() :].strip().partition(" ")
    if not _is_verb(verb, form) or not rest:
        return None
    adverbial = _at_end(form).search(rest)
    if adverbial is None:
        return Clause(found[1], verb, rest)
    return Clause(found[1], verb, rest[: adverbial.start()].strip(), adverbial[1])


def adverbial_first(text: str, task: Task) -> str:
    """Move an adverbial of time from a sentence's end to its beginning."""

    def change(sentence: str) -> str:
        clause = clause_of(sentence, task.form)
        if clause is None or not clause.adverbial or not clause.rest:
            return sentence
        subject = without_capital(clause.subject)
        return f"{with_capital(clause.adverbial)} {clause.verb} {subject} {clause.rest}."

    return changed_prose(text, change)


def adverbial_last(text: str, task: Task) -> str:
    """Move an adverbial of time from a sentence's beginning to its end."""

    def change(sentence: str) -> str:
        found = _at_start(task.form).match(sentence)
        if found is None or UNSAFE.search(sentence) or not sentence.endswith("."):
            return sentence
        verb, _, after = sentence[found.end() : -1].strip().partition(" ")
        subject = _subject(task.form).match(after)
        if subject is None or not _is_verb(verb, task.form, with_auxiliaries=True):
            return sentence
        rest = after[subject.end() :].strip()
        if not rest:
            return sentence
        return f"{with_capital(subject[1])} {verb} {rest} {without_capital(found[1])}."

    return changed_prose(text, change)


def active_to_passive(text: str, task: Task) -> str:
    """Turn sentences with a known verb and a short object into the passive."""
    words = sweep_words()
    voices = words.voices[task.form]

    def change(sentence: str) -> str:
        clause = clause_of(sentence, task.form)
        if clause is None or clause.verb not in voices or _has_other_deeds(sentence):
            return sentence
        taken, rest = _object(f"{clause.rest} {clause.adverbial}".strip())
        if not taken:
            return sentence
        subject = without_capital(clause.subject)
        subject = words.object_pronouns.get(subject, subject)
        parts = (with_capital(taken), voices[clause.verb], words.agent, subject, rest)
        return " ".join(part for part in parts if part) + "."

    return changed_prose(text, change)


def passive_to_active(text: str, task: Task) -> str:
    """Turn sentences in the passive that name who acts into the active."""

    def change(sentence: str) -> str:
        found = _passive(task.form).fullmatch(sentence)
        if found is None or UNSAFE.search(sentence) or _has_other_deeds(sentence):
            return sentence
        active = next(a for a, passive in sweep_words().voices[task.form].items() if passive == found["verb"])
        parts = (
            with_capital(found["subject"]),
            active,
            without_capital(found["object"]),
            found["middle"].strip(),
            found["rest"].strip(),
        )
        return " ".join(part for part in parts if part) + "."

    return changed_prose(text, change)


def clause_at_end(text: str, task: Task) -> str:
    """Add a subordinate clause that changes nothing to the end of one sentence."""
    added = task.chance.choice(sweep_words().end_clauses[task.form])

    def fits(sentence: str) -> bool:
        return (
            sentence.endswith(".")
            and len(sentence.split()) >= SHORTEST_SENTENCE
            and not UNSAFE.search(sentence)
        )

    return _one_changed(text, fits, lambda sentence: f"{sentence[:-1]}, {added}.", task)


def clause_inside(text: str, task: Task) -> str:
    """Add a relative clause that changes nothing behind a role that begins a sentence."""
    added = task.chance.choice(sweep_words().inner_clauses[task.form])
    roles = {role for row in sweep_words().roles[task.form] for role in row}

    def fits(sentence: str) -> bool:
        clause = clause_of(sentence, task.form)
        return clause is not None and clause.subject.casefold() in roles

    def change(sentence: str) -> str:
        clause = clause_of(sentence, task.form)
        subject = clause.subject if clause is not None else ""
        return f"{subject}, {added},{sentence[len(subject) :]}"

    return _one_changed(text, fits, change, task)


def sentence_to_row(text: str, task: Task) -> str:
    """Turn a paragraph of one sentence that says who, what and when into a table of one row."""
    names = sweep_words().made_columns[task.form]
    lines = []
    for line in text.split("\n"):
        clause = clause_of(line.strip(), task.form) if _is_paragraph(line) else None
        if clause is None or not clause.adverbial or not clause.rest:
            lines.append(line)
            continue
        action = with_capital(f"{clause.verb} {clause.rest}")
        row = row_of((action, with_capital(clause.subject), with_capital(clause.adverbial)))
        lines += [row_of(names), "|---|---|---|", row]
    return "\n".join(lines)


def _is_paragraph(line: str) -> bool:
    return is_prose(line) and not is_row(line) and not is_item(line) and len(sentences_of(line)) == 1


def _one_changed(text: str, fits: Callable[[str], bool], change: Callable[[str], str], task: Task) -> str:
    """Give ``text`` with one of the sentences that fit changed, chosen by chance."""
    fitting = [
        sentence
        for line in text.split("\n")
        if is_prose(line)
        for sentence in sentences_of(line)
        if fits(sentence)
    ]
    if not fitting:
        return text
    chosen = task.chance.choice(fitting)
    return changed_prose(text, lambda sentence: change(sentence) if sentence == chosen else sentence)


def _has_other_deeds(sentence: str) -> bool:
    """Whether a sentence tells of more than one deed, or has a pronoun that may be its object."""
    return not frozenset(sweep_words().not_turned).isdisjoint(sentence.casefold().rstrip(".").split())


def _object(rest: str) -> tuple[str, str]:
    """Give the words before the first that ends an object, and what follows; no object where they are too many."""
    words = rest.split()
    stops = frozenset(sweep_words().object_ends)
    end = next((number for number, word in enumerate(words) if word.casefold() in stops), len(words))
    if not 0 < end <= LONGEST_OBJECT:
        return "", rest
    return " ".join(words[:end]), " ".join(words[end:])


def _is_verb(word: str, form: Form, *, with_auxiliaries: bool = False) -> bool:
    words = sweep_words()
    if word in words.auxiliaries:
        return with_auxiliaries
    return word in words.verbs[form] or (word.endswith("r") and word.isalpha() and word.islower())


@cache
def _subject(form: Form) -> re.Pattern[str]:
    words = sweep_words()
    names = {*words.subjects[form], *(role for row in words.roles[form] for role in row)}
    return re.compile(rf"({_either(names)})(?=\s)", re.IGNORECASE)


@cache
def _at_end(form: Form) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)({'|'.join(sweep_words().adverbials[form])})$")


@cache
def _at_start(form: Form) -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(sweep_words().adverbials[form])})(?=\s)", re.IGNORECASE)


@cache
def _passive(form: Form) -> re.Pattern[str]:
    words = sweep_words()
    names = {*words.subjects[form], *(role for row in words.roles[form] for role in row)}
    return re.compile(
        rf"(?P<object>\S+(?: \S+){{0,3}}) (?P<verb>{_either(words.voices[form].values())})"
        rf"(?P<middle>(?: \S+){{0,4}}?) {words.agent} (?P<subject>{_either(names)})(?P<rest>(?: .*)?)\."
    )


def _either(names: Iterable[str]) -> str:
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in ordered)
