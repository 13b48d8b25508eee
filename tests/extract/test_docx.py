"""What is read of the text of a DOCX: all that a reader sees, each thing once, and under its heading."""

from __future__ import annotations

import re

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.shared import Pt
from docx_maker import NAMES, block, read, saved, shown, with_part

from checker.extract import extract
from checker.model import BlockKind, ReadStatus


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


def test_a_bold_line_with_a_typed_number_is_a_heading_and_bold_numbered_items_are_not() -> None:
    word = docx.Document()
    for number, text in (("1. Innledning", "Planen gjelder alle."), ("2. Tiltak", "Rektor leder arbeidet.")):
        word.add_paragraph().add_run(number).bold = True
        word.add_paragraph(text)
    for item in ("1. Rektor", "2. Inspektør", "3. Kontaktlærer"):
        word.add_paragraph().add_run(item).bold = True

    kinds = {block.text: block.kind for block in read(word).blocks}

    assert kinds["1. Innledning"] is kinds["2. Tiltak"] is BlockKind.HEADING
    assert kinds["1. Rektor"] is kinds["2. Inspektør"] is BlockKind.LIST_ITEM
