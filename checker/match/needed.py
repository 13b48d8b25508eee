"""Tells which blocks of a document must be parsed before it is searched: those whose words may decide something.

Concepts are found by words alone, so that a document laid out without parts of speech tells which lines a pattern may
catch, and which others may lend those their elements. No other block's parse is ever asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.match.asked import Asked
from checker.match.binding import FORM_LABELS
from checker.match.lines import SECTION_LIMIT, Layout, Line
from checker.model import BlockKind
from checker.rulebook import CompiledPattern, Requirement, Rulebook


def needed_blocks(layout: Layout, asked: Asked) -> frozenset[int]:
    """Give the numbers of the blocks whose parts of speech and relations a search may ask for."""
    needed: set[int] = set()
    for line in layout.lines:
        for requirement in sorted(_asking(line, asked, layout)):
            needed.update(_consulted(line, asked.requirements[requirement], layout, asked.rulebook))
    return frozenset(layout.lines[number].block_number for number in needed)


def _asking(line: Line, asked: Asked, layout: Layout) -> set[str]:
    """Give the requirements whose patterns may catch a line, or must know who acts in it to say why they do not."""
    concepts = line.concepts()
    everywhere = {concept for part in line.parts for concept in part.hits}
    asking = set()
    for number in {n for concept in concepts for n in asked.wanting.get(concept, ())}:
        pattern = asked.patterns[number]
        is_caught = everywhere.isdisjoint(pattern.none) and not any(map(concepts.isdisjoint, pattern.all))
        if is_caught:
            asking.add(pattern.requirement)
    for number in {n for concept in concepts for n in asked.acting.get(concept, ())}:
        pattern = asked.patterns[number]
        is_near = pattern.requirement not in asking and sum(map(concepts.isdisjoint, pattern.all)) <= 1
        if is_near and _may_act(line, pattern, layout):
            asking.add(pattern.requirement)
    return asking


def _may_act(line: Line, pattern: CompiledPattern, layout: Layout) -> bool:
    """Whether one whom the pattern wants to act is named in the line, its lead-in or the sentence before."""
    numbers = [line.number, *([line.lead_in] if line.lead_in is not None else [])]
    if line.number - 1 in layout.by_paragraph[line.paragraph]:
        numbers.append(line.number - 1)
    return any(layout.lines[number].names(concept) for number in numbers for concept in pattern.actor)


def _consulted(line: Line, requirement: Requirement, layout: Layout, rulebook: Rulebook) -> Iterator[int]:
    """Give the lines that decide about a practice in ``line``: itself, those around it and those that may lend."""
    yield from layout.by_paragraph[line.paragraph]
    yield from line.headings
    if line.lead_in is not None:
        yield line.lead_in
    if line.form is not None:
        yield from (n for n in layout.by_form[line.form] if layout.lines[n].label is not None)
    if any(concept in layout.title_hits for concept in requirement.about):
        yield from (other.number for other in layout.lines if other.label is not None and not other.headings)
    if line.block.kind is BlockKind.HEADING:
        yield from (
            other.number
            for other in layout.lines
            if other.label in FORM_LABELS and line.number in other.headings[-2:]
        )
        return
    section = layout.by_section[line.section]
    headings = layout.headings_of(line)
    is_about = bool(headings) and any(headings[-1].names(concept) for concept in requirement.about)
    if is_about and len(section) <= SECTION_LIMIT:
        names = (*requirement.about, *rulebook.anaphora)
        yield from (n for n in section if any(layout.lines[n].names(concept) for concept in names))
