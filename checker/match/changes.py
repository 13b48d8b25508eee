"""Tells what of a document's passages a change of rules can touch.

What was found in a document follows from its words, from the terms of concepts, from the requirements' patterns and
from what all rules share. A term that is new, or gone, can matter only in a unit of which the words may satisfy all its
places; a pattern only in a line that names all its concepts, or all but one. Wherever it isn't clear that a change
can't matter, it is taken to matter: that costs time and nothing else.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from checker.match.asked import NEAR_KINDS, weights_of
from checker.match.concepts import ConceptMatcher
from checker.match.nearest import examples_of, may_be_near
from checker.match.remembered import Trace
from checker.model import Level
from checker.rulebook import Choice, CompiledPattern, Concept, Requirement, Rulebook, SlotKind, parse_term

NOT_SEARCHED_BY = frozenset(
    {
        "pack",
        "question",
        "severity",
        "state",
        "required",
        "minimum_subthemes",
        "title",
        "rationale",
        "follow_up",
        "source",
        "subtheme_titles",
        "examples",
        "term_count",
        "concept_count",
    }
)
"""Fields of a requirement that assessing and reports use, and a search never."""

APART = frozenset({"packs", "concepts", "requirements"})
LIKENED = frozenset({SlotKind.WORD, SlotKind.STRICT})


@dataclass(frozen=True, slots=True)
class ConceptState:
    """A concept as its terms' texts; ``strict`` says how they are read."""

    terms: tuple[str, ...]
    exclude: tuple[str, ...]
    fuzzy: bool
    strict: bool
    counts_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequirementState:
    """What a search uses of a requirement; ``rest`` is all but its patterns and names, as JSON."""

    level: Level
    patterns: tuple[CompiledPattern, ...]
    about: tuple[str, ...]
    names: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class RuleState:
    """All that judging a document uses of a rulebook; ``shared`` is what all requirements share, as JSON."""

    concepts: dict[str, ConceptState]
    requirements: dict[str, RequirementState]
    shared: str


def state_of(rulebook: Rulebook) -> RuleState:
    """Give what a search uses of a rulebook."""
    shared = {f.name: getattr(rulebook, f.name) for f in dataclasses.fields(rulebook) if f.name not in APART}
    return RuleState(
        {name: _concept_state(concept) for name, concept in rulebook.concepts.items()},
        {requirement.id: _requirement_state(requirement) for requirement in rulebook.requirements},
        _json(shared),
    )


def _concept_state(concept: Concept) -> ConceptState:
    return ConceptState(
        tuple(term.text for term in concept.terms),
        tuple(term.text for term in concept.exclude),
        concept.fuzzy,
        any(
            choice.kind is SlotKind.STRICT
            for term in concept.terms
            for slot in term.slots
            for choice in slot.choices
        ),
        concept.counts_as,
    )


def _requirement_state(requirement: Requirement) -> RequirementState:
    own = {"id", "level", "patterns", "about", "names"}
    rest = {
        f.name: getattr(requirement, f.name)
        for f in dataclasses.fields(requirement)
        if f.name not in NOT_SEARCHED_BY | own
    }
    return RequirementState(
        requirement.level, requirement.patterns, requirement.about, requirement.names, _json(rest)
    )


def _json(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, f.name)) for f in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(inner)] for key, inner in value.items()]
    if isinstance(value, frozenset | set):
        return sorted(_plain(inner) for inner in value)
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


@dataclass(frozen=True, slots=True)
class _Terms:
    """The concepts of terms that came, went or count otherwise, as a matcher takes them."""

    concepts: Mapping[str, Concept]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to look for in lines: a pattern, and, where only near misses may have changed, by which weights."""

    level: Level
    pattern: CompiledPattern
    weights: Mapping[str, float]
    about: frozenset[str]
    is_near_only: bool


class RuleChange:
    """The change from the rules that a document was searched by to those of today.

    Args:
        old: the rules of then; None where they are not known, and then everything may have changed.
        new: the rules of today, with their ``rulebook``.
    """

    def __init__(self, old: RuleState | None, new: RuleState, rulebook: Rulebook) -> None:
        self.is_everything = (
            old is None
            or old.shared != new.shared
            or not _same_order(old.concepts, new.concepts)
            or not _same_order(old.requirements, new.requirements)
        )
        """Whether each document must be searched again."""
        self._words: dict[int, tuple[frozenset[int], bool]] = {}
        self._choices: dict[tuple[str, str], frozenset[int]] = {}
        self._asked: list[_Asked] = []
        self._renamed: dict[str, str] = {}
        self._unclear: frozenset[str] = frozenset()
        self._is_unknown = old is None
        old = old or RuleState({}, {}, "")
        changed = dict(_changed_terms(old, new))
        self._matcher = ConceptMatcher(_Terms(changed))
        self._has_terms = bool(changed)
        self._touches_all = self._matcher.may_hold(frozenset())
        self._novel = self._matcher.numbers_of(_novel_choices(changed, old, rulebook))
        if not self.is_everything:
            self._asked = list(_changed_patterns(old, new))
            self._renamed, self._unclear = _renamed(old, new, changed)

    def touched_units(self, trace: Trace) -> frozenset[int]:
        """Give the numbers of the units in which other concepts may be found than before."""
        if self._is_unknown or self._touches_all:
            return frozenset(range(len(trace.units)))
        if not self._has_terms:
            return frozenset()
        choices = {
            number: found for number, word in enumerate(trace.words) if (found := self._choices_of(word))
        }
        if not choices:
            return frozenset()
        touched = set()
        for number, unit in enumerate(trace.units):
            there = {choice for word in trace.words_of(unit) if word in choices for choice in choices[word]}
            if there and (not self._novel.isdisjoint(there) or self._matcher.may_hold(there)):
                touched.add(number)
        return frozenset(touched)

    def may_change_patterns(self, trace: Trace, level: Level | None, answered: frozenset[str]) -> bool:
        """Whether a changed pattern may catch a line, or come near to one, in a document where the concepts are known.

        Args:
            level: of the document's school or owner.
            answered: the requirements on which it holds a practice: near misses are not looked for on those.
        """
        if self.is_everything:
            return True
        asked = [one for one in self._asked if level is None or one.level is level]
        if not asked:
            return False
        named = [frozenset(trace.concepts[number] for number in line) for line in trace.lines]
        return any(_may_matter(one, line, answered) for line in named for one in asked)

    def reworded(self, words: str) -> str | None:
        """Give the examples of what a near miss lacks as the rules of today have them, None where it isn't clear."""
        return None if words in self._unclear else self._renamed.get(words, words)

    def _choices_of(self, word: tuple[str, str]) -> frozenset[int]:
        found = self._choices.get(word)
        if found is None:
            found = self._choices[word] = self._matcher.may_satisfy(*word)
        return found


def _may_matter(asked: _Asked, concepts: frozenset[str], answered: frozenset[str]) -> bool:
    pattern = asked.pattern
    if not any(map(concepts.isdisjoint, pattern.all)) and (not asked.is_near_only or not pattern.near):
        return not asked.is_near_only
    return (
        pattern.kind in NEAR_KINDS
        and pattern.requirement not in answered
        and may_be_near(concepts, pattern, asked.weights, asked.about)
    )


def _same_order(old: Iterable[Hashable], new: Iterable[Hashable]) -> bool:
    """Whether what stands in both stands in the same order."""
    olds, news = list(old), list(new)
    common = set(olds) & set(news)
    return [name for name in olds if name in common] == [name for name in news if name in common]


def _changed_terms(old: RuleState, new: RuleState) -> Iterator[tuple[str, Concept]]:
    """Give, by concept, the terms that came or went, and all of a concept that counts otherwise."""
    for name in dict.fromkeys((*old.concepts, *new.concepts)):
        before, now = old.concepts.get(name), new.concepts.get(name)
        if before == now:
            continue
        is_other = before is None or now is None or _ways(before) != _ways(now)
        terms, excludes = (), ()
        for state in (before, now):
            if state is not None:
                other = now if state is before else before
                kept = None if is_other else other
                terms += _parsed(state.terms, kept.terms if kept else (), strict=state.strict)
                excludes += _parsed(state.exclude, kept.exclude if kept else (), strict=True)
        yield name, Concept(name, terms, excludes, True, (name,))


def _ways(concept: ConceptState) -> tuple[object, ...]:
    return concept.fuzzy, concept.strict, concept.counts_as


def _parsed(texts: Sequence[str], others: Sequence[str], *, strict: bool) -> tuple[Any, ...]:
    """Give the terms that do not stand among the others; all where what stands in both is in another order."""
    left_out = set(others) if _same_order(texts, others) else set()
    return tuple(parse_term(text, strict=strict) for text in texts if text not in left_out)


def _novel_choices(changed: Mapping[str, Concept], old: RuleState, rulebook: Rulebook) -> Iterator[Choice]:
    """Give the words that came into the rules with the changed terms, or left them: other words may be like them."""
    if not changed:
        return
    usual: set[tuple[Choice, bool]] = set()
    for name, concept in rulebook.concepts.items():
        before = old.concepts.get(name)
        if before is None or (name in changed and _ways(before) != _ways(_concept_state(concept))):
            continue
        usual.update(
            (choice, concept.fuzzy)
            for terms, known in ((concept.terms, set(before.terms)), (concept.exclude, set(before.exclude)))
            for term in terms
            if term.text in known
            for slot in term.slots
            for choice in slot.choices
        )
    for name, concept in changed.items():
        is_fuzzy = [c.fuzzy for c in (old.concepts.get(name), rulebook.concepts.get(name)) if c is not None]
        for term in (*concept.terms, *concept.exclude):
            for slot in term.slots:
                for choice in slot.choices:
                    if choice.kind in LIKENED and any((choice, fuzzy) not in usual for fuzzy in is_fuzzy):
                        yield choice


def _changed_patterns(old: RuleState, new: RuleState) -> Iterator[_Asked]:
    """Give the patterns whose lines may be caught, or come near, otherwise than before."""
    weights = [weights_of(r.patterns for r in state.requirements.values()) for state in (old, new)]
    moved = {c for c in weights[0].keys() | weights[1].keys() if weights[0].get(c) != weights[1].get(c)}
    for id_ in dict.fromkeys((*old.requirements, *new.requirements)):
        states = [state.requirements.get(id_) for state in (old, new)]
        before, now = states
        common = set(before.patterns) & set(now.patterns) if before and now else set()
        is_other = (
            before is None
            or now is None
            or (before.level, before.rest, before.about, before.names)
            != (now.level, now.rest, now.about, now.names)
            or not _same_order(before.patterns, now.patterns)
        )
        for state, weighed in zip(states, weights, strict=True):
            if state is None:
                continue
            about = frozenset((*state.about, *state.names))
            is_weighed = any(c in moved for p in state.patterns for group in (*p.all, *p.near) for c in group)
            for pattern in state.patterns:
                if is_other or pattern not in common:
                    yield _Asked(state.level, pattern, weighed, about, False)
                elif is_weighed:
                    yield _Asked(state.level, pattern, weighed, about, True)


def _renamed(
    old: RuleState, new: RuleState, changed: Mapping[str, Concept]
) -> tuple[dict[str, str], frozenset[str]]:
    """Give how the words that stand for what a near miss lacks were and are put, and those that are not clear."""
    touched = {
        target
        for name in changed
        for state in (old, new)
        if name in state.concepts
        for target in state.concepts[name].counts_as
    }
    groups = {
        group
        for state in (old, new)
        for requirement in state.requirements.values()
        for pattern in requirement.patterns
        for group in (*pattern.all, *pattern.near)
    }
    now: dict[str, set[str]] = {}
    for group in sorted(groups):
        if touched.intersection(group):
            now.setdefault(_examples(group, old), set()).add(_examples(group, new))
    moved = {before: next(iter(after)) for before, after in now.items() if after != {before}}
    if not moved:
        return {}, frozenset()
    # Another group may be put in the same words, and keep them.
    for group in groups:
        if not touched.intersection(group):
            words = _examples(group, new)
            if words in now:
                now[words].add(words)
    unclear = frozenset(words for words, after in now.items() if len(after) > 1)
    return moved, unclear


def _examples(group: Sequence[str], state: RuleState) -> str:
    return examples_of(group, ((c.counts_as, c.terms) for c in state.concepts.values()))
