"""Matching: the passages of a document with concepts, stance and elements."""

from checker.match.concepts import ConceptMatcher, Hit
from checker.match.lines import Layout, Line, lay_out, simple_tokens
from checker.match.passages import passages_of

__all__ = ["ConceptMatcher", "Hit", "Layout", "Line", "lay_out", "passages_of", "simple_tokens"]
