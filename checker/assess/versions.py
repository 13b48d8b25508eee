"""Finds the documents of a school that a newer version of the same plan has replaced.

Two documents are versions of one plan where what they are called is the same once years, dates, version numbers and
words such as "ny" or "endelig" are taken away, and the newer one tells a later period, revision or version.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.assess.observations import Dating
from checker.model import Document
from checker.rulebook import ObservationsFile

FEWEST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Version:
    """A document as one version of a plan: ``age`` is compared, the later the newer."""

    path: str
    name: str
    age: tuple[int, int, int]


def version_of(document: Document, school: str, dating: Dating, rules: ObservationsFile) -> Version | None:
    """Give a document's plan and age; None where it has no name of its own, or tells no time and no version.

    Args:
        school: name of the school, which is no part of a plan's name.
        dating: what the document says of its time.
    """
    path = document.path
    file_name = path.rsplit("/", 1)[-1].rpartition(".")[0]
    names = [_bare(told, school, rules) for told in (document.title or "", file_name)]
    name = next((name for name in names if len(name.replace(" ", "")) >= FEWEST_LETTERS), None)
    told = f"{document.title or ''} {file_name}"
    if name is None or _is_record(told, rules):
        return None
    number = _number_in(told, rules)
    if dating.end is None and dating.revised is None and number is None:
        return None
    return Version(path, name, (dating.end or 0, dating.revised or 0, number or 0))


def superseded_among(versions: Sequence[Version]) -> frozenset[str]:
    """Give the paths of the documents of one school that a newer version of the same plan has replaced."""
    plans: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        plans[version.name].append(version)
    return frozenset(
        old.path for plan in plans.values() for old in plan if any(_is_newer(new, old) for new in plan)
    )


def _is_newer(new: Version, old: Version) -> bool:
    """Whether a version is newer: by the first of period, revision and number that both tell and that differs."""
    for later, earlier in zip(new.age, old.age, strict=True):
        if later and earlier and later != earlier:
            return later > earlier
    return False


def _bare(text: str, school: str, rules: ObservationsFile) -> str:
    folded = text.casefold().replace("_", " ")
    own = (rf"\b{re.escape(word)}\b" for word in school.casefold().split())
    for pattern in (*own, *rules.version_words):
        folded = re.sub(pattern, " ", folded)
    return " ".join(re.findall(r"\w+", folded))


def _number_in(text: str, rules: ObservationsFile) -> int | None:
    found: Iterable[re.Match[str]] = (
        match for pattern in rules.version_number for match in re.finditer(pattern, text.replace("_", " "))
    )
    return max(
        (int(match["number"]) * 100 + int(match.groupdict().get("part") or 0) for match in found),
        default=None,
    )


def _is_record(text: str, rules: ObservationsFile) -> bool:
    """Whether a document is minutes or a report: the next one does not replace it."""
    return any(word in text.casefold() for word in (*rules.minutes.all, *rules.serial.all))
