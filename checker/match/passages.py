"""Gives the passages of a document: which lines answer to which requirement, how, and with which elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from checker.language import AnnotatedDocument
from checker.match.asked import Asked, asked_of
from checker.match.binding import FORM_LABELS, Binder, Candidate
from checker.match.concepts import HitFinder
from checker.match.elements import elements_in, is_actor
from checker.match.lines import Layout, Line, lay_out
from checker.match.stance import Anchor, Decided, stance_of
from checker.model import PRACTISED, BlockKind, ElementKind, Level, Passage, Stance
from checker.rulebook import CompiledPattern, Requirement, Rulebook

MAX_COMBINATIONS = 64
FORM_FIELDS = 2
COMPOUND_LETTERS = 10
"""A word of so many letters may name two things at once ("klasseledelseskurs")."""


def passages_of(
    document: AnnotatedDocument,
    rulebook: Rulebook,
    matcher: HitFinder,
    *,
    level: Level | None = None,
    layout: Layout | None = None,
    asked: Asked | None = None,
) -> tuple[Passage, ...]:
    """Give the passages of a document in its order.

    Args:
        document: with its units tokenised.
        rulebook: whose patterns are looked for.
        matcher: made from ``rulebook``; it keeps what it learns of word types.
        level: only requirements of this level; all where None.
        layout: of the document, where it is known already.
        asked: by ``rulebook`` at this level, where it is known already.
    """
    layout = layout or lay_out(document, matcher, rulebook)
    asked = asked or asked_of(rulebook, level)
    requirements = asked.requirements
    candidates = [
        candidate
        for line in layout.lines
        for pattern in _met(line, asked)
        if (candidate := _candidate(line, pattern, layout, rulebook, requirements[pattern.requirement]))
    ]
    binder = Binder(layout, rulebook, candidates)
    return tuple(
        binder.passage(candidate, requirements[candidate.pattern.requirement]) for candidate in candidates
    )


def _met(line: Line, asked: Asked) -> Iterator[CompiledPattern]:
    """Give the patterns of whose every group a concept is named in the line, in order: no other can catch it."""
    named = line.concepts()
    for number in sorted({number for concept in named for number in asked.wanting.get(concept, ())}):
        if not any(map(named.isdisjoint, asked.patterns[number].all)):
            yield asked.patterns[number]


def _candidate(
    line: Line, pattern: CompiledPattern, layout: Layout, rulebook: Rulebook, requirement: Requirement
) -> Candidate | None:
    anchors = anchors_of(line, pattern)
    if not anchors or not _setting_fits(line, pattern, layout, rulebook):
        return None
    kind = pattern.kind
    if line.block.kind is BlockKind.HEADING and kind not in {"topic", "mention"}:
        return None
    decided = stance_of(
        line, anchors, layout, rulebook, plain_negation=requirement.plain_negation, asks=pattern.asks
    )
    if kind == "denial" and decided.stance not in {Stance.DENIED, Stance.PLANNED, Stance.ENDED}:
        return None
    if kind == "mention" and _is_only_named(line, decided):
        decided = Decided(Stance.QUOTED, decided.cue)
    if line.block.kind is BlockKind.HEADING:
        return Candidate(line, pattern, anchors, decided, kind == "topic" and _heads_form(line, layout))
    is_practice = kind == "practice" or (
        kind == "topic" and (_is_done(line, requirement, rulebook) or _leads_fields(line, layout))
    )
    return Candidate(line, pattern, anchors, decided, is_practice)


def _is_only_named(line: Line, decided: Decided) -> bool:
    """Whether a line that names the topic says no more than that: not planned by a heading, nor by a question."""
    if decided.stance in {Stance.HEDGED, Stance.CONDITIONAL}:
        return True
    text = " ".join(part.unit.text for part in line.parts)
    return decided.stance is Stance.PLANNED and (decided.cue not in text or text.rstrip().endswith("?"))


def _heads_form(heading: Line, layout: Layout) -> bool:
    """Whether fields that say who, when or what next stand right below a heading: it names their practice."""
    labels = {
        line.label
        for line in layout.lines
        if line.label in FORM_LABELS
        and heading.number in line.headings[-2:]
        and line.block.kind is not BlockKind.HEADING
    }
    return len(labels) >= FORM_FIELDS


def _leads_fields(line: Line, layout: Layout) -> bool:
    """Whether fields that say who, when or what next follow in the paragraph: "Skolevandring. Ansvar: … Når: …"."""
    labels = {layout.lines[number].label for number in layout.by_paragraph[line.paragraph]}
    return line.label is None and len(labels & FORM_LABELS) >= FORM_FIELDS


def _is_done(line: Line, requirement: Requirement, rulebook: Rulebook) -> bool:
    """Whether a line that names the topic also says that it is done: by whom, when, or with a verb of doing."""
    if any(line.names(verb) for verb in rulebook.practice_verbs):
        return True
    kinds = {ElementKind.RESPONSIBLE, ElementKind.TIMING}
    return any(found.kind in kinds for found in elements_in(line, requirement, rulebook))


def anchors_of(line: Line, pattern: CompiledPattern) -> tuple[Anchor, ...]:
    """Give the hits that satisfy the pattern's ``all``, the closest ones; none where it is not satisfied."""
    if any(line.names(concept) for concept in pattern.none):
        return ()
    choices: list[list[Anchor]] = []
    for group in pattern.all:
        found = [
            Anchor(number, hit)
            for number, part in enumerate(line.parts)
            if part.role != "label"
            for concept in group
            for hit in part.hits.get(concept, ())
        ]
        if not found:
            return ()
        choices.append(found)
    best: tuple[float, tuple[Anchor, ...]] | None = None
    for combination in islice(product(*choices), MAX_COMBINATIONS):
        span = _span(combination)
        if pattern.within is not None and span > pattern.within:
            continue
        if pattern.in_order and not _is_ordered(combination):
            continue
        if len(combination) > 1 and (_share_a_word(line, combination) or _is_torn(line, combination)):
            continue
        if best is None or span < best[0]:
            best = (span, combination)
    return best[1] if best else ()


def _span(anchors: Sequence[Anchor]) -> float:
    """Give how many words the anchors stretch over; 1000 for each cell more than one."""
    parts = {anchor.part for anchor in anchors}
    width = max(a.hit.end for a in anchors) - min(a.hit.start for a in anchors) if len(parts) == 1 else 0
    return width + 1000 * (len(parts) - 1)


def _is_ordered(anchors: Sequence[Anchor]) -> bool:
    places = [(anchor.part, anchor.hit.start) for anchor in anchors]
    return places == sorted(places)


def _share_a_word(line: Line, anchors: Sequence[Anchor]) -> bool:
    """Whether two anchors are the same short word: it can't be both the deed and its object, as a compound can."""
    places: set[tuple[int, int, int]] = set()
    for anchor in anchors:
        place = (anchor.part, anchor.hit.start, anchor.hit.end)
        words = line.parts[anchor.part].unit.tokens[anchor.hit.start : anchor.hit.end]
        if place in places and sum(len(word.text) for word in words) < COMPOUND_LETTERS:
            return True
        places.add(place)
    return len(places) == 1


def _is_torn(line: Line, anchors: Sequence[Anchor]) -> bool:
    """Whether anchors stand in different sentences of one cell: those are different activities."""
    places = {(anchor.part, line.parts[anchor.part].unit.cell) for anchor in anchors}
    return len({part for part, _ in places}) > len({cell for _, cell in places})


def _setting_fits(line: Line, pattern: CompiledPattern, layout: Layout, rulebook: Rulebook) -> bool:
    """Whether the paragraph, headings, document and actor are as the pattern wants them."""
    if not all(any(concept in layout.concepts for concept in group) for group in pattern.document):
        return False
    if is_off_topic(line, pattern, layout, rulebook):
        return False
    if pattern.none_near and any(named_above(line, concept, layout) for concept in pattern.none_near):
        return False
    for group in pattern.near:
        if not any(named_near(line, concept, layout) for concept in group):
            return False
    return not pattern.actor or any(
        acts(line, concept, layout, rulebook.pronouns) for concept in pattern.actor
    )


def is_off_topic(line: Line, pattern: CompiledPattern, layout: Layout, rulebook: Rulebook) -> bool:
    """Whether the section, or the whole document, is about another matter.

    The nearest heading counts for patterns that such matters exclude. A heading or title that names a matter of its own
    ("Årsplan for SFO", "Renhold") counts for all, unless the line or a nearer heading names what the rules are about.
    """
    headings = layout.headings_of(line)
    if headings and any(c in pattern.none and headings[-1].names(c) for c in rulebook.off_topic):
        return True
    if any(line.names(concept) for concept in rulebook.on_topic):
        return False
    for heading in reversed(headings):
        if any(heading.names(concept) for concept in rulebook.on_topic):
            return False
        if any(heading.names(concept) for concept in rulebook.other_sections):
            return True
    named = layout.title_hits
    return any(c in named for c in rulebook.other_sections) and not any(c in named for c in rulebook.on_topic)


def named_above(line: Line, concept: str, layout: Layout) -> bool:
    """Whether the title or a heading above the line names the concept."""
    return concept in layout.title_hits or any(heading.names(concept) for heading in layout.headings_of(line))


def named_near(line: Line, concept: str, layout: Layout) -> bool:
    """Whether the line, its paragraph, lead-in, column, headings or title name the concept."""
    if line.names(concept) or named_above(line, concept, layout):
        return True
    if any(concept in part.column_hits for part in line.parts):
        return True
    if line.lead_in is not None and layout.lines[line.lead_in].names(concept):
        return True
    return any(layout.lines[number].names(concept) for number in layout.by_paragraph[line.paragraph])


def acts(line: Line, concept: str, layout: Layout, pronouns: Sequence[str]) -> bool:
    """Whether the concept is named as the one who acts in the line, else in its lead-in.

    A pronoun ("ho", "hun", "han") stands for the one who acted in the sentence before.
    """
    lines = [line, *([layout.lines[line.lead_in]] if line.lead_in is not None else [])]
    before = line.number - 1
    if before in layout.by_paragraph[line.paragraph] and any(line.names(pronoun) for pronoun in pronouns):
        lines.append(layout.lines[before])
    return any(
        part.role == "who" or is_actor(part, hit)
        for candidate in lines
        for part in candidate.parts
        for hit in part.hits.get(concept, ())
    )


def is_practised(passage: Passage) -> bool:
    """Whether the passage is a practice that holds."""
    return passage.is_practice and passage.stance in PRACTISED
