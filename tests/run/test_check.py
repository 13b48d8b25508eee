from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import checker.report
from checker.extract import extract_file
from checker.model import Document, FolderError, Report
from checker.report import report_dict
from checker.rulebook import load_rules
from checker.run import CheckSettings, check

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT / "corpus"
GOLDEN = ROOT / "tests" / "golden" / "tverrmark.json"
AS_OF = date(2026, 11, 23)
PLAN_NB = (
    "# Klasseledelse\n\nRektor er inne i alle klasser i uke 40. Læreren får tilbakemelding innen tre dager.\n"
)
PLAN_NN = (
    "# Klasseleiing\n\nRektor vitjar alle klassar i veke 40. Læraren får tilbakemelding innan tre dagar.\n"
)


def settings(**changes: Any) -> CheckSettings:
    return CheckSettings(**{"as_of": AS_OF, "jobs": 0, "builtin_readers": True, **changes})


def comparable(report: Report) -> dict[str, Any]:
    data = report_dict(report)
    del data["run"]["started"], data["run"]["seconds"]
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two schools with a plan each, a broken PDF, a lock file and a school that sent nothing."""
    top = tmp_path / "kommune"
    for name, text in (("Åsen skole", PLAN_NB), ("Fjord skule", PLAN_NN)):
        (top / name).mkdir(parents=True)
        (top / name / "plan 2026-2027.md").write_text(text, encoding="utf-8")
    (top / "Åsen skole" / "skann.pdf").write_bytes(b"%PDF-1.4\nbroken")
    (top / "Åsen skole" / "~$plan.docx").write_bytes(b"x")
    (top / "skoler.csv").write_text("navn;mappe\nÅsen skole;\nFjord skule;\nTom skole;\n", encoding="utf-8")
    return top


def test_every_file_and_every_finding_is_in_the_report(folder: Path) -> None:
    data = comparable(check(folder, settings()))

    assert [d["path"] for d in data["documents"]] == [
        "Fjord skule/plan 2026-2027.md",
        "skoler.csv",
        "Åsen skole/plan 2026-2027.md",
        "Åsen skole/skann.pdf",
        "Åsen skole/~$plan.docx",
    ]
    assert [d["status"] for d in data["documents"]] == ["read", "ignored", "read", "unreadable", "ignored"]
    assert len(data["findings"]) == 3 * 14 + 2
    statuses = {(f["school"], f["requirement"]): f["status"] for f in data["findings"]}
    assert statuses["Åsen skole", "KL-102"] == statuses["Fjord skule", "KL-102"] == "documented"
    assert statuses["Åsen skole", "KL-402"] == "not_assessable"
    assert statuses["Fjord skule", "KL-402"] == "missing"
    assert {f["reason"] for f in data["findings"] if f["school"] == "Tom skole"} == {"no_documents"}


def test_the_report_follows_the_published_schema(folder: Path) -> None:
    schema = json.loads(
        (Path(checker.report.__file__).parent / "gaps.schema.json").read_text(encoding="utf-8")
    )

    jsonschema.validate(report_dict(check(folder, settings())), schema)


def test_the_number_of_workers_changes_nothing(folder: Path) -> None:
    assert comparable(check(folder, settings(jobs=2))) == comparable(check(folder, settings(jobs=0)))


def test_the_order_in_which_files_came_to_the_disk_changes_nothing(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "omvendt" / "kommune"
    for path in sorted((p for p in folder.rglob("*") if p.is_file()), reverse=True):
        target = other / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)

    assert comparable(check(other, settings())) == comparable(check(folder, settings()))


def test_an_empty_folder_is_told_before_anything_else(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        check(tmp_path, settings())


def test_a_flat_file_goes_to_the_school_that_its_first_page_names(folder: Path) -> None:
    text = "# Plan for sosial læring\n\nFjord skule 2026–2027\n\nMentor rettleier nyutdanna lærarar i klasseleiing kvar veke.\n"
    (folder / "plan.md").write_text(text, encoding="utf-8")
    data = comparable(check(folder, settings()))

    assert next(d["school"] for d in data["documents"] if d["path"] == "plan.md") == "Fjord skule"
    assert (
        next(
            f["status"]
            for f in data["findings"]
            if (f["school"], f["requirement"]) == ("Fjord skule", "KL-402")
        )
        == "documented"
    )


def test_the_tuned_schools_give_the_golden_report(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """``pytest --update-golden`` writes it anew; every change of it is read in review."""
    tuned = json.loads((CORPUS / "gold" / "split.json").read_text(encoding="utf-8"))["tverrmark"]["tuned"]
    folder = tmp_path / "tverrmark"
    for school in tuned:
        shutil.copytree(CORPUS / "tverrmark" / school, folder / school)
    data = comparable(check(folder, settings(jobs=2)))
    for volatile in ("language_models", "readers", "rule_packs", "version"):
        del data["run"][volatile]
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(
            json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )

    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == data


def test_every_quote_of_the_corpus_stands_in_its_document() -> None:
    """Evidence and elements are verbatim, with white space folded; a scan is left out here."""
    report = check(CORPUS / "tverrmark", settings(jobs=2))
    texts: dict[str, str] = {}

    def add(document: Document) -> None:
        texts[document.path] = " ".join(" ".join(block.text for block in document.blocks).split())
        for inner in document.attachments:
            add(inner)

    for entry in report.documents:
        location = CORPUS / "tverrmark" / entry.document.path
        if location.is_file():
            add(extract_file(location, path=entry.document.path))
    quotes = [
        (item.place.path, item.quote)
        for finding in report.findings
        for passage in finding.evidence
        for item in (passage, *passage.elements)
    ]

    assert len(quotes) > 500
    assert [pair for pair in quotes if pair[1] not in texts[pair[0]]] == []


def test_a_rulebook_that_is_given_is_used_in_place_of_the_named_packs(folder: Path) -> None:
    rulebook = load_rules()
    one = replace(rulebook, requirements=tuple(r for r in rulebook.requirements if r.id == "KL-102"))

    report = check(folder, settings(), rulebook=one)

    assert {finding.requirement for finding in report.findings} == {"KL-102"}


def test_what_is_being_read_is_told_before_it_is_done(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "Ås skole").mkdir(exist_ok=True)
        (tmp_path / "Ås skole" / f"{name}.md").write_text(PLAN_NB, encoding="utf-8")
    told: list[str] = []
    check(
        tmp_path,
        settings(school_name="Ås skole"),
        begun=told.append,
        progress=lambda done, total, path: told.append(f"{done}/{total} {path}"),
    )

    assert told == ["Ås skole/a.md", "1/2 Ås skole/a.md", "Ås skole/b.md", "2/2 Ås skole/b.md"]
