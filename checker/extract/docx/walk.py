"""Walks over the body of a DOCX and gives its paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.extract.docx.names import COMPATIBILITY, WORD, child, children, is_on, number, value
from checker.extract.docx.numbering import Numbering
from checker.extract.docx.styles import ParagraphStyle, Styles, is_coloured
from checker.extract.docx.text import Inline, InlineReader
from checker.extract.flow import Frame, Item, Paragraph, Table, reads_as_instruction
from checker.extract.lines import is_contents_entry
from checker.extract.package import Element
from checker.extract.tables import GridCell, GridRow

_TABLE = WORD + "tbl"
_BLOCKS = frozenset({WORD + "p", _TABLE})
_NO_BLOCKS = frozenset(WORD + name for name in ("del", "moveFrom", "sectPr", "tcPr", "sdtPr"))
_FLOWING_PARAGRAPHS = 4
_LONG_ENTRY = 200


class Walker:
    """Reads body, cells, text boxes and notes of one document; numbers and fields run on through it.

    Args:
        notes: texts of footnotes, endnotes and comments, by ``(part, id)``.
        diagrams: lines of the diagrams, by the relation id of their data.
        has_page_marks: the last program that laid the document out left its page breaks in it.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        notes: dict[tuple[str, str], str],
        diagrams: dict[str, tuple[str, ...]],
        *,
        has_page_marks: bool,
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._diagrams = diagrams
        self._inline = InlineReader(styles)
        self._page = 1
        self._has_page_marks = has_page_marks

    def items(self, parent: Element, *, is_plain_ground: bool = True) -> list[Item]:
        """Give what stands in a body, a cell or a text box."""
        found: list[Item] = []
        held: Paragraph | None = None
        for element in _block_elements(parent):
            if element.tag == _TABLE:
                found.extend(self._table(element))
                continue
            properties = children(child(element, "pPr"))
            paragraph = self._paragraph(element, properties, is_plain_ground)
            if held is not None:
                paragraph = _joined(held, paragraph)
                held = None
            if child(properties.get(WORD + "rPr"), "del") is not None:
                held = paragraph
                continue
            found.append(paragraph)
        if held is not None:
            found.append(held)
        return found

    def _paragraph(
        self, element: Element, properties: Mapping[str, Element], is_plain_ground: bool
    ) -> Paragraph:
        style = self._styles.paragraph(value(properties.get(WORD + "pStyle")))
        inline = self._inline.read(element, properties, is_plain_ground=is_plain_ground)
        self._page += inline.page_breaks
        text = inline.text
        has_text = bool(text.strip())
        label, is_item = self._label(properties, style) if has_text or inline.seen else ("", False)
        level = style.level
        outline = number(value(properties.get(WORD + "outlineLvl")))
        if outline is not None and 0 <= outline < 9 and not style.is_contents:
            level = outline + 1
        is_highlighted = has_text and inline.share("is_highlighted") == 1.0
        return Paragraph(
            text=text,
            label=label,
            level=level,
            is_title=style.is_title,
            is_subtitle=style.is_subtitle,
            is_list=level is None and (is_item or (style.is_list and not label)),
            is_caption=style.is_caption,
            is_contents=self._is_contents(inline, text, style, properties),
            is_instruction=inline.is_placeholder or (is_highlighted and reads_as_instruction(text)),
            is_bold=inline.share("is_bold") > 0.95,
            size=inline.size,
            hidden="".join(inline.hidden),
            footnotes=tuple(self._notes.get(note, "") for note in inline.footnotes),
            comments=tuple(self._notes.get(("comments", comment), "") for comment in inline.comments),
            boxes=tuple(self._boxes(inline)),
            rendered_page=self._page if self._has_page_marks else None,
        )

    def _label(self, properties: Mapping[str, Element], style: ParagraphStyle) -> tuple[str, bool]:
        """Give a paragraph's automatic number, and whether it is an item of a list."""
        own = properties.get(WORD + "numPr")
        num_id = value(child(own, "numId")) or style.numbering
        if num_id is None or num_id == "0":
            return "", False
        level = number(value(child(own, "ilvl")))
        if level is None:
            level = self._numbering.level_of_style(num_id, style.id) if own is None else None
        if level is None:
            level = style.list_level or 0
        label = self._numbering.next_label(num_id, level)
        return (label.text, True) if label else ("", False)

    def _is_contents(
        self, inline: Inline, text: str, style: ParagraphStyle, properties: Mapping[str, Element]
    ) -> bool:
        if style.is_contents:
            return True
        text = text.strip()
        ends_with_number = text[-1:].isdigit()
        if inline.in_contents and text:
            if style.level is None and len(text) <= _LONG_ENTRY and (ends_with_number or "\t" in text):
                return True
            if not ends_with_number:
                self._inline.close_contents()
        if not ends_with_number or "\t" not in text:
            return False
        leaders = (tab for element in properties.values() for tab in element.iter(WORD + "tab"))
        return any(value(tab, "leader") in {"dot", "middleDot"} for tab in leaders)

    def _boxes(self, inline: Inline) -> Iterator[tuple[Item, ...]]:
        for box in inline.boxes:
            yield tuple(self.items(box, is_plain_ground=False))
        for diagram in inline.diagrams:
            lines = self._diagrams.get(diagram, ())
            yield tuple(Paragraph(line, is_list=True) for line in lines)

    def _table(self, table: Element) -> list[Item]:
        properties = child(table, "tblPr")
        style = value(child(properties, "tblStyle"))
        has_ground = self._styles.has_ground(style)
        marks_first = _uses_first_row(child(properties, "tblLook")) and self._styles.marks_first_row(style)
        rows: list[GridRow] = []
        contents: list[list[list[Item]]] = []
        for row in _rows(table):
            if child(row, "trPr", "del") is not None:
                continue
            cells: list[GridCell] = []
            contents.append([])
            is_first = not rows
            for cell in _cells(row):
                grid_cell, items = self._cell(cell, has_ground, marks_first and is_first)
                cells.append(grid_cell)
                contents[-1].append(items)
            skipped = number(value(child(row, "trPr", "gridBefore"))) or 0
            is_head = is_on(child(row, "trPr", "tblHeader"))
            rows.append(GridRow(tuple(cells), max(0, min(skipped, 60)), is_head))
        if _flows(contents):
            return [Frame(tuple(items)) for row in contents for items in row]
        after = tuple(_attached(item) for row in contents for items in row for item in _flat(items))
        nested = tuple(
            item for row in contents for items in row for item in items if not isinstance(item, Paragraph)
        )
        page = self._page if self._has_page_marks else None
        return [Table(tuple(rows), tuple(item for item in after if item is not None) + nested, page)]

    def _cell(self, cell: Element, has_ground: bool, is_marked: bool) -> tuple[GridCell, list[Item]]:
        properties = children(child(cell, "tcPr"))
        is_shaded = is_coloured(properties.get(WORD + "shd"))
        items = self.items(cell, is_plain_ground=not (is_shaded or has_ground))
        paragraphs = [item for item in items if isinstance(item, Paragraph) and item.text.strip()]
        merge = properties.get(WORD + "vMerge")
        return (
            GridCell(
                text="\n".join(item.full_text for item in paragraphs),
                columns=max(1, min(number(value(properties.get(WORD + "gridSpan"))) or 1, 60)),
                continues=merge is not None and value(merge) != "restart",
                is_bold=is_marked or (bool(paragraphs) and all(item.is_bold for item in paragraphs)),
                is_shaded=is_shaded or is_marked,
            ),
            items,
        )


def _block_elements(parent: Element) -> Iterator[Element]:
    """Give the paragraphs and tables below ``parent``, looking through content controls and the like."""
    for element in parent.iterchildren("*"):
        tag = element.tag
        if tag in _BLOCKS:
            yield element
        elif tag == COMPATIBILITY + "AlternateContent":
            chosen = element.find(COMPATIBILITY + "Choice")
            if chosen is not None:
                yield from _block_elements(chosen)
        elif tag in _NO_BLOCKS:
            continue
        else:
            yield from _block_elements(element)


def _rows(table: Element) -> Iterator[Element]:
    for element in table.iterchildren("*"):
        if element.tag == WORD + "tr":
            yield element
        elif element.tag not in {WORD + "tblPr", WORD + "tblGrid", WORD + "del"}:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row.iterchildren("*"):
        if element.tag == WORD + "tc":
            yield element
        elif element.tag not in {WORD + "trPr", WORD + "tblPrEx", WORD + "del"}:
            yield from _cells(element)


def _uses_first_row(look: Element | None) -> bool:
    """Whether a table lets its style set the first row apart."""
    flag = value(look, "firstRow")
    if flag is not None:
        return flag in {"1", "true", "on"}
    bits = value(look) or ""
    try:
        return bool(int(bits, 16) & 0x0020)
    except ValueError:
        return False


def _flows(contents: list[list[list[Item]]]) -> bool:
    """Whether a table is only there for the layout: a box, or columns of running text."""
    filled = [[items for items in row if _texts(items)] for row in contents]
    if all(len(row) <= 1 for row in contents):
        return True
    if any(_mixes_headings(items) for row in filled for items in row):
        return True
    return len(contents) == 1 and any(len(_texts(items)) >= _FLOWING_PARAGRAPHS for items in filled[0])


def _texts(items: list[Item]) -> list[Paragraph]:
    return [item for item in items if isinstance(item, Paragraph) and item.text.strip()]


def _mixes_headings(items: list[Item]) -> bool:
    """Whether a cell holds a heading with text below it."""
    texts = _texts(items)
    return len(texts) > 1 and any(item.level is not None for item in texts[:-1])


def _flat(items: list[Item]) -> Iterator[Paragraph]:
    for item in items:
        if isinstance(item, Paragraph):
            yield item


def _attached(item: Paragraph) -> Paragraph | None:
    """Give a paragraph without text that carries what hangs on ``item``; None where nothing does."""
    if not (item.hidden or item.footnotes or item.comments or item.boxes):
        return None
    return Paragraph(
        "", hidden=item.hidden, footnotes=item.footnotes, comments=item.comments, boxes=item.boxes
    )


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """Give two paragraphs whose dividing mark was deleted as one."""
    if not first.text.strip() or is_contents_entry(first.text):
        base, text = second, second.text
    else:
        base, text = first, first.text + second.text
    return Paragraph(
        text=text,
        label=base.label,
        level=base.level,
        is_title=base.is_title,
        is_subtitle=base.is_subtitle,
        is_list=base.is_list,
        is_caption=base.is_caption,
        is_contents=base.is_contents,
        is_instruction=first.is_instruction and second.is_instruction,
        is_bold=first.is_bold and second.is_bold
        if first.text.strip() and second.text.strip()
        else base.is_bold,
        size=base.size,
        hidden=first.hidden + second.hidden,
        footnotes=first.footnotes + second.footnotes,
        comments=first.comments + second.comments,
        boxes=first.boxes + second.boxes,
        rendered_page=base.rendered_page,
    )
