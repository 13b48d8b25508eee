"""Finds the elements of a routine in a line: who, when, what it leaves, what follows, led by whom.

A role counts only as the one who acts: not after "to", "with" or "for", but in a column or field for who is
responsible, also as a person's name. What is denied or only planned is no element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.language import Token, lemmas_of
from checker.match.concepts import Hit
from checker.match.lines import Line, Part
from checker.match.stance import element_is_negated
from checker.model import BlockKind, ElementHit, ElementKind, Place
from checker.rulebook import NOT_ACTOR_AFTER, Requirement, Rulebook

PERSON = re.compile(r"^[^\W\d_a-zæøå]\w*\.?(?:[ -][^\W\d_a-zæøå]\w*\.?){1,3}$")
EMPTY_CELL = re.compile(r"^[\s\-–—.…?]*$")
VERBS = frozenset({"VERB", "AUX"})
MODIFIER_REACH = 3
SHORT_TOKENS = 4
FIELD_TOKENS = 10

COLUMN_OF = {
    ElementKind.RESPONSIBLE: "who",
    ElementKind.LEADERSHIP: "who",
    ElementKind.TIMING: "when",
    ElementKind.RECORD: "record",
    ElementKind.FOLLOWUP: "followup",
}
ACTORS = frozenset({ElementKind.RESPONSIBLE, ElementKind.LEADERSHIP})


@dataclass(frozen=True, slots=True)
class Found:
    """An element found in a line: which part, and the words."""

    kind: ElementKind
    line: Line
    part: Part
    start: int
    end: int

    def as_hit(self, path: str) -> ElementHit:
        """Give the element with its quote and place."""
        text = self.part.unit.text[self.start : self.end]
        return ElementHit(self.kind, " ".join(text.split()), place_of(self.line, self.part, path))


def place_of(line: Line, part: Part, path: str) -> Place:
    """Give where a part of a line stands."""
    block = line.block
    return Place(
        path=path,
        block=line.block_number,
        offset=part.unit.start,
        page=block.page,
        sheet=block.sheet,
        cell=block.cell_ref,
        section=block.section,
        boxes=block.boxes,
    )


def elements_in(line: Line, requirement: Requirement, rulebook: Rulebook) -> Iterator[Found]:
    """Give the elements that a line holds for a requirement, in the order of kinds, then of place."""
    for kind in ElementKind:
        for part in line.parts:
            yield from _in_part(kind, line, part, requirement, rulebook)


def _stands_alone(line: Line, part: Part) -> bool:
    """Whether the name of a month is a time here by itself: in a column for it, a short cell or a short heading."""
    if part.role == "when":
        return True
    tokens = len(part.unit.tokens)
    if line.label is not None and tokens <= FIELD_TOKENS:
        return True
    return tokens <= SHORT_TOKENS and (line.is_row or line.block.kind is BlockKind.HEADING)


def _in_part(
    kind: ElementKind, line: Line, part: Part, requirement: Requirement, rulebook: Rulebook
) -> Iterator[Found]:
    alone = rulebook.timing_alone if kind is ElementKind.TIMING and _stands_alone(line, part) else ()
    concepts = (*requirement.elements.get(kind, ()), *alone)
    role = part.role or line.label
    in_column = role is not None and role == COLUMN_OF.get(kind)
    if kind in ACTORS and role in {"audience", "goal"}:
        return
    for concept in concepts:
        for hit in part.hits.get(concept, ()):
            if (
                kind in ACTORS
                and not in_column
                and not is_actor(part, hit, as_object=kind is ElementKind.RESPONSIBLE)
            ):
                continue
            if element_is_negated(part, hit, rulebook):
                continue
            tokens = part.unit.tokens
            yield Found(kind, line, part, tokens[hit.start].start, tokens[hit.end - 1].end)
    if in_column and line.block.kind is not BlockKind.HEADING and kind not in requirement.own_elements:
        yield from _whole_cell(kind, line, part, rulebook)


def _whole_cell(kind: ElementKind, line: Line, part: Part, rulebook: Rulebook) -> Iterator[Found]:
    """A cell or field made for an element holds one, if it is filled with more than a hedge."""
    text = part.unit.text.strip()
    value = text.partition(":")[2].strip() if line.label and not line.is_row and ":" in text else text
    if EMPTY_CELL.match(value) or any(cue.concept in part.hits for cue in rulebook.cues):
        return
    start = part.unit.text.find(value)
    if kind is ElementKind.RESPONSIBLE and PERSON.match(value):
        yield Found(kind, line, part, start, start + len(value))
    if kind is ElementKind.TIMING and any(character.isdigit() for character in value):
        yield Found(kind, line, part, start, start + len(value))
    if kind in {ElementKind.FOLLOWUP, ElementKind.RECORD} and len(value) > 3:
        yield Found(kind, line, part, start, start + len(value))


def is_actor(part: Part, hit: Hit, *, as_object: bool = False) -> bool:
    """Whether a role named in running text is the one who acts there.

    It is not one after a preposition that makes it a goal or companion ("til rektor", "med avdelingsleder"),
    nor where it is joined to such a one ("til rektor og inspektør"), nor as the object that a parse says it is.
    A clause of its own makes it act all the same ("til inspektør, som holder lista").

    Args:
        as_object: whether it counts as object as well ("Den nye møter mentor hver uke").
    """
    tokens = part.unit.tokens
    blockers = {other.start for other in part.hits.get(NOT_ACTOR_AFTER, ())}
    first = hit.start
    if hit.end - first == 1 and _is_verb_there(tokens[first]):
        return False
    if not as_object and tokens[first].dep in {"obj", "iobj"} and _has_other_subject(part, first):
        return False
    if any(token.dep.startswith("acl") and token.head == first for token in tokens[hit.end :]):
        return True
    for back in range(1, MODIFIER_REACH + 1):
        at = first - back
        if at < 0 or tokens[at].text in {",", ".", ";", ":", "("}:
            return True
        if at in blockers:
            return False
        if tokens[at].pos in VERBS:
            return True
    return True


def _is_verb_there(token: Token) -> bool:
    """Whether a word that may be a role or a verb ("lærer", "leder") is the verb; a subject is no verb."""
    return token.pos in VERBS and not token.dep.startswith("nsubj") and len(lemmas_of(token.lower, None)) > 1


def _has_other_subject(part: Part, first: int) -> bool:
    """Whether the verb that a token is said to be object of has a subject; if not, the parse mistook the subject."""
    tokens = part.unit.tokens
    head = tokens[first].head
    return any(token.dep.startswith("nsubj") and token.head == head for token in tokens)
