"""What is remembered between cases: who decides."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

FILE_NAME = "author.txt"
MOST_LETTERS = 120


def author_of(home: Path) -> str:
    """Give the name that was last decided under; empty before the first decision."""
    with suppress(OSError, UnicodeDecodeError):
        return (home / FILE_NAME).read_text(encoding="utf-8").strip()[:MOST_LETTERS]
    return ""


def keep_author(home: Path, name: str) -> None:
    """Remember who decides; where that can't be written it is asked for again."""
    with suppress(OSError):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / FILE_NAME).write_text(name[:MOST_LETTERS], encoding="utf-8")
