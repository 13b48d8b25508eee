"""Finds concepts in a text: by lemma, compound, token pattern, and by likeness for misspelt words.

Everything that depends on a word's form alone is worked out once per word type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from checker.language import Token, is_well_formed, lemmas_of, repaired, shared_compounds
from checker.match.affixes import Affixes
from checker.model import How
from checker.rulebook import Choice, Concept, Slot, SlotKind, Term

FUZZY_MIN_LETTERS = 6
FUZZY_LIKENESS = ((6, 0.83), (8, 0.87), (11, 0.86))
"""From how many letters on a misspelt word counts, and how like it must then be (normalised Levenshtein)."""

SHORTEST_REPAIRED = 4
REPAIRED_SCORE = 0.95
SCAN_LIKENESS = ((6, 0.83), (8, 0.85), (11, 0.81))
"""The same for words that OCR read: one letter in seven may be wrong, from eleven letters on two."""

SCAN_LETTERS = 0.8
"""So much of a word that OCR read must be letters: it takes l for 1 and O for 0."""

LIKENED = frozenset({SlotKind.WORD, SlotKind.STRICT})
NAME_LETTERS = 3
"""So many letters stand at least before the ending of a name."""

REMEMBERED_UNITS = 5_000
DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./-](?:\d{2}|\d{4})\.?")
QUOTE_MARKS = frozenset("«»\"'“”„‘’‹›")


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found at the tokens ``start`` to ``end`` (exclusive) of a unit."""

    concept: str
    start: int
    end: int
    how: How = How.LEMMA
    score: float = 1.0

    def overlaps(self, other: Hit) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end


Hits = Mapping[str, tuple[Hit, ...]]


class HasConcepts(Protocol):
    """What a matcher is made of: a rulebook, or a part of one."""

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts by their names."""


class HitFinder(Protocol):
    """What finds concepts in a unit's tokens: a matcher, or one that remembers what a matcher found."""

    def hits(self, tokens: Sequence[Token], *, is_scanned: bool = False) -> Hits:
        """Give the hits in a unit's tokens, by concept."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term of a concept in the matcher's tables; each place is a set of choice numbers."""

    concept: str
    excludes: bool
    slots: tuple[tuple[frozenset[int], int], ...]
    how: How
    number: int
    wanted: tuple[frozenset[int], ...]


@dataclass(slots=True)
class _Search:
    """What is known of a unit while its terms are looked for; ``kept`` are its tokens but for quotation marks."""

    kept: Sequence[int]
    choices: Sequence[tuple[frozenset[int], float]]
    spans: Mapping[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    found: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    excluded: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))


class ConceptMatcher:
    """Finds the concepts of a rulebook in tokenised text.

    Args:
        rulebook: whose concepts, cues and column names are looked for.
    """

    def __init__(self, rulebook: HasConcepts) -> None:
        self._counts_as = {name: concept.counts_as for name, concept in rulebook.concepts.items()}
        self._numbers: dict[Choice, int] = {}
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._by_form: dict[str, set[int]] = defaultdict(set)
        self._by_exact: dict[str, set[int]] = defaultdict(set)
        self._prefixes, self._suffixes, self._infixes = Affixes(), Affixes(), Affixes()
        self._names: list[tuple[str, int]] = []
        self._fuzzy_keys: dict[str, set[int]] = defaultdict(set)
        self._number_choice: int | None = None
        self._date_choice: int | None = None
        self._entries: list[_Entry] = []
        self._simple: dict[int, list[_Entry]] = defaultdict(list)
        """Terms without concepts, by the choices of their rarest place: the one whose words fewest terms have."""
        self._with_concepts: list[_Entry] = []
        self._concept_choices: dict[int, str] = {}
        self._hits_of_unit: dict[tuple[tuple[str, ...], tuple[str, ...], bool], Hits] = {}
        self._choices_of_type: dict[tuple[str, bool], tuple[frozenset[int], float]] = {}
        for concept in rulebook.concepts.values():
            for term in concept.terms:
                self._add(concept, term, excludes=False)
            for term in concept.exclude:
                self._add(concept, term, excludes=True)
        self._fuzzy_list = sorted(self._fuzzy_keys)
        self._spread()

    def hits(self, tokens: Sequence[Token], *, is_scanned: bool = False) -> Hits:
        """Give the hits in a unit's tokens, by concept, in order of place; longest first at one place.

        The same words have the same hits: sentences of templates that schools share are looked through once.

        Args:
            is_scanned: the text was read by OCR, so that words may be less like the terms.
        """
        key = (tuple(token.text for token in tokens), tuple(token.lower for token in tokens), is_scanned)
        found = self._hits_of_unit.get(key)
        if found is None:
            if len(self._hits_of_unit) >= REMEMBERED_UNITS:
                self._hits_of_unit.clear()
            found = self._hits_of_unit[key] = self._hits(tokens, is_scanned)
        return found

    def may_satisfy(self, text: str, lower: str) -> frozenset[int]:
        """Give the numbers of all choices that a word may satisfy, by whichever likeness, beside any other terms."""
        bare = lower.rstrip(".") or lower
        found = self._satisfied(lower, bare) | self._by_exact.get(text, set()) | self._named(text)
        if len(bare) < SHORTEST_REPAIRED or is_well_formed(bare):
            return found
        repair = repaired(bare)
        if repair is not None:
            return found | self._satisfied(repair, repair)
        if len(bare) >= FUZZY_MIN_LETTERS:
            least = _least_likeness(bare, SCAN_LIKENESS)
            alike = process.extract(
                bare,
                self._fuzzy_list,
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=least,
                limit=None,
            )
            found = found.union(*(self._fuzzy_keys[key] for key, _, _ in alike))
        return found

    def may_hold(self, there: AbstractSet[int]) -> bool:
        """Whether a term may stand in a unit whose words may satisfy so many choices; concepts may stand anywhere."""
        return any(
            all(
                not wanted.isdisjoint(there) or not wanted.isdisjoint(self._concept_choices)
                for wanted in entry.wanted
            )
            for entry in (*self._entries, *self._with_concepts)
        )

    def numbers_of(self, choices: Iterable[Choice]) -> frozenset[int]:
        """Give the numbers of choices, those that no term has left out."""
        return frozenset(self._numbers[choice] for choice in choices if choice in self._numbers)

    def _hits(self, tokens: Sequence[Token], is_scanned: bool) -> Hits:
        kept = [index for index, token in enumerate(tokens) if token.text not in QUOTE_MARKS]
        shared = shared_compounds(tokens)
        search = _Search(
            kept, [self._choices(tokens[index], shared.get(index, ()), is_scanned) for index in kept]
        )
        there = frozenset().union(*(ids for ids, _ in search.choices))
        # A term of which a word is nowhere in the unit is not tried at its tokens.
        possible = self._possible(there)
        for at in range(len(kept)):
            seen: set[int] = set()
            for choice in search.choices[at][0]:
                for entry in possible.get(choice, ()):
                    if id(entry) not in seen:
                        seen.add(id(entry))
                        if len(entry.slots) == 1:
                            self._note(entry, at, at + 1, search)
                        else:
                            self._try(entry, at, search)
        search.spans = _spans_by_start(search.found, self._counts_as, kept)
        named = {target for target, _ in search.spans}
        starts = {start for _, start in search.spans}
        for entry in self._with_concepts:
            if all(self._may_stand(wanted, there, named) for wanted in entry.wanted):
                for at in range(len(kept)):
                    if at in starts or not entry.wanted[0].isdisjoint(search.choices[at][0]):
                        self._try(entry, at, search)
        return self._counted(search.found, search.excluded)

    def _possible(self, there: frozenset[int]) -> Mapping[int, Sequence[_Entry]]:
        """Give, by the choices of their first place, the terms whose words all stand somewhere in a unit, in order."""
        entries = {
            entry.number: entry
            for choice in self._simple.keys() & there
            for entry in self._simple[choice]
            if len(entry.slots) == 1 or not any(map(there.isdisjoint, entry.wanted))
        }
        possible: dict[int, list[_Entry]] = defaultdict(list)
        for _, entry in sorted(entries.items()):
            for choice in entry.wanted[0] & there:
                possible[choice].append(entry)
        return possible

    def _may_stand(self, wanted: frozenset[int], there: frozenset[int], named: AbstractSet[str]) -> bool:
        """Whether a place of a term may be filled: by a word of the unit, or by a concept named in it."""
        return not wanted.isdisjoint(there) or any(
            self._concept_choices.get(number) in named for number in wanted
        )

    def _counted(
        self, found: Mapping[str, list[Hit]], excluded: Mapping[str, list[Hit]]
    ) -> dict[str, tuple[Hit, ...]]:
        """Add each hit to the concepts it counts for, leaving out those in another sense."""
        counted: dict[str, dict[tuple[int, int], Hit]] = defaultdict(dict)
        for name, hits in found.items():
            for hit in hits:
                if any(hit.overlaps(other) for other in excluded.get(name, ())):
                    continue
                for target in self._counts_as[name]:
                    if target != name and any(hit.overlaps(other) for other in excluded.get(target, ())):
                        continue
                    counted[target].setdefault(
                        (hit.start, -hit.end), Hit(target, hit.start, hit.end, hit.how, hit.score)
                    )
        return {name: tuple(hits[key] for key in sorted(hits)) for name, hits in sorted(counted.items())}

    def _try(self, entry: _Entry, at: int, search: _Search) -> None:
        """Add the hit of a term that begins at a token, if it is one."""
        end = self._end(entry.slots, 0, at, search)
        if end is not None:
            self._note(entry, at, end, search)

    def _note(self, entry: _Entry, at: int, end: int, search: _Search) -> None:
        """Add the hit of a term at the tokens ``at`` to ``end``."""
        choices = search.choices
        score = choices[at][1] if end == at + 1 else min(choices[index][1] for index in range(at, end))
        is_fuzzy = score < 1.0 and len(entry.slots) == 1
        how = How.FUZZY if is_fuzzy else entry.how
        kept = search.kept
        hit = Hit(entry.concept, kept[at], kept[end - 1] + 1, how, score if is_fuzzy else 1.0)
        (search.excluded if entry.excludes else search.found)[entry.concept].append(hit)

    def _end(
        self, slots: Sequence[tuple[frozenset[int], int]], number: int, at: int, search: _Search
    ) -> int | None:
        """Give where a match of ``slots[number:]`` from token ``at`` ends, None where there is none."""
        if number == len(slots):
            return at
        wanted, gap = slots[number]
        for start in range(at, min(at + gap + 1, len(search.choices))):
            if wanted & search.choices[start][0]:
                end = self._end(slots, number + 1, start + 1, search)
                if end is not None:
                    return end
            if not search.spans or self._concept_choices.keys().isdisjoint(wanted):
                continue
            for choice in sorted(wanted & self._concept_choices.keys()):
                for stop in search.spans.get((self._concept_choices[choice], start), ()):
                    end = self._end(slots, number + 1, stop, search)
                    if end is not None:
                        return end
        return None

    def _choices(self, token: Token, shared: Sequence[str], is_scanned: bool) -> tuple[frozenset[int], float]:
        """Give the choices of a token; one that stands for a compound that is a term has those of the compound."""
        for compound in shared:
            listed = self._listed(compound)
            if listed:
                return listed, 1.0
        key = (token.lower, is_scanned)
        known = self._choices_of_type.get(key)
        if known is None:
            known = self._choices_of_type[key] = self._choices_of(token.lower, is_scanned)
        exact = self._by_exact.get(token.text, set()) | self._named(token.text)
        return (known[0] | exact, known[1]) if exact else known

    def _named(self, text: str) -> set[int]:
        """Give the choices for names that a word with a capital satisfies."""
        if not self._names or not text[:1].isupper():
            return set()
        lower = text.casefold()
        return {
            number
            for ending, number in self._names
            if lower.endswith(ending) and len(lower) >= len(ending) + NAME_LETTERS
        }

    def _choices_of(self, lower: str, is_scanned: bool) -> tuple[frozenset[int], float]:
        """Give the choices that a word type satisfies, and how sure that is (below 1.0: by likeness)."""
        bare = lower.rstrip(".") or lower
        found = self._satisfied(lower, bare)
        if len(bare) < SHORTEST_REPAIRED or is_well_formed(bare) or bare in self._by_key:
            return found, 1.0
        repair = repaired(bare)
        if repair is not None:
            return found | self._satisfied(repair, repair), REPAIRED_SCORE
        if len(bare) >= FUZZY_MIN_LETTERS and _is_word(bare, is_scanned):
            alike, score = self._alike(bare, SCAN_LIKENESS if is_scanned else FUZZY_LIKENESS)
            return found | alike, score
        return found, 1.0

    def _satisfied(self, lower: str, bare: str) -> frozenset[int]:
        """Give the choices that a word satisfies as it stands."""
        keys = dict.fromkeys((lower, bare, *lemmas_of(bare, None)))
        found: set[int] = set()
        for key in keys:
            found |= self._by_key.get(key, set())
        found |= self._by_form.get(lower, set()) | self._by_form.get(bare, set())
        for key in keys:
            found.update(self._prefixes.at_start(key), self._suffixes.at_end(key), self._infixes.within(key))
        if self._number_choice is not None and lower[:1].isdigit():
            found.add(self._number_choice)
        if self._date_choice is not None and DATE.fullmatch(lower):
            found.add(self._date_choice)
        return frozenset(found)

    def _listed(self, compound: str) -> frozenset[int]:
        """Give the choices that name a compound as a whole."""
        return frozenset().union(
            *(self._by_key.get(key, ()) for key in (compound, *lemmas_of(compound, None)))
        )

    def _alike(self, word: str, likenesses: Sequence[tuple[int, float]]) -> tuple[frozenset[int], float]:
        least = _least_likeness(word, likenesses)
        best = process.extractOne(
            word, self._fuzzy_list, scorer=Levenshtein.normalized_similarity, score_cutoff=least
        )
        if best is None or best[0][0] != word[0]:
            return frozenset(), 1.0
        return frozenset(self._fuzzy_keys[best[0]]), round(float(best[1]), 3)

    def _add(self, concept: Concept, term: Term, *, excludes: bool) -> None:
        slots = tuple(
            (frozenset(self._number(c, concept) for c in slot.choices), slot.gap) for slot in term.slots
        )
        wanted = tuple(choices for choices, _ in slots)
        entry = _Entry(concept.name, excludes, slots, _how(term.slots), len(self._entries), wanted)
        if any(number in self._concept_choices for wanted, _ in slots for number in wanted):
            self._with_concepts.append(entry)
            return
        self._entries.append(entry)

    def _spread(self) -> None:
        """Enter the terms without concepts in their table."""
        uses = Counter(number for entry in self._entries for choices in entry.wanted for number in choices)
        for entry in self._entries:
            rarest = min(entry.wanted, key=lambda choices: sum(uses[number] for number in choices))
            for number in sorted(rarest):
                self._simple[number].append(entry)

    def _number(self, choice: Choice, concept: Concept) -> int:
        """Give the number of a choice, entering it in the tables when it is new."""
        number = self._numbers.get(choice)
        if number is None:
            number = self._numbers[choice] = len(self._numbers)
            match choice.kind:
                case SlotKind.WORD:
                    for key in _term_keys(choice.text):
                        self._by_key[key].add(number)
                case SlotKind.STRICT:
                    self._by_key[choice.text].add(number)
                case SlotKind.FORM:
                    self._by_form[choice.text].add(number)
                case SlotKind.EXACT:
                    self._by_exact[choice.text].add(number)
                case SlotKind.NAME:
                    self._names.append((choice.text, number))
                case SlotKind.NUMBER:
                    self._number_choice = number
                case SlotKind.DATE:
                    self._date_choice = number
                case SlotKind.CONCEPT:
                    self._concept_choices[number] = choice.text
                case SlotKind.PREFIX:
                    self._prefixes.add(choice.text, number)
                case SlotKind.SUFFIX:
                    self._suffixes.add(choice.text, number)
                case SlotKind.INFIX:
                    self._infixes.add(choice.text, number)
        if choice.kind in LIKENED and concept.fuzzy and len(choice.text) >= FUZZY_MIN_LETTERS - 1:
            self._fuzzy_keys[choice.text].add(number)
        return number


def _least_likeness(word: str, likenesses: Sequence[tuple[int, float]]) -> float:
    """Give how like a misspelt word must be to one of so many letters."""
    return next(likeness for letters, likeness in reversed(likenesses) if len(word) >= letters)


def _is_word(text: str, is_scanned: bool) -> bool:
    """Whether a text that is no word may be a misspelt one: letters only (in a scan, for the most part)."""
    return text.isalpha() or (is_scanned and sum(map(str.isalpha, text)) >= SCAN_LETTERS * len(text))


def _term_keys(word: str) -> tuple[str, ...]:
    """Give the keys that a rule's word stands for: itself, and its dictionary forms if it is none itself."""
    lemmas = lemmas_of(word, None)
    return (word,) if word in lemmas else (word, *lemmas)


def _how(slots: Sequence[Slot]) -> How:
    kinds = {choice.kind for slot in slots for choice in slot.choices}
    if kinds & {SlotKind.PREFIX, SlotKind.SUFFIX, SlotKind.INFIX}:
        return How.COMPOUND
    if len(slots) > 1 or kinds & {SlotKind.NUMBER, SlotKind.DATE, SlotKind.CONCEPT}:
        return How.PATTERN
    return How.LEMMA


def _spans_by_start(
    found: Mapping[str, Iterable[Hit]], counts_as: Mapping[str, tuple[str, ...]], kept: Sequence[int]
) -> dict[tuple[str, int], tuple[int, ...]]:
    """Give, for each concept and kept token, where its hits that start there end (as kept token numbers)."""
    place = {index: number for number, index in enumerate(kept)}
    spans: dict[tuple[str, int], set[int]] = defaultdict(set)
    for name, hits in found.items():
        for hit in hits:
            for target in counts_as[name]:
                spans[target, place[hit.start]].add(place[hit.end - 1] + 1)
    return {key: tuple(sorted(ends, reverse=True)) for key, ends in spans.items()}
