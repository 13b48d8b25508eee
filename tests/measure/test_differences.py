from __future__ import annotations

from typing import Any

import pytest

from checker.measure import ChangeKind, changes_between, changes_dict


def report(status: str | None, *, missing: tuple[str, ...] = (), school: str = "Ås skole") -> dict[str, Any]:
    quote = {"document": "d1", "page": 2, "quote": "Rektor går skolevandring."}
    found = {"school": school, "requirement": "KL-102", "pack": "p", "status": status, "missing": list(missing), "evidence": [quote]}  # fmt: skip
    return {"documents": [{"id": "d1", "path": "Ås skole/plan.pdf"}], "findings": [found] if status else []}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("documented", "partial", ChangeKind.NEW),
        ("not_assessable", "missing", ChangeKind.NEW),
        (None, "missing", ChangeKind.NEW),
        ("planned", "documented", ChangeKind.CLOSED),
        ("planned", "partial", ChangeKind.CHANGED),
        ("missing", "not_assessable", ChangeKind.CHANGED),
        ("not_assessable", "documented", ChangeKind.CHANGED),
        ("partial", None, ChangeKind.GONE),
        ("partial", "partial", None),
        (None, "documented", None),
    ],
)
def test_each_change_has_its_kind(before: str | None, after: str | None, kind: ChangeKind | None) -> None:
    found = changes_between(report(before), report(after))

    assert [change.kind for change in found] == ([kind] if kind else [])


def test_other_missing_elements_are_a_change_with_both_quotes() -> None:
    changes = changes_between(
        report("partial", missing=("timing",)), report("partial", missing=("followup",))
    )

    (entry,) = changes_dict(changes)["elements"]
    assert (entry["old"]["missing"], entry["new"]["missing"]) == (["timing"], ["followup"])
    assert entry["new"] == {"status": "partial", "missing": ["followup"], "quote": "Rektor går skolevandring.",
                            "document": "Ås skole/plan.pdf", "page": 2}  # fmt: skip


def test_document_ids_of_another_report_mean_nothing() -> None:
    old = report("documented")
    old["documents"][0]["id"] = "d7"
    old["findings"][0]["evidence"][0]["document"] = "d7"

    assert changes_between(old, report("documented")) == ()
