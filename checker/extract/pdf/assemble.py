"""Makes blocks and furniture of the pages that were read, looking at the document as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checker.extract.lines import folded, list_text
from checker.extract.pdf.columns import Obstacle, Region, regions_of
from checker.extract.pdf.footnotes import Footnote, footnotes_of, without_mark, without_references
from checker.extract.pdf.furniture import PageLines, contents_lines, running_lines
from checker.extract.pdf.headings import (
    LARGER,
    Type,
    body_type,
    is_heading,
    levels_of,
    subtitles_of,
    title_of,
)
from checker.extract.pdf.hyphens import Vocabulary, finished, joined, vocabulary_of
from checker.extract.pdf.lines import Line, merged, rows_of
from checker.extract.pdf.outer import with_outer_names
from checker.extract.pdf.pages import PageRead
from checker.extract.pdf.paragraphs import Paragraph, goes_on, leadings_of, paragraphs_of
from checker.extract.pdf.ruled import Grid
from checker.extract.pdf.sections import Sections, side_boxes
from checker.extract.pdf.sheet import Entry, Rect
from checker.extract.pdf.tables import RoughTable, TableRun, finished_rows, rough_table
from checker.extract.pdf.tables import goes_on as table_goes_on
from checker.extract.pdf.unruled import aligned_tables
from checker.extract.pdf.words import Words
from checker.model import Block, BlockKind, Box, Cell, Furniture, FurnitureKind, Mark

_LEAST_BODY_LETTERS = 200
_TABLE_EDGE = 0.2
_NEXT_LINE = 1.6


@dataclass(frozen=True, slots=True)
class Assembly:
    """What the pages hold together."""

    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    title: str | None


@dataclass(slots=True)
class _Piece:
    """A part of the document in reading order: a paragraph, a table, a note, or text at an angle."""

    page: int
    paragraph: Paragraph | None = None
    table: TableRun | None = None
    entry: Entry | None = None
    note: Footnote | None = None
    text: str = ""
    rect: Rect = (0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class _Page:
    """A page once furniture and footnotes are set apart."""

    read: PageRead
    lines: list[Line]
    notes: list[Footnote]
    regions: list[Region] = field(default_factory=list)
    tables: list[RoughTable] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.read.sheet.number


def _whole_lines(pieces: Sequence[Line]) -> list[Line]:
    """Give lines right across the page, for what is looked for at its edges."""
    return [merged(row) for row in rows_of(pieces)]


def _pieces_of(line: Line) -> list[Line]:
    return line.pieces or [line]


def _body(pages: Sequence[PageRead]) -> Type:
    lines = [line for page in pages for line in page.pieces]
    if sum(line.letters for line in lines) < _LEAST_BODY_LETTERS:
        lines += [line for page in pages for grid in page.grids for cell in grid.cells for line in cell.lines]
    return body_type(lines)


def _all_texts(pages: Sequence[PageRead]) -> Iterator[str]:
    for page in pages:
        yield from (line.text for line in page.pieces)
        yield from (line.text for grid in page.grids for cell in grid.cells for line in cell.lines)


def _running_grids(pages: Sequence[PageRead]) -> dict[int, FurnitureKind]:
    """Give the drawn tables (by ``id``) that are a running head or foot: the same text on half the pages."""
    found: dict[str, list[tuple[int, Grid, FurnitureKind]]] = defaultdict(list)
    for page in pages:
        height = page.sheet.height
        for grid in page.grids:
            _, top, _, bottom = grid.rect
            if bottom <= _TABLE_EDGE * height or top >= (1 - _TABLE_EDGE) * height:
                text = "".join("0" if char.isdigit() else char for char in _grid_text(grid))
                kind = FurnitureKind.HEADER if top < height / 2 else FurnitureKind.FOOTER
                found[text].append((page.sheet.number, grid, kind))
    return {
        id(grid): kind
        for same in found.values()
        if len({number for number, _, _ in same}) >= max(2, len(pages) / 2)
        for _, grid, kind in same
    }


def _grid_text(grid: Grid) -> str:
    cells = sorted(grid.cells, key=lambda cell: (cell.rows, cell.columns))
    return " | ".join(
        folded(" ".join([line.text for line in cell.lines] + cell.extra)) for cell in cells if cell.length
    )


class _Furniture:
    """Collects what is set apart."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._found: list[tuple[int, float, Furniture]] = []

    def add(self, kind: FurnitureKind, text: str, page: int, height: float) -> None:
        text = finished(text, self._vocabulary)
        if text:
            self._found.append((page, height, Furniture(kind, text, page)))

    def all(self) -> tuple[Furniture, ...]:
        return tuple(entry for _, _, entry in sorted(self._found, key=lambda found: found[:2]))


def _set_apart(pages: Sequence[PageRead], body: Type, words: Words, furniture: _Furniture) -> list[_Page]:
    """Take furniture and footnotes out of the pages' lines."""
    wholes = [PageLines(page.sheet.number, page.sheet.height, _whole_lines(page.pieces)) for page in pages]
    running = running_lines(wholes, body.size, words)
    contents = contents_lines(wholes)
    grids = _running_grids(pages)
    found = []
    for page, whole in zip(pages, wholes, strict=True):
        gone: set[int] = set()
        for line in whole.lines:
            kind = FurnitureKind.CONTENTS if id(line) in contents else running.get(id(line))
            if kind is not None:
                furniture.add(kind, line.text, whole.number, line.base)
                gone.update(id(piece) for piece in _pieces_of(line))
        for grid in page.grids:
            if id(grid) in grids:
                furniture.add(grids[id(grid)], _grid_text(grid), whole.number, grid.rect[1])
        page.grids = [grid for grid in page.grids if id(grid) not in grids]
        for turned in page.sheet.turned:
            if turned.askew:
                furniture.add(FurnitureKind.HEADER, turned.text, whole.number, turned.rect[1])
        rest = [line for line in whole.lines if not gone & {id(piece) for piece in _pieces_of(line)}]
        notes = footnotes_of(rest, whole.height, body.size)
        gone.update(id(piece) for note in notes for line in note.lines for piece in _pieces_of(line))
        lines = [piece for piece in page.pieces if id(piece) not in gone]
        found.append(_Page(page, lines, notes))
    return found


def _lay_out(page: _Page, vocabulary: Vocabulary) -> None:
    """Find the page's tables and the order in which its text is read."""
    grids, names = with_outer_names(page.read.grids, page.lines)
    page.tables = [rough_table(grid, page.number, vocabulary) for grid in grids]
    held = set(names)
    free = [line for line in page.lines if id(line) not in held]
    for table, pieces in aligned_tables(free, page.number, vocabulary):
        page.tables.append(table)
        held |= pieces
    items: list[Line | Obstacle] = [line for line in page.lines if id(line) not in held]
    items += [Obstacle(*table.rect, index) for index, table in enumerate(page.tables) if table.rows]
    notes = [entry for entry in page.read.sheet.entries if not entry.is_comment]
    items += [Obstacle(*entry.rect, len(page.tables) + index) for index, entry in enumerate(notes)]
    page.regions = regions_of(items)


def _pieces_on(page: _Page, leadings: Mapping[float, float]) -> Iterator[_Piece]:
    """Give the page's parts in reading order, notes and hidden text last."""
    free = [entry for entry in page.read.sheet.entries if not entry.is_comment]
    for region in page.regions:
        if region.obstacle is None:
            yield from (
                _Piece(page.number, paragraph=one) for one in paragraphs_of(region, page.number, leadings)
            )
        elif region.obstacle.index < len(page.tables):
            yield _Piece(page.number, table=TableRun([page.tables[region.obstacle.index]]))
        else:
            yield _Piece(page.number, entry=free[region.obstacle.index - len(page.tables)])
    for turned in page.read.sheet.turned:
        if not turned.askew:
            yield _Piece(page.number, text=turned.text, rect=turned.rect)
    yield from (_Piece(page.number, note=note) for note in page.notes)
    if page.read.hidden:
        x1 = max(line.x1 for line in page.read.hidden)
        region = Region(page.read.hidden, 0.0, x1)
        yield from (
            _Piece(page.number, paragraph=one) for one in paragraphs_of(region, page.number, leadings)
        )
    yield from (_Piece(page.number, entry=entry) for entry in page.read.sheet.entries if entry.is_comment)


def _is_flow(piece: _Piece) -> bool:
    """Whether the part belongs to the running text, and not to what stands beside or below it."""
    return piece.table is not None or (piece.paragraph is not None and not piece.paragraph.first.hidden)


def _joined_over_breaks(pieces: Iterator[_Piece], body: Type) -> list[_Piece]:
    """Give the parts with paragraphs and tables joined that go on in the next column or on the next page."""
    found: list[_Piece] = []
    last: _Piece | None = None
    for piece in pieces:
        if not _is_flow(piece):
            found.append(piece)
            continue
        if last is not None and last.table and piece.table:
            if table_goes_on(last.table.parts[-1], piece.table.parts[0]):
                last.table.parts.extend(piece.table.parts)
                continue
        elif (
            last is not None
            and last.paragraph
            and piece.paragraph
            and _is_rest(last.paragraph, piece.paragraph, body)
        ):
            last.paragraph.lines.extend(piece.paragraph.lines)
            last.paragraph.right = piece.paragraph.right
            continue
        found.append(piece)
        last = piece
    return found


def _is_rest(before: Paragraph, after: Paragraph, body: Type) -> bool:
    """Whether a column or page ends between two paragraphs that are one; a heading never goes on over a page.

    Or a paragraph right across the page ends in a short line, which stands over the left one of two columns.
    """
    is_page_break = before.lines[-1][0] != after.page
    if is_page_break and before.last.size >= LARGER * body.size:
        return False
    distance = after.first.base - before.last.base
    is_next_line = (
        distance <= _NEXT_LINE * after.first.size
        and abs(after.first.x0 - before.last.x0) <= 2
        and after.first.text.lstrip()[:1].islower()
    )
    return (is_page_break or distance < 0 or is_next_line) and goes_on(before, after)


class _Writer:
    """Gives blocks with section, page and boxes."""

    def __init__(self, pages: Sequence[_Page], vocabulary: Vocabulary, words: Words) -> None:
        self._sheets = {page.number: page.read.sheet for page in pages}
        self._vocabulary = vocabulary
        self._words = words
        self._sections = Sections(
            {
                page.number: side_boxes(page.read.sheet.frames, page.lines, page.read.sheet.width)
                for page in pages
            }
        )
        self._tables = 0
        self._marks_of_notes = frozenset(note.mark for page in pages for note in page.notes)
        self.blocks: list[Block] = []

    def _boxes(self, lines: Sequence[tuple[int, Rect]]) -> tuple[Box, ...]:
        return tuple(self._sheets[page].box(rect) for page, rect in lines)

    def _add(
        self,
        kind: BlockKind,
        text: str,
        lines: Sequence[tuple[int, Rect]],
        *,
        page: int,
        level: int | None = None,
        marks: tuple[Mark, ...] = (),
        cells: tuple[Cell, ...] | None = None,
        table: int | None = None,
        band: str | None = None,
    ) -> None:
        if lines:
            self._sections.move_to(*lines[0])
        if level is not None:
            self._sections.begin(level, text, *lines[0])
        headings = self._sections.headings
        section = headings[:-1] if level is not None else headings + ((band,) if band else ())
        self.blocks.append(
            Block(
                kind,
                text,
                section=section,
                page=page,
                boxes=self._boxes(lines),
                level=level,
                cells=cells,
                marks=marks,
                table=table,
            )
        )

    def heading(self, paragraph: Paragraph, level: int) -> str:
        """Add a heading and give its text."""
        text = self._text_of(paragraph)
        self._add(BlockKind.HEADING, text, _places(paragraph), page=paragraph.page, level=level)
        return text

    def _text_of(self, paragraph: Paragraph) -> str:
        lines = [without_references(line.text, self._marks_of_notes) for _, line in paragraph.lines]
        return finished(joined(lines, self._vocabulary), self._vocabulary)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Add a paragraph, list item or caption; a text without letters or digits is left out."""
        text = self._text_of(paragraph)
        kind = BlockKind.PARAGRAPH
        if paragraph.is_item:
            kind, text = BlockKind.LIST_ITEM, list_text(text) or text
        elif self._words.caption.match(text) and len(text) < 200:
            kind = BlockKind.CAPTION
        if not any(char.isalnum() for char in text):
            return
        marks: tuple[Mark, ...] = (Mark.HIDDEN,) if paragraph.first.hidden else ()
        marks += (Mark.FORM_FIELD,) if any(line.form for _, line in paragraph.lines) else ()
        self._add(kind, text, _places(paragraph), page=paragraph.page, marks=marks)

    def table(self, run: TableRun) -> None:
        """Add a table's rows."""
        rows = finished_rows(run, self._vocabulary)
        rows = [row for row in rows if any(cell.text for cell in row.cells)]
        self._tables += bool(rows)
        for row in rows:
            self._add(
                BlockKind.TABLE_ROW,
                " | ".join(cell.text for cell in row.cells),
                [(page, rect) for page, rects in row.places for rect in rects],
                page=row.places[0][0],
                marks=(Mark.FORM_FIELD,) if row.form else (),
                cells=row.cells,
                table=self._tables,
                band=row.band,
            )

    def other(self, piece: _Piece) -> None:
        """Add a footnote, a note on the page, or text that stands on its side."""
        if piece.note is not None:
            lines = piece.note.lines
            text = joined([without_mark(lines[0].text), *(line.text for line in lines[1:])], self._vocabulary)
            text = finished(text, self._vocabulary)
            places = [(piece.page, line.rect) for line in lines]
            self._add(BlockKind.FOOTNOTE, text, places, page=piece.page)
        elif piece.entry is not None:
            kind = BlockKind.NOTE if piece.entry.is_comment else BlockKind.PARAGRAPH
            mark = Mark.COMMENT if piece.entry.is_comment else Mark.FORM_FIELD
            self._add(
                kind,
                folded(piece.entry.text),
                [(piece.page, piece.entry.rect)],
                page=piece.page,
                marks=(mark,),
            )
        elif piece.text:
            self._add(BlockKind.PARAGRAPH, folded(piece.text), [(piece.page, piece.rect)], page=piece.page)


def _places(paragraph: Paragraph) -> list[tuple[int, Rect]]:
    return [(page, line.rect) for page, line in paragraph.lines]


def _headings_among(pieces: Sequence[_Piece], body: Type) -> tuple[list[Paragraph], list[Paragraph]]:
    """Give all paragraphs of the running text, and those of them that are headings."""
    paragraphs = [piece.paragraph for piece in pieces if piece.paragraph is not None and _is_flow(piece)]
    following: list[Paragraph | None] = [*paragraphs[1:], None] if paragraphs else []
    headings = [
        paragraph
        for paragraph, after in zip(paragraphs, following, strict=True)
        if not (paragraph.is_item and paragraph.first.size < 1.12 * body.size and not paragraph.first.bold)
        and is_heading(paragraph, after, body)
    ]
    return paragraphs, headings


def assemble(reads: Sequence[PageRead], words: Words) -> Assembly:
    """Give the document's blocks, furniture and title."""
    body = _body(reads)
    vocabulary = vocabulary_of(_all_texts(reads), words)
    furniture = _Furniture(vocabulary)
    pages = _set_apart(reads, body, words, furniture)
    for page in pages:
        _lay_out(page, vocabulary)
    leadings = leadings_of(region for page in pages for region in page.regions)
    pieces = _joined_over_breaks((piece for page in pages for piece in _pieces_on(page, leadings)), body)
    paragraphs, headings = _headings_among(pieces, body)
    title = title_of(headings, body)
    below_title = subtitles_of(paragraphs, headings, title)
    headings = [heading for heading in headings if id(heading) not in below_title]
    levels = levels_of(headings, title)
    writer = _Writer(pages, vocabulary, words)
    title_text: str | None = None
    for piece in pieces:
        if piece.table is not None:
            writer.table(piece.table)
        elif piece.paragraph is None:
            writer.other(piece)
        elif id(piece.paragraph) in levels:
            text = writer.heading(piece.paragraph, levels[id(piece.paragraph)])
            if title_text is None or piece.paragraph is title:
                title_text = text if piece.page == 1 or piece.paragraph is title else title_text
        else:
            writer.paragraph(piece.paragraph)
    return Assembly(tuple(writer.blocks), furniture.all(), title_text)
