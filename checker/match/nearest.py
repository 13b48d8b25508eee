"""Finds the lines that nearly answered to a requirement, each with the one reason why it did not count.

A line is near where it meets all that a pattern asks for but one thing. How near it is, is the share of what was asked
for that it meets; a concept that many requirements use weighs little, one that only this requirement uses weighs most.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from checker.match.asked import Asked
from checker.match.binding import quote_of
from checker.match.concepts import Hit
from checker.match.elements import place_of
from checker.match.lines import Layout, Line, Part
from checker.match.passages import (
    acts,
    anchors_of,
    is_off_topic,
    is_practised,
    named_above,
    named_near,
)
from checker.model import BlockKind, Mention, Passage, Stance
from checker.rulebook import CompiledPattern, Rulebook

LEAST_SHARE = 0.6
OWN_CONCEPTS = 2
OWN = 0.5
"""A line that lacks one thing is near only where it names so many concepts that hardly another requirement uses,
or what the rule is about."""

FEWEST_WORDS = 3
MOST = 3
SHUT_OUT = 0.95
"""A line that meets all but is shut out is less near than one that counts."""

PLAIN_TERM = re.compile(r"[^\W\d_][\w -]*")
EXAMPLE_TERMS = 2


@dataclass(frozen=True, slots=True)
class _Near:
    """How near a line comes to a pattern, why it does not count, and the words that decide."""

    share: float
    why_not: str
    words: str
    met: tuple[str, ...]


def near_misses_of(layout: Layout, passages: Sequence[Passage], asked: Asked) -> tuple[Passage, ...]:
    """Give the lines that come nearest to the requirements on which a document holds no practice.

    At most three a requirement, nearest first; lines that are passages on it already are left out.
    """
    caught = {(p.requirement, p.place.block, p.place.offset) for p in passages}
    answered = {passage.requirement for passage in passages if is_practised(passage)}
    found: dict[str, list[tuple[float, int, Passage]]] = defaultdict(list)
    for line in layout.lines:
        for requirement, near in _nearest_of(line, asked, layout, answered).items():
            passage = _passage(line, requirement, near, layout)
            if (requirement, passage.place.block, passage.place.offset) not in caught:
                found[requirement].append((-near.share, line.number, passage))
    return tuple(
        passage
        for _, entries in sorted(found.items())
        for _, _, passage in sorted(entries, key=lambda entry: entry[:2])[:MOST]
    )


def _nearest_of(line: Line, asked: Asked, layout: Layout, answered: AbstractSet[str]) -> Mapping[str, _Near]:
    """Give, for each requirement not answered that a line comes near to, how near, and why it does not count."""
    if sum(len(part.unit.tokens) for part in line.parts) < FEWEST_WORDS:
        return {}
    concepts = line.concepts()
    nearest: dict[str, _Near] = {}
    for number in sorted({n for concept in concepts for n in asked.near_wanting.get(concept, ())}):
        pattern = asked.near[number]
        requirement = pattern.requirement
        if requirement in answered or not may_be_near(
            concepts, pattern, asked.weights, asked.about[requirement]
        ):
            continue
        near = _near(line, pattern, concepts, asked, layout)
        known = nearest.get(requirement)
        if near is not None and near.share >= LEAST_SHARE and (known is None or near.share > known.share):
            nearest[requirement] = near
    return nearest


def _near(
    line: Line, pattern: CompiledPattern, concepts: frozenset[str], asked: Asked, layout: Layout
) -> _Near | None:
    lacking = [group for group in pattern.all if concepts.isdisjoint(group)]
    far = [group for group in pattern.near if not any(named_near(line, c, layout) for c in group)]
    if len(lacking) + len(far) > 1:
        return None
    share = _share(pattern, (*lacking, *far), asked.weights)
    met = tuple(c for group in pattern.all for c in group if c in concepts)
    shut = _shut_out(line, pattern, layout, asked.rulebook)
    if lacking or far:
        if not _is_own(concepts, pattern, asked.weights, asked.about[pattern.requirement]):
            return None
        reason = "lacks" if lacking else "topic_not_near"
        if shut:
            return None
        group = (*lacking, *far)[0]
        if group not in asked.examples:
            asked.examples[group] = _examples(group, asked.rulebook)
        return _Near(share, reason, asked.examples[group], met)
    if shut:
        return _Near(SHUT_OUT, *shut, met)
    return None


def may_be_near(
    concepts: AbstractSet[str],
    pattern: CompiledPattern,
    weights: Mapping[str, float],
    about: AbstractSet[str],
) -> bool:
    """Whether a line that names these concepts may be near to a pattern, whatever stands around it.

    Args:
        weights: from ``weights_of``.
        about: what the pattern's requirement is about, and how its practices are called.
    """
    lacking: list[tuple[str, ...]] = []
    for group in pattern.all:
        if concepts.isdisjoint(group):
            if lacking:
                return False
            lacking.append(group)
    return not lacking or (
        _share(pattern, lacking, weights) >= LEAST_SHARE and _is_own(concepts, pattern, weights, about)
    )


def _share(
    pattern: CompiledPattern, lacking: Sequence[tuple[str, ...]], weights: Mapping[str, float]
) -> float:
    """Give the share of what a pattern asks for that is met where some groups lack."""
    total = sum(_weight(group, weights) for group in (*pattern.all, *pattern.near))
    return (total - sum(_weight(group, weights) for group in lacking)) / total


def _is_own(
    concepts: AbstractSet[str],
    pattern: CompiledPattern,
    weights: Mapping[str, float],
    about: AbstractSet[str],
) -> bool:
    """Whether the concepts belong to the pattern's requirement more than to others."""
    own = {c for group in pattern.all for c in group if c in concepts and weights[c] >= OWN}
    return len(own) >= OWN_CONCEPTS or not concepts.isdisjoint(about)


def _weight(group: Sequence[str], weights: Mapping[str, float]) -> float:
    return max(weights.get(concept, 0.0) for concept in group)


def _shut_out(
    line: Line, pattern: CompiledPattern, layout: Layout, rulebook: Rulebook
) -> tuple[str, str] | None:
    """Give why a line is shut out though the pattern's concepts stand in it, with the words that do it."""
    for concept in sorted(pattern.none, key=lambda name: name not in rulebook.set_aside):
        hit = _first_hit(line, concept)
        if hit is not None:
            other = "other_matter" if concept in rulebook.off_topic else "other_practice"
            return rulebook.set_aside.get(concept, other), hit[0].text_of(hit[1])
    if is_off_topic(line, pattern, layout, rulebook) or any(
        named_above(line, concept, layout) for concept in pattern.none_near
    ):
        return "other_section", _heading_text(line, layout)
    if pattern.actor and not any(acts(line, concept, layout, rulebook.pronouns) for concept in pattern.actor):
        return "other_actor", ""
    if line.block.kind is BlockKind.HEADING:
        return "heading", ""
    if all(_first_hit(line, concept) for group in pattern.all for concept in group[:1]):
        return None if anchors_of(line, pattern) else ("apart", "")
    return None


def _first_hit(line: Line, concept: str) -> tuple[Part, Hit] | None:
    return next(((part, hit) for part in line.parts for hit in part.hits.get(concept, ())), None)


def _heading_text(line: Line, layout: Layout) -> str:
    headings = layout.headings_of(line)
    return " ".join(part.unit.text for part in headings[-1].parts) if headings else layout.title


def _examples(group: Sequence[str], rulebook: Rulebook) -> str:
    concepts = rulebook.concepts.values()
    return examples_of(group, ((c.counts_as, (term.text for term in c.terms)) for c in concepts))


def examples_of(group: Sequence[str], concepts: Iterable[tuple[Sequence[str], Iterable[str]]]) -> str:
    """Give a few of the words that were looked for and not found.

    Args:
        concepts: for each concept in order, what it counts as, and the texts of its terms.
    """
    wanted = set(group)
    plain = (
        text
        for counts_as, terms in concepts
        if not wanted.isdisjoint(counts_as)
        for text in terms
        if PLAIN_TERM.fullmatch(text)
    )
    return ", ".join(f"«{text}»" for text in islice(dict.fromkeys(plain), EXAMPLE_TERMS))


def _passage(line: Line, requirement: str, near: _Near, layout: Layout) -> Passage:
    hits = [hit for concept in near.met if (hit := _first_hit(line, concept)) is not None]
    part = hits[0][0]
    tokens = part.unit.tokens
    return Passage(
        requirement=requirement,
        rule="",
        quote=quote_of(part.unit.text),
        place=place_of(line, part, layout.path),
        stance=Stance.AFFIRMED,
        is_practice=False,
        score=round(near.share, 3),
        mentions=tuple(
            Mention(hit.concept, part.text_of(hit), tokens[hit.start].start, tokens[hit.end - 1].end, hit.how)
            for owner, hit in hits
            if owner is part
        ),
        stance_cue=near.words,
        why_not=near.why_not,
        group=line.paragraph,
    )
