"""Keeps which concepts were found in which units of a document, so that a changed rule looks again at few of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.language import Token, shared_compounds
from checker.match.concepts import Hit, HitFinder, Hits
from checker.model import How

_HOWS = tuple(How)
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
        self._known = dict(_known_units(known, changed)) if known is not None else {}
        self._found: dict[_Unit, Hits] = {}
        self._compounds: dict[_Unit, tuple[str, ...]] = {}

    def hits(self, tokens: Sequence[Token], *, is_scanned: bool = False) -> Hits:
        """Give the hits in a unit's tokens, by concept."""
        unit = (tuple([t.text for t in tokens]), tuple([t.lower for t in tokens]), is_scanned)
        found = self._found.get(unit)
        if found is not None:
            return found
        before = self._known.get(unit)
        if before is not None:
            found, compounds = _hits_in(*before), _compounds_in(*before)
        else:
            found = self._matcher().hits(tokens, is_scanned=is_scanned)
            compounds = tuple(c for shared in shared_compounds(tokens).values() for c in shared)
        self._found[unit] = found
        if compounds:
            self._compounds[unit] = compounds
        return found

    def trace(self, lines: Sequence[Sequence[str]]) -> Trace:
        """Give what was found in all units that were asked for.

        Args:
            lines: the names of concepts that stand in a line together.
        """
        words: dict[tuple[str, str], int] = {}
        concepts: dict[str, int] = {}
        units = []
        for unit, hits in self._found.items():
            texts, lowers, is_scanned = unit
            numbers = [words.setdefault(word, len(words)) for word in zip(texts, lowers, strict=True)]
            others = [words.setdefault((word, word), len(words)) for word in self._compounds.get(unit, ())]
            row = [int(is_scanned), len(numbers), *numbers, len(others), *others]
            for name, several in hits.items():
                concept = concepts.setdefault(name, len(concepts))
                for hit in several:
                    row += (
                        concept,
                        hit.start,
                        hit.end,
                        _HOWS.index(hit.how),
                        round(hit.score * _THOUSANDTHS),
                    )
            units.append(tuple(row))
        named = [tuple([concepts.setdefault(name, len(concepts)) for name in line]) for line in lines]
        return Trace(tuple(words), tuple(concepts), tuple(units), tuple(named))


_Known = tuple[Trace, tuple[int, ...]]


def _known_units(trace: Trace, changed: Collection[int]) -> Iterator[tuple[_Unit, _Known]]:
    again = frozenset(changed)
    for number, unit in enumerate(trace.units):
        if number not in again:
            words = [trace.words[word] for word in unit[2 : 2 + unit[1]]]
            texts, lowers = tuple([text for text, _ in words]), tuple([lower for _, lower in words])
            yield (texts, lowers, bool(unit[0])), (trace, unit)


def _hits_in(trace: Trace, unit: tuple[int, ...]) -> Mapping[str, tuple[Hit, ...]]:
    begin = 3 + unit[1]
    begin += unit[begin - 1]
    hits: dict[str, list[Hit]] = {}
    for at in range(begin, len(unit), 5):
        concept, start, end, how, score = unit[at : at + 5]
        name = trace.concepts[concept]
        hits.setdefault(name, []).append(Hit(name, start, end, _HOWS[how], score / _THOUSANDTHS))
    return {name: tuple(several) for name, several in hits.items()}


def _compounds_in(trace: Trace, unit: tuple[int, ...]) -> tuple[str, ...]:
    begin = 3 + unit[1]
    return tuple(trace.words[word][0] for word in unit[begin : begin + unit[begin - 1]])
