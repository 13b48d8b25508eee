"""Searches a document: its passages, and the lines that nearly were passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.language import AnnotatedDocument
from checker.match.asked import Asked, asked_of
from checker.match.concepts import HitFinder
from checker.match.lines import lay_out, with_units_of
from checker.match.nearest import near_misses_of
from checker.match.needed import needed_blocks
from checker.match.passages import passages_of
from checker.model import Level, Passage
from checker.rulebook import Rulebook

Parse = Callable[[AnnotatedDocument, frozenset[int]], AnnotatedDocument]
"""Gives a document with the blocks of these numbers parsed."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a document holds.

    Args:
        near: passages that did not count, each with the reason why.
        concepts: the concepts that are named together in a line, for each line that names others than those before.
    """

    passages: tuple[Passage, ...] = ()
    near: tuple[Passage, ...] = ()
    concepts: tuple[tuple[str, ...], ...] = ()


class Searcher:
    """Searches documents by one rulebook; what it asks is worked out once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._asked: dict[Level | None, Asked] = {}

    def search(
        self,
        document: AnnotatedDocument,
        matcher: HitFinder,
        *,
        level: Level | None = None,
        parse: Parse | None = None,
    ) -> Searched:
        """Give what a document holds on the requirements of a level, or on all of them.

        Args:
            parse: for a document that is not parsed yet: parses the blocks whose words may decide something, and no
                others. None where all of it is parsed.
        """
        if level not in self._asked:
            self._asked[level] = asked_of(self.rulebook, level)
        asked = self._asked[level]
        layout = lay_out(document, matcher, self.rulebook)
        if parse is not None:
            needed = needed_blocks(layout, asked)
            if needed:
                document = parse(document, needed)
                layout = with_units_of(layout, document, needed)
        passages = passages_of(document, self.rulebook, matcher, level=level, layout=layout, asked=asked)
        near = near_misses_of(layout, passages, asked)
        named = dict.fromkeys(line.concepts() for line in layout.lines)
        return Searched(passages, near, tuple(tuple(sorted(concepts)) for concepts in named if concepts))


def search(
    document: AnnotatedDocument,
    rulebook: Rulebook,
    matcher: HitFinder,
    *,
    level: Level | None = None,
    parse: Parse | None = None,
) -> Searched:
    """Give what one document holds; see ``Searcher.search``."""
    return Searcher(rulebook).search(document, matcher, level=level, parse=parse)
