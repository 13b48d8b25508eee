from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.measure import Coverage, Gold, Split, evaluate, quality
from checker.measure.corpora import Corpus
from checker.measure.coverage import PatternUse, TermUse
from checker.measure.figures import Figure, share
from checker.measure.quality import (
    BEGIN,
    END,
    Measured,
    difference,
    is_never_looked_at,
    log_row,
    read_log,
    section,
    with_section,
    write_log,
)


@pytest.fixture
def found(report: dict[str, Any], gold: Gold, split: Split) -> Measured:
    evaluation = evaluate(report, gold, split)
    return Measured(
        evaluations={"fasit": evaluation},
        left_out=("ukjent",),
        log=({"municipality": "ukjent"}, {"municipality": "ukjent"}),
        day=date(2026, 11, 25),
        coverage=Coverage(
            terms=(TermUse("walk", "runde", ("fasit/Ås skole/plan.pdf",)), TermUse("walk", "gang")),
            patterns=(PatternUse("KL-102", "walks", 6, 3, ("a", "b")), PatternUse("KL-102", "looks")),
            texts={"document": 2},
            lines={"KL-102": (6, 3, 4)},
        ),
        ablated={"fasit": evaluation},
        ablated_terms=1,
    )


def test_the_section_has_tuned_and_untuned_apart_with_number_and_interval(found: Measured) -> None:
    lines = section(found).splitlines()

    head = next(line for line in lines if line.startswith("| figure |"))
    accuracy = next(line for line in lines if line.startswith("| `status_accuracy` | 100"))
    assert head == "| figure | `fasit`, tuned | `fasit`, untuned |"
    assert accuracy.count("n=") == 2
    assert "100.0% (" in accuracy
    assert "Measured on 2026-11-25." in lines[0]


def test_the_section_has_the_written_forms_apart_reach_ablation_and_count(found: Measured) -> None:
    written = section(found)

    assert "| figure | side | nb | nn | nb − nn |" in written
    assert "| KL-102 | 6 | 4 | 50.0% (19–81) n=6 | 1 | 0 | 1 |" in written
    assert "met by one open text alone: 1, of these by one document: 1." in written
    assert "without the 1 terms" in written
    assert "`ukjent` 2." in written
    assert "Not evaluated this time" in written


def test_what_stands_around_the_markers_is_kept() -> None:
    document = f"# Q\n\nBy hand.\n\n{BEGIN}\nold\n{END}\n\n## Log\n\nBy hand too.\n"

    written = with_section(document, "new")

    assert written == document.replace("old", "new")
    assert with_section(written, "new") == written


def test_a_document_without_markers_gets_them_once() -> None:
    written = with_section("# Q\n", "new")

    assert written.startswith("# Q\n\n## ")
    assert with_section(written, "newer") == written.replace("new", "newer")


def test_a_difference_that_may_be_none_has_an_interval_with_0() -> None:
    gap = difference(share(9, 10), share(8, 10))
    clear = difference(share(95, 100), share(50, 100))

    assert gap is not None
    assert clear is not None
    assert gap[1] < 0 < gap[2]
    assert 0 < clear[1] < clear[0] < clear[2]
    assert difference(Figure(None, 0, None, None), share(1, 2)) is None


def test_an_evaluation_of_what_nobody_looks_at_is_a_line_in_the_log(
    report: dict[str, Any], gold: Gold, split: Split, tmp_path: Path
) -> None:
    row = log_row(evaluate(report, gold, split), date(2026, 11, 25))

    write_log(tmp_path / "e.csv", [row, row])

    assert read_log(tmp_path / "none.csv") == ()
    assert [line["municipality"] for line in read_log(tmp_path / "e.csv")] == ["fasit", "fasit"]
    assert read_log(tmp_path / "e.csv")[0]["date"] == "2026-11-25"


@pytest.mark.parametrize(
    ("split", "is_kept"),
    [
        (Split(("a",), ("b",)), False),
        (Split((), ("b",)), True),
        (Split(("a",), ()), False),
        (None, False),
    ],
)
def test_a_municipality_without_a_tuned_school_is_one_that_nobody_looks_at(
    split: Split | None, is_kept: bool
) -> None:
    assert is_never_looked_at(Corpus("a", Path("a"), Path("a.json"), split)) is is_kept


def test_what_nobody_looks_at_is_evaluated_only_when_it_is_counted(
    report: dict[str, Any],
    gold: Gold,
    split: Split,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpora = (
        Corpus("kjent", tmp_path, tmp_path, Split(("a",), ("b",))),
        Corpus("ukjent", tmp_path, tmp_path, Split((), ("b",))),
    )
    asked: list[str] = []

    def evaluated(corpus: Corpus, *_: object, **__: object) -> object:
        asked.append(corpus.name)
        return evaluate(report, gold, split)

    monkeypatch.setattr(quality, "corpora_in", lambda _: corpora)
    monkeypatch.setattr(quality, "evaluated", evaluated)
    monkeypatch.setattr(quality, "load_rules", lambda: None)
    options = argparse.Namespace(
        corpus=tmp_path, document=tmp_path / "q.md", evaluations_only=True, count=False, jobs=0
    )

    first = quality.measure(options)
    options.count = True
    second = quality.measure(options)

    assert asked == ["kjent", "kjent", "ukjent"]
    assert (first.left_out, second.left_out) == (("ukjent",), ())
    assert len(read_log(tmp_path / "evaluations.csv")) == 1


def test_the_document_in_the_repository_has_the_markers() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")

    assert text.count(BEGIN) == text.count(END) == 1
