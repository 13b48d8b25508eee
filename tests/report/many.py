"""A report on so many schools as a large city has."""

from __future__ import annotations

from dataclasses import replace

from checker.model import Report

from .sample import sample_report

MORE = 147
"""So many schools come beside the sample's three."""


def report_on_many_schools() -> Report:
    """Give the sample's report with its first school many times over."""
    report = sample_report()
    first = report.schools[0]
    more = tuple(replace(first, id=f"s{number}", name=f"Skole {number}") for number in range(MORE))
    findings = tuple(
        replace(finding, school=school.id)
        for school in more
        for finding in report.findings
        if finding.school == first.id
    )
    return replace(report, schools=(*report.schools, *more), findings=(*report.findings, *findings))
