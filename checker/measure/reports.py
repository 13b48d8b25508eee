"""Reads a report that was written before (``gaps.json``), for the commands that look at it again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from checker.measure.errors import ReportFileError
from checker.measure.files import read_json, validated
from checker.model import Status

GAPLESS = frozenset({Status.DOCUMENTED, Status.NOT_ASSESSABLE})
"""The statuses that are no gap."""

OF_THE_RUN = ("started", "seconds")
"""What differs between two runs that find the same."""

Key = tuple[str, str, str]
"""Names a finding: school, requirement, pack."""


class _Shape(BaseModel):
    """What is read is checked; what is not read may stand there as well, as the contract says."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Run(_Shape):
    as_of: str
    version: str
    settings: dict[str, str]


class _School(_Shape):
    id: str
    name: str


class _Document(_Shape):
    id: str
    path: str
    sha256: str | None


class _Quoted(_Shape):
    document: str
    page: int | None
    quote: str


class _Review(_Shape):
    document: str | None
    page: int | None
    quote: str | None


class _Search(_Shape):
    nearest: list[_Quoted]


class _Finding(_Shape):
    school: str
    requirement: str
    pack: str
    status: Status
    missing: list[str]
    conflict: bool
    reason: str | None
    elements: dict[str, list[_Quoted]]
    evidence: list[_Quoted]
    search: _Search | None
    review: _Review | None
    explanation: str


class _Report(_Shape):
    schema_: Annotated[str, Field(alias="schema", pattern=r"^skolesjekk/report/1$")]
    run: _Run
    schools: list[_School]
    documents: list[_Document]
    findings: list[_Finding]


def load_report(path: Path) -> dict[str, Any]:
    """Give the report in a file, as the contract has it.

    Raises:
        ReportFileError: it can't be read, or is no report.
    """
    data = read_json(path, error=ReportFileError)
    report = validated(_Report, data, file=path.name, error=ReportFileError)
    keys = [(finding.school, finding.requirement, finding.pack) for finding in report.findings]
    if len(set(keys)) != len(keys):
        raise ReportFileError("measure.report.twice", file=path.name)
    whole: dict[str, Any] = data
    return whole


def key_of(finding: dict[str, Any]) -> Key:
    """Give what names a finding."""
    return finding["school"], finding["requirement"], finding["pack"]


def is_gap(finding: dict[str, Any]) -> bool:
    """Whether a finding says that something is lacking."""
    return Status(finding["status"]) not in GAPLESS


def report_hash(report: dict[str, Any]) -> str:
    """Give the SHA-256 of a report but for when it was made; two runs that find the same have the same.

    Example:
        >>> report_hash({"run": {"started": "a"}})[:8] == report_hash({"run": {"started": "b"}})[:8]
        True
    """
    run = {name: value for name, value in report["run"].items() if name not in OF_THE_RUN}
    text = json.dumps({**report, "run": run}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def best_quote(finding: dict[str, Any], paths: dict[str, str]) -> tuple[str, str, int | None]:
    """Give the quote that a finding rests on with its document's path and page; empty where it has none.

    Args:
        paths: the documents' paths by their ids.
    """
    if not finding["evidence"]:
        return "", "", None
    first = finding["evidence"][0]
    return first["quote"], paths.get(first["document"], ""), first["page"]


def paths_of(report: dict[str, Any]) -> dict[str, str]:
    """Give the documents' paths by their ids."""
    return {document["id"]: document["path"] for document in report["documents"]}
