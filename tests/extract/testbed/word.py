"""Makes DOCX files as schools set them, with python-docx and its XML."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from testbed.content import Truth, content, sentences_of, softened
from testbed.layouts import Layout
from testbed.parts import columns_of, groups_of, note_rows, sections_of, tell

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = (
    f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="4200000" cy="500000"/>'
    '<wp:docPr id="{id}" name="Box {id}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4200000" cy="500000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inner}'
    "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
NUMBERING = (
    '<w:abstractNum {w} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%1"/>'
    '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
)


def word_file(layout: Layout, form: str, truth: Truth) -> bytes:
    """Give the DOCX of a layout; what ``style`` may hold is read in ``_Writer``."""
    return _Writer(layout, form, truth).write()


class _Writer:
    def __init__(self, layout: Layout, form: str, truth: Truth) -> None:
        self.layout, self.form, self.truth = layout, form, truth
        self.said = content(form)
        self.style: dict[str, Any] = layout.style
        self.word = docx.Document()
        self.notes: list[str] = []
        self.chapter = 0

    def write(self) -> bytes:
        self._set_type()
        for part in self.layout.parts:
            self._part(part)
        self._set_page(self.word.sections[-1])
        if self.style.get("quality"):
            self._quality()
        if self.style.get("footer"):
            self._footer()
        if self.notes:
            self._add_notes()
        stream = io.BytesIO()
        self.word.save(stream)
        return stream.getvalue()

    def _part(self, part: str) -> None:
        name, _, times = part.partition(" x")
        for section in sections_of(part, self.form):
            self._section(section)
        if part == "title":
            self.word.add_heading(self.said["title"], level=1)
            self.truth.headings.append(self.said["title"])
        elif name in {"wheel", "matrix", "plain"}:
            self._table(name, int(times or 1))
        elif part == "merged":
            self._merged()
        elif part == "labels":
            self._labels()
        elif part in {
            "labelled",
            "foreign",
            "footnotes",
            "boxes",
            "controls",
            "inserts",
            "comments",
            "contents",
        }:
            getattr(self, f"_{part}")()

    # how the page and the letters are set

    def _set_type(self) -> None:
        normal = self.word.styles["Normal"]
        font = self.style.get("font", "Liberation Sans")
        normal.font.name = font
        normal.font.size = Pt(self.style.get("size", 11))
        self.word.styles["Title"].font.name = font
        if "leading" in self.style:
            normal.paragraph_format.line_spacing = self.style["leading"]
        if self.style.get("headings") == "automatic":
            numbering = self.word.part.numbering_part.element
            numbering.insert(0, parse_xml(NUMBERING.format(w=W)))
            numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
            own = self.word.styles["Heading 2"].element.get_or_add_pPr()
            own.append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))

    def _set_page(self, section: Any) -> None:
        width, height = self.style.get("paper", (21.0, 29.7))
        if self.style.get("landscape"):
            section.orientation = WD_ORIENT.LANDSCAPE
            width, height = height, width
        section.page_width, section.page_height = Cm(width), Cm(height)
        margin = Cm(2.0 if width > 12 else 1.2)
        section.left_margin = section.right_margin = margin
        section.top_margin = section.bottom_margin = Cm(2.2 if width > 12 else 1.2)
        if "columns" in self.style:
            columns = section._sectPr.find(qn("w:cols"))
            if columns is None:
                columns = OxmlElement("w:cols")
                section._sectPr.append(columns)
            columns.set(qn("w:num"), str(self.style["columns"]))
            columns.set(qn("w:space"), "500")

    def _room(self) -> float:
        """Give the width of a column of text in centimetres."""
        width, height = self.style.get("paper", (21.0, 29.7))
        room = (height if self.style.get("landscape") else width) - 4.2
        count = self.style.get("columns", 1)
        return (room - 0.9 * (count - 1)) / count

    def _soft(self, text: str) -> str:
        return softened(text) if self.style.get("soft") else text

    def _paragraph(self, text: str, style: str | None = None) -> Any:
        paragraph = self.word.add_paragraph(self._soft(text), style=style)
        if self.style.get("justify"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if self.style.get("indent") and style is None:
            paragraph.paragraph_format.first_line_indent = Cm(0.6)
            paragraph.paragraph_format.space_after = Pt(0)
        return paragraph

    # running text

    def _heading(self, text: str) -> str:
        self.chapter += 1
        kind = self.style.get("headings", "style")
        if kind in {"style", "automatic"}:
            self.word.add_heading(text, level=2)
            return f"{self.chapter} {text}" if kind == "automatic" else text
        if kind == "typed":
            text = f"{self.chapter}. {text}"
            self.word.add_heading(text, level=2)
            return text
        if kind == "capitals":
            text = text.upper()
        run = self.word.add_paragraph().add_run(text)
        run.bold = kind in {"bold", "colour", "capitals", "underlined"}
        run.underline = kind == "underlined"
        if kind == "size":
            run.font.size = Pt(16)
        if kind == "colour":
            run.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
        return text

    def _section(self, section: dict[str, Any]) -> None:
        tell(self.truth, section, self._heading(section["heading"]))
        for text in section["paragraphs"]:
            self._paragraph(text)
        for text in section["items"]:
            self._paragraph(text, "List Bullet")

    def _labelled(self) -> None:
        for label, text in self.said["labelled"]:
            paragraph = self.word.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(text)
            self.truth.sentences.append(f"{label}: {text}")

    def _foreign(self) -> None:
        for text in self.said["foreign"]:
            self._paragraph(text)
            self.truth.sentences += sentences_of(text)

    def _contents(self) -> None:
        self.word.add_paragraph().add_run(self.said["contents_title"]).bold = True
        for number, section in enumerate(self.said["sections"], 1):
            paragraph = self.word.add_paragraph()
            leader = WD_TAB_LEADER.DOTS if self.style["contents"] == "dots" else WD_TAB_LEADER.SPACES
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, leader)
            name = section["heading"]
            name = f"{number}. {name}" if self.style.get("headings") == "typed" else name
            paragraph.add_run(f"{name}\t{number + 2}")
            self.truth.never.append(f"{name} {number + 2}")
        self.word.add_page_break()

    # tables

    def _grid(self, rows: int, columns: int) -> Any:
        lines = self.style.get("lines", "grid")
        table = self.word.add_table(rows, columns)
        width = self._room() / columns
        for column in table.columns:
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        if lines == "grid":
            table.style = "Table Grid"
        elif lines == "across":
            edges = "".join(
                f'<w:{edge} w:val="single" w:sz="4" w:color="000000"/>'
                for edge in ("top", "bottom", "insideH")
            )
            table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {W}>{edges}</w:tblBorders>"))
        return table

    def _fill(self, row: Any, texts: list[str], *, bold: bool = False, shade: str = "") -> None:
        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(self._soft(text))
            run.bold = bold
            if shade:
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="{shade}"/>'))

    def _table(self, kind: str, times: int) -> None:
        names, rows = columns_of(kind, self.form, times)
        lines = self.style.get("lines", "grid")
        if lines in {"none", "stripes"}:
            self.truth.unruled += [tuple(row) for row in rows]
        else:
            note_rows(self.truth, names, rows)
        table = self._grid(len(rows) + 1, len(names))
        for index, row in enumerate([names, *rows]):
            striped = lines == "stripes" and index % 2 == 1
            self._fill(table.rows[index], row, bold=index == 0, shade="DDE6F0" if striped else "")
        if self.style.get("repeat_head"):
            table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
        self.word.add_paragraph()

    def _merged(self) -> None:
        names, groups = groups_of(self.form, self.truth)
        table = self._grid(1 + sum(len(rows) for _, rows in groups), len(names))
        self._fill(table.rows[0], names, bold=True)
        at = 1
        for first, rows in groups:
            for index, row in enumerate(rows):
                self._fill(table.rows[at + index], ["", *row])
            merged = table.cell(at, 0).merge(table.cell(at + len(rows) - 1, 0))
            merged.text = first
            at += len(rows)
        self.word.add_paragraph()

    def _labels(self) -> None:
        pairs = self.said["labels"]
        table = self._grid(len(pairs), 2)
        for row, (label, text) in zip(table.rows, pairs, strict=True):
            self._fill(row, [label, text])
            row.cells[0].paragraphs[0].runs[0].bold = True
            self.truth.rows.append(((None, label), (None, text)))
        self.word.add_paragraph()

    # what python-docx itself does not give

    def _footnotes(self) -> None:
        for text in self.said["footnotes"]:
            self.notes.append(text)
            self.truth.once.append(text)
            run = self.word.paragraphs[-1].add_run()
            run.font.superscript = True
            run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="{len(self.notes)}"/>'))

    def _add_notes(self) -> None:
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
            for number, text in enumerate(self.notes, 1)
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        data = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {W}>{notes}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), kind, data, self.word.part.package)
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _boxes(self) -> None:
        for number, text in enumerate(self.said["boxes"], 1):
            inner = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
            xml = BOX.replace("{id}", str(number)).replace("{inner}", inner)
            self.word.add_paragraph()._p.append(parse_xml(xml))
            self.truth.once.append(text)

    def _controls(self) -> None:
        for text in self.said["controls"]:
            xml = f"<w:sdt {W}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            self.word.element.body.insert(-1, parse_xml(xml))
            self.truth.once.append(text)

    def _inserts(self) -> None:
        about = f'{W} w:id="9" w:author="a" w:date="2026-01-01T00:00:00Z"'
        for text in self.said["inserts"]:
            run = f"<w:r><w:t>{text}</w:t></w:r>"
            self.word.add_paragraph()._p.append(parse_xml(f"<w:ins {about}>{run}</w:ins>"))
            self.truth.once.append(text)
        for text in self.said["deletes"]:
            run = f"<w:r><w:delText>{text}</w:delText></w:r>"
            self.word.add_paragraph()._p.append(parse_xml(f"<w:del {about}>{run}</w:del>"))
            self.truth.never.append(text)

    def _comments(self) -> None:
        for text in self.said["footnotes"]:
            self.word.add_comment(self.word.paragraphs[-1].runs, text=text, author="a")
            self.truth.once.append(text)

    # what repeats on every page

    def _quality(self) -> None:
        header = self.word.sections[0].header
        table = header.add_table(len(self.said["quality"]), 4, Cm(17))
        table.style = "Table Grid"
        for row, texts in zip(table.rows, self.said["quality"], strict=True):
            self._fill(row, [str(text) for text in texts])
            self.truth.never += [str(text) for text in texts]

    def _footer(self) -> None:
        page, of = self.said["page_words"]
        paragraph = self.word.sections[0].footer.paragraphs[0]
        for text, field in ((f"{page} ", "PAGE"), (f" {of} ", "NUMPAGES")):
            paragraph.add_run(text)
            xml = f'<w:fldSimple {W} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            paragraph._p.append(parse_xml(xml))
