"""Matching: the passages of a document with concepts, stance and elements, and those that nearly counted."""

from checker.match.changes import RuleChange, RuleState, state_of
from checker.match.concepts import ConceptMatcher
from checker.match.passages import is_practised, passages_of
from checker.match.remembered import RememberedHits, Trace, same_units
from checker.match.search import Searched, Searcher, search

__all__ = [
    "ConceptMatcher",
    "RememberedHits",
    "RuleChange",
    "RuleState",
    "Searched",
    "Searcher",
    "Trace",
    "is_practised",
    "passages_of",
    "same_units",
    "search",
    "state_of",
]
