"""Gives the passages of a document: which lines answer to which requirement, how, and with which elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from checker.language import AnnotatedDocument
from checker.match.concepts import ConceptMatcher
from checker.match.elements import ACTORS, Found, elements_in, is_actor, place_of
from checker.match.lines import SECTION_LIMIT, Layout, Line, lay_out
from checker.match.stance import Anchor, Decided, stance_of
from checker.model import PRACTISED, BlockKind, ElementKind, How, Level, Mention, Passage, Stance
from checker.rulebook import CompiledPattern, Requirement, Rulebook

MAX_QUOTE = 400
MAX_COMBINATIONS = 64
FORM_LABELS = frozenset({"who", "when", "record", "followup", "action"})
FORM_FIELDS = 2
NAME_LETTERS = 9
"""Shorter words ("besøk", "kurs") name no practice of their own."""

RESULT_REACH = 3
"""So many lines after a practice, in its section, may tell what it leaves and what follows."""

RESULTS = frozenset({ElementKind.RECORD, ElementKind.FOLLOWUP})
NEIGHBOUR_REACH = 3
"""So many sentences before and after, in the same paragraph, may lend their elements."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that a pattern caught, before its elements are bound."""

    line: Line
    pattern: CompiledPattern
    anchors: tuple[Anchor, ...]
    decided: Decided
    is_practice: bool


def passages_of(
    document: AnnotatedDocument,
    rulebook: Rulebook,
    matcher: ConceptMatcher,
    *,
    level: Level | None = None,
    layout: Layout | None = None,
) -> tuple[Passage, ...]:
    """Give the passages of a document in its order.

    Args:
        document: with its units tokenised.
        rulebook: whose patterns are looked for.
        matcher: made from ``rulebook``; it keeps what it learns of word types.
        level: only requirements of this level; all where None.
        layout: of the document, where it is known already.
    """
    layout = layout or lay_out(document, matcher, rulebook)
    requirements = {r.id: r for r in rulebook.requirements if level is None or r.level is level}
    patterns = [p for r in requirements.values() for p in r.patterns]
    candidates = [
        candidate
        for line in layout.lines
        for pattern in patterns
        if (candidate := _candidate(line, pattern, layout, rulebook, requirements[pattern.requirement]))
    ]
    binder = _Binder(layout, rulebook, candidates)
    return tuple(
        binder.passage(candidate, requirements[candidate.pattern.requirement]) for candidate in candidates
    )


def _candidate(
    line: Line, pattern: CompiledPattern, layout: Layout, rulebook: Rulebook, requirement: Requirement
) -> Candidate | None:
    anchors = anchors_of(line, pattern)
    if not anchors or not _setting_fits(line, pattern, layout, rulebook):
        return None
    kind = pattern.kind
    if line.block.kind is BlockKind.HEADING and kind not in {"topic", "mention"}:
        return None
    decided = stance_of(line, anchors, layout, rulebook, plain_negation=requirement.plain_negation)
    if kind == "denial" and decided.stance not in {Stance.DENIED, Stance.PLANNED, Stance.ENDED}:
        return None
    if kind == "mention" and _is_only_named(line, decided):
        decided = Decided(Stance.QUOTED, decided.cue)
    if line.block.kind is BlockKind.HEADING:
        return Candidate(line, pattern, anchors, decided, kind == "topic" and _heads_form(line, layout))
    is_practice = kind == "practice" or (kind == "topic" and _is_done(line, requirement, rulebook))
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
        if len(combination) > 1 and (_is_one_place(combination) or _is_torn(line, combination)):
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


def _is_one_place(anchors: Sequence[Anchor]) -> bool:
    """Whether all anchors are the same words: one word can't be both the deed and its object."""
    return len({(anchor.part, anchor.hit.start, anchor.hit.end) for anchor in anchors}) == 1


def _is_torn(line: Line, anchors: Sequence[Anchor]) -> bool:
    """Whether anchors stand in different sentences of one cell: those are different activities."""
    places = {(anchor.part, line.parts[anchor.part].unit.cell) for anchor in anchors}
    return len({part for part, _ in places}) > len({cell for _, cell in places})


def _setting_fits(line: Line, pattern: CompiledPattern, layout: Layout, rulebook: Rulebook) -> bool:
    """Whether the paragraph, headings, document and actor are as the pattern wants them."""
    if not all(any(concept in layout.concepts for concept in group) for group in pattern.document):
        return False
    if is_off_topic(line, pattern, layout, rulebook.off_topic):
        return False
    if pattern.none_near and any(named_above(line, concept, layout) for concept in pattern.none_near):
        return False
    for group in pattern.near:
        if not any(named_near(line, concept, layout) for concept in group):
            return False
    return not pattern.actor or any(
        acts(line, concept, layout, rulebook.pronouns) for concept in pattern.actor
    )


def is_off_topic(line: Line, pattern: CompiledPattern, layout: Layout, off_topic: Sequence[str]) -> bool:
    """Whether the section is about another matter, for a pattern that such matters exclude."""
    headings = layout.headings_of(line)
    return bool(headings) and any(
        concept in pattern.none and headings[-1].names(concept) for concept in off_topic
    )


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


class _Binder:
    """Binds elements to the practice that they belong to."""

    def __init__(self, layout: Layout, rulebook: Rulebook, candidates: Iterable[Candidate]) -> None:
        self.layout = layout
        self.rulebook = rulebook
        self.requirements_of: dict[int, set[str]] = defaultdict(set)
        for candidate in candidates:
            if candidate.is_practice and candidate.decided.stance in PRACTISED:
                self.requirements_of[candidate.line.number].add(candidate.pattern.requirement)
        self._found: dict[tuple[int, str], tuple[Found, ...]] = {}

    def passage(self, candidate: Candidate, requirement: Requirement) -> Passage:
        """Give the passage of a candidate with its elements."""
        line = candidate.line
        part = line.parts[candidate.anchors[0].part]
        elements: dict[ElementKind, Found] = {}
        if candidate.is_practice and candidate.decided.stance in PRACTISED:
            for lender, kinds in self._lenders(line, requirement):
                for found in self._elements(lender, requirement):
                    if kinds is None or found.kind in kinds:
                        elements.setdefault(found.kind, found)
            elements.setdefault(
                ElementKind.ACTION,
                Found(ElementKind.ACTION, line, part, 0, min(len(part.unit.text), MAX_QUOTE)),
            )
        return Passage(
            requirement=requirement.id,
            rule=candidate.pattern.id,
            quote=quote_of(part.unit.text),
            place=place_of(line, part, self.layout.path),
            stance=candidate.decided.stance,
            is_practice=candidate.is_practice,
            score=_score(candidate),
            mentions=_mentions(candidate),
            elements=tuple(found.as_hit(self.layout.path) for _, found in sorted(elements.items())),
            stance_cue=candidate.decided.cue,
            denies_system=candidate.decided.denies_system,
            names=self._names(line, requirement) if candidate.is_practice else (),
            subtheme=candidate.pattern.subtheme,
            group=line.form * 100_000 if line.form is not None else line.paragraph,
        )

    def _names(self, line: Line, requirement: Requirement) -> tuple[str, ...]:
        """Give the words that name the practice in the line, or in the heading that it stands under."""
        headings = self.layout.headings_of(line)
        under = [heading for heading in headings if heading.label is None][-1:]
        found = {
            part.unit.tokens[hit.start].lemma.casefold()
            for named in (line, *under)
            for part in named.parts
            for concept in requirement.names
            for hit in part.hits.get(concept, ())
            if hit.end - hit.start == 1
        }
        return tuple(sorted(name for name in found if len(name) >= NAME_LETTERS))

    def _elements(self, line: Line, requirement: Requirement) -> tuple[Found, ...]:
        key = (line.number, requirement.id)
        if key not in self._found:
            self._found[key] = tuple(elements_in(line, requirement, self.rulebook))
        return self._found[key]

    def _lenders(
        self, line: Line, requirement: Requirement
    ) -> Iterator[tuple[Line, frozenset[ElementKind] | None]]:
        """Give the lines whose elements belong to the practice in ``line``, nearest first, with the kinds they lend."""
        yield line, None
        siblings = self.layout.by_paragraph[line.paragraph]
        near = sorted(
            (number for number in siblings if number != line.number), key=lambda n: (abs(n - line.number), n)
        )
        for number in near:
            other = self.layout.lines[number]
            if abs(number - line.number) <= NEIGHBOUR_REACH and self._lends(other, requirement):
                yield other, None
        if line.lead_in is not None:
            yield self.layout.lines[line.lead_in], None
        for other in self._fields(line, requirement):
            yield other, None
        if line.block.kind is BlockKind.HEADING:
            for other in self.layout.lines:
                if other.label in FORM_LABELS and line.number in other.headings[-2:]:
                    yield other, None
            return
        about = self._section_is_about(line, requirement)
        for number in self.layout.by_section[line.section]:
            other = self.layout.lines[number]
            if other.paragraph == line.paragraph or other.is_row or self._is_foreign(other, requirement):
                continue
            if about and self._refers(other, requirement):
                yield other, None
            elif 0 < number - line.number <= RESULT_REACH:
                yield other, RESULTS
        headings = self.layout.headings_of(line)
        if headings:
            yield headings[-1], None

    def _fields(self, line: Line, requirement: Requirement) -> Iterator[Line]:
        """Give the fields of the form that the line stands in, and the document's own head if it is a routine's."""
        if line.form is not None:
            for number in self.layout.by_form[line.form]:
                other = self.layout.lines[number]
                is_practice = requirement.id in self.requirements_of.get(number, set())
                if number != line.number and (other.label is not None or is_practice):
                    yield other
        if any(concept in self.layout.title_hits for concept in requirement.about):
            for other in self.layout.lines:
                if other.label is not None and not other.headings and other.form != line.form:
                    yield other

    def _section_is_about(self, line: Line, requirement: Requirement) -> bool:
        headings = self.layout.headings_of(line)
        if not headings or len(self.layout.by_section[line.section]) > SECTION_LIMIT:
            return False
        return any(headings[-1].names(concept) for concept in requirement.about)

    def _is_foreign(self, other: Line, requirement: Requirement) -> bool:
        """Whether another paragraph holds practices on other requirements alone."""
        answered = {
            name
            for number in self.layout.by_paragraph[other.paragraph]
            for name in self.requirements_of.get(number, set())
        }
        return bool(answered) and requirement.id not in answered

    def _refers(self, other: Line, requirement: Requirement) -> bool:
        """Whether a line in another paragraph speaks of this requirement's practice again: by name, or "dette"."""
        names = (*requirement.about, *self.rulebook.anaphora)
        return any(other.names(concept) for concept in names) and self._lends(other, requirement)

    def _lends(self, other: Line, requirement: Requirement) -> bool:
        """Whether a neighbour's elements may belong to a practice of this requirement.

        Not where it is about another matter, nor where it is a practice on other requirements alone and names none of
        this one's own elements.
        """
        if any(other.names(concept) for concept in self.rulebook.off_topic):
            return False
        answered = self.requirements_of.get(other.number, set())
        if not answered or requirement.id in answered or any(other.names(a) for a in self.rulebook.anaphora):
            return True
        own = {
            concept
            for kind, concepts in requirement.elements.items()
            if kind not in ACTORS and kind is not ElementKind.TIMING
            for concept in concepts
        }
        return any(other.names(concept) for concept in sorted(own))


def is_practised(passage: Passage) -> bool:
    """Whether the passage is a practice that holds."""
    return passage.is_practice and passage.stance in PRACTISED


def quote_of(text: str) -> str:
    """Give a quote of at most 400 characters, white space folded, cut at a word."""
    folded = " ".join(text.split())
    if len(folded) <= MAX_QUOTE:
        return folded
    return folded[:MAX_QUOTE].rsplit(" ", 1)[0]


def _mentions(candidate: Candidate) -> tuple[Mention, ...]:
    mentions = []
    for anchor in candidate.anchors:
        part = candidate.line.parts[anchor.part]
        hit = anchor.hit
        tokens = part.unit.tokens
        mentions.append(
            Mention(
                hit.concept,
                part.text_of(hit),
                tokens[hit.start].start,
                tokens[hit.end - 1].end,
                hit.how,
                hit.score,
            )
        )
    return tuple(mentions)


def _score(candidate: Candidate) -> float:
    """Give how sure the match is: likeness of misspelt words, hedged stance, topics taken for practice."""
    score = min(anchor.hit.score for anchor in candidate.anchors)
    if candidate.decided.stance in {Stance.HEDGED, Stance.CONDITIONAL}:
        score *= 0.9
    if candidate.pattern.kind == "topic" and candidate.is_practice:
        score *= 0.9
    if any(anchor.hit.how is How.FUZZY for anchor in candidate.anchors):
        score *= 0.95
    return round(score, 3)
