"""What persons decided and wrote on a finding, as a report shows it; a case gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

FindingKey = tuple[str, str]
"""School and requirement."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands in a case on a finding; what is not there is empty.

    Args:
        decision: id of the decision that stands; by it a workbook that comes back is compared.
        assessment: key of the auditor's answer, below ``report.assessment``.
        status: key of the status that the person gives.
        verdict: the decision in words, with who and when.
        is_valid: whether it stands, and was not reopened by a new text or expired.
        earlier: lines on what no longer stands, on conflicts, and on older notes.
        interview: what an interview showed; likewise the other notes.
    """

    decision: str = ""
    assessment: str = ""
    status: str = ""
    grounds: str = ""
    author: str = ""
    day: date | None = None
    verdict: str = ""
    is_valid: bool = False
    earlier: tuple[str, ...] = ()
    interview: str = ""
    observation: str = ""
    comment: str = ""
    reply: str = ""

    @property
    def is_told(self) -> bool:
        """Whether anyone decided or wrote anything on the finding."""
        return self != Decided()


NOTHING = Decided()
Decisions = Mapping[FindingKey, Decided]
NO_DECISIONS: Decisions = MappingProxyType({})
