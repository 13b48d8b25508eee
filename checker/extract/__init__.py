"""Reads one file, whatever its format: blocks of text in reading order, furniture set apart."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.programs import end_tree, memory_of
from checker.extract.readers import BUILTIN_READERS, Readers, find_readers, reader_versions
from checker.extract.watch import Watch

if TYPE_CHECKING:
    from checker.extract.clean import clean_text
    from checker.extract.drawing import drawn_pages
    from checker.extract.entry import extract, extract_file
    from checker.extract.rendered import with_rendered_pages

__all__ = [
    "BUILTIN_READERS",
    "DEFAULT_LIMITS",
    "Limits",
    "Readers",
    "Watch",
    "clean_text",
    "drawn_pages",
    "end_tree",
    "extract",
    "extract_file",
    "find_readers",
    "memory_of",
    "reader_versions",
    "with_rendered_pages",
]

# Read at first use: a run that finds all in the cache opens no document.
_HOMES = {
    "clean_text": "clean",
    "drawn_pages": "drawing",
    "extract": "entry",
    "extract_file": "entry",
    "with_rendered_pages": "rendered",
}


def __getattr__(name: str) -> Any:
    """Give a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
