"""What is read of a DOCX: all that a reader sees, each thing once, and under its heading."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from checker.extract import extract
from checker.model import Block, BlockKind, Document, FurnitureKind, Mark, ReadStatus

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def saved(word: Word) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def read(word: Word, path: str = "plan.docx") -> Document:
    document = extract(saved(word), path=path)
    assert document.status is ReadStatus.READ, document.message
    return document


def shown(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in document.blocks]


def block(document: Document, text: str) -> Block:
    return next(found for found in document.blocks if text in found.text)


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content.decode()) if member == name else content)
    return stream.getvalue()


def test_headings_by_style_give_the_section() -> None:
    word = docx.Document()
    word.add_heading("Verksemdsplan", 0)
    word.add_heading("4 Tiltak", 1)
    word.add_heading("4.2 Skulevandring", 2)
    word.add_paragraph("Rektor går på skulevandring kvar haust.")

    document = read(word)

    assert document.title == "Verksemdsplan"
    assert block(document, "Rektor går").section == ("4 Tiltak", "4.2 Skulevandring")


def test_norwegian_style_names_are_headings() -> None:
    word = docx.Document()
    style = word.styles.add_style("Overskrift 2", 1)
    style.base_style = word.styles["Normal"]
    word.add_paragraph("Skolevandring", style="Overskrift 2")
    word.add_paragraph("Rektor er i alle klasser hver høst.")

    assert block(read(word), "Skolevandring").level == 2


def test_bold_short_lines_are_headings_and_bold_sentences_are_not() -> None:
    word = docx.Document()
    word.add_paragraph("Utviklingsplan").runs[0].font.size = Pt(22)
    word.add_paragraph("Planen gjelder for alle ansatte ved skolen i to år.")
    word.add_paragraph().add_run("Hva vil vi?").bold = True
    word.add_paragraph("Elevene skal oppleve ro i timene.")
    word.add_paragraph().add_run("Alle skal hilse på alle.").bold = True
    word.add_paragraph("Det gjelder også vikarer.")

    document = read(word)

    assert document.title == "Utviklingsplan"
    assert [found.text for found in document.blocks if found.level] == ["Utviklingsplan", "Hva vil vi?"]
    assert block(document, "vikarer").section == ("Hva vil vi?",)


def test_a_bold_line_in_a_table_is_no_heading() -> None:
    word = docx.Document()
    word.add_heading("Tiltak", 1)
    table = word.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Tiltak", "Ansvar"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.cell(1, 0).text = "Skolevandring"
    table.cell(1, 1).text = "Rektor"

    rows = [found for found in read(word).blocks if found.kind is BlockKind.TABLE_ROW]

    assert [[(cell.column, cell.text) for cell in row.cells or ()] for row in rows] == [
        [("Tiltak", "Skolevandring"), ("Ansvar", "Rektor")]
    ]
    assert rows[0].text == "Skolevandring | Rektor"
    assert rows[0].section == ("Tiltak",)


def numbered(word: Word) -> None:
    """Give the document numbered headings, as Word writes them: the numbers stand in numbering.xml only."""
    numbering = word.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1", "%1.%2", "%1.%2.%3"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {NAMES} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NAMES} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level in (1, 2, 3):
        properties = word.styles[f"Heading {level}"].element.get_or_add_pPr()
        properties.insert(0, parse_xml(f'<w:numPr {NAMES}><w:numId w:val="90"/></w:numPr>'))


def test_automatic_numbers_stand_before_headings() -> None:
    word = docx.Document()
    numbered(word)
    for text, level in (
        ("Innledning", 1),
        ("Tiltak", 1),
        ("Skolevandring", 2),
        ("Veiledning", 2),
        ("Vedlegg", 1),
    ):
        word.add_heading(text, level)
        word.add_paragraph("Tekst under overskriften.")

    headings = [found.text for found in read(word).blocks if found.level]

    assert headings == ["1 Innledning", "2 Tiltak", "2.1 Skolevandring", "2.2 Veiledning", "3 Vedlegg"]


def test_lists_by_style_and_by_typed_signs_are_list_items() -> None:
    word = docx.Document()
    word.add_paragraph("Vi gjer dette:")
    word.add_paragraph("helse i døra", style="List Bullet")
    word.add_paragraph("• rydde pulten")
    word.add_paragraph("- gå roleg ut")
    word.add_paragraph("a) takke for timen")

    assert shown(read(word)) == [
        ("paragraph", "Vi gjer dette:"),
        ("list_item", "helse i døra"),
        ("list_item", "rydde pulten"),
        ("list_item", "gå roleg ut"),
        ("list_item", "a) takke for timen"),
    ]


def test_merged_cells_stand_once_and_reach_down() -> None:
    word = docx.Document()
    table = word.add_table(4, 3)
    for cell, text in zip(table.rows[0].cells, ("Område", "Tiltak", "Ansvar"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Læringsmiljø"
    table.cell(1, 1).text = "Skolevandring to ganger i året"
    table.cell(1, 2).text = "Rektor"
    table.cell(2, 1).text = "Kollegaveiledning hver måned"
    table.cell(2, 2).text = "Teamleder"
    table.cell(3, 0).text = "Vurdering"
    table.cell(3, 1).merge(table.cell(3, 2)).text = "Felles for alle trinn"

    rows = [found for found in read(word).blocks if found.cells]

    assert [[(cell.column, cell.text) for cell in row.cells or ()] for row in rows] == [
        [("Område", "Læringsmiljø"), ("Tiltak", "Skolevandring to ganger i året"), ("Ansvar", "Rektor")],
        [("Område", "Læringsmiljø"), ("Tiltak", "Kollegaveiledning hver måned"), ("Ansvar", "Teamleder")],
        [("Område", "Vurdering"), ("Tiltak / Ansvar", "Felles for alle trinn")],
    ]


def test_a_line_across_a_table_is_the_section_of_the_rows_below() -> None:
    word = docx.Document()
    table = word.add_table(4, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Tiltak", "Ansvar"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Nyutdanna lærarar"
    table.cell(2, 0).text, table.cell(2, 1).text = "Rettleiing kvar veke", "Mentor"
    table.cell(3, 0).text, table.cell(3, 1).text = "Samtale i januar", "Rektor"

    rows = [found for found in read(word).blocks if found.cells]

    assert [row.section for row in rows] == [(), ("Nyutdanna lærarar",), ("Nyutdanna lærarar",)]


@pytest.mark.parametrize(
    ("first", "second", "is_head"),
    [
        (("Kva", "Korleis"), ("Når", "Veke 41"), True),
        (("Hva", "Hvordan"), ("Når", "Uke 41"), True),
        (("Rektor", "Vigdis Tonstrøm"), ("Inspektør", "Jon Leirmo"), False),
        (("Kontor", "77 00 10 20"), ("SFO", "77 00 10 24"), False),
    ],
)
def test_a_label_table_has_no_head(first: tuple[str, str], second: tuple[str, str], is_head: bool) -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for row, texts in enumerate((first, second)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text

    rows = [found for found in read(word).blocks if found.cells]

    assert len(rows) == (1 if is_head else 2)
    assert [cell.column for cell in rows[0].cells or ()] == (list(first) if is_head else [None, None])


def test_a_bold_first_row_of_values_is_no_head() -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Elevar", "94"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.cell(1, 0).text, table.cell(1, 1).text = "Lærarårsverk", "9,8"

    rows = [found for found in read(word).blocks if found.cells]

    assert [cell.column for row in rows for cell in row.cells or ()] == [None] * 4


def test_a_table_of_one_cell_is_running_text() -> None:
    word = docx.Document()
    cell = word.add_table(1, 1).cell(0, 0)
    cell.text = "Rektor har ansvaret."
    cell.add_paragraph("Planen vurderes i juni.")

    assert shown(read(word)) == [
        ("paragraph", "Rektor har ansvaret."),
        ("paragraph", "Planen vurderes i juni."),
    ]


def test_a_table_within_a_table_is_read_once() -> None:
    word = docx.Document()
    outer = word.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Tiltak", "Når"
    outer.cell(1, 0).text = "Skolevandring"
    outer.cell(1, 1).text = "Se under"
    inner = outer.cell(1, 1).add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Tid", "Hvem"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "Uke 40", "Rektor"

    texts = [found.text for found in read(word).blocks]

    assert texts == ["Skolevandring | Se under", "Uke 40 | Rektor"]


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Rektor ")._p
    paragraph.append(
        parse_xml(f'<w:ins {NAMES} w:id="1" w:author="x"><w:r><w:t>og inspektør </w:t></w:r></w:ins>')
    )
    paragraph.append(parse_xml(f'<w:del {NAMES} w:id="2"><w:r><w:delText>aldri </w:delText></w:r></w:del>'))
    paragraph.append(parse_xml(f"<w:r {NAMES}><w:t>vitjar klassane.</w:t></w:r>"))

    assert shown(read(word)) == [("paragraph", "Rektor og inspektør vitjar klassane.")]


def test_content_controls_links_and_soft_hyphens_are_text() -> None:
    word = docx.Document()
    word.add_paragraph("Sko\u00adle\u00adleiinga ")._p.append(
        parse_xml(f"<w:sdt {NAMES}><w:sdtContent><w:r><w:t>møtest</w:t></w:r></w:sdtContent></w:sdt>")
    )
    word.paragraphs[0]._p.append(
        parse_xml(f"<w:hyperlink {NAMES}><w:r><w:t> kvar veke.</w:t></w:r></w:hyperlink>")
    )

    assert shown(read(word)) == [("paragraph", "Skoleleiinga møtest kvar veke.")]


def test_text_boxes_are_read_once() -> None:
    word = docx.Document()
    word.add_paragraph("Før ramma.")
    inner = "<w:txbxContent><w:p><w:r><w:t>Visjon: alle skal fram.</w:t></w:r></w:p></w:txbxContent>"
    word.add_paragraph()._p.append(
        parse_xml(
            f"<w:r {NAMES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
            f"{inner}"
            f"</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox>"
            "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    word.add_paragraph("Etter ramma.")

    assert [text for _, text in shown(read(word))] == [
        "Før ramma.",
        "Visjon: alle skal fram.",
        "Etter ramma.",
    ]


def test_hidden_runs_are_set_apart() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Rektor leder møtet.")
    paragraph.add_run(" Skolevandring hver uke.").font.hidden = True
    white = word.add_paragraph("Planen gjelder.")
    white.add_run(" Kvit tekst om skolevandring.").font.color.rgb = RGBColor(255, 255, 255)
    tiny = word.add_paragraph("Slutt på planen.")
    tiny.add_run(" Ørliten tekst om rettleiing.").font.size = Pt(1)

    document = read(word)

    hidden = [found.text for found in document.blocks if Mark.HIDDEN in found.marks]
    assert hidden == [
        "Skolevandring hver uke.",
        "Kvit tekst om skolevandring.",
        "Ørliten tekst om rettleiing.",
    ]
    assert [found.text for found in document.blocks if not found.marks] == [
        "Rektor leder møtet.",
        "Planen gjelder.",
        "Slutt på planen.",
    ]


def test_white_letters_on_a_dark_cell_are_seen() -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Tiltak", "Ansvar"), strict=True):
        cell.paragraphs[0].add_run(text).font.color.rgb = RGBColor(255, 255, 255)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {NAMES} w:val="clear" w:fill="1F3864"/>'))
    table.cell(1, 0).text, table.cell(1, 1).text = "Skolevandring", "Rektor"

    document = read(word)

    assert [cell.column for cell in document.blocks[0].cells or ()] == ["Tiltak", "Ansvar"]


def test_comments_are_notes_and_footnotes_follow_their_paragraph() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Leiinga vitjar alle klassar.")
    word.add_comment(paragraph.runs, text="Stemmer dette?", author="Lærar")

    document = read(word)

    assert [(found.kind, found.text, found.marks) for found in document.blocks] == [
        (BlockKind.PARAGRAPH, "Leiinga vitjar alle klassar.", ()),
        (BlockKind.NOTE, "Stemmer dette?", (Mark.COMMENT,)),
    ]


def test_a_highlighted_instruction_is_marked_and_a_highlighted_practice_is_not() -> None:
    word = docx.Document()
    for text in ("[Sett inn navn på rektor]", "Rektor er i alle klasser hver høst."):
        word.add_paragraph().add_run(text).font.highlight_color = WD_COLOR_INDEX.YELLOW
    word.add_paragraph("Sosiallærer ").add_run("[namn]").font.highlight_color = WD_COLOR_INDEX.YELLOW

    document = read(word)

    assert [(found.text, found.marks) for found in document.blocks] == [
        ("[Sett inn navn på rektor]", (Mark.INSTRUCTION,)),
        ("Rektor er i alle klasser hver høst.", ()),
        ("Sosiallærer [namn]", ()),
    ]


def test_a_contents_list_is_furniture_with_its_heading() -> None:
    word = docx.Document()
    word.add_heading("Innhald", 1)
    word.add_paragraph("1 Om skulen .................. 3")
    word.add_paragraph("2 Skulevandring .............. 4")
    word.add_heading("1 Om skulen", 1)
    word.add_paragraph("Skulen har 94 elevar.")

    document = read(word)

    assert shown(document) == [("heading", "1 Om skulen"), ("paragraph", "Skulen har 94 elevar.")]
    assert [piece.kind for piece in document.furniture] == [FurnitureKind.CONTENTS] * 3


def test_a_contents_field_is_furniture() -> None:
    word = docx.Document()
    field = "<w:fldChar w:fldCharType='{}'/>"
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:p {NAMES}><w:r>{field.format('begin')}</w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>"
            f"<w:r>{field.format('separate')}</w:r><w:r><w:t>Skolevandring</w:t><w:tab/><w:t>4</w:t></w:r></w:p>"
        ),
    )
    word.element.body.insert(
        1,
        parse_xml(
            f"<w:p {NAMES}><w:r><w:t>Veiledning</w:t><w:tab/><w:t>5</w:t></w:r>"
            f"<w:r>{field.format('end')}</w:r></w:p>"
        ),
    )
    word.add_paragraph("Rektor er i alle klasser.")

    assert shown(read(word)) == [("paragraph", "Rektor er i alle klasser.")]


def test_a_field_that_is_never_closed_swallows_nothing() -> None:
    word = docx.Document()
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:p {NAMES}><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
            "<w:r><w:instrText>TOC</w:instrText></w:r></w:p>"
        ),
    )
    word.add_paragraph("Rektor er i alle klasser hver høst.")

    assert shown(read(word)) == [("paragraph", "Rektor er i alle klasser hver høst.")]


def test_headers_and_footers_are_furniture() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Lomtjønna skole"
    word.sections[0].footer.paragraphs[0].text = "UTKAST"
    word.add_paragraph("Planen gjelder.")

    document = read(word)

    assert [(piece.kind, piece.text) for piece in document.furniture] == [
        (FurnitureKind.FOOTER, "UTKAST"),
        (FurnitureKind.HEADER, "Lomtjønna skole"),
    ]


def test_lines_with_labels_in_one_paragraph_are_blocks_of_their_own() -> None:
    word = docx.Document()
    word.add_paragraph("Ansvar: rektor\nFrist: juni, og\nså hvert år")

    assert [text for _, text in shown(read(word))] == ["Ansvar: rektor", "Frist: juni, og så hvert år"]


def test_a_dangling_relation_and_a_macro_document_are_read() -> None:
    word = docx.Document()
    word.add_paragraph("Rektor leder kriseteamet.")
    data = with_part(
        saved(word),
        "word/_rels/document.xml.rels",
        lambda text: text.replace("theme/theme1.xml", "theme/finnes-ikke.xml"),
    )
    data = with_part(
        data,
        "[Content_Types].xml",
        lambda text: re.sub(
            r"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main\+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            text,
        ),
    )

    document = extract(data, path="plan.docm")

    assert (document.status, document.format) == (ReadStatus.READ, "docx")
    assert shown(document) == [("paragraph", "Rektor leder kriseteamet.")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    word = docx.Document()
    first = word.add_paragraph("Rektor har ")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {NAMES}><w:del w:id="5"/></w:rPr>'))
    word.add_paragraph("ansvaret.")

    assert shown(read(word)) == [("paragraph", "Rektor har ansvaret.")]


def test_the_same_document_gives_the_same_blocks_twice() -> None:
    word = docx.Document()
    word.add_heading("Plan", 1)
    word.add_paragraph("Tekst i planen.")
    data = saved(word)

    assert extract(data, path="a.docx") == extract(data, path="a.docx")


def test_a_contents_list_without_dots_is_furniture_and_a_list_of_numbers_is_not() -> None:
    word = docx.Document()
    word.add_paragraph().add_run("Innhald").bold = True
    for name, number in (("Føremål", 3), ("Ansvar", 4), ("Evaluering", 6)):
        word.add_paragraph(f"{name}\t{number}")
    word.add_paragraph().add_run("Føremål").bold = True
    word.add_paragraph("Planen gjeld for alle tilsette på skulen.")
    for name, number in (("Klasse 8a", 24), ("Klasse 8b", 23), ("Klasse 8c", 25)):
        word.add_paragraph(f"{name}\t{number}")

    document = read(word)

    assert [piece.text for piece in document.furniture] == [
        "Innhald",
        "Føremål 3",
        "Ansvar 4",
        "Evaluering 6",
    ]
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == ["Føremål"]
    assert "Klasse 8b 23" in [block.text for block in document.blocks]
