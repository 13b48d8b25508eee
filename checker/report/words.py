"""The words of a report: how statuses, places, lacks and reasons are told in the reader's language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from checker.model import (
    ElementKind,
    Finding,
    Level,
    Place,
    ReportDocument,
    RequirementInfo,
    School,
    Status,
)
from checker.texts import Texts

SECTION_JOINT = " › "
_KEPT_CONTROLS = "\n"


def clean(text: str) -> str:
    """Give the text without control characters, lone surrogates and signs that turn the writing direction.

    Example:
        >>> clean("plan\\x1b[31m\\u202e.pdf")
        'plan[31m.pdf'
    """
    return text if text.isprintable() else "".join(_kept(character) for character in text)


def one_line(text: str) -> str:
    """Give the cleaned text on one line.

    Example:
        >>> one_line("to\\n linjer")
        'to linjer'
    """
    return " ".join(clean(text.replace("\t", " ")).split())


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if ord(character) & 0xFFFE == 0xFFFE:
        # No character at all, and none that XML takes.
        return ""
    if category == "Cc":
        return character if character in _KEPT_CONTROLS else ""
    turns_direction = category == "Cf" and unicodedata.bidirectional(character) not in {"BN", "L", "ON"}
    return "" if turns_direction else character


def shortened(text: str, limit: int) -> str:
    """Give the text, cut at a word's end where it is longer than ``limit``.

    Example:
        >>> shortened("Rutine for oppfølging", 14)
        'Rutine for…'
    """
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(",;:( ") + "…"


def worded(texts: Texts, prefix: str, value: str) -> str:
    """Give the sentence for ``value``: a key of its own, or one below ``prefix``; else the value itself."""
    for key in (f"{prefix}.{value}", value):
        if key in texts:
            return texts(key)
    return one_line(value)


def document_message(entry: ReportDocument, texts: Texts) -> str | None:
    """Give the sentence on what is wrong with a document, None where nothing is."""
    if entry.message is not None or entry.document.message is None:
        return entry.message
    key = entry.document.message
    return texts(key, **dict(entry.document.message_fields)) if key in texts else key


def path_within(path: str, school: School | None) -> str:
    """Give the path as seen from the school's own folder."""
    if school is not None and school.folder and path.startswith(school.folder + "/"):
        path = path[len(school.folder) + 1 :]
    return one_line(path)


def where(place: Place, texts: Texts, *, file_format: str = "") -> str:
    """Give page, slide, or sheet and cell in words; empty where the format has none."""
    if place.page is not None:
        return page_words(place.page, texts, file_format=file_format)
    if place.sheet is not None and place.cell is not None:
        return texts("report.where.cell", sheet=one_line(place.sheet), cell=place.cell)
    if place.sheet is not None:
        return texts("report.where.sheet", sheet=one_line(place.sheet))
    return ""


def page_words(page: int | None, texts: Texts, *, file_format: str = "") -> str:
    """Give a page number in words; empty where there is none."""
    if page is None:
        return ""
    return texts("report.where.slide" if file_format == "pptx" else "report.where.page", page=page)


def section_words(section: Sequence[str]) -> str:
    """Give the headings that a quote stands under, outermost first."""
    return SECTION_JOINT.join(one_line(heading) for heading in section)


def required_words(requirement: RequirementInfo, texts: Texts) -> str:
    """Give the required elements, or how many sub-themes are required, in words."""
    if requirement.minimum_subthemes is not None:
        names = ", ".join(title for _, title in requirement.subthemes)
        return texts("report.required.subthemes", minimum=requirement.minimum_subthemes, names=names)
    return ", ".join(worded(texts, "element", name) for name in requirement.required)


def subtheme_words(finding: Finding, requirement: RequirementInfo) -> str:
    """Give the titles of the sub-themes in which concrete practice was found."""
    titles = dict(requirement.subthemes)
    return ", ".join(titles.get(name, name.replace("_", " ")) for name in finding.subthemes)


def lacks(finding: Finding, requirement: RequirementInfo, texts: Texts) -> str:
    """Give in words what is missing; empty for what is documented."""
    if finding.status is Status.PARTIAL and finding.missing:
        return element_words(finding.missing, texts)
    if finding.status is Status.PARTIAL and requirement.minimum_subthemes is not None:
        found = subtheme_words(finding, requirement)
        return texts("report.lacks.subthemes", minimum=requirement.minimum_subthemes, found=found)
    return texts(f"report.lacks.{finding.status}")


def element_words(kinds: Sequence[ElementKind], texts: Texts) -> str:
    """Give elements in words."""
    return ", ".join(texts(f"element.{kind}") for kind in kinds)


def question_words(question: str, texts: Texts) -> str:
    """Give the audit question's name, with a word on interviews where documents alone can't answer."""
    return worded(texts, "report.question", question)


def level_words(level: Level, texts: Texts) -> str:
    """Give school or school owner in words."""
    return texts(f"report.level.{level}")


def date_words(iso: str, texts: Texts) -> str:
    """Give a date (ISO 8601, with or without a time) as it is written in the language.

    Example:
        >>> from checker.texts import load_texts
        >>> date_words("2026-11-23", load_texts("nb"))
        '23.11.2026'
    """
    year, _, rest = iso[:10].partition("-")
    month, _, day = rest.partition("-")
    return texts("report.date", year=year, month=month, day=day) if day else iso
