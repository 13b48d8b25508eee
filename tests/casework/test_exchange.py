"""A case as one file: it comes back whole, two are merged with nothing lost, and a changed file is refused."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checker.casework import (
    Case,
    CaseFileError,
    Verdict,
    decisions_shown,
    delete_case,
    export_case,
    import_case,
    open_case,
    pack_files,
)
from checker.report import report_dict, write_reports
from checker.texts import LANGUAGES, load_texts
from tests.report.sample import sample_report

from .made import MISSING, REQUIREMENT, SCHOOL, Clock, changed, made_report

KEY = (SCHOOL, REQUIREMENT)
NB = load_texts("nb")
PACK = Path(__file__).parents[1] / "data" / "rules" / "prove"
LATER = datetime(2026, 11, 26, 12, tzinfo=UTC)


def made(home: Path, author: str = "Kari Nes", start: datetime | None = None) -> Case:
    case = open_case("sak", home=home / author, clock=Clock(start) if start else Clock())
    case.record(made_report(), whole=sample_report(), packs=pack_files([str(PACK)]))
    return case


def exported(case: Case, **options: bool) -> Path:
    path = case.folder.parent / "sak.zip"
    path.write_bytes(export_case(case, NB, **options))
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_case_comes_back_whole(tmp_path: Path) -> None:
    case = made(tmp_path)
    case.record(changed(made_report(), status="planned"))
    case.decide(
        *KEY, verdict="changed", status="missing", reason="Bare plan", author="Kari", expires=date(2027, 1, 1)
    )
    case.withdraw(*KEY, author="Kari", reason="Feil")
    case.add_evidence(SCHOOL, MISSING, kind="interview", text="Ja.", author="Kari", date=date(2026, 11, 20))
    (case.documents / "Ålvik skole").mkdir()
    (case.documents / "Ålvik skole" / "plan.pdf").write_bytes(b"%PDF")
    path = exported(case, with_documents=True)
    merged = import_case(path, home=tmp_path / "ny")

    back = open_case("sak", home=tmp_path / "ny", create=False)
    assert (merged.is_new, merged.decisions, merged.notes, merged.reports, merged.documents) == (
        True,
        2,
        1,
        2,
        1,
    )
    assert back.history(*KEY) == case.history(*KEY)
    assert back.all_notes() == case.all_notes()
    assert (back.report(), back.runs()) == (case.report(), case.runs())
    assert list(back.all_reports()) == list(case.all_reports())
    assert (back.documents / "Ålvik skole" / "plan.pdf").read_bytes() == b"%PDF"
    assert back.info().created == case.info().created


def test_a_report_can_be_written_from_a_case_that_came_back(tmp_path: Path) -> None:
    case = made(tmp_path)
    case.decide(*KEY, verdict="dismissed", reason="Står på side 7", author="Kari")
    import_case(exported(case), home=tmp_path / "ny")
    back = open_case("sak", home=tmp_path / "ny", create=False)
    whole = back.whole()

    assert whole is not None
    assert report_dict(whole) == case.report()
    written = write_reports(
        whole, tmp_path / "ut", formats=("xlsx", "html"), decisions=decisions_shown(back, NB)
    )
    assert [path.name for path in written] == ["gaps.xlsx", "report.html"]


def test_an_exported_case_can_be_read_without_the_program(tmp_path: Path) -> None:
    case = made(tmp_path)
    case.decide(*KEY, verdict="dismissed", reason="Står på side 7", author="Kari Nes")
    found = members(exported(case))

    assert found["LESMEG.txt"].decode("utf-8-sig").startswith("Saken «sak», eksportert 2026-11-25")
    assert b"<html" in found["report.html"]
    assert "Ålvik skole · KL-102: avvist (Kari Nes, 25.11.2026): Står på side 7" in found[
        "decisions.txt"
    ].decode("utf-8-sig")
    assert json.loads(found["gaps.json"]) == case.report()
    assert {"klasseledelse", "1.0.0"} <= {
        value for pack in json.loads(found["settings.json"])["rule_packs"] for value in pack.values()
    }
    assert [
        name
        for name in found
        if name.startswith("rules/") and name.endswith("/prove/requirements/PR-101.yaml")
    ]
    assert [name for name in found if name.startswith("documents/")] == []


def test_the_readme_names_what_is_there(tmp_path: Path) -> None:
    case = made(tmp_path)
    (case.documents / "plan.pdf").write_bytes(b"x")
    found = members(exported(case, with_documents=True))
    readme = found["LESMEG.txt"].decode("utf-8-sig")

    named = named_in(readme)
    top = {name.split("/")[0] + ("/" if "/" in name else "") for name in found}
    assert named == top - {"LESMEG.txt", "case.json"}


def named_in(readme: str) -> set[str]:
    return set(re.findall(r"(?m)^(\S+)  ", readme))


def test_the_readme_names_nothing_that_is_not_there(tmp_path: Path) -> None:
    case = open_case("sak", home=tmp_path, clock=Clock())
    case.record(made_report())
    named = named_in(members(exported(case))["LESMEG.txt"].decode("utf-8-sig"))

    assert named == {"decisions.txt", "gaps.json", "settings.json", "data/", "SHA256SUMS"}


def test_every_file_has_its_sum(tmp_path: Path) -> None:
    found = members(exported(made(tmp_path)))
    sums = dict(reversed(line.split("  ", 1)) for line in found.pop("SHA256SUMS").decode().splitlines())

    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exported_case_is_written_in_every_language(tmp_path: Path, language: str) -> None:
    case = made(tmp_path)
    case.decide(*KEY, verdict="confirmed", reason="", author="Kari Nes")

    data = export_case(case, load_texts(language))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read("decisions.txt").decode("utf-8-sig")
    assert load_texts(language)("case.verdict.confirmed") in text


# Merging


def two(tmp_path: Path, theirs: str = "dismissed") -> tuple[Case, Case]:
    """Give two auditors' cases on the same report that decide on the same finding; the second later."""
    first = made(tmp_path, "Kari")
    second = made(tmp_path, "Ola", LATER)
    first.decide(*KEY, verdict="confirmed", reason="", author="Kari")
    second.decide(*KEY, verdict=theirs, reason="Står på side 7", author="Ola")
    return first, second


def test_two_auditors_who_decided_otherwise_are_shown_and_both_kept(tmp_path: Path) -> None:
    first, second = two(tmp_path)
    merged = import_case(exported(second), home=tmp_path / "Kari", clock=Clock(LATER))

    (conflict,) = merged.conflicts
    standing = first.standing()[KEY]
    assert (merged.is_new, merged.decisions) == (False, 1)
    assert (conflict.ours.author, conflict.theirs.author) == ("Kari", "Ola")
    assert (standing.decision.author, standing.conflict and standing.conflict.author) == ("Ola", "Kari")
    assert [entry.author for entry in first.history(*KEY)] == ["Kari", "Ola"]


def test_a_new_decision_settles_a_conflict_and_both_sides_agree_after_an_exchange(tmp_path: Path) -> None:
    first, second = two(tmp_path)
    import_case(exported(second), home=tmp_path / "Kari", clock=Clock(LATER))
    settling = open_case("sak", home=tmp_path / "Kari", clock=Clock(datetime(2026, 11, 27, tzinfo=UTC)))
    settling.decide(*KEY, verdict="dismissed", reason="Enige", author="Kari")
    merged = import_case(exported(settling), home=tmp_path / "Ola")

    assert merged.conflicts[0].found
    assert first.standing()[KEY] == second.standing()[KEY]
    assert second.standing()[KEY].conflict is None


def test_two_who_decided_the_same_are_no_conflict(tmp_path: Path) -> None:
    _, second = two(tmp_path, theirs="confirmed")

    assert import_case(exported(second), home=tmp_path / "Kari").conflicts == ()


def test_one_who_knew_of_the_other_s_decision_is_no_conflict(tmp_path: Path) -> None:
    first, _ = two(tmp_path)
    delete_case("sak", home=tmp_path / "Ola")
    import_case(exported(first), home=tmp_path / "Ola")
    second = open_case("sak", home=tmp_path / "Ola", clock=Clock(LATER))
    second.decide(*KEY, verdict="dismissed", reason="Står på side 7", author="Ola")

    assert import_case(exported(second), home=tmp_path / "Kari").conflicts == ()
    assert first.standing()[KEY].decision.author == "Ola"


def test_a_withdrawal_against_the_other_s_decision_is_shown(tmp_path: Path) -> None:
    first, second = two(tmp_path, theirs="confirmed")
    second.withdraw(*KEY, author="Ola", reason="Usikker")
    import_case(exported(second), home=tmp_path / "Kari", clock=Clock(LATER))

    standing = first.standing()[KEY]
    assert standing.decision.author == "Kari"
    assert standing.conflict is not None
    assert standing.conflict.verdict is Verdict.WITHDRAWN


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    first, second = two(tmp_path)
    path = exported(second)
    import_case(path, home=tmp_path / "Kari")
    before = (first.history(*KEY), first.runs(), first.conflicts())
    merged = import_case(path, home=tmp_path / "Kari")

    assert (merged.decisions, merged.notes, merged.reports, merged.conflicts) == (0, 0, 0, ())
    assert (first.history(*KEY), first.runs(), first.conflicts()) == before


def test_the_report_of_the_later_run_is_the_newest_after_a_merge(tmp_path: Path) -> None:
    first = made(tmp_path, "Kari", LATER)
    second = open_case("sak", home=tmp_path / "Ola", clock=Clock())
    second.record(changed(made_report(), status="planned"))
    import_case(exported(second), home=tmp_path / "Kari")

    assert first.report() == made_report()
    assert len(first.runs()) == 2


# Files that are none, or no longer


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], *, with_sums: bool) -> Path:
    found = members(path)
    change(found)
    if with_sums:
        found.pop("SHA256SUMS", None)
        sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in found.items())
        found["SHA256SUMS"] = sums.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in found.items():
            package.writestr(name, data)
    return path


def _other_reason(found: dict[str, bytes]) -> None:
    found["data/decisions.json"] = found["data/decisions.json"].replace(b"Enig", b"Uenig")


def _other_schema(found: dict[str, bytes]) -> None:
    found["case.json"] = found["case.json"].replace(b"case/1", b"case/9")


def _outside(found: dict[str, bytes]) -> None:
    found["documents/../../ut.txt"] = b"x"


def _absolute(found: dict[str, bytes]) -> None:
    found["documents/C:\\ut.txt"] = b"x"


@pytest.mark.parametrize(
    ("change", "with_sums", "key"),
    [
        (_other_reason, False, "case.file.changed"),
        (_other_reason, True, "case.file.no_case"),
        (_other_schema, True, "case.file.newer"),
        (_outside, True, "case.file.changed"),
        (_absolute, True, "case.file.changed"),
        (lambda found: found.pop("data/notes.json"), False, "case.file.changed"),
        (lambda found: found.pop("data/notes.json"), True, "case.file.no_case"),
        (lambda found: found.pop("SHA256SUMS"), False, "case.file.no_sums"),
        (lambda found: found.update({"case.json": b"{}"}), True, "case.file.no_case"),
    ],
    ids=["a", "b", "c", "d", "e", "f", "g", "h", "i"],
)
def test_a_file_that_was_changed_is_refused_and_nothing_is_made(
    tmp_path: Path, change: Callable[[dict[str, bytes]], None], with_sums: bool, key: str
) -> None:
    case = made(tmp_path)
    case.decide(*KEY, verdict="dismissed", reason="Enig", author="Kari")
    path = rewritten(exported(case), change, with_sums=with_sums)

    with pytest.raises(CaseFileError) as raised:
        import_case(path, home=tmp_path / "ny")
    assert raised.value.key == key
    assert NB(key, **raised.value.fields)
    assert not (tmp_path / "ny").exists()
    assert not list(tmp_path.rglob("ut.txt"))


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04cut off"])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "sak.zip"
    path.write_bytes(data)

    with pytest.raises(CaseFileError):
        import_case(path, home=tmp_path / "ny")
