"""Matching: the passages of a document with concepts, stance and elements, and those that nearly counted."""

from checker.match.concepts import ConceptMatcher
from checker.match.passages import passages_of
from checker.match.search import Searched, search

__all__ = ["ConceptMatcher", "Searched", "passages_of", "search"]
