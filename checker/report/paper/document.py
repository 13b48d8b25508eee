"""A Word document that is being written: styles, headings, table of contents, sections, page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from checker.report.paper.tables import Cell, CellStyles, table_element
from checker.report.words import clean
from checker.texts import Texts

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 9638, 14570
"""Width of the text on A4 with margins of 2 cm, in twentieths of a point."""

_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
_INK = RGBColor(0x1F, 0x3A, 0x52)
_GREY = RGBColor(0x4A, 0x55, 0x60)
_FONT = "Calibri"
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_CONTENTS_DEPTH = 2
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Paper:
    """A document that is being written, from its first line to its last.

    Args:
        texts: the language that it is written in.
        title: of the whole, for the file's properties and the head of each page.
        day: that it is as of; the file's date, so that the same report gives the same bytes.
    """

    def __init__(self, texts: Texts, *, title: str, subject: str, day: datetime) -> None:
        self._texts = texts
        self._document = docx.Document()
        self._headings: list[tuple[str, int, str]] = []
        self._contents: Any = None
        properties = self._document.core_properties
        properties.title, properties.subject, properties.author = title, clean(subject), "Skolesjekk"
        properties.comments, properties.keywords, properties.last_modified_by = "", "", "Skolesjekk"
        properties.created = properties.modified = day
        properties.language = _LANGUAGES[texts.language]
        self._set_styles()
        self._set_page(self._document.sections[0], landscape=False)
        self._set_head_and_foot(f"{title} · {clean(subject)}")

    def title(self, text: str) -> None:
        """Write the title."""
        self._document.add_paragraph(clean(text), style="Title")

    def subtitle(self, text: str) -> None:
        """Write a line below the title."""
        self._document.add_paragraph(clean(text), style="Subtitle")

    def heading(self, text: str, level: int) -> None:
        """Write a heading; the first two levels stand in the table of contents."""
        shown = clean(text)
        paragraph = self._document.add_heading(shown, level)
        if level <= _CONTENTS_DEPTH:
            mark = f"_Toc{len(self._headings) + 1:08d}"
            _bookmark(paragraph, mark, len(self._headings) + 1)
            self._headings.append((shown, level, mark))

    def paragraph(self, text: str, *, label: str = "", stays_with_next: bool = False) -> None:
        """Write a paragraph, after a label in bold where there is one."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = stays_with_next or None
        if label:
            paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(text))

    def bullets(self, lines: Iterable[str]) -> None:
        """Write a list."""
        for line in lines:
            self._document.add_paragraph(clean(line), style="List Bullet")

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Iterable[Sequence[Cell | str]],
        *,
        title: str,
    ) -> None:
        """Write a table and a little room below it."""
        element = table_element(heads, widths, rows, styles=self._cell_styles, title=title)
        last = self._document.element.body.sectPr
        last.addprevious(element)
        self._document.add_paragraph(style=self._room)

    def contents_here(self) -> None:
        """Say that the table of contents stands here; it is filled in at the end."""
        self._contents = self._document.add_paragraph()

    def turn(self, *, landscape: bool) -> None:
        """Begin a section with its own direction of the paper."""
        self._set_page(self._document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def new_page(self) -> None:
        """Begin a new page."""
        self._document.add_page_break()

    def content(self) -> bytes:
        """Give the bytes of the document."""
        if self._contents is not None:
            self._fill_contents()
        out = io.BytesIO()
        self._document.save(out)
        return _dated(out.getvalue())

    def _set_styles(self) -> None:
        styles = self._document.styles
        defaults = styles.element.find(qn("w:docDefaults"))
        for language in defaults.iter(qn("w:lang")):
            language.set(qn("w:val"), _LANGUAGES[self._texts.language])
        normal = styles["Normal"]
        _set_font(normal, 10.5)
        normal.paragraph_format.space_after = Pt(6)
        for name, size in (
            ("Title", 24),
            ("Subtitle", 12),
            ("Heading 1", 16),
            ("Heading 2", 13),
            ("Heading 3", 11),
        ):
            _set_font(styles[name], size, ink=_INK)
        for level in range(1, _CONTENTS_DEPTH + 1):
            style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            style.base_style = normal
            style.paragraph_format.left_indent = Pt(12 * (level - 1))
            style.paragraph_format.space_after = Pt(2)
        text = self._new_style("text", 9)
        head = self._new_style("head", 9, ink=RGBColor(0xFF, 0xFF, 0xFF))
        head.font.bold = True
        head.paragraph_format.keep_with_next = True
        place = self._new_style("place", 8, ink=_GREY)
        self._room = self._new_style("room", 6)
        self._cell_styles = CellStyles(text.style_id, head.style_id, place.style_id)

    def _new_style(self, name: str, size: float, *, ink: RGBColor | None = None) -> Any:
        style = self._document.styles.add_style(self._texts(f"paper.style.{name}"), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self._document.styles["Normal"]
        style.quick_style = True
        _set_font(style, size, ink=ink)
        style.paragraph_format.space_after = Pt(0)
        return style

    def _set_page(self, section: Any, *, landscape: bool) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width = Twips(_LONG if landscape else _SHORT)
        section.page_height = Twips(_SHORT if landscape else _LONG)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Twips(_MARGIN))

    def _set_head_and_foot(self, words: str) -> None:
        section = self._document.sections[0]
        head = section.header.paragraphs[0]
        head.text = words
        head.style = self._document.styles[self._texts("paper.style.place")]
        foot = section.footer.paragraphs[0]
        foot.style = head.style
        before, between, after = self._texts("paper.page", page="\0", pages="\0").split("\0")
        foot.add_run(before)
        _field(foot, "PAGE")
        foot.add_run(between)
        _field(foot, "NUMPAGES")
        foot.add_run(after)

    def _fill_contents(self) -> None:
        """Write the contents as a field: the headings at once, the page numbers when Word opens the file."""
        first = self._contents
        _field_begin(first, f'TOC \\o "1-{_CONTENTS_DEPTH}" \\h \\z \\u')
        place = first
        for number, (text, level, mark) in enumerate(self._headings):
            if number:
                paragraph = docx.text.paragraph.Paragraph(OxmlElement("w:p"), first._parent)
                place._p.addnext(paragraph._p)
                place = paragraph
            place.style = self._document.styles[f"toc {level}"]
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), mark)
            link.append(_run(text))
            place._p.append(link)
        place._p.append(_field_char("end"))


def _set_font(style: Any, size: float, *, ink: RGBColor | None = None) -> None:
    style.font.size = Pt(size)
    style.font.name = _FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), _FONT)
    if ink is not None:
        style.font.color.rgb = ink


def _run(text: str) -> Any:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run


def _field(paragraph: Any, code: str) -> None:
    _field_begin(paragraph, code)
    paragraph._p.append(_run("1"))
    paragraph._p.append(_field_char("end"))


def _field_begin(paragraph: Any, code: str) -> None:
    begin = _field_char("begin")
    begin[0].set(qn("w:dirty"), "true")
    instruction = OxmlElement("w:r")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {code} "
    instruction.append(words)
    for element in (begin, instruction, _field_char("separate")):
        paragraph._p.append(element)


def _field_char(kind: str) -> Any:
    run, char = OxmlElement("w:r"), OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    run.append(char)
    return run


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def _dated(data: bytes) -> bytes:
    """Give the package with one date for all its parts, so that the same report gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, before.read(name))
    return out.getvalue()
