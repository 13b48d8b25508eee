"""Files are written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checker.model import OutputError, UsageError
from checker.report import FILE_NAMES, UnknownFormatError, numbered_instead_of, write_reports
from checker.texts import load_texts

from .sample import sample_report


def test_each_format_gives_its_file_in_the_order_asked_for(tmp_path: Path) -> None:
    written = write_reports(
        sample_report(), tmp_path / "ny" / "rapport", formats=("html", "docx", "json", "csv", "xlsx")
    )

    assert [path.name for path in written] == [
        "report.html",
        "report.docx",
        "gaps.json",
        "gaps.csv",
        "gaps.xlsx",
    ]
    assert sorted(path.name for path in (tmp_path / "ny" / "rapport").iterdir()) == sorted(
        FILE_NAMES.values()
    )


def test_a_format_named_twice_is_written_once(tmp_path: Path) -> None:
    assert len(write_reports(sample_report(), tmp_path, formats=("json", "json"))) == 1


@pytest.mark.parametrize("name", ["odt", "pdf", ""])
def test_an_unknown_format_is_told_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormatError) as raised:
        write_reports(sample_report(), tmp_path / "ut", formats=("json", name))

    assert isinstance(raised.value, UsageError)
    assert not (tmp_path / "ut").exists()
    assert "json, xlsx, html, csv, docx" in load_texts("nb")(raised.value.key, **raised.value.fields)


def test_an_older_report_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "gaps.json").write_text("gammel", encoding="utf-8")
    write_reports(sample_report(), tmp_path, formats=("json",))

    assert json.loads((tmp_path / "gaps.json").read_text(encoding="utf-8"))["schema"] == "skolesjekk/report/1"


def test_a_workbook_that_is_open_gets_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gaps.xlsx").write_text("åpen i Excel", encoding="utf-8")
    (tmp_path / "gaps (2).xlsx").write_text("fra i går", encoding="utf-8")
    replace_file = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == "gaps.xlsx":
            raise PermissionError(13, "in use")
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    written = write_reports(sample_report(), tmp_path, formats=("json", "xlsx"))

    assert [path.name for path in written] == ["gaps.json", "gaps (3).xlsx"]
    assert (tmp_path / "gaps.xlsx").read_text(encoding="utf-8") == "åpen i Excel"
    assert (tmp_path / "gaps (2).xlsx").read_text(encoding="utf-8") == "fra i går"
    assert not list(tmp_path.glob(".*"))


def test_a_numbered_file_says_what_it_stands_for() -> None:
    assert numbered_instead_of(Path("ut/gaps (3).xlsx")) == "gaps.xlsx"
    assert numbered_instead_of(Path("ut/gaps.xlsx")) is None


def test_a_folder_that_is_a_file_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "rapport").write_text("", encoding="utf-8")

    with pytest.raises(OutputError) as raised:
        write_reports(sample_report(), tmp_path / "rapport", formats=("json",))

    assert raised.value.fields["folder"] == str(tmp_path / "rapport")


def test_a_fault_while_writing_leaves_the_older_report_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gaps.json").write_text("gammel", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError):
        write_reports(sample_report(), tmp_path, formats=("json", "csv"))

    assert [path.name for path in tmp_path.iterdir()] == ["gaps.json"]
    assert (tmp_path / "gaps.json").read_text(encoding="utf-8") == "gammel"


def test_two_writings_are_the_same_bytes(tmp_path: Path) -> None:
    formats = tuple(FILE_NAMES)
    first = write_reports(sample_report(), tmp_path / "a", formats=formats)
    second = write_reports(sample_report(), tmp_path / "b", formats=formats)

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_name_that_is_no_text_does_not_lose_the_report(tmp_path: Path) -> None:
    report = sample_report()
    torn = replace(report.schools[0], name="\udce5lvik \x1b[31mskole")
    written = write_reports(
        replace(report, schools=(torn, *report.schools[1:])), tmp_path, formats=tuple(FILE_NAMES)
    )

    assert all(path.stat().st_size for path in written)
    assert json.loads(written[0].read_text(encoding="utf-8"))["schools"][0]["name"] == torn.name
