"""What is read of presentations, workbooks, OpenDocument texts and old Word files."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pptx
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from pptx.util import Inches

from checker.extract import Readers, extract, find_readers
from checker.extract.doc import convert
from checker.extract.limits import Limits
from checker.model import BlockKind, Document, FurnitureKind, Mark, ReadStatus

DOC = (
    Path(__file__).parents[2] / "corpus" / "tverrmark" / "Tangstad ungdomsskole" / "Kompetanseplan 26-27.doc"
)


def rows_of(document: Document) -> list[list[tuple[str | None, str]]]:
    return [[(cell.column, cell.text) for cell in block.cells] for block in document.blocks if block.cells]


def presentation() -> pptx.presentation.Presentation:
    slides = pptx.Presentation()
    first = slides.slides.add_slide(slides.slide_layouts[1])
    first.shapes.title.text = "Nytt frå i haust"
    first.placeholders[1].text = "Rektor er i kvar klasse\nTilbakemelding same dag"
    first.notes_slide.notes_text_frame.text = "Ikkje bestemt enno."
    second = slides.slides.add_slide(slides.slide_layouts[5])
    second.shapes.title.text = "Arbeid i team"
    table = second.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(2)).table
    for column, text in enumerate(("Oppgåve", "Kven")):
        table.cell(0, column).text = text
    for column, text in enumerate(("Klassereglar", "Kontaktlærar")):
        table.cell(1, column).text = text
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(
        Inches(1), Inches(4), Inches(2), Inches(1)
    ).text_frame.text = "Frist: 1. september"
    return slides


def presented(slides: pptx.presentation.Presentation) -> Document:
    stream = io.BytesIO()
    slides.save(stream)
    return extract(stream.getvalue(), path="planleggingsdag.pptx")


def test_slides_are_pages_under_their_titles() -> None:
    document = presented(presentation())

    assert document.pages == 2
    assert [(block.kind, block.text, block.page, block.section) for block in document.blocks] == [
        (BlockKind.HEADING, "Nytt frå i haust", 1, ()),
        (BlockKind.LIST_ITEM, "Rektor er i kvar klasse", 1, ("Nytt frå i haust",)),
        (BlockKind.LIST_ITEM, "Tilbakemelding same dag", 1, ("Nytt frå i haust",)),
        (BlockKind.NOTE, "Ikkje bestemt enno.", 1, ("Nytt frå i haust",)),
        (BlockKind.HEADING, "Arbeid i team", 2, ()),
        (BlockKind.TABLE_ROW, "Klassereglar | Kontaktlærar", 2, ("Arbeid i team",)),
        (BlockKind.PARAGRAPH, "Frist: 1. september", 2, ("Arbeid i team",)),
    ]
    assert document.blocks[3].marks == (Mark.SPEAKER_NOTE,)
    assert rows_of(document) == [[("Oppgåve", "Klassereglar"), ("Kven", "Kontaktlærar")]]


def test_a_hidden_slide_is_marked() -> None:
    slides = presentation()
    slides.slides[1]._element.set("show", "0")

    document = presented(slides)

    assert {block.page for block in document.blocks if Mark.HIDDEN in block.marks} == {2}


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Årshjul"
    sheet["A1"] = "Årshjul for oppvekst"
    sheet.append([])
    sheet.append(["Måned", "Hva", "Ansvar", "Dato"])
    sheet.append(["August", "Oppstartsmøte", "Rektor", date(2026, 8, 14)])
    sheet.append([None, "Skolevandring", "Inspektør", date(2026, 8, 20)])
    sheet.merge_cells("A4:A5")
    for row in (4, 5):
        sheet.cell(row, 4).number_format = "d. mmmm yyyy"
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    return book


def opened(book: openpyxl.Workbook) -> Document:
    stream = io.BytesIO()
    book.save(stream)
    return extract(stream.getvalue(), path="årshjul.xlsx")


def test_sheets_are_headings_and_rows_have_columns_and_places() -> None:
    document = opened(workbook())

    assert [(block.kind, block.text, block.cell_ref, block.sheet) for block in document.blocks] == [
        (BlockKind.HEADING, "Årshjul", None, "Årshjul"),
        (BlockKind.PARAGRAPH, "Årshjul for oppvekst", None, "Årshjul"),
        (BlockKind.TABLE_ROW, "August | Oppstartsmøte | Rektor | 14. august 2026", "A4", "Årshjul"),
        (BlockKind.TABLE_ROW, "August | Skolevandring | Inspektør | 20. august 2026", "B5", "Årshjul"),
    ]
    assert rows_of(document)[1] == [
        ("Måned", "August"),
        ("Hva", "Skolevandring"),
        ("Ansvar", "Inspektør"),
        ("Dato", "20. august 2026"),
    ]
    assert document.blocks[0].page is None


def test_an_empty_row_does_not_cost_a_table_its_columns() -> None:
    book = workbook()
    book.active.append([])
    book.active.append(["Januar", "Samtaler", "Rektor", None])

    assert rows_of(opened(book))[-1] == [
        ("Måned", "Januar"),
        ("Hva", "Samtaler"),
        ("Ansvar", "Rektor"),
        ("Dato", ""),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["", "Mandag", "Tirsdag"], ["Uke 34", "Oppstart", ""], ["Uke 35", "", "Skolevandring"]],
        [["", "August", "Desember"], ["Ledelsen", "Presenterer planen", ""], ["Lærerne", "", "Elevsamtaler"]],
    ],
)
def test_a_first_row_that_lacks_only_its_corner_names_the_columns(rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    names = [None, *rows[0][1:]]

    assert rows_of(opened(book)) == [
        [(name, text) for name, text in zip(names, row, strict=True) if name or text] for row in rows[1:]
    ]


def test_a_first_row_below_which_another_cell_is_empty_too_is_a_row() -> None:
    book = openpyxl.Workbook()
    for row in (["", "Inspektør", "Uke 40"], ["", "Rektor", "Uke 41"], ["Timer", "Alle", "Uke 42"]):
        book.active.append(row)

    assert len(rows_of(opened(book))) == 3


def test_hidden_sheets_and_rows_and_comments_are_marked() -> None:
    book = workbook()
    hidden = book.create_sheet("Gammalt")
    hidden["A1"] = "Utgått rutine"
    hidden.sheet_state = "hidden"
    book.active.row_dimensions[5].hidden = True
    book.active["B4"].comment = Comment("Er dette avtalt?", "x")

    marks = {block.text: block.marks for block in opened(book).blocks}

    assert marks["Utgått rutine"] == (Mark.HIDDEN,)
    assert marks["August | Skolevandring | Inspektør | 20. august 2026"] == (Mark.HIDDEN,)
    assert marks["Er dette avtalt?"] == (Mark.COMMENT,)


def test_a_cell_in_the_farthest_corner_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Rektor"
    book.active["XFD1048576"] = "langt borte"

    document = opened(book)

    assert [block.text for block in document.blocks[1:]] == ["Rektor", "langt borte"]


ODT_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def odt(body: str, styles: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODT_NAMES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


def test_an_odt_is_read_with_headings_lists_tables_and_notes() -> None:
    body = """
    <text:tracked-changes><text:changed-region><text:deletion><text:p>Slettet.</text:p></text:deletion>
    </text:changed-region></text:tracked-changes>
    <text:h text:outline-level="1">Turrutinar</text:h>
    <text:p>Turleiar<text:s text:c="2"/>fører liste.<text:note text:note-class="footnote">
    <text:note-citation>1</text:note-citation><text:note-body><text:p>Sjå vedlegg.</text:p>
    </text:note-body></text:note></text:p>
    <text:list><text:list-item><text:p>Ta med førstehjelp</text:p></text:list-item></text:list>
    <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Hva</text:p></table:table-cell>
    <table:table-cell><text:p>Hvem</text:p></table:table-cell></table:table-row></table:table-header-rows>
    <table:table-row><table:table-cell><text:p>Liste</text:p></table:table-cell>
    <table:table-cell><text:p>Turleder</text:p></table:table-cell></table:table-row></table:table>
    """

    document = extract(odt(body), path="tur.odt")

    assert [(str(block.kind), block.text) for block in document.blocks] == [
        ("heading", "Turrutinar"),
        ("paragraph", "Turleiar fører liste."),
        ("footnote", "Sjå vedlegg."),
        ("list_item", "Ta med førstehjelp"),
        ("table_row", "Liste | Turleder"),
    ]
    assert rows_of(document) == [[("Hva", "Liste"), ("Hvem", "Turleder")]]


def test_hidden_text_in_an_odt_is_marked() -> None:
    styles = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = (
        '<text:p>Planen gjeld. <text:span text:style-name="T1">Løynd tekst om rettleiing.</text:span>'
        "</text:p>"
    )

    document = extract(odt(body, styles), path="plan.odt")

    assert [(block.text, block.marks) for block in document.blocks] == [
        ("Planen gjeld.", ()),
        ("Løynd tekst om rettleiing.", (Mark.HIDDEN,)),
    ]


def test_a_contents_list_in_an_odt_is_furniture() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>1 Mål<text:tab/>2</text:p></text:index-body>"
        "</text:table-of-content><text:p>Planen gjeld for alle.</text:p>"
    )

    document = extract(odt(body), path="plan.odt")

    assert [block.text for block in document.blocks] == ["Planen gjeld for alle."]
    assert [(piece.kind, piece.text) for piece in document.furniture] == [(FurnitureKind.CONTENTS, "1 Mål 2")]


def test_an_old_word_file_keeps_its_empty_cell() -> None:
    document = extract(DOC.read_bytes(), path="plan.doc", readers=Readers())

    assert document.format == "doc"
    assert document.title == "KOMPETANSEPLAN 2026-2027"
    assert rows_of(document)[2][-1] == ("Ansvarlig", "")
    assert rows_of(document)[3] == [
        ("Område", "Digital dømmekraft"),
        ("Tiltak", "Nettkurs"),
        ("Hvem deltar", "Alle"),
        ("Tid", "Innen 1. november"),
        ("Ansvarlig", "IKT-kontakt"),
    ]


@pytest.mark.libreoffice
def test_an_old_word_file_reads_the_same_with_and_without_libreoffice() -> None:
    data = DOC.read_bytes()

    with_program = extract(data, path="plan.doc", readers=find_readers(builtin_only=False))

    assert extract(data, path="plan.doc").blocks == with_program.blocks


def test_an_old_workbook_without_libreoffice_says_what_to_do() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    document = extract(data.getvalue(), path="tal.ods")

    assert (document.status, document.message) == (ReadStatus.UNREADABLE, "extract.needs_libreoffice")


@pytest.mark.libreoffice
def test_libreoffice_does_its_work_with_a_new_profile() -> None:
    converted = convert(DOC.read_bytes(), "doc", "docx", find_readers(builtin_only=False), Limits())

    assert converted.data is not None
    assert extract(converted.data, path="plan.docx").status is ReadStatus.READ
