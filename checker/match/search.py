"""Searches a document: its passages, and the lines that nearly were passages."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language import AnnotatedDocument
from checker.match.concepts import ConceptMatcher
from checker.match.lines import lay_out
from checker.match.nearest import near_misses_of
from checker.match.passages import passages_of
from checker.model import Level, Passage
from checker.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Searched:
    """What a document holds: its passages, and the ``near`` ones, each with the reason why it did not count."""

    passages: tuple[Passage, ...] = ()
    near: tuple[Passage, ...] = ()


def search(
    document: AnnotatedDocument, rulebook: Rulebook, matcher: ConceptMatcher, *, level: Level | None = None
) -> Searched:
    """Give what a document holds on the requirements of a level, or on all of them."""
    layout = lay_out(document, matcher, rulebook)
    passages = passages_of(document, rulebook, matcher, level=level, layout=layout)
    return Searched(passages, near_misses_of(layout, passages, rulebook, level=level))
