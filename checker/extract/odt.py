"""Reads ODT by a walk over its content: headings, lists, tables, notes, comments, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.extract.compose import Composer
from checker.extract.faults import ReadFault
from checker.extract.flow import Frame, Item, Paragraph, Table, compose_flow
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.lines import folded, is_program_title, style_is, style_level
from checker.extract.odtstyles import OFFICE, STYLE, TEXT, OdtStyles
from checker.extract.package import Element, open_package
from checker.extract.tables import GridCell, GridRow
from checker.model import Document, FurnitureKind, Problem, ReadStatus

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_MAX_REPEAT = 60
_SKIPPED = frozenset(
    {
        TEXT + "tracked-changes",
        TEXT + "sequence-decls",
        OFFICE + "forms",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        TEXT + "index-title-template",
        TEXT + "table-of-content-source",
    }
)


@dataclass(slots=True)
class _Inline:
    """What was read of one paragraph."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[tuple[Item, ...]] = field(default_factory=list)


def read_odt(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that an OpenDocument text is.

    Raises:
        ReadFault: it can't be read.
    """
    package = open_package(data, limits)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None:
        raise ReadFault(Problem.ENCRYPTED, "extract.encrypted")
    content = package.xml("content.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or body is None:
        raise ReadFault(Problem.DAMAGED, "extract.damaged")
    styles_root = package.xml("styles.xml")
    walker = _Walker(OdtStyles(content, styles_root))
    composer = Composer(limits)
    title = compose_flow(walker.items(body), composer)
    for region, kind in (("header", FurnitureKind.HEADER), ("footer", FurnitureKind.FOOTER)):
        for part in () if styles_root is None else styles_root.iter(STYLE + region):
            for paragraph in part.iter(TEXT + "p"):
                is_number = next(paragraph.iter(TEXT + "page-number"), None) is not None
                text = folded("".join(paragraph.itertext()))
                letters = sum(letter.isalpha() for letter in text)
                composer.furnish(FurnitureKind.PAGE_NUMBER if is_number and letters <= 6 else kind, text)
    meta = package.xml("meta.xml")
    own_title = folded(meta.findtext(f".//{_TITLE}") or "") if meta is not None else ""
    return Document(
        path=path,
        format="odt",
        status=ReadStatus.READ,
        title=title or (own_title if own_title and not is_program_title(own_title) else None),
        blocks=composer.blocks,
        furniture=composer.furniture,
    )


class _Walker:
    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles

    def items(self, parent: Element, *, in_contents: bool = False) -> list[Item]:
        """Give what stands in a body, a section, a cell or a text box."""
        found: list[Item] = []
        for element in parent.iterchildren("*"):
            if element.tag in _SKIPPED:
                continue
            if element.tag in {TEXT + "p", TEXT + "h"}:
                found.append(self._paragraph(element, in_contents=in_contents))
            elif element.tag == TEXT + "list":
                found.extend(self._list(element, 0, None))
            elif element.tag == _TABLE + "table":
                found.extend(self._table(element))
            elif element.tag == _DRAW + "frame":
                found.extend(Frame(box) for box in self._boxes(element))
            elif element.tag in {TEXT + "table-of-content", TEXT + "alphabetical-index"}:
                found.extend(self.items(element, in_contents=True))
            elif element.tag != TEXT + "section" or element.get(TEXT + "display") != "none":
                found.extend(self.items(element, in_contents=in_contents))
        return found

    def _paragraph(
        self, element: Element, *, label: str = "", is_list: bool = False, in_contents: bool = False
    ) -> Paragraph:
        style = element.get(TEXT + "style-name") or ""
        names = self._styles.names(style)
        inline = _Inline()
        self._inline(element, style, inline)
        level: int | None = None
        if element.tag == TEXT + "h":
            outline = element.get(TEXT + "outline-level") or "1"
            level = int(outline) if outline.isdigit() else 1
            if label == "" and element.get(TEXT + "is-list-header") != "true":
                label = self._styles.outline_label(level)
        else:
            level = next((found for name in names if (found := style_level(name))), None)
        letters = [(text, self._styles.look(name)) for text, name in inline.pieces if text.strip()]
        own = names[:2]
        return Paragraph(
            text="".join(text for text, _ in inline.pieces),
            label=label,
            level=level,
            is_title=any(style_is(name, "title_styles") for name in own),
            is_subtitle=any(style_is(name, "subtitle_styles") for name in own),
            is_list=level is None and (is_list or any(style_is(name, "list_styles") for name in own)),
            is_caption=any(style_is(name, "caption_styles") for name in own),
            is_contents=in_contents or any(style_is(name, "contents_styles") for name in own),
            is_bold=bool(letters) and all(look.is_bold for _, look in letters),
            size=max(letters, key=lambda piece: len(piece[0]))[1].size if letters else None,
            hidden="".join(inline.hidden),
            footnotes=tuple(inline.footnotes),
            comments=tuple(inline.comments),
            boxes=tuple(inline.boxes),
        )

    def _inline(self, parent: Element, style: str, found: _Inline) -> None:
        self._show(parent.text, style, found)
        for element in parent.iterchildren("*"):
            tag = element.tag
            if tag == TEXT + "s":
                count = element.get(TEXT + "c") or "1"
                self._show(" " * min(100, int(count) if count.isdigit() else 1), style, found)
            elif tag == TEXT + "tab":
                found.pieces.append(("\t", style))
            elif tag == TEXT + "line-break":
                found.pieces.append(("\n", style))
            elif tag == TEXT + "note":
                note = element.find(TEXT + "note-body")
                found.footnotes.append("" if note is None else _flat_text(note))
            elif tag == OFFICE + "annotation":
                found.comments.append(" ".join(_flat_text(part) for part in element.iter(TEXT + "p")))
            elif tag == _DRAW + "frame":
                found.boxes.extend(self._boxes(element))
            elif tag.startswith(_DRAW):
                lines = tuple(self._paragraph(part) for part in element.iterchildren(TEXT + "p"))
                found.boxes.extend([lines] if lines else [])
            elif tag in {TEXT + "hidden-text", TEXT + "hidden-paragraph"}:
                found.hidden.append("".join(element.itertext()))
            elif tag not in _SKIPPED:
                own = element.get(TEXT + "style-name") if tag in {TEXT + "span", TEXT + "a"} else None
                self._inline(element, own or style, found)
            self._show(element.tail, style, found)

    def _show(self, text: str | None, style: str, found: _Inline) -> None:
        if not text:
            return
        text = " ".join(text.split("\n")) if "\n" in text else text
        if self._styles.look(style).is_hidden:
            found.hidden.append(text)
        else:
            found.pieces.append((text, style))

    def _boxes(self, frame: Element) -> Iterator[tuple[Item, ...]]:
        for box in frame.iterchildren(_DRAW + "text-box"):
            yield tuple(self.items(box))

    def _list(self, element: Element, depth: int, style: str | None) -> Iterator[Item]:
        style = element.get(TEXT + "style-name") or style
        is_going_on = element.get(TEXT + "continue-numbering") == "true" or bool(
            element.get(TEXT + "continue-list")
        )
        if depth == 0 and not is_going_on:
            self._styles.restart(style)
        for item in element.iterchildren(TEXT + "list-item", TEXT + "list-header"):
            is_first = item.tag == TEXT + "list-item"
            for part in item.iterchildren("*"):
                if part.tag == TEXT + "list":
                    yield from self._list(part, depth + 1, style)
                elif part.tag in {TEXT + "p", TEXT + "h"}:
                    label = self._styles.list_label(style, depth) if is_first else ""
                    yield self._paragraph(part, label=label, is_list=is_first)
                    is_first = False

    def _table(self, table: Element) -> list[Item]:
        rows: list[GridRow] = []
        contents: list[list[Item]] = []
        for row, is_head in _rows(table, is_head=False):
            cells: list[GridCell] = []
            for cell in row.iterchildren(_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                repeated = min(_count(cell, "number-columns-repeated"), _MAX_REPEAT)
                if cell.tag == _TABLE + "covered-table-cell":
                    continue
                items = self.items(cell)
                contents.append(items)
                cells.extend([self._cell(cell, items)] * repeated)
            rows.append(GridRow(tuple(cells), is_head=is_head))
        if all(len(row.cells) <= 1 for row in rows):
            return [Frame(tuple(items)) for items in contents]
        after: list[Item] = []
        for item in (item for items in contents for item in items):
            if not isinstance(item, Paragraph):
                after.append(item)
            elif item.footnotes or item.comments or item.boxes or item.hidden:
                after.append(
                    Paragraph(
                        "",
                        hidden=item.hidden,
                        footnotes=item.footnotes,
                        comments=item.comments,
                        boxes=item.boxes,
                    )
                )
        return [Table(tuple(rows), tuple(after))]

    def _cell(self, cell: Element, items: list[Item]) -> GridCell:
        paragraphs = [item for item in items if isinstance(item, Paragraph) and item.text.strip()]
        return GridCell(
            "\n".join(item.full_text for item in paragraphs),
            columns=min(_count(cell, "number-columns-spanned"), _MAX_REPEAT),
            rows=min(_count(cell, "number-rows-spanned"), 2000),
            is_bold=bool(paragraphs) and all(item.is_bold for item in paragraphs),
            is_shaded=self._styles.is_shaded_cell(cell.get(_TABLE + "style-name") or ""),
        )


def _rows(parent: Element, *, is_head: bool) -> Iterator[tuple[Element, bool]]:
    for element in parent.iterchildren("*"):
        if element.tag == _TABLE + "table-row":
            yield element, is_head
        elif element.tag in {
            _TABLE + "table-header-rows",
            _TABLE + "table-rows",
            _TABLE + "table-row-group",
        }:
            yield from _rows(element, is_head=is_head or element.tag.endswith("header-rows"))


def _count(element: Element, name: str) -> int:
    text = element.get(_TABLE + name) or "1"
    return max(1, int(text)) if text.isdigit() and len(text) < 9 else 1


def _flat_text(element: Element) -> str:
    return folded(
        " ".join("".join(part.itertext()) for part in element.iter(TEXT + "p")) or "".join(element.itertext())
    )
