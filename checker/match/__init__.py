"""Matching: the passages of a document with concepts, stance and elements."""

from checker.match.concepts import ConceptMatcher
from checker.match.passages import passages_of

__all__ = ["ConceptMatcher", "passages_of"]
