"""Qualified names of WordprocessingML."""

from __future__ import annotations

from checker.extract.package import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def value(element: Element | None, attribute: str = "val") -> str | None:
    """Give an attribute in the Word namespace; None where element or attribute lack."""
    if element is None:
        return None
    found = element.get(WORD + attribute)
    return found if found is None else str(found)


def child(element: Element | None, *path: str) -> Element | None:
    """Give the descendant reached by local names in the Word namespace."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(WORD + name), None)
    return element


def children(element: Element | None) -> dict[str, Element]:
    """Give the elements right below one by their qualified names, the first of each name."""
    if element is None:
        return {}
    return {found.tag: found for found in element.iterchildren("*", reversed=True)}


def is_on(element: Element | None) -> bool:
    """Whether an on/off property is there and on."""
    return element is not None and (value(element) or "true") not in {"0", "false", "off", "none"}


def number(text: str | None) -> int | None:
    """Give a whole number; None for anything else."""
    if text is None:
        return None
    bare = text.strip().split(".")[0]
    return int(bare) if bare.lstrip("-").isdigit() and len(bare) < 12 else None
