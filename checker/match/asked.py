"""What is asked of every document of a level: requirements and patterns, looked up by the concepts that they want."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.model import Level
from checker.rulebook import CompiledPattern, Requirement, Rulebook

Index = Mapping[str, tuple[int, ...]]
"""Numbers of patterns by concept."""

NEAR_KINDS = frozenset({"practice", "topic"})
"""Kinds of patterns that a line may come near to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a document.

    Args:
        requirements: by id.
        patterns: of all of them, in order.
        wanting: patterns by each concept of their smallest group: no line that names none of those is caught.
        acting: patterns that want somebody to act, by every concept that they want.
        near: patterns that a line may come near to, by requirement and id; ``near_wanting`` has their numbers by every
            concept.
        weights: how much each concept weighs: the less, the more requirements use it.
        about: what each requirement is about, and how its practices are called.
        examples: the words that stand for groups of concepts, added when they are first needed.
    """

    rulebook: Rulebook
    requirements: Mapping[str, Requirement]
    patterns: tuple[CompiledPattern, ...]
    wanting: Index
    acting: Index
    near: tuple[CompiledPattern, ...]
    near_wanting: Index
    weights: Mapping[str, float]
    about: Mapping[str, frozenset[str]]
    examples: dict[tuple[str, ...], str] = field(default_factory=dict)


def asked_of(rulebook: Rulebook, level: Level | None = None) -> Asked:
    """Give what the requirements of a level, or all of them, ask of a document."""
    requirements = {r.id: r for r in rulebook.requirements if level is None or r.level is level}
    patterns = tuple(p for r in requirements.values() for p in r.patterns)
    by_name = {(p.requirement, p.id): p for p in patterns if p.kind in NEAR_KINDS}
    near = tuple(pattern for _, pattern in sorted(by_name.items()))
    return Asked(
        rulebook,
        requirements,
        patterns,
        _index((number, _smallest(pattern.all)) for number, pattern in enumerate(patterns)),
        _index((n, concepts) for n, p in enumerate(patterns) if p.actor for concepts in p.all),
        near,
        _index((number, concepts) for number, pattern in enumerate(near) for concepts in pattern.all),
        weights_of(r.patterns for r in rulebook.requirements),
        {r.id: frozenset((*r.about, *r.names)) for r in requirements.values()},
    )


def weights_of(patterns: Iterable[Iterable[CompiledPattern]]) -> Mapping[str, float]:
    """Give how much each concept weighs: the less, the more requirements use it.

    Args:
        patterns: of each requirement.
    """
    users: Counter[str] = Counter()
    for own in patterns:
        users.update({c for p in own for group in (*p.all, *p.near) for c in group})
    return {concept: 1 / count for concept, count in users.items()}


def _index(wanted: Iterable[tuple[int, Sequence[str]]]) -> Index:
    index: dict[str, dict[int, None]] = defaultdict(dict)
    for number, concepts in wanted:
        for concept in concepts:
            index[concept][number] = None
    return {concept: tuple(numbers) for concept, numbers in index.items()}


def _smallest(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return min(groups, key=len, default=())
