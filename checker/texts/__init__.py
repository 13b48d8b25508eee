"""The catalogue of sentences that an auditor reads, in bokmål, nynorsk and English."""

from checker.texts.load import LANGUAGES, Texts, load_texts

__all__ = ["LANGUAGES", "Texts", "load_texts"]
