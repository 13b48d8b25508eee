"""Rule packs: what may stand in them, reading them with every fault told, and the compiled rulebook."""

from checker.rulebook.compiled import (
    BOUNDARY,
    COLUMN,
    CUE,
    DEFINING,
    HEADING,
    NOT_ACTOR_AFTER,
    NOT_STARTED,
    QUOTE_SOURCE,
    CompiledPattern,
    Concept,
    Cue,
    Requirement,
    Rulebook,
    compile_packs,
    load_rules,
)
from checker.rulebook.load import available_packs, read_packs
from checker.rulebook.schema import Example, Expectation, ObservationsFile
from checker.rulebook.terms import Choice, Slot, SlotKind, Term, parse_term

__all__ = [
    "BOUNDARY",
    "COLUMN",
    "CUE",
    "DEFINING",
    "HEADING",
    "NOT_ACTOR_AFTER",
    "NOT_STARTED",
    "QUOTE_SOURCE",
    "Choice",
    "CompiledPattern",
    "Concept",
    "Cue",
    "Example",
    "Expectation",
    "ObservationsFile",
    "Requirement",
    "Rulebook",
    "Slot",
    "SlotKind",
    "Term",
    "available_packs",
    "compile_packs",
    "load_rules",
    "parse_term",
    "read_packs",
]
