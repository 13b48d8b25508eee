"""Binds to a practice the elements that belong to it: of its own line, its neighbours, its form and its section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from checker.match.cohesion import is_other_matter
from checker.match.elements import ACTORS, Found, elements_in, place_of
from checker.match.lines import SECTION_LIMIT, Layout, Line
from checker.match.stance import Anchor, Decided
from checker.model import PRACTISED, BlockKind, ElementKind, How, Mention, Passage, Stance
from checker.rulebook import CompiledPattern, Requirement, Rulebook

MAX_QUOTE = 400
FORM_LABELS = frozenset({"who", "when", "record", "followup", "action"})
NAME_LETTERS = 9
"""Shorter words ("besøk", "kurs") name no practice of their own."""

RESULT_REACH = 3
"""So many lines after a practice, in its section, may tell what it leaves and what follows."""

NO_ACTORS = frozenset(ElementKind) - {ElementKind.RESPONSIBLE, ElementKind.LEADERSHIP}
NO_FOLLOWUP = frozenset(ElementKind) - {ElementKind.FOLLOWUP}
"""The heading "Handlingsplan" says nothing of what comes of the practice below it."""

RESULTS = frozenset({ElementKind.RECORD, ElementKind.FOLLOWUP})
ITEM_REACH = 2
"""So many items on either side of one may go on about it."""

INTRODUCTION = 6
"""So many lines may tell at the head of a form when it is used, and by whom."""

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


class Binder:
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
            lenders = chain(self._lenders(line, requirement), self._about_the_form(candidate))
            for lender, kinds in lenders:
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
            score=score_of(candidate),
            mentions=mentions_of(candidate),
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
            if abs(number - line.number) <= NEIGHBOUR_REACH and self._lends(other, line, requirement):
                only_thinks = any(other.names(concept) for concept in self.rulebook.attitudes)
                yield other, NO_ACTORS if only_thinks else None
        if line.lead_in is not None:
            yield self.layout.lines[line.lead_in], None
        for other in self._items_beside(line, requirement):
            yield other, None
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
            if other.paragraph == line.paragraph or other.is_row or other.block.kind is BlockKind.HEADING:
                continue
            if self._is_foreign(other, requirement):
                continue
            if about and self._refers(other, line, requirement):
                yield other, None
            elif 0 < number - line.number <= RESULT_REACH:
                yield other, RESULTS
        headings = self.layout.headings_of(line)
        if headings:
            yield headings[-1], NO_FOLLOWUP

    def _about_the_form(self, candidate: Candidate) -> Iterator[tuple[Line, None]]:
        """Give the first lines of a form or guide that tell when it is used and by whom, for a question in it."""
        if candidate.pattern.asks:
            names = [concept for group in candidate.pattern.near for concept in group]
            for other in self.layout.lines[:INTRODUCTION]:
                about = (other, *self.layout.headings_of(other))
                is_text = other.block.kind is BlockKind.PARAGRAPH
                if is_text and any(told.names(name) for told in about for name in names):
                    yield other, None

    def _items_beside(self, line: Line, requirement: Requirement) -> Iterator[Line]:
        """Give the items beside an item that only go on about it: "- Plangruppa har ansvaret"."""
        if line.block.kind is not BlockKind.LIST_ITEM:
            return
        for step in (1, -1):
            for number in range(line.number + step, line.number + step * (ITEM_REACH + 1), step):
                if not 0 <= number < len(self.layout.lines):
                    break
                other = self.layout.lines[number]
                if other.block.kind is not BlockKind.LIST_ITEM or other.section != line.section:
                    break
                if self.requirements_of.get(number) and requirement.id not in self.requirements_of[number]:
                    break
                if other.paragraph != line.paragraph and self._refers(other, line, requirement):
                    yield other

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

    def _refers(self, other: Line, line: Line, requirement: Requirement) -> bool:
        """Whether a line in another paragraph speaks of this requirement's practice again: by name, or "dette"."""
        names = (*requirement.about, *self.rulebook.anaphora)
        return any(other.names(concept) for concept in names) and self._lends(other, line, requirement)

    def _lends(self, other: Line, line: Line, requirement: Requirement) -> bool:
        """Whether a neighbour's elements may belong to the practice in ``line``.

        Not where it is about another matter, nor where it is a practice on other requirements alone and names none of
        this one's own elements.
        """
        if any(other.names(concept) for concept in self.rulebook.off_topic):
            return False
        if other.label is None and is_other_matter(other, line, requirement, self.layout, self.rulebook):
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


def quote_of(text: str) -> str:
    """Give a quote of at most 400 characters, white space folded, cut at a word."""
    folded = " ".join(text.split())
    if len(folded) <= MAX_QUOTE:
        return folded
    return folded[:MAX_QUOTE].rsplit(" ", 1)[0]


def mentions_of(candidate: Candidate) -> tuple[Mention, ...]:
    """Give the words that the candidate's pattern rests on."""
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


def score_of(candidate: Candidate) -> float:
    """Give how sure the match is: likeness of misspelt words, hedged stance, topics taken for practice."""
    score = min(anchor.hit.score for anchor in candidate.anchors)
    if candidate.decided.stance in {Stance.HEDGED, Stance.CONDITIONAL}:
        score *= 0.9
    if candidate.pattern.kind == "topic" and candidate.is_practice:
        score *= 0.9
    if any(anchor.hit.how is How.FUZZY for anchor in candidate.anchors):
        score *= 0.95
    return round(score, 3)
