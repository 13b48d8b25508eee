"""Reads one file, whatever its format: blocks of text in reading order, furniture set apart."""

from checker.extract.clean import clean_text
from checker.extract.drawing import drawn_pages
from checker.extract.entry import extract, extract_file
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.programs import end_tree, memory_of
from checker.extract.readers import BUILTIN_READERS, Readers, find_readers, reader_versions
from checker.extract.rendered import with_rendered_pages
from checker.extract.watch import Watch

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
