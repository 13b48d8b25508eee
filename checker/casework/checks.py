"""What a decision or a note must say."""

from __future__ import annotations

import unicodedata

from checker.casework.decisions import DECIDING, Verdict
from checker.casework.errors import DecisionError
from checker.model import Status
from checker.report import clean

LONGEST_TEXT = 20_000


def tidied(text: str) -> str:
    """Give a text as it is kept: as a workbook's cell gives it back, whoever wrote it and on whatever system.

    Example:
        >>> tidied("  Står på\\r\\nside\\t7 ")
        'Står på\\nside 7'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return clean(unicodedata.normalize("NFC", lines)).strip()


def verdict_of(verdict: Verdict | str) -> Verdict:
    """Give the verdict.

    Raises:
        DecisionError: there is no such verdict, or it is not one that can be given.
    """
    if verdict not in DECIDING:
        raise DecisionError("case.error.verdict", found=str(verdict), known=", ".join(DECIDING))
    return Verdict(verdict)


def check_words(verdict: Verdict, status: str | None, *, reason: str, author: str, note: str) -> None:
    """Refuse a decision that says too little.

    Raises:
        DecisionError: it does.
    """
    if (status is not None) != (verdict is Verdict.CHANGED):
        raise DecisionError("case.error.status_with_changed")
    if status is not None and status not in tuple(Status):
        raise DecisionError("case.error.status", found=status, known=", ".join(Status))
    check_text("case.error.no_author", author)
    if verdict is not Verdict.CONFIRMED:
        check_text("case.error.no_reason", reason)
    if max(len(reason), len(author), len(note)) > LONGEST_TEXT:
        raise DecisionError("case.error.text_long", most=LONGEST_TEXT)


def check_text(key: str, text: str) -> None:
    """Refuse an empty text, and one that is too long.

    Raises:
        DecisionError: with ``key`` where it is empty.
    """
    if not text.strip():
        raise DecisionError(key)
    if len(text) > LONGEST_TEXT:
        raise DecisionError("case.error.text_long", most=LONGEST_TEXT)
