"""The word lists of the PDF reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Words:
    """Words by which parts of a page are told apart, casefolded."""

    coordinators: frozenset[str]
    page_number: re.Pattern[str]
    """A line that holds nothing but a page number, as "side 1 av 3" or "– 2 –"; the number is group 1."""
    caption: re.Pattern[str]
    """The beginning of what stands under a picture or over a table: "Figur 2", "Foto:"."""
    ending_in_page: re.Pattern[str]
    """A line that ends in a page number set apart: "Årsplan, side 2", "Årsplan · 2", "Årsplan | 2"."""
    common: frozenset[str]
    """Frequent Norwegian words that hold no æ, ø or å and are no English words."""


@cache
def load_words() -> Words:
    """Give the word lists."""
    text = (files("checker.extract.pdf") / "data" / "words.yaml").read_text(encoding="utf-8")
    data = YAML(typ="safe").load(text)
    page = "|".join(sorted(map(re.escape, data["page"]), key=lambda word: (-len(word), word)))
    caption = "|".join(map(re.escape, data["captions"]))
    of = "|".join(sorted(map(re.escape, data["of"]), key=lambda word: (-len(word), word)))
    total = rf"(?:\s*(?:{of}|/)\s*\d{{1,4}})?"
    return Words(
        common=frozenset(data["common"]),
        coordinators=frozenset(data["coordinators"]),
        caption=re.compile(rf"(?:{caption})\s*(?:\d{{1,3}}\b|:)", re.IGNORECASE),
        page_number=re.compile(
            rf"[-–—\[(]?\s*(?:(?:{page})\b\.?\s*)?(\d{{1,4}}){total}\s*[-–—\])]?", re.IGNORECASE
        ),
        ending_in_page=re.compile(
            rf".*\S(?:\s*[·|•–—]\s*(?:(?:{page})\b\.?\s*)?|[\s,]+(?:{page})\b\.?\s*)(\d{{1,4}}){total}",
            re.IGNORECASE,
        ),
    )
