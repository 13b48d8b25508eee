"""Operators on letters: typing errors, text recognition's errors, capitals."""

from __future__ import annotations

from checker.measure.sweep.markdown import WORD, Task, changed_places, is_heading
from checker.measure.sweep.settings import sweep_words

LONG_WORD = 6
BREAKABLE = 8


def typo(text: str, task: Task) -> str:
    """Change, drop or double a letter in some words of at least six letters, never the first letter."""

    def change(word: str) -> str:
        at = task.chance.randrange(1, len(word))
        if task.kind == "dropped":
            return word[:at] + word[at + 1 :]
        if task.kind == "doubled":
            return word[:at] + word[at] + word[at:]
        return word[:at] + _neighbour(word[at], task) + word[at + 1 :]

    return changed_places(text, _words(text, LONG_WORD), change, task)


def confusion(text: str, task: Task) -> str:
    """Read some letters as others that look like them."""
    wanted, seen = sweep_words().confusions[task.kind]
    places = [(start, end) for start, end in _words(text, 2) if wanted in text[start:end]]
    return changed_places(text, places, lambda word: word.replace(wanted, seen, 1), task)


def broken_word(text: str, task: Task) -> str:
    """Leave the hyphen and the gap of a line's end inside some long words."""

    def change(word: str) -> str:
        at = task.chance.randrange(3, len(word) - 3)
        return f"{word[:at]}- {word[at:]}"

    return changed_places(text, _words(text, BREAKABLE), change, task)


def capitals(text: str, task: Task) -> str:
    """Write all in capitals, all in small letters, or the headings in capitals."""
    if task.kind == "headings":
        return "\n".join(line.upper() if is_heading(line) else line for line in text.split("\n"))
    return text.upper() if task.kind == "upper" else text.lower()


def _neighbour(letter: str, task: Task) -> str:
    for row in sweep_words().keyboard:
        at = row.find(letter.lower())
        if at >= 0:
            beside = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
            return task.chance.choice(beside)
    return letter


def _words(text: str, letters: int) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(text) if len(match[0]) >= letters]
