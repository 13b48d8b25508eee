"""What is read of a DOCX beside its text: boxes, hidden text, comments, notes, contents lists, headers."""

from __future__ import annotations

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from docx_maker import NAMES, read, shown

from checker.model import BlockKind, FurnitureKind, Mark


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
