"""How each status looks: its sign, its colours, and the order in which statuses are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checker.model import Severity, Status


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a status.

    Args:
        sign: one character that Windows terminals, Excel and browsers can draw.
        fill: background colour, hex.
        ink: text colour on ``fill``, hex; at least 7:1 against it.
        style: style in the terminal (rich).
    """

    sign: str
    fill: str
    ink: str
    style: str


LOOKS: Mapping[Status, Look] = MappingProxyType(
    {
        Status.DOCUMENTED: Look("●", "#DBF1E3", "#0F4A2A", "green"),
        Status.PARTIAL: Look("◐", "#FFF1C2", "#5C4300", "yellow"),
        Status.PLANNED: Look("→", "#DBEAFB", "#113A63", "bright_blue"),
        Status.MENTIONED: Look("○", "#EAE4F6", "#41307A", "magenta"),
        Status.DENIED: Look("×", "#F9D7D7", "#761616", "bold red"),
        Status.MISSING: Look("–", "#FFDFC8", "#6B2A00", "red"),
        Status.NOT_ASSESSABLE: Look("?", "#E5E8EC", "#323A46", "bold cyan"),
    }
)
"""The look of each status, in the order in which statuses are shown."""

GRAVEST_FIRST: tuple[Status, ...] = (
    Status.MISSING,
    Status.DENIED,
    Status.MENTIONED,
    Status.PLANNED,
    Status.PARTIAL,
)
"""The statuses that are gaps, gravest first."""

SEVERITY_ORDER: tuple[Severity, ...] = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)

CONFLICT_SIGN = "!"
REVIEW_SIGN = "*"
