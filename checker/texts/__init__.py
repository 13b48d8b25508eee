"""The sentences that users read, in bokmål, nynorsk and English; and reading YAML quickly."""

from checker.texts.load import LANGUAGES, Texts, load_texts
from checker.texts.values import read_yaml

__all__ = ["LANGUAGES", "Texts", "load_texts", "read_yaml"]
