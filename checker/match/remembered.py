"""Keeps which concepts were found in which units of a document, so that a changed rule looks again at few of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.language import Token, shared_compounds
from checker.match.concepts import Hit, HitFinder, Hits
from checker.model import How

_HOWS = tuple(How)
HIT = 5
"""Numbers of a hit in a unit's row."""

_THOUSANDTHS = 1000
"""Scores have three decimals."""

_Unit = tuple[tuple[str, ...], tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Trace:
    """What was looked for in a document and found, as plain values.

    Args:
        words: each word of the units once, as it stands and in lower case, and what their compounds stand for.
        concepts: the names of the concepts that were found.
        units: for each unit: whether it was read by OCR, the count and numbers of its words, the count and numbers of
            its compounds, then of each hit the concept, start, end, way and score.
        lines: which concepts are named together in a line, each set once.
    """

    words: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...]
    units: tuple[tuple[int, ...], ...]
    lines: tuple[tuple[int, ...], ...] = ()

    def words_of(self, unit: Sequence[int]) -> Sequence[int]:
        """Give the numbers of a unit's words and of what its compounds stand for."""
        count = unit[1]
        others = unit[2 + count]
        return (*unit[2 : 2 + count], *unit[3 + count : 3 + count + others])


class RememberedHits:
    """Finds concepts as a matcher does, but asks it only for units that are not known; notes what was found.

    Args:
        matcher: gives the matcher when it is first needed.
        known: what was found before.
        changed: numbers of the known units that must be looked at again.
    """

    def __init__(
        self, matcher: Callable[[], HitFinder], known: Trace | None = None, changed: Collection[int] = ()
    ) -> None:
        self._matcher = matcher
        known = known or Trace((), (), ())
        self._known = dict(_known_units(known, changed))
        self._concepts = known.concepts
        self._word_numbers = {word: number for number, word in enumerate(known.words)}
        self._concept_numbers = {name: number for number, name in enumerate(known.concepts)}
        self._found: dict[_Unit, Hits] = {}
        self._rows: list[tuple[int, ...]] = []

    def hits(self, tokens: Sequence[Token], *, is_scanned: bool = False) -> Hits:
        """Give the hits in a unit's tokens, by concept."""
        unit = (tuple([t.text for t in tokens]), tuple([t.lower for t in tokens]), is_scanned)
        found = self._found.get(unit)
        if found is not None:
            return found
        row = self._known.get(unit)
        if row is not None:
            found = KeptHits(self._concepts, row)
        else:
            found = self._matcher().hits(tokens, is_scanned=is_scanned)
            row = self._row(unit, found, [c for some in shared_compounds(tokens).values() for c in some])
        self._found[unit] = found
        self._rows.append(row)
        return found

    def trace(self, lines: Sequence[Sequence[str]]) -> Trace:
        """Give what was found in all units that were asked for.

        Args:
            lines: the names of concepts that stand in a line together.
        """
        named = tuple([tuple([self._concept(name) for name in line]) for line in lines])
        return Trace(tuple(self._word_numbers), tuple(self._concept_numbers), tuple(self._rows), named)

    def _row(self, unit: _Unit, hits: Hits, compounds: Sequence[str]) -> tuple[int, ...]:
        texts, lowers, is_scanned = unit
        numbers = [self._word(word) for word in zip(texts, lowers, strict=True)]
        others = [self._word((word, word)) for word in compounds]
        row = [int(is_scanned), len(numbers), *numbers, len(others), *others]
        for name, several in hits.items():
            concept = self._concept(name)
            for hit in several:
                score = round(hit.score * _THOUSANDTHS)
                row += (concept, hit.start, hit.end, _HOWS.index(hit.how), score)
        return tuple(row)

    def _word(self, word: tuple[str, str]) -> int:
        return self._word_numbers.setdefault(word, len(self._word_numbers))

    def _concept(self, name: str) -> int:
        return self._concept_numbers.setdefault(name, len(self._concept_numbers))


class KeptHits(Mapping[str, tuple[Hit, ...]]):
    """The hits of a unit as they are kept; those of a concept are made when they are asked for."""

    __slots__ = ("_found", "_places", "_row")

    def __init__(self, concepts: Sequence[str], row: tuple[int, ...]) -> None:
        self._row = row
        self._places: dict[str, list[int]] = {}
        self._found: dict[str, tuple[Hit, ...]] = {}
        begin = 3 + row[1]
        for at in range(begin + row[begin - 1], len(row), HIT):
            self._places.setdefault(concepts[row[at]], []).append(at)

    def __getitem__(self, name: str) -> tuple[Hit, ...]:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = tuple([self._hit(name, at) for at in self._places[name]])
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """Give the hits of a concept, or what stands for none."""
        return self[name] if name in self._places else default

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _hit(self, name: str, at: int) -> Hit:
        start, end, how, score = self._row[at + 1 : at + HIT]
        return Hit(name, start, end, _HOWS[how], score / _THOUSANDTHS)


def same_units(matcher: HitFinder, trace: Trace, numbers: Collection[int]) -> bool:
    """Whether a matcher finds in these units what was found before."""
    for number in sorted(numbers):
        row = trace.units[number]
        words = [trace.words[word] for word in row[2 : 2 + row[1]]]
        tokens = [Token(text, 0, 0, lower, "", "", "", "", 0) for text, lower in words]
        if dict(KeptHits(trace.concepts, row)) != dict(matcher.hits(tokens, is_scanned=bool(row[0]))):
            return False
    return True


def _known_units(trace: Trace, changed: Collection[int]) -> Iterator[tuple[_Unit, tuple[int, ...]]]:
    again = frozenset(changed)
    for number, unit in enumerate(trace.units):
        if number not in again:
            words = [trace.words[word] for word in unit[2 : 2 + unit[1]]]
            texts, lowers = tuple([text for text, _ in words]), tuple([lower for _, lower in words])
            yield (texts, lowers, bool(unit[0])), unit
