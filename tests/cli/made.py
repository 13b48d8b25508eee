"""What the tests of the command line make: rule files, and folders of files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PACK = """\
name: prove
version: 1.2.3
title: {nb: Prøve, nn: Prøve, en: Trial}
uses: [felles]
"""
CONCEPTS = """\
concepts:
  vandring:
    nb: [skolevandring, klasseromsbesøk]
    nn: [skulevandring]
    exclude:
      nb: [vandring i fjellet]
"""
REQUIREMENT = """\
id: PR-101
title: {nb: Skolevandring, nn: Skulevandring, en: Walks}
question: Q1
level: school
required: [responsible, timing]
severity: high
source:
  - title: {nb: Internkontroll, nn: Internkontroll, en: Internal control}
    reference: kommuneloven § 25-1
rationale: {nb: Noen ser timene., nn: Nokon ser timane., en: Somebody sees the lessons.}
follow_up: {nb: Hvem ser timene?, nn: Kven ser timane?, en: Who sees the lessons?}
patterns:
  - id: walks
    all: [vandring]
    within: 9
examples:
  - {name: i oktober, form: nb, text: Rektor går skolevandring i oktober., expect: {status: documented}}
  - {name: i mars, form: nn, text: Rektor går skulevandring i mars., expect: {status: documented}}
  - {name: tur, form: nb, text: Klassen går en tur i oktober., expect: {status: missing}, twin: true}
  - {name: tur, form: nn, text: Klassen går ein tur i mars., expect: {status: missing}, twin: true}
"""
OWNERS = """\
id: PR-201
title: {nb: Skoleeiers oppfølging, nn: Oppfølging frå skuleeigar, en: The owner's follow-up}
question: Q1
level: owner
required: [responsible]
severity: low
source:
  - title: {nb: Internkontroll, nn: Internkontroll, en: Internal control}
    reference: kommuneloven § 25-1
rationale: {nb: Eieren følger opp., nn: Eigaren følgjer opp., en: The owner follows up.}
follow_up: {nb: Hvem følger opp?, nn: Kven følgjer opp?, en: Who follows up?}
patterns:
  - id: walks
    all: [vandring]
examples:
  - {name: a, form: nb, text: Kommunalsjefen er med på skolevandring., expect: {status: documented}}
  - {name: b, form: nn, text: Kommunalsjefen er med på skulevandring., expect: {status: documented}}
  - {name: c, form: nb, text: Turen går til fjells., expect: {status: missing}}
  - {name: d, form: nn, text: Turen går til fjells., expect: {status: missing}}
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def write(path: Path, text: str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check_words(plans: Path, pack: Path) -> tuple[str | Path, ...]:
    """Give the words that check the plans by the pack into ``gaps.json``, with nothing kept for the next run."""
    options = "--jobs 0 --no-cache --format json --as-of 2026-11-23"
    return ("check", plans, "--rules", pack, *options.split())
