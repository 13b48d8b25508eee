from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import docx

from checker.model import Block, BlockKind, Cell, Document, ReadStatus
from checker.report import document_dict, document_markdown
from checker.texts import load_texts

from .made import Run, write

FILES = Path(__file__).parents[1] / "extract" / "files"
DOCUMENT_KEYS = [
    "path",
    "format",
    "pages",
    "status",
    "problem",
    "message",
    "title",
    "language",
    "ocr_pages",
    "blocks",
    "furniture",
    "attachments",
]
BLOCK_KEYS = [
    "kind",
    "level",
    "text",
    "page",
    "rendered_page",
    "boxes",
    "section",
    "language",
    "confidence",
    "marks",
    "cells",
]


def made_docx(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Tiltak på skulen", 1)
    document.add_paragraph("Rektor er inne i alle klassar i veke 38, og lærarane får tilbakemelding etterpå.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Tiltak", "Ansvar", "Vandring", "Rektor"), strict=True
    ):
        cell.text = text
    document.save(str(path))
    return path


def test_json_has_exactly_the_contracts_keys(run: Run, tmp_path: Path) -> None:
    ran = run("extract", made_docx(tmp_path / "plan.docx"))

    data = json.loads(ran.out)
    assert ran.status == 0
    assert list(data) == DOCUMENT_KEYS
    assert {tuple(block) for block in data["blocks"]} == {tuple(BLOCK_KEYS)}
    assert (data["path"], data["format"], data["status"], data["language"]) == (
        "plan.docx",
        "docx",
        "read",
        "nn",
    )


def test_json_holds_headings_sections_and_cells(run: Run, tmp_path: Path) -> None:
    blocks = json.loads(run("extract", made_docx(tmp_path / "plan.docx")).out)["blocks"]

    rows = [block for block in blocks if block["kind"] == "table_row"]
    assert (blocks[0]["kind"], blocks[0]["level"], blocks[0]["text"]) == ("heading", 1, "Tiltak på skulen")
    assert blocks[1]["section"] == ["Tiltak på skulen"]
    assert {"column": "Ansvar", "text": "Rektor"} in rows[-1]["cells"]


def test_markdown_is_readable(run: Run, tmp_path: Path) -> None:
    out = run("extract", made_docx(tmp_path / "plan.docx"), "--format", "markdown").out

    assert "# Tiltak på skulen\n\nRektor er inne" in out
    assert "| Tiltak | Ansvar |\n| --- | --- |\n" in out
    assert "| Vandring | Rektor |" in out


def test_an_unreadable_file_gives_its_json_and_1(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing of the kind")

    ran = run("extract", path)
    data = json.loads(ran.out)
    assert ran.status == 1
    assert (data["status"], data["blocks"]) == ("unreadable", [])
    assert data["problem"] in {"damaged", "encrypted"}
    assert data["message"].endswith(".")


def test_files_in_an_archive_are_attachments(run: Run, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "pakke.zip", "w") as archive:
        archive.writestr(
            "rutine.txt", "Rektor skriv logg etter kvar vitjing i klassane, og lærarane les henne."
        )

    data = json.loads(run("extract", tmp_path / "pakke.zip").out)
    inner = data["attachments"][0]
    assert (data["status"], inner["path"], inner["language"]) == ("container", "pakke.zip!/rutine.txt", "nn")


def test_a_folder_in_place_of_a_file_gives_2(run: Run, tmp_path: Path) -> None:
    ran = run("extract", tmp_path)

    assert ran.status == 2
    assert "er en mappe. Oppgi én fil" in ran.err


def test_control_characters_of_a_file_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "plan.txt", "Rektor\x9b31m går \x1b[31mskolevandring i oktober.")

    for written_as in ("json", "markdown"):
        out = run("extract", path, "--format", written_as).out
        assert "\x9b" not in out
        assert "\x1b" not in out


def test_markdown_keeps_a_documents_signs_as_text() -> None:
    document = Document(
        "a.txt",
        "txt",
        ReadStatus.READ,
        blocks=(
            Block(BlockKind.PARAGRAPH, "# ikke overskrift"),
            Block(BlockKind.PARAGRAPH, "1. ikke liste"),
            Block(BlockKind.LIST_ITEM, "ett"),
            Block(BlockKind.LIST_ITEM, "to"),
            Block(BlockKind.CAPTION, "Figur 1"),
            Block(BlockKind.TABLE_ROW, "a | b", cells=(Cell(None, "x|y"), Cell("Når", "uke 2")), table=1),
        ),
    )

    assert document_markdown(document, load_texts("nb")) == (
        "<!-- a.txt -->\n\n\\# ikke overskrift\n\n1\\. ikke liste\n\n- ett\n- to\n\n*Figur 1*\n\n"
        "|  | Når |\n| --- | --- |\n| x\\|y | uke 2 |\n"
    )


def test_markdown_names_the_pages() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, "a", page=1), Block(BlockKind.PARAGRAPH, "b", page=2))
    document = Document("a.pdf", "pdf", ReadStatus.READ, blocks=blocks)

    assert "<!-- side 2 -->\n\nb\n" in document_markdown(document, load_texts("nb"))


def test_boxes_are_rounded_and_furniture_is_apart() -> None:
    block = Block(BlockKind.PARAGRAPH, "a", page=1, boxes=((1, 1.23456, 2.0, 3.0, 4.0),))
    data = document_dict(Document("a.pdf", "pdf", ReadStatus.READ, blocks=(block,)), load_texts("en"))

    assert data["blocks"][0]["boxes"] == [[1, 1.23, 2.0, 3.0, 4.0]]
    assert data["furniture"] == []


def test_draw_writes_a_picture_of_each_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ut.png"

    ran = run("extract", FILES / "kvalitetsskjema.pdf", "--draw", out)

    names = [tmp_path / f"ut-{number}.png" for number in range(1, json.loads(ran.out)["pages"] + 1)]
    assert ran.status == 0
    assert len(names) == 3
    assert sorted(tmp_path.glob("*.png")) == names
    assert all(str(name) in ran.err for name in names)


def test_the_picture_of_a_single_page_has_the_name_that_was_asked_for(run: Run, tmp_path: Path) -> None:
    ran = run("extract", FILES / "uten-overskriftsstiler.pdf", "--draw", tmp_path / "ut.png")

    assert ran.status == 0
    assert [path.name for path in tmp_path.glob("*.png")] == ["ut.png"]


def test_only_a_pdf_can_be_drawn_and_only_as_png(run: Run, tmp_path: Path) -> None:
    plan = made_docx(tmp_path / "plan.docx")

    not_pdf = run("extract", plan, "--draw", tmp_path / "ut.png")
    not_png = run("extract", plan, "--draw", tmp_path / "ut.jpg")

    assert (not_pdf.status, not_png.status) == (2, 2)
    assert "Bare sidene i en PDF kan tegnes, og «plan.docx» er docx." in " ".join(not_pdf.err.split())
    assert "må ha et navn som ender på .png." in " ".join(not_png.err.split())
    assert not list(tmp_path.glob("*.png"))


def test_a_picture_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("extract", FILES / "tabell-uten-streker.pdf", "--draw", tmp_path / "nei" / "ut.png")

    assert ran.status == 2
    assert "Kan ikke skrive filen" in ran.err


def test_markdown_keeps_cells_below_their_names_where_one_spans_columns() -> None:
    names = ("Når", "1. trinn", "2. trinn", "Hvem")
    plain = tuple(Cell(name, text) for name, text in zip(names, "abcd", strict=True))
    spanning = (Cell("Når", "e"), Cell("1. trinn / 2. trinn", "f"), Cell("Hvem", "g"))
    last = (Cell("Når", "h"), Cell("2. trinn / Hvem", "i"))
    blocks = tuple(
        Block(BlockKind.TABLE_ROW, "", cells=cells, table=1) for cells in (spanning, plain, last, plain[:1])
    )

    text = document_markdown(Document("a.pdf", "pdf", ReadStatus.READ, blocks=blocks), load_texts("nb"))

    assert text.splitlines()[2:] == [
        "| Når | 1. trinn | 2. trinn | Hvem |",
        "| --- | --- | --- | --- |",
        "| e | f |  | g |",
        "| a | b | c | d |",
        "| h |  | i |  |",
        "| a |  |  |  |",
    ]
