"""Collects the blocks of a document and keeps track of the headings that they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from checker.extract.faults import ReadFault
from checker.extract.limits import DEFAULT_LIMITS, Limits
from checker.extract.lines import folded, folded_lines
from checker.extract.tables import GridRow, TableRow, table_rows
from checker.model import Block, BlockKind, Cell, Furniture, FurnitureKind, Mark, Problem


class Composer:
    """Takes what a reader finds, in reading order, and gives blocks and furniture."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._blocks: list[Block] = []
        self._furniture: list[Furniture] = []
        self._seen: set[Furniture] = set()
        self._headings: list[tuple[int, str]] = []
        self._tables = 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    @property
    def last_block(self) -> Block | None:
        """The block added last."""
        return self._blocks[-1] if self._blocks else None

    @property
    def furniture(self) -> tuple[Furniture, ...]:
        """The furniture so far."""
        return tuple(self._furniture)

    @property
    def level(self) -> int:
        """The level of the heading that the next block stands under; 0 where there is none."""
        return self._headings[-1][0] if self._headings else 0

    def heading(
        self,
        text: str,
        level: int,
        *,
        page: int | None = None,
        rendered_page: int | None = None,
        sheet: str | None = None,
        marks: Iterable[Mark] = (),
    ) -> None:
        """Add a heading; what follows stands under it."""
        text = folded(text)
        if not text:
            return
        level = min(9, max(1, level))
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._put(
            Block(
                BlockKind.HEADING,
                text,
                section=self._section(),
                level=level,
                page=page,
                rendered_page=rendered_page,
                sheet=sheet,
                marks=tuple(marks),
            )
        )
        self._headings.append((level, text))

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        page: int | None = None,
        rendered_page: int | None = None,
        sheet: str | None = None,
        marks: Iterable[Mark] = (),
    ) -> None:
        """Add a block that is neither heading nor table row; a text without letters or digits is left out."""
        text = folded(text) if text else ""
        if any(letter.isalnum() for letter in text):
            self._put(
                Block(
                    kind,
                    text,
                    section=self._section(),
                    page=page,
                    rendered_page=rendered_page,
                    sheet=sheet,
                    marks=tuple(marks),
                )
            )

    def table(
        self,
        rows: Sequence[GridRow],
        *,
        page: int | None = None,
        rendered_page: int | None = None,
        sheet: str | None = None,
        marks: Iterable[Mark] = (),
    ) -> list[TableRow]:
        """Add the rows of a table and give them back."""
        found = table_rows(rows)
        self._tables += bool(found)
        for row in found:
            cells = tuple(Cell(cell.column, folded_lines(cell.text)) for cell in row.cells)
            if not any(cell.text for cell in cells):
                continue
            self._put(
                Block(
                    BlockKind.TABLE_ROW,
                    " | ".join(cell.text for cell in cells),
                    section=self._section() + ((row.band,) if row.band else ()),
                    cells=cells,
                    page=page,
                    rendered_page=rendered_page,
                    sheet=sheet,
                    cell_ref=row.ref,
                    table=self._tables,
                    marks=tuple(marks) or ((Mark.HIDDEN,) if row.is_hidden else ()),
                )
            )
        return found

    def furnish(self, kind: FurnitureKind, text: str, *, page: int | None = None) -> None:
        """Add a header, footer, page number or contents line, once."""
        text = folded(text)
        piece = Furniture(kind, text, page)
        if text and (kind is FurnitureKind.CONTENTS or piece not in self._seen):
            self._seen.add(piece)
            self._furniture.append(piece)

    def end_sections(self) -> None:
        """Let what follows stand under no heading."""
        self._headings = []

    def drop_last_heading(self) -> str | None:
        """Take the last block away if it is a heading, and give its text."""
        if not self._blocks or self._blocks[-1].kind is not BlockKind.HEADING:
            return None
        block = self._blocks.pop()
        if self._headings and self._headings[-1][1] == block.text:
            self._headings.pop()
        return block.text

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Within the block, headings hold for what is added there only."""
        kept = list(self._headings)
        yield
        self._headings = kept

    def _section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)

    def _put(self, block: Block) -> None:
        if len(self._blocks) >= self._limits.blocks:
            raise ReadFault(Problem.TOO_LARGE, "extract.too_many_blocks", limit=self._limits.blocks)
        self._blocks.append(block)
