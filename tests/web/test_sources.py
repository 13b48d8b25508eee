"""Where a case's documents are found again, and the text around a quote."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from checker.casework import Source, keep_source, source_of
from checker.model import Block, BlockKind, Cell, Document, Place, ReadStatus, ReportDocument
from checker.web.sources import is_same, location_of
from checker.web.surroundings import Spot, TextReader, text_around


def entry(path: str, sha256: str = "", path_raw: str | None = None) -> ReportDocument:
    return ReportDocument("d1", Document(path, "txt", ReadStatus.READ, sha256), None, 1, path_raw=path_raw)


def test_what_a_case_is_checked_from_is_kept(tmp_path: Path) -> None:
    source = Source("/planer", False, "nn", "Ås skole", "2026-11-23", ("«x» er ikke hentet",))
    keep_source(tmp_path, source)

    assert source_of(tmp_path) == source
    assert source_of(tmp_path / "annet") is None


def test_a_damaged_note_of_it_is_none(tmp_path: Path) -> None:
    for text in ("", "{}", "[1]", '{"folder": 1, "annet": 2}'):
        (tmp_path / "source.json").write_text(text, encoding="utf-8")
        assert source_of(tmp_path) is None


def test_a_document_is_found_in_its_folder_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "planer"
    folder.mkdir()
    (folder / "plan.txt").write_text("a", encoding="utf-8")
    (tmp_path / "ute.txt").write_text("b", encoding="utf-8")
    (folder / "lenke.txt").symlink_to(tmp_path / "ute.txt")

    assert location_of(entry("plan.txt"), folder) == folder / "plan.txt"
    assert location_of(entry("plan.txt!/inne.pdf"), folder) == folder / "plan.txt"
    assert location_of(entry("x", path_raw="plan%2Etxt"), folder) == folder / "plan.txt"
    for outside in ("../ute.txt", "lenke.txt", str(tmp_path / "ute.txt"), "ingen.txt", "", "a\x00"):
        assert location_of(entry(outside), folder) is None


def test_a_file_that_was_changed_is_not_the_same(tmp_path: Path) -> None:
    place = tmp_path / "plan.txt"
    place.write_text("a", encoding="utf-8")
    kept = entry("plan.txt", hashlib.sha256(b"a").hexdigest())
    before = is_same(place, kept)
    place.write_text("bb", encoding="utf-8")

    assert before
    assert not is_same(place, kept)
    assert not is_same(tmp_path / "ingen", kept)


BLOCKS = (
    *(Block(BlockKind.PARAGRAPH, f"Avsnitt {number}.") for number in range(10)),
    Block(BlockKind.PARAGRAPH, "Før. Rektor går  i timene\nhver uke. Etter."),
    Block(
        BlockKind.TABLE_ROW,
        "Skolevandring | Rektor",
        cells=(Cell("Tiltak", "Skolevandring"), Cell(None, "Rektor")),
    ),
)
DOCUMENT = Document("plan.docx", "docx", ReadStatus.READ, blocks=BLOCKS)


def spot(quote: str, block: int) -> Spot:
    return Spot(quote, Place("plan.docx", block, 0))


def test_the_quote_is_marked_in_the_text_around_it() -> None:
    shown = text_around(DOCUMENT, spot("Rektor går i timene hver uke.", 10))
    (here,) = [block for block in shown if block.is_here]

    assert (here.before, here.marked, here.after) == ("Før. ", "Rektor går i timene hver uke.", " Etter.")
    assert [block.before for block in shown[:2]] == ["Avsnitt 5.", "Avsnitt 6."]


def test_a_quote_whose_block_has_moved_is_found_by_its_words() -> None:
    shown = text_around(DOCUMENT, spot("Avsnitt 3.", 10))

    assert [block.marked for block in shown if block.is_here] == ["Avsnitt 3."]


def test_a_row_of_a_table_is_shown_under_its_columns() -> None:
    (here,) = [block for block in text_around(DOCUMENT, spot("Rektor", 11)) if block.is_here]

    assert [(cell.column, cell.text) for cell in here.cells] == [("Tiltak", "Skolevandring"), ("", "Rektor")]


@pytest.mark.parametrize("block", [-1, 99])
def test_a_quote_that_stands_nowhere_gives_no_text(block: int) -> None:
    assert text_around(DOCUMENT, spot("Står ikke her", block)) == ()


def test_a_document_in_an_archive_is_found_in_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    inner = replace(DOCUMENT, path="a.zip!/b.eml!/plan.docx")
    mail = Document("a.zip!/b.eml", "eml", ReadStatus.CONTAINER, attachments=(inner,))
    archive = Document("a.zip", "zip", ReadStatus.CONTAINER, attachments=(mail,))
    asked: list[str] = []

    def read(_location: Path, *, path: str, readers: object) -> Document:
        asked.append(path)
        return archive

    monkeypatch.setattr("checker.web.surroundings.read_alone", read)
    reader = TextReader()
    found = [reader.document(tmp_path, inner.path, "1") for _ in range(2)]

    assert found == [inner, inner]
    assert asked == ["a.zip"]
    assert reader.document(tmp_path, "a.zip!/annet", "1") is None
