"""Observes documents: out of date, repealed law, template text, other schools, copies, no date, personal data, drafts.

What decides is data (``rules/felles/observations.yaml``); here is only how it is looked for. DOC-05 compares documents
with each other and stands in ``copies.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from checker.model import Block, BlockKind, Document, Mark, Observation, ReadStatus, School
from checker.rulebook import ObservationsFile

SCHOOL_YEAR_BEGINS = 8
YEARS_OF_A_REVISION = 4
HEAD_BLOCKS = 12
HEAD_CHARACTERS = 60
LAST_SHORT_YEAR = 99
MASK = "▮"
PERSONAL = ("number", "named", "name")
"""Groups of a pattern for personal data: a number whose check digits must hold, one named as such, a pupil's name."""

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
MODULUS = 11
LONGEST_PERIOD_YEARS = 8
QUOTE_CHARACTERS = 400
NEAR = 90


@dataclass(frozen=True, slots=True)
class Dating:
    """What a document says of its time: the years of its period, and the year of its last revision."""

    start: int | None = None
    end: int | None = None
    revised: int | None = None
    text: str | None = None

    @property
    def period(self) -> str | None:
        """Give the period as the report shows it."""
        return f"{self.start}–{self.end}" if self.start and self.end else None


def dating_of(document: Document, rules: ObservationsFile) -> Dating:
    """Give the period and the last revision that a document states in its title, head, running heads or file name.

    The text comes first; a file name counts only where the text states no period.
    """
    start = end = None
    found_text = None
    for text in (*_head_texts(document), document.path.rsplit("/", 1)[-1]):
        match = next(filter(None, (_period_in(text, pattern) for pattern in rules.period)), None)
        if match:
            start, end, found_text = match
            break
    years = [
        (_full_year(match["year"]), match.group())
        for text in _head_texts(document)
        for pattern in rules.revised
        for match in re.finditer(pattern, text)
    ]
    revised = max(years, default=(None, None))
    return Dating(start, end, revised[0], found_text or revised[1])


def _period_in(text: str, pattern: str) -> tuple[int | None, int, str] | None:
    for match in re.finditer(pattern, text):
        if "start" not in match.groupdict():
            return None, int(match["end"]), match.group()
        start = _full_year(match["start"])
        end_text = match["end"]
        end = int(end_text) if len(end_text) == 4 else start // 100 * 100 + int(end_text)
        if 0 < end - start <= LONGEST_PERIOD_YEARS:
            return start, end, match.group()
    return None


def _full_year(text: str) -> int:
    year = int(text)
    return year if year > LAST_SHORT_YEAR else 2000 + year


def _head_texts(document: Document) -> list[str]:
    """Give the texts that may date a document: its title, its first blocks, its running heads and feet."""
    texts = [document.title] if document.title else []
    texts += [item.text for item in document.furniture if item.kind.value in {"header", "footer"}]
    texts += [block.text[:QUOTE_CHARACTERS] for block in document.blocks[:HEAD_BLOCKS] if block.cells is None]
    return texts


def is_draft(document: Document, rules: ObservationsFile) -> bool:
    """Whether a document calls itself a draft in its name, title or head."""
    return next(_draft(document, rules), None) is not None


def is_expired(dating: Dating, as_of: date) -> bool:
    """Whether a document is out of date (ruling 27)."""
    if dating.end is not None:
        school_year = as_of.year if as_of.month >= SCHOOL_YEAR_BEGINS else as_of.year - 1
        return dating.end < school_year
    return dating.revised is not None and as_of.year - dating.revised > YEARS_OF_A_REVISION


def observations_of(
    document: Document,
    school: School | None,
    other_schools: Sequence[School],
    rules: ObservationsFile,
    *,
    as_of: date,
    language: str,
    generic_words: frozenset[str],
) -> tuple[Observation, ...]:
    """Give the observations on one document, in the order of their ids.

    Args:
        document: with its blocks.
        other_schools: those whose names must not stand in it as if they were this school's.
        generic_words: words of school names that name no school by themselves ("skole", "barneskule").
        language: of the messages, nb, nn or en.
    """
    found: list[Observation] = []

    def add(id_: str, quote: str | None, page: int | None, detail: str = "") -> None:
        message = getattr(rules.observations[id_].message, language)
        found.append(Observation(id_, document.path, page, quote, message.format(detail=detail)))

    dating = dating_of(document, rules)
    if is_expired(dating, as_of):
        add("DOC-01", dating.text, None, dating.period or str(dating.revised))
    is_record = any(word in (document.title or "").casefold() for word in rules.minutes.all) or any(
        word in document.path.casefold() for word in rules.minutes.all
    )
    for id_, quote, page in _patterned(document, rules):
        if not (id_ == "DOC-02" and is_record):
            add(id_, quote, page)
    for name, quote, page in _other_schools(document, school, other_schools, rules, generic_words):
        add("DOC-04", quote, page, name)
    if document.status is ReadStatus.READ and document.blocks and not _is_dated(document, rules):
        add("DOC-06", None, None)
    draft = next(_draft(document, rules), None)
    if draft is not None:
        add("DOC-09", *draft)
    return tuple(sorted(found, key=lambda observation: observation.id))


def _patterned(document: Document, rules: ObservationsFile) -> Iterator[tuple[str, str, int | None]]:
    """Give the first hit of DOC-02, DOC-03 and DOC-07, with its quote."""
    for id_ in ("DOC-02", "DOC-03", "DOC-07"):
        rule = rules.observations[id_]
        for block in document.blocks:
            hit = _first(block.text, rule.patterns, rule.unless)
            if hit is None:
                continue
            quote = hit if id_ == "DOC-03" else _sentence_at(block.text, hit)
            yield id_, mask_personal(quote, rules), block.page
            break


def _first(text: str, patterns: Sequence[str], unless: Sequence[str]) -> str | None:
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            if not _is_number_sound(match):
                continue
            around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
            if not any(re.search(exception, around) for exception in unless):
                return match.group()
    return None


def _sentence_at(text: str, hit: str) -> str:
    at = text.find(hit)
    start = max(text.rfind(mark, 0, at) + 2 for mark in (". ", "! ", "? ", "| "))
    end = min(
        (i for i in (text.find(mark, at + len(hit)) for mark in (". ", "! ", "? ", " | ")) if i >= 0),
        default=-1,
    )
    sentence = text[max(start, 0) if start > 1 else 0 : end + 1 if end >= 0 else len(text)]
    return " ".join(sentence.split())[:QUOTE_CHARACTERS]


def mask_personal(text: str, rules: ObservationsFile) -> str:
    """Give a text with national identity numbers, and the names of pupils with a case, masked.

    Whatever looks like such a number is masked, also where its check digits do not hold.
    """
    for pattern in rules.observations["DOC-07"].patterns:
        text = re.sub(pattern, _masked, text)
    return text


def _masked(match: re.Match[str]) -> str:
    group = next((name for name in PERSONAL if match.groupdict().get(name)), 0)
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    whole = match.group()
    return whole[:start] + MASK * (end - start) + whole[end:]


def _is_number_sound(match: re.Match[str]) -> bool:
    """Whether the check digits of a national identity number hold; True for what is no bare number.

    Example:
        >>> _is_number_sound(re.search(r"(?P<number>\\d{11})", "01811550031"))
        True
    """
    number = match.groupdict().get("number")
    if number is None:
        return True
    digits = [int(sign) for sign in number if sign.isdigit()]
    first = sum(w * d for w, d in zip((*FIRST_WEIGHTS, 1), digits, strict=False)) % MODULUS
    second = sum(w * d for w, d in zip((*SECOND_WEIGHTS, 1), digits, strict=False)) % MODULUS
    return first == second == 0


def _other_schools(
    document: Document,
    school: School | None,
    others: Sequence[School],
    rules: ObservationsFile,
    generic_words: frozenset[str],
) -> Iterator[tuple[str, str, int | None]]:
    """Give the first place where another school is named as if it were this one."""
    if school is None:
        return
    rule = rules.observations["DOC-04"]
    own = _proper_words(school.name, generic_words)
    # Hundreds of schools' patterns are dear to compile, and hardly a document names any of them.
    folded = [block.text.casefold() for block in document.blocks]
    text = "\n".join(folded)
    is_by_name = all("{school}" in pattern for pattern in rule.patterns)
    for other in others:
        words = _proper_words(other.name, generic_words)
        if other.id == school.id or not words or words == own:
            continue
        if is_by_name and words[0].casefold() not in text:
            continue
        name = r"\s+".join(map(re.escape, words)) + r"(?:s|\b)"
        patterns = [pattern.replace("{school}", name) for pattern in rule.patterns]
        unless = [pattern.replace("{school}", name) for pattern in rule.unless]
        for block, folded_text in zip(document.blocks, folded, strict=True):
            if is_by_name and words[0].casefold() not in folded_text:
                continue
            hit = _first(block.text, patterns, unless)
            if hit is not None:
                yield other.name, _sentence_at(block.text, hit), block.page
                break


def _proper_words(name: str, generic_words: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in name.split() if word.casefold() not in generic_words)


def _is_dated(document: Document, rules: ObservationsFile) -> bool:
    """Whether a date, period or version stands in the title, head, foot, or first and last blocks (ruling 20)."""
    texts = [document.title or "", *(item.text for item in document.furniture)]
    texts += [block.text for block in (*document.blocks[:HEAD_BLOCKS], *document.blocks[-3:])]
    return any(re.search(pattern, text) for text in texts for pattern in rules.dated)


def _draft(document: Document, rules: ObservationsFile) -> Iterator[tuple[str | None, int | None]]:
    patterns = rules.observations["DOC-09"].patterns
    head: list[tuple[str, int | None]] = [(document.title or "", None)]
    head += [(item.text, item.page) for item in document.furniture]
    head += [(block.text, block.page) for block in document.blocks[:3] if _is_head(block)]
    for text, page in head:
        if any(re.search(pattern, text) for pattern in patterns):
            yield text[:QUOTE_CHARACTERS], page
    name = document.path.rsplit("/", 1)[-1]
    if any(re.search(pattern, name) for pattern in patterns):
        yield None, None


def _is_head(block: Block) -> bool:
    if Mark.COMMENT in block.marks or block.cells is not None:
        return False
    return block.kind is BlockKind.HEADING or len(block.text) <= HEAD_CHARACTERS
