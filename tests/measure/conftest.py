"""A small key of three schools and an owner, and the report that says exactly the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.measure import Gold, Split, load_gold, load_split

VISIT = "Rektor er inne i alle klasser i uke 38 og uke 5, og gir tilbakemelding etterpå."
VISIT_NN = "Avdelingsleiar vitjar kvar klasse to gonger i året og skriv logg."

KEY: dict[str, Any] = {
    "as_of": "2026-11-23",
    "schools": {
        "Ås skole": {
            "KL-102": {
                "status": "documented",
                "missing": [],
                "conflict": False,
                "evidence": [{"document": "plan.pdf", "page": 2, "quote": VISIT}],
            },
            "KL-104": {"status": "missing", "missing": [], "conflict": False, "evidence": []},
            "KL-601": {
                "status": "documented",
                "missing": [],
                "conflict": False,
                "subthemes": ["rules", "routines"],
                "evidence": [{"document": "plan.pdf", "page": 3, "quote": "Alle elever hilses i døra."}],
            },
            "traps": ["a fire drill"],
        },
        "Li skule": {
            "KL-102": {
                "status": "partial",
                "accept": ["mentioned"],
                "missing": ["followup"],
                "conflict": True,
                "evidence": [{"document": "pakke.zip!/rutine.docx", "page": None, "quote": VISIT_NN}],
            },
            "KL-104": {"status": "missing", "missing": [], "conflict": False, "evidence": []},
            "KL-601": {
                "status": "partial",
                "missing": [],
                "conflict": False,
                "subthemes": ["goals"],
                "evidence": [{"document": "rutine.docx", "page": None, "quote": "Målet for timen"}],
            },
        },
        "Tom skole": {
            "KL-102": {
                "status": "missing",
                "missing": [],
                "conflict": False,
                "evidence": [],
                "reason": "no_documents",
            },
        },
    },
    "owner": {
        "KL-201": {
            "status": "planned",
            "missing": [],
            "conflict": False,
            "evidence": [{"document": "hjul.xlsx", "page": None, "quote": "Systemet skal utarbeides i 2027"}],
        },
    },
    "documents": {
        "Ås skole/plan.pdf": {
            "observations": [{"id": "DOC-02", "quote": "§ 9A", "page": 1}],
            "language": "nb",
            "readable": True,
        },
        "Li skule/rutine.docx": {"observations": [], "language": "nn", "readable": True},
        "Li skule/pakke.zip!/rutine.docx": {
            "observations": [{"id": "DOC-06", "quote": None, "page": None}],
            "language": "nn",
            "readable": True,
        },
        "Kommunen/hjul.xlsx": {"observations": [], "language": "nb", "readable": True},
    },
}
SPLIT = {"fasit": {"tuned": ["Ås skole"], "untuned": ["Li skule", "Tom skole", "Kommunen"]}}


@pytest.fixture
def key() -> dict[str, Any]:
    """The key as data, to be changed freely."""
    return copy.deepcopy(KEY)


@pytest.fixture
def write_key(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a key (data or raw text) to a file, and the split beside it."""

    def write(data: Any) -> Path:
        (tmp_path / "split.json").write_text(json.dumps(SPLIT, ensure_ascii=False), encoding="utf-8")
        path = tmp_path / "fasit.json"
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def gold(key: dict[str, Any], write_key: Callable[[Any], Path]) -> Gold:
    return load_gold(write_key(key))


@pytest.fixture
def split(gold: Gold, tmp_path: Path) -> Split:
    return load_split(tmp_path / "split.json", gold.name)


@pytest.fixture
def report(gold: Gold) -> dict[str, Any]:
    """A report that agrees with the key in everything."""
    documents = [
        {
            "id": f"d{number}",
            "path": document.path,
            "school": document.school,
            "observations": [{"id": id_, "page": None, "quote": None} for id_ in document.observations],
        }
        for number, document in enumerate(gold.documents, start=1)
    ]
    ids = {document["path"]: document["id"] for document in documents}
    return {
        "run": {
            "as_of": "2026-11-23",
            "version": "0.1.0",
            "rule_packs": [{"name": "klasseledelse", "version": "1.0.0"}],
        },
        "schools": [
            {
                "id": school,
                "name": school,
                "level": "owner" if school == gold.owner else "school",
                "municipality": None,
                "folder": None if school == "Tom skole" else school,
            }
            for school in gold.schools
        ],
        "documents": documents,
        "findings": [
            {
                "school": finding.school,
                "requirement": finding.requirement,
                "status": str(finding.status),
                "missing": [str(kind) for kind in finding.missing],
                "subthemes": [*(finding.subthemes or ())],
                "conflict": finding.conflict,
                "reason": finding.reason,
                "evidence": [
                    {"document": ids[f"{finding.school}/{quote.document}"], "quote": quote.quote}
                    for quote in finding.evidence
                ],
            }
            for finding in gold.findings
        ],
    }


@pytest.fixture
def finding_of(report: dict[str, Any]) -> Callable[[str, str], dict[str, Any]]:
    """Gives the report's finding, to be changed."""

    def find(school: str, requirement: str) -> dict[str, Any]:
        return next(
            finding
            for finding in report["findings"]
            if (finding["school"], finding["requirement"]) == (school, requirement)
        )

    return find
