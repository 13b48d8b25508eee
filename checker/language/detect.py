"""Fills in the language of a document and of each of its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.language.forms import NO_VOTES, Votes, foreign_by_votes, form_by_votes, votes_of
from checker.model import Block

LONG_BLOCK_WORDS = 6
"""Blocks with fewer words take the document's form."""

MIXED_SHARE = 0.25
"""From which share of the words in the lesser form on a document counts as having both."""

MIXED_WORDS = 120
"""Least number of words in the lesser form for that."""

UNCOVERED_SHARE = 0.6
"""From which share of the decided words in other languages on a document is mostly uncovered."""

MULTIPLE = "mul"


def document_languages(blocks: Sequence[Block]) -> tuple[str | None, tuple[str | None, ...]]:
    """Give the document's language and each block's, the short ones' from the document."""
    votes = [votes_of(block.text) for block in blocks]
    own = [_language(vote) for vote in votes]
    words: Counter[str] = Counter()
    for vote, language in zip(votes, own, strict=True):
        if language is not None and vote.words >= LONG_BLOCK_WORDS:
            words[language] += vote.words
    language = _document_language(words, votes)
    usual = language
    if language == MULTIPLE:
        usual = max(("nb", "nn"), key=lambda form: words[form])
    return language, tuple(
        own_language if own_language is not None and vote.words >= LONG_BLOCK_WORDS else usual
        for vote, own_language in zip(votes, own, strict=True)
    )


def _language(votes: Votes) -> str | None:
    return foreign_by_votes(votes) or form_by_votes(votes)


def _document_language(words: Counter[str], votes: Sequence[Votes]) -> str | None:
    """Give the language by the words of the decided blocks; by all votes together where none is decided."""
    total = sum(words.values())
    if not total:
        return _language(sum(votes, NO_VOTES))
    norwegian = words["nb"] + words["nn"]
    if total - norwegian >= UNCOVERED_SHARE * total:
        foreign = [name for name in sorted(words) if name not in {"nb", "nn"}]
        return max(foreign, key=lambda name: words[name])
    lesser = min(words["nb"], words["nn"])
    if lesser >= MIXED_WORDS and lesser >= MIXED_SHARE * norwegian:
        return MULTIPLE
    return "nn" if words["nn"] > words["nb"] else "nb"
