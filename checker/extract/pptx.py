"""Reads PPTX: slides in order, with tables, groups, diagrams, speaker notes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.extract.compose import Composer
from checker.extract.faults import ReadFault
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.lines import could_be_heading, folded, list_text
from checker.extract.package import Element, Package, Relation, open_package
from checker.extract.properties import core_title
from checker.extract.tables import GridCell, GridRow
from checker.model import BlockKind, Document, FurnitureKind, Mark, Problem, ReadStatus

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = {"ftr": FurnitureKind.FOOTER, "hdr": FurnitureKind.HEADER, "dt": FurnitureKind.FOOTER}
_BIG = 2400
"""Size of a slide's heading, in hundredths of a point, where nothing says that it is one."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    is_item: bool
    size: int
    is_bold: bool


@dataclass(frozen=True, slots=True)
class _Slide:
    number: int
    marks: tuple[Mark, ...]
    relations: dict[str, Relation]
    package: Package


def read_pptx(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that a presentation is; a slide's title is a heading, its number the page.

    Raises:
        ReadFault: it can't be read.
    """
    package = open_package(data, limits)
    main = package.main_part("ppt/presentation.xml")
    root = package.xml(main)
    if root is None:
        raise ReadFault(Problem.DAMAGED, "extract.damaged")
    relations = package.relations(main)
    composer = Composer(limits)
    slides = [
        relations[entry.get(_R + "id")].target
        for entry in root.iterfind(f"{_P}sldIdLst/{_P}sldId")
        if entry.get(_R + "id") in relations
    ]
    title: str | None = None
    for number, name in enumerate(slides, start=1):
        heading = _read_slide(package, name, number, composer)
        title = heading if number == 1 else title
    return Document(
        path=path,
        format="pptx",
        status=ReadStatus.READ,
        pages=len(slides),
        title=title or core_title(package),
        blocks=composer.blocks,
        furniture=composer.furniture,
    )


def _read_slide(package: Package, name: str, number: int, composer: Composer) -> str | None:
    """Add one slide and give its title."""
    root = package.xml(name)
    composer.end_sections()
    tree = None if root is None else root.find(f"{_P}cSld/{_P}spTree")
    if root is None or tree is None:
        return None
    marks = (Mark.HIDDEN,) if root.get("show") in {"0", "false"} else ()
    slide = _Slide(number, marks, package.relations(name), package)
    shapes = list(_shapes(tree))
    title_shape = next((shape for shape in shapes if _placeholder(shape) in _TITLES and _lines(shape)), None)
    if title_shape is None:
        title_shape = next((shape for shape in shapes if _reads_as_title(shape)), None)
    title: str | None = None
    if title_shape is not None:
        title = folded(" ".join(line.text for line in _lines(title_shape)))
        composer.heading(title, 1, page=number, marks=marks)
    for shape in shapes:
        if shape is not title_shape:
            _add_shape(shape, slide, composer)
    _add_notes(slide, composer)
    return title


def _shapes(tree: Element) -> Iterator[Element]:
    """Give the shapes of a slide in order, those in groups among them."""
    for element in tree.iterchildren("*"):
        if element.tag == _P + "grpSp":
            yield from _shapes(element)
        elif element.tag == _MC + "AlternateContent":
            chosen = element.find(_MC + "Choice")
            fallback = element.find(_MC + "Fallback")
            branch = (
                chosen if chosen is not None and next(chosen.iter(_A + "t"), None) is not None else fallback
            )
            if branch is not None:
                yield from _shapes(branch)
        elif element.tag in {_P + "sp", _P + "graphicFrame", _P + "cxnSp"}:
            yield element


def _placeholder(shape: Element) -> str:
    """Give the kind of a placeholder; "" for free shapes."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return "" if found is None else str(found.get("type") or "body")


def _lines(shape: Element) -> list[_Line]:
    body = shape.find(_P + "txBody")
    return [] if body is None else list(_paragraphs(body, is_body=_placeholder(shape) == "body"))


def _paragraphs(body: Element, *, is_body: bool = False) -> Iterator[_Line]:
    """Give the lines of a text body; a line break that ends a sentence ends a line."""
    for paragraph in body.iterfind(_A + "p"):
        pieces = [
            "\n" if piece.tag == _A + "br" else (piece.findtext(_A + "t") or "")
            for piece in paragraph.iterchildren(_A + "r", _A + "br", _A + "fld")
        ]
        properties = paragraph.find(_A + "pPr")
        runs = [run for run in paragraph.iterfind(f"{_A}r/{_A}rPr") if run is not None]
        sizes = [int(run.get("sz")) for run in runs if (run.get("sz") or "").isdigit()]
        is_item = is_body
        if properties is not None:
            if properties.find(_A + "buNone") is not None:
                is_item = False
            elif properties.find(_A + "buChar") is not None or properties.find(_A + "buAutoNum") is not None:
                is_item = True
        is_bold = bool(runs) and all(run.get("b") in {"1", "true"} for run in runs)
        for line in "".join(pieces).split("\n"):
            if line.strip():
                yield _Line(line, is_item, max(sizes, default=0), is_bold)


def _reads_as_title(shape: Element) -> bool:
    """Whether a shape is one big or bold short line."""
    if _placeholder(shape) in {*_FURNITURE, "sldNum", "body"}:
        return False
    lines = _lines(shape)
    return (
        len(lines) == 1
        and not lines[0].is_item
        and could_be_heading(folded(lines[0].text))
        and (lines[0].size >= _BIG or lines[0].is_bold)
    )


def _add_shape(shape: Element, slide: _Slide, composer: Composer) -> None:
    kind = _placeholder(shape)
    if kind in _FURNITURE or kind == "sldNum":
        furniture = _FURNITURE.get(kind, FurnitureKind.PAGE_NUMBER)
        composer.furnish(furniture, " ".join(line.text for line in _lines(shape)), page=slide.number)
        return
    table = next(shape.iter(_A + "tbl"), None)
    if table is not None:
        composer.table(_rows(table), page=slide.number, marks=slide.marks)
        return
    diagram = next(shape.iter(_DIAGRAM), None)
    if diagram is not None:
        relation = slide.relations.get(diagram.get(_R + "dm") or "")
        root = slide.package.xml(relation.target) if relation else None
        for paragraph in () if root is None else root.iter(_A + "p"):
            text = "".join(piece.text or "" for piece in paragraph.iter(_A + "t"))
            composer.add(BlockKind.LIST_ITEM, text, page=slide.number, marks=slide.marks)
        return
    for line in _lines(shape):
        typed = list_text(folded(line.text))
        block = BlockKind.LIST_ITEM if line.is_item or typed is not None else BlockKind.PARAGRAPH
        composer.add(block, typed or line.text, page=slide.number, marks=slide.marks)


def _rows(table: Element) -> list[GridRow]:
    properties = table.find(_A + "tblPr")
    has_head = properties is not None and properties.get("firstRow") in {"1", "true"}
    rows: list[GridRow] = []
    for number, row in enumerate(table.iterfind(_A + "tr")):
        cells: list[GridCell] = []
        for cell in row.iterfind(_A + "tc"):
            if cell.get("hMerge") in {"1", "true"}:
                continue
            body = cell.find(_A + "txBody")
            lines = [] if body is None else list(_paragraphs(body))
            span = cell.get("gridSpan") or "1"
            cells.append(
                GridCell(
                    "\n".join(line.text for line in lines),
                    columns=max(1, min(60, int(span))) if span.isdigit() else 1,
                    continues=cell.get("vMerge") in {"1", "true"},
                    is_bold=(bool(lines) and all(line.is_bold for line in lines))
                    or (has_head and number == 0),
                )
            )
        rows.append(GridRow(tuple(cells)))
    return rows


def _add_notes(slide: _Slide, composer: Composer) -> None:
    """Add the speaker notes and the comments of a slide."""
    for relation in sorted(slide.relations.values(), key=lambda entry: (entry.kind, entry.target)):
        if relation.kind not in {"notesSlide", "comments"}:
            continue
        root = slide.package.xml(relation.target)
        if root is None:
            continue
        if relation.kind == "comments":
            for text in root.iter("{*}text", _A + "p"):
                line = "".join(text.itertext())
                composer.add(BlockKind.NOTE, line, page=slide.number, marks=(Mark.COMMENT,))
            continue
        for shape in root.iter(_P + "sp"):
            if _placeholder(shape) == "body":
                for note in _lines(shape):
                    composer.add(
                        BlockKind.NOTE, note.text, page=slide.number, marks=(Mark.SPEAKER_NOTE, *slide.marks)
                    )
