"""How far the rules reach: which terms are met and which patterns fire, in which texts.

A pattern *could* have fired in a line where all the concepts are named that it asks for; that it did not is then the
work of its limits (word distance, who acts, what must not be named, the setting). A rule is *blind* where nothing in
the corpora could have triggered it, *thin* with fewer than five such lines, else *measured*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from checker.language import AnnotatedDocument, Pipelines, Token, annotate
from checker.match import ConceptMatcher, passages_of
from checker.match.lines import lay_out
from checker.measure.corpora import CorpusText
from checker.measure.figures import Figure, share
from checker.rulebook import CompiledPattern, Concept, Rulebook

MEASURED = 5
MARK = "\x1f"
EXAMPLE = "example"

PatternKey = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class TermUse:
    """A term with the open texts that meet it: ``texts`` of the corpora, ``examples`` of rules."""

    concept: str
    term: str
    texts: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternUse:
    """A pattern with the lines of the corpora where it could have fired and did, examples apart.

    Args:
        texts: the open texts in which it fired.
        in_examples: lines of examples in which it fired.
        could_apart: lines in texts kept apart where it could have fired.
    """

    requirement: str
    pattern: str
    could: int = 0
    fired: int = 0
    texts: tuple[str, ...] = ()
    in_examples: int = 0
    could_apart: int = 0

    @property
    def grade(self) -> str:
        """Whether the pattern is blind, thin or measured."""
        return grade_of(self.could)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the texts have to do with the rules.

    Args:
        texts: how many there are of each kind, those kept apart too.
        lines: for each requirement the lines where a pattern could have fired: in open texts, fired there, apart.
    """

    terms: tuple[TermUse, ...]
    patterns: tuple[PatternUse, ...]
    texts: Mapping[str, int]
    lines: Mapping[str, tuple[int, int, int]]

    @property
    def never_met(self) -> tuple[TermUse, ...]:
        """Terms that no open text and no example meets."""
        return tuple(use for use in self.terms if not use.texts and not use.examples)

    @property
    def met_once(self) -> tuple[TermUse, ...]:
        """Terms that one text of the corpora meets, and no other."""
        return tuple(use for use in self.terms if len(use.texts) == 1)

    @property
    def never_fired(self) -> tuple[PatternUse, ...]:
        """Patterns that fire in no open text and no example."""
        return tuple(use for use in self.patterns if not use.fired and not use.in_examples)

    @property
    def fired_once(self) -> tuple[PatternUse, ...]:
        """Patterns that fire in one text of the corpora, and no other."""
        return tuple(use for use in self.patterns if len(use.texts) == 1)


@dataclass(frozen=True, slots=True)
class Reach:
    """The reach of a requirement: its patterns by grade, and the lines where any of them could have fired."""

    requirement: str
    patterns: Mapping[str, int]
    could: int
    could_apart: int
    fired: Figure
    texts: int

    @property
    def grade(self) -> str:
        """Whether the requirement is blind, thin or measured."""
        return grade_of(self.could)


@dataclass(slots=True)
class _Counts:
    """What is counted while texts are read."""

    could: Counter[PatternKey] = field(default_factory=Counter)
    could_apart: Counter[PatternKey] = field(default_factory=Counter)
    fired: Counter[PatternKey] = field(default_factory=Counter)
    in_examples: Counter[PatternKey] = field(default_factory=Counter)
    lines: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    homes: dict[PatternKey, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    met: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    met_in_examples: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))


def grade_of(lines: int) -> str:
    """Give whether so many lines leave a rule blind, thin or measured."""
    return "blind" if lines == 0 else "thin" if lines < MEASURED else "measured"


class TermMatcher:
    """Finds which single terms of a rulebook's concepts a text meets, each where its concept counts."""

    def __init__(self, rulebook: Rulebook) -> None:
        concepts: dict[str, Concept] = {}
        for name, concept in rulebook.concepts.items():
            concepts[name] = replace(concept, terms=())
            for number, term in enumerate(concept.terms):
                own = f"{name}{MARK}{number}"
                concepts[own] = Concept(own, (term,), (), concept.fuzzy, (own, *concept.counts_as))
        self._matcher = ConceptMatcher(replace(rulebook, concepts=concepts))

    def met(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """Give the terms met, each as its concept and number."""
        hits = self._matcher.hits(tokens)
        spans = {name: {(hit.start, hit.end) for hit in found} for name, found in hits.items()}
        return tuple(
            name
            for name, found in spans.items()
            if MARK in name and found & spans.get(name.split(MARK)[0], set())
        )


def coverage(rulebook: Rulebook, texts: Iterable[CorpusText], pipelines: Pipelines) -> Coverage:
    """Give what ``texts`` have to do with the rules.

    Texts that are kept apart count only among the lines where a pattern could have fired: which terms and patterns
    they meet is not looked at.
    """
    matcher, terms = ConceptMatcher(rulebook), TermMatcher(rulebook)
    counts = _Counts()
    kinds: Counter[str] = Counter()
    for text in texts:
        kinds[f"{text.kind} apart" if text.is_apart else text.kind] += 1
        annotated = annotate(text.document, pipelines)
        _count_lines(text, annotated, rulebook, matcher, counts)
        if not text.is_apart:
            _count_fired(text, annotated, rulebook, matcher, counts)
            homes = counts.met_in_examples if text.kind == EXAMPLE else counts.met
            for block in annotated.blocks:
                for unit in block.units:
                    for name in terms.met(unit.tokens):
                        homes[name][text.id] = None
    return Coverage(
        terms=_term_uses(rulebook, counts),
        patterns=_pattern_uses(rulebook, counts),
        texts=dict(sorted(kinds.items())),
        lines={
            requirement.id: (tally["could"], tally["fired"], tally["apart"])
            for requirement in rulebook.requirements
            for tally in (counts.lines[requirement.id],)
        },
    )


def reach_of(found: Coverage) -> tuple[Reach, ...]:
    """Give the reach of each requirement."""
    by_requirement: dict[str, list[PatternUse]] = defaultdict(list)
    for use in found.patterns:
        by_requirement[use.requirement].append(use)
    return tuple(
        Reach(
            requirement=requirement,
            patterns={grade: sum(u.grade == grade for u in uses) for grade in ("blind", "thin", "measured")},
            could=found.lines[requirement][0],
            could_apart=found.lines[requirement][2],
            fired=share(found.lines[requirement][1], found.lines[requirement][0]),
            texts=len({text for use in uses for text in use.texts}),
        )
        for requirement, uses in sorted(by_requirement.items())
    )


def without_single_evidence(
    rulebook: Rulebook, found: Coverage, *, among: Collection[str]
) -> tuple[Rulebook, int]:
    """Give the rulebook without the terms that one text alone meets, and how many those are.

    A term that only one document meets can change the findings of that document only, so leaving all of them out at
    once does to each document what leaving its own out would do.

    Args:
        among: the ids of the texts whose single evidence is meant.
    """
    single = {(use.concept, use.term) for use in found.met_once if use.texts[0] in among}
    concepts = {
        name: replace(concept, terms=tuple(term for term in concept.terms if (name, term.text) not in single))
        for name, concept in rulebook.concepts.items()
    }
    return replace(rulebook, concepts=concepts), len(single)


def coverage_dict(found: Coverage) -> dict[str, Any]:
    """Give coverage as plain data."""
    return {
        "schema": "skolesjekk/coverage/1",
        "texts": dict(found.texts),
        "terms": {
            "total": len(found.terms),
            "never_met": [{"concept": use.concept, "term": use.term} for use in found.never_met],
            "met_once": [
                {
                    "concept": use.concept,
                    "term": use.term,
                    "text": use.texts[0],
                    "in_examples": bool(use.examples),
                }
                for use in found.met_once
            ],
        },
        "patterns": [
            {
                "requirement": use.requirement,
                "pattern": use.pattern,
                "reach": use.grade,
                "could": use.could,
                "could_apart": use.could_apart,
                "fired": use.fired,
                "texts": len(use.texts),
                "only_text": use.texts[0] if len(use.texts) == 1 else None,
                "in_examples": use.in_examples,
            }
            for use in found.patterns
        ],
        "requirements": [
            {
                "requirement": reach.requirement,
                "reach": reach.grade,
                "patterns": dict(reach.patterns),
                "could": reach.could,
                "could_apart": reach.could_apart,
                "fired": {
                    "value": reach.fired.value,
                    "n": reach.fired.n,
                    "low": reach.fired.low,
                    "high": reach.fired.high,
                },
                "texts": reach.texts,
            }
            for reach in reach_of(found)
        ],
    }


def _count_lines(
    text: CorpusText,
    annotated: AnnotatedDocument,
    rulebook: Rulebook,
    matcher: ConceptMatcher,
    counts: _Counts,
) -> None:
    if text.kind == EXAMPLE:
        return
    tally = counts.could_apart if text.is_apart else counts.could
    patterns = _patterns(rulebook, text)
    for line in lay_out(annotated, matcher, rulebook).lines:
        able = [
            pattern
            for pattern in patterns
            if all(any(line.names(concept) for concept in group) for group in pattern.all)
        ]
        tally.update((pattern.requirement, pattern.id) for pattern in able)
        for requirement in {pattern.requirement for pattern in able}:
            counts.lines[requirement]["apart" if text.is_apart else "could"] += 1


def _count_fired(
    text: CorpusText,
    annotated: AnnotatedDocument,
    rulebook: Rulebook,
    matcher: ConceptMatcher,
    counts: _Counts,
) -> None:
    places: set[tuple[str, int, int]] = set()
    for passage in passages_of(annotated, rulebook, matcher, level=text.level):
        block = passage.place.block
        is_row = annotated.document.blocks[block].cells is not None
        place = passage.requirement, block, 0 if is_row else passage.place.offset
        if text.kind != EXAMPLE and place not in places:
            places.add(place)
            counts.lines[passage.requirement]["fired"] += 1
        key = passage.requirement, passage.rule
        if text.kind == EXAMPLE:
            counts.in_examples[key] += 1
        else:
            counts.fired[key] += 1
            counts.homes[key][text.id] = None


def _patterns(rulebook: Rulebook, text: CorpusText) -> list[CompiledPattern]:
    return [
        pattern
        for requirement in rulebook.requirements
        if requirement.level is text.level
        for pattern in requirement.patterns
    ]


def _term_uses(rulebook: Rulebook, counts: _Counts) -> tuple[TermUse, ...]:
    return tuple(
        TermUse(
            name,
            term.text,
            tuple(counts.met.get(f"{name}{MARK}{number}", ())),
            tuple(counts.met_in_examples.get(f"{name}{MARK}{number}", ())),
        )
        for name, concept in sorted(rulebook.concepts.items())
        for number, term in enumerate(concept.terms)
    )


def _pattern_uses(rulebook: Rulebook, counts: _Counts) -> tuple[PatternUse, ...]:
    return tuple(
        PatternUse(
            requirement.id,
            pattern.id,
            counts.could[key],
            counts.fired[key],
            tuple(counts.homes.get(key, ())),
            counts.in_examples[key],
            counts.could_apart[key],
        )
        for requirement in sorted(rulebook.requirements, key=lambda requirement: requirement.id)
        for pattern in requirement.patterns
        for key in ((requirement.id, pattern.id),)
    )
