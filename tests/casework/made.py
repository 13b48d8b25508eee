"""A small report, and a clock that goes on by a minute at each look."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from checker.report import report_dict
from tests.report.sample import sample_report

SCHOOL, REQUIREMENT = "Ålvik skole", "KL-102"
MISSING = "KL-105"


class Clock:
    """Gives a time that is a minute later at each look."""

    def __init__(self, start: datetime = datetime(2026, 11, 25, 12, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def made_report() -> dict[str, Any]:
    """Give the sample report as ``gaps.json`` has it."""
    return report_dict(sample_report())


def finding_in(
    report: dict[str, Any], school: str = SCHOOL, requirement: str = REQUIREMENT
) -> dict[str, Any]:
    """Give a finding of a report, to be changed."""
    return next(
        finding
        for finding in report["findings"]
        if (finding["school"], finding["requirement"]) == (school, requirement)
    )


def changed(report: dict[str, Any], requirement: str = REQUIREMENT, **fields: object) -> dict[str, Any]:
    """Give a copy of a report with fields of one finding changed."""
    copied = copy.deepcopy(report)
    finding_in(copied, requirement=requirement).update(fields)
    return copied


def with_quote(report: dict[str, Any], text: str, *, page: int | None = 4) -> dict[str, Any]:
    """Give a copy of a report in which the first quote of the finding stands otherwise."""
    copied = copy.deepcopy(report)
    finding_in(copied)["evidence"][0].update(quote=text, page=page)
    return copied
