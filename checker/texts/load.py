"""Reads the text catalogue and fills its sentences in.

The sentences lie in ``catalogue/*.yaml`` beside this file: one file a part of the program, keys with dots,
each with ``nb``, ``nn`` and ``en``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from checker.texts.values import read_yaml

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue in one language.

    Example:
        >>> load_texts("nb")("status.missing")
        'Ikke funnet'
    """

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **fields: object) -> str:
        """Give the sentence of ``key`` with ``fields`` filled in.

        Raises:
            KeyError: the catalogue has no such key.
        """
        sentence = self.sentences[key]
        return sentence.format(**fields) if fields else sentence

    def __contains__(self, key: str) -> bool:
        return key in self.sentences


@cache
def load_texts(language: str) -> Texts:
    """Give the catalogue in ``language`` (nb, nn or en).

    Raises:
        ValueError: a key stands twice, or lacks one of the languages.
    """
    sentences: dict[str, str] = {}
    folder = files("checker.texts") / "catalogue"
    for part in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not part.name.endswith(".yaml"):
            continue
        data = read_yaml(part.read_text(encoding="utf-8"))
        for key, entry in data.items():
            if key in sentences or set(entry) != set(LANGUAGES):
                raise ValueError(f"{part.name}: {key}")
            sentences[key] = entry[language]
    return Texts(language, sentences)
