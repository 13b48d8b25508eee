"""What a single line of text looks like: a numbered heading, a contents entry, a list item, a heading."""

from __future__ import annotations

import re
from functools import cache

from checker.extract.clean import clean_text
from checker.extract.words import words

BULLETS = "•◦▪▫■□●○‣⁃∙·➢➤►▶✓✔–—*-"
HEADING_LETTERS = 90
HEADING_WORDS = 14

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})\.?[ \t]+(?=[^\W\d_]|[«\"(])")
_LETTERED = re.compile(r"(?:[A-Za-zæøå]|\d{1,2}|[ivx]{1,4})\)[ \t]+(?=\S)|\d{1,2}\.[ \t]+(?=[A-ZÆØÅ«\"])")


def folded(text: str) -> str:
    """Give cleaned text with all white space as single spaces.

    Example:
        >>> folded(" Plan\\nfor  skole\\u00admiljø ")
        'Plan for skolemiljø'
    """
    return " ".join(clean_text(text).split())


def folded_lines(text: str) -> str:
    """Give cleaned text with white space folded within lines, empty lines left out.

    Example:
        >>> folded_lines("Rektor \\n\\n  avdelingsleder")
        'Rektor\\navdelingsleder'
    """
    return "\n".join(
        line for line in (" ".join(part.split()) for part in clean_text(text).split("\n")) if line
    )


def number_level(text: str) -> int | None:
    """Give the heading level that a typed number shows; None where there is no number.

    Example:
        >>> number_level("2.1 Skolevandring"), number_level("Kapittel 3. Verdier"), number_level("1. august")
        (2, 1, None)
    """
    head = text[:60]
    found = _NUMBER.match(head)
    if found:
        following = head[found.end() : found.end() + 1]
        return None if following.islower() else found[1].count(".") + 1
    first, _, rest = head.partition(" ")
    if first.lower() in words("chapter_words") and re.match(r"\d{1,2}\b|[IVX]{1,4}\b|[A-ZÆØÅ]\b", rest):
        return 1
    return None


def is_contents_entry(text: str) -> bool:
    """Whether the line is one of a contents list: dots, then a page number.

    Example:
        >>> is_contents_entry("3 Ro til å lære ............. 4"), is_contents_entry("Vi teller til 4")
        (True, False)
    """
    rest = text.rstrip()
    bare = rest.rstrip("0123456789")
    if not 1 <= len(rest) - len(bare) <= 3:
        return False
    bare = bare.rstrip()
    dots = bare.rstrip(".…·_ ")
    leader = bare[len(dots) :].replace(" ", "")
    return bool(dots) and (len(leader) >= 4 or leader.count("…") >= 2) and "_" not in leader


def is_contents_title(text: str) -> bool:
    """Whether the line is what stands above a contents list."""
    return text.strip(" .:").lower() in words("contents_titles")


def list_text(text: str) -> str | None:
    """Give the text of a typed list item, its bullet taken off and its number kept; None for other lines.

    Example:
        >>> list_text("- rydde bordet"), list_text("a) rydde bordet"), list_text("-5 grader")
        ('rydde bordet', 'a) rydde bordet', None)
    """
    if text[:1] in BULLETS and text[:1]:
        rest = text[1:]
        if rest[:1] in " \t" or text[0] not in "-–—*·":
            return rest.strip() or None
        return None
    if text[:2] == "o " or text[:2] == "o\t":
        return text[2:].strip() or None
    return text if _LETTERED.match(text[:12]) else None


def could_be_heading(text: str) -> bool:
    """Whether a line is short and without the signs of a sentence, as headings are.

    Example:
        >>> could_be_heading("Hva vil vi?"), could_be_heading("Rektor leder kriseteamet.")
        (True, False)
    """
    if len(text) > HEADING_LETTERS or len(text.split()) > HEADING_WORDS:
        return False
    if text.endswith((".", ",", ";", "…", "-", "–")) and not _ends_with_number(text):
        return False
    return any(letter.isalpha() for letter in text) and "@" not in text and "://" not in text


def _ends_with_number(text: str) -> bool:
    return len(text) > 1 and text[-1] == "." and text[-2].isdigit() and number_level(text) is not None


@cache
def style_key(name: str) -> str:
    """Give a style's name or id without case, spaces and signs, as it is compared.

    Example:
        >>> style_key("Overskrift 2")
        'overskrift2'
    """
    return re.sub(r"[\s_\-]+", "", name).lower()


def style_level(name: str) -> int | None:
    """Give the level of a heading style by its name or id; None for other styles.

    Example:
        >>> style_level("Heading 2"), style_level("Overskrift1"), style_level("Normal")
        (2, 1, None)
    """
    key = style_key(name)
    stem = key.rstrip("0123456789")
    if stem in words("heading_styles") and stem != key:
        return min(9, max(1, int(key[len(stem) :][:2])))
    return None


def style_is(name: str, kind: str) -> bool:
    """Whether a style's name or id is one of the word list ``kind``, whatever number follows it."""
    return style_key(name).rstrip("0123456789") in _style_keys(kind)


@cache
def _style_keys(kind: str) -> frozenset[str]:
    return frozenset(style_key(word) for word in words(kind))


def is_program_title(title: str) -> bool:
    """Whether a title in a file's properties is one that a program gave, or a file name."""
    lowered = title.lower().strip()
    return (
        len(lowered) < 4
        or lowered in words("program_titles")
        or lowered.startswith("microsoft word")
        or lowered.endswith((".doc", ".docx", ".odt", ".pptx", ".dotx", ".pdf"))
    )
