"""The report as data: what stands in ``gaps.json``."""

from __future__ import annotations

import json
from typing import Any

from checker.model import (
    ElementHit,
    ElementKind,
    Finding,
    Passage,
    Report,
    ReportDocument,
    Review,
    RunInfo,
    School,
    Status,
)
from checker.report.order import Ordered, evidence_of, ordered, why_not_counted
from checker.report.words import document_message
from checker.texts import Texts, load_texts

SCHEMA = "skolesjekk/report/1"


def report_dict(report: Report, *, all_evidence: bool = False) -> dict[str, Any]:
    """Give the report as the contract's ``gaps.json`` has it.

    Args:
        report: what a run found.
        all_evidence: whether a finding shows all its evidence instead of the best five.
    """
    parts = ordered(report)
    texts = load_texts(report.language)
    return {
        "schema": SCHEMA,
        "run": _run(report.run),
        "schools": [_school(school, parts) for school in parts.schools],
        "documents": [_document(entry, texts) for entry in parts.documents],
        "findings": [_finding(finding, parts, texts, all_evidence) for finding in parts.findings],
    }


def report_json(report: Report, *, all_evidence: bool = False) -> str:
    """Give the text of ``gaps.json``."""
    return json.dumps(report_dict(report, all_evidence=all_evidence), ensure_ascii=False, indent=1) + "\n"


def _run(run: RunInfo) -> dict[str, Any]:
    return {
        "started": run.started,
        "seconds": run.seconds,
        "as_of": run.as_of,
        "version": run.version,
        "folder": run.folder,
        "settings": dict(run.settings),
        "rule_packs": [
            {"name": pack.name, "version": pack.version, "sha256": pack.sha256} for pack in run.rule_packs
        ],
        "language_models": {
            form: {"name": model.name, "version": model.version, "sha256": model.sha256}
            for form, model in run.language_models
        },
        "readers": dict(run.readers),
    }


def _school(school: School, parts: Ordered) -> dict[str, Any]:
    return {
        "id": school.id,
        "name": school.name,
        "level": school.level.value,
        "municipality": school.municipality,
        "orgnr": school.orgnr,
        "folder": school.folder,
        "on_list": school.on_list,
        "documents": [entry.id for entry in parts.documents_of(school.id)],
    }


def _document(entry: ReportDocument, texts: Texts) -> dict[str, Any]:
    document = entry.document
    return {
        "id": entry.id,
        "path": document.path,
        "path_raw": entry.path_raw,
        "school": entry.school,
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "words": entry.words,
        "language": document.language,
        "title": document.title,
        "period": entry.period,
        "status": document.status.value,
        "problem": document.problem.value if document.problem else None,
        "message": document_message(entry, texts),
        "observations": [
            {
                "id": observation.id,
                "page": observation.page,
                "quote": observation.quote,
                "message": observation.message,
            }
            for observation in entry.observations
        ],
    }


def _finding(finding: Finding, parts: Ordered, texts: Texts, all_evidence: bool) -> dict[str, Any]:
    requirement = parts.requirement_of(finding)
    return {
        "school": finding.school,
        "requirement": finding.requirement,
        "pack": finding.pack,
        "status": finding.status.value,
        "severity": finding.severity.value,
        "missing": [kind.value for kind in finding.missing],
        "conflict": finding.conflict,
        "reason": finding.reason,
        "basis": list(finding.basis),
        "subthemes": list(finding.subthemes),
        "elements": _elements(finding.elements, parts),
        "evidence": [
            _evidence(passage, parts) for passage in evidence_of(finding, all_evidence=all_evidence)
        ],
        "search": None if finding.status is Status.DOCUMENTED else _search(finding, parts),
        "review": _review(finding.review, parts),
        "explanation": finding.explanation,
        "meaning": finding.meaning or texts(f"report.meaning.{finding.status}"),
        "follow_up": finding.follow_up or requirement.follow_up,
    }


def _elements(hits: tuple[ElementHit, ...], parts: Ordered) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for kind in ElementKind:
        entries = [
            {"document": parts.document_id(hit.place.path), "page": hit.place.page, "quote": hit.quote}
            for hit in hits
            if hit.kind is kind
        ]
        if entries:
            grouped[kind.value] = entries
    return grouped


def _evidence(passage: Passage, parts: Ordered) -> dict[str, Any]:
    place = passage.place
    return {
        "document": parts.document_id(place.path),
        "page": place.page,
        "sheet": place.sheet,
        "cell": place.cell,
        "section": list(place.section),
        "quote": passage.quote,
        "boxes": [[page, *(round(edge, 2) for edge in edges)] for page, *edges in place.boxes],
        "stance": passage.stance.value,
        "score": round(passage.score, 4),
        "matched": [
            {
                "concept": mention.concept,
                "text": mention.text,
                "how": mention.how.value,
                "score": round(mention.score, 4),
            }
            for mention in passage.mentions
        ],
    }


def _search(finding: Finding, parts: Ordered) -> dict[str, Any]:
    return {
        "documents": finding.searched_documents,
        "pages": finding.searched_pages,
        "unread": [parts.document_id(path) for path in finding.unread],
        "sections": finding.searched_sections,
        "terms": finding.searched_terms,
        "concepts": finding.searched_concepts,
        "nearest": [
            {
                "document": parts.document_id(passage.place.path),
                "page": passage.place.page,
                "quote": passage.quote,
                "why_not": why_not_counted(passage),
                "words": passage.stance_cue or None,
            }
            for passage in finding.nearest
        ],
    }


def _review(review: Review | None, parts: Ordered) -> dict[str, Any] | None:
    if review is None:
        return None
    return {
        "because": review.because,
        "document": parts.document_id(review.path) if review.path is not None else None,
        "page": review.page,
        "quote": review.quote,
    }
