"""Tells whether a sentence beside a practice goes on about it, or turns to another matter.

"Rektor besøker alle klasser. Han gjør det hver høst." is one practice, "… Ledermøtet er hver mandag." are two: the
second sentence brings a noun of its own and takes up nothing of the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.language import Token
from checker.match.lines import Layout, Line
from checker.rulebook import Requirement, Rulebook

NOUNS = frozenset({"NOUN", "PROPN"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
STEM_LETTERS = 5
"""Words that begin with so many letters alike are taken for the same word or its compound ("besøk", "besøksplan")."""

HEAD_LETTERS = 3
"""So many letters have the head of a compound and what stands before it, at least."""


def is_other_matter(
    other: Line, line: Line, requirement: Requirement, layout: Layout, rulebook: Rulebook
) -> bool:
    """Whether ``other`` has a noun of its own and nothing that ties it to the practice in ``line``.

    It is tied by a pronoun or the like, by a word of the line, the heading above or the title, or by naming what the
    requirement is about. Without parts of speech nothing is another matter.
    """
    if any(other.names(concept) for concept in (*rulebook.anaphora, *rulebook.pronouns, *requirement.about)):
        return False
    if _names_head(other, line):
        return False
    known = {stem for source in (line, *layout.headings_of(line)[-1:]) for stem in _stems(source, rulebook)}
    if any(stem in known for stem in _stems(other, rulebook)):
        return False
    return any(_own_nouns(other, requirement, rulebook))


def _names_head(other: Line, line: Line) -> bool:
    """Whether ``other`` takes up the head of a compound in ``line`` ("planleggingsdager … Dagene ledes av")."""
    heads = {
        token.lemma.casefold()
        for part in other.parts
        for token in part.unit.tokens
        if token.pos == "NOUN" and len(token.lemma) >= HEAD_LETTERS
    }
    return any(
        token.pos == "NOUN"
        and token.lemma.casefold().endswith(head)
        and len(token.lemma) >= len(head) + HEAD_LETTERS
        for part in line.parts
        for token in part.unit.tokens
        for head in heads
    )


def _stems(line: Line, rulebook: Rulebook) -> Iterator[str]:
    for part in line.parts:
        light = {hit.start for name in rulebook.light for hit in part.hits.get(name, ())}
        for at, token in enumerate(part.unit.tokens):
            if token.pos in CONTENT and at not in light and len(token.lemma) >= STEM_LETTERS - 1:
                yield token.lemma.casefold()[:STEM_LETTERS]


def _own_nouns(line: Line, requirement: Requirement, rulebook: Rulebook) -> Iterator[Token]:
    """Give the nouns that are no element of a routine and no word without a topic of its own."""
    elements = {concept for concepts in requirement.elements.values() for concept in concepts}
    covering = (*sorted(elements), *rulebook.actors, *rulebook.timing_alone, *rulebook.light)
    for part in line.parts:
        covered = {
            at for name in covering for hit in part.hits.get(name, ()) for at in range(hit.start, hit.end)
        }
        for at, token in enumerate(part.unit.tokens):
            is_name_of_role = token.pos == "PROPN" and at - 1 in covered
            if is_name_of_role:
                covered.add(at)
            elif token.pos in NOUNS and at not in covered and token.text[:1].isalpha():
                yield token
