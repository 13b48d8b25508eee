"""What a finding's page shows beside the finding itself: its place among the gaps, and the places it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.casework import Standing, State
from checker.model import Box, ElementKind, Finding, Passage, Place
from checker.report import FindingView, evidence_of
from checker.web.site import Opened
from checker.web.surroundings import Spot

Standings = Mapping[tuple[str, str], Standing]
DECIDED, REOPENED, OPEN = "decided", "reopened", "open"
_MARKS = {State.VALID: DECIDED, State.REOPENED: REOPENED, State.EXPIRED: REOPENED}


def spots_of(finding: Finding) -> tuple[Spot, ...]:
    """Give the places that a finding's page can show: its quotes, what came near, then its elements."""
    passages: tuple[Passage, ...] = (*evidence_of(finding), *finding.nearest)
    hits = [hit for kind in ElementKind for hit in finding.elements if hit.kind is kind]
    return (
        *(Spot(passage.quote, passage.place) for passage in passages),
        *(Spot(hit.quote, hit.place) for hit in hits),
    )


def spot_numbers(view: FindingView) -> dict[str, Any]:
    """Give where in ``spots_of`` the nearest passages begin, and which spot each element's quote is."""
    nearest = len(view.quotes)
    number = nearest + len(view.nearest)
    elements = {}
    for name, hits in view.elements:
        for index in range(len(hits)):
            elements[(index, name)] = number
            number += 1
    first = 0 if view.quotes or view.nearest else None
    return {"nearest_from": nearest, "element_places": elements, "first_place": first}


def boxes_on(place: Place, page: int) -> tuple[Box, ...]:
    """Give the frames of a place on a page."""
    return tuple(box for box in place.boxes if box[0] == page)


def mark_of(standing: Standing | None) -> str:
    """Give how a finding stands in the matrix: decided, to be decided again, or open."""
    return _MARKS.get(standing.state, OPEN) if standing is not None else OPEN


def marks_of(standings: Standings) -> dict[tuple[str, str], str]:
    """Give the marks of all findings that a person has looked at."""
    return {key: mark for key, standing in standings.items() if (mark := mark_of(standing)) != OPEN}


def way_of(opened: Opened, anchor: str, standings: Standings) -> dict[str, Any]:
    """Give where a finding stands among the gaps (one that is none: among all), and the next gap not decided."""
    gaps = opened.gaps
    is_gap = anchor in gaps
    way = gaps if is_gap else tuple(finding.anchor for finding in opened.order)
    at = way.index(anchor)
    start = at + 1 if is_gap else 0
    return {
        "before": way[at - 1] if at else None,
        "after": way[at + 1] if at + 1 < len(way) else None,
        "position": at + 1 if is_gap else None,
        "gap_count": len(gaps),
        "undecided": next_open(opened, standings, start=start, without=anchor),
    }


def next_open(
    opened: Opened, standings: Standings, *, start: int = 0, without: str | None = None
) -> str | None:
    """Give the first gap from ``start`` on, round to the beginning, that has no decision that stands."""
    gaps = opened.gaps
    for anchor in (*gaps[start:], *gaps[:start]):
        finding = opened.by_anchor[anchor].finding
        key = (finding.school, finding.requirement)
        if anchor != without and mark_of(standings.get(key)) != DECIDED:
            return anchor
    return None
