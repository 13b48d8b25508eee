"""Reads the text of a DOC (Word 97 to 2003) from its own structures, as [MS-DOC] describes them.

What is read: text by the piece table, fields' results, table rows and cells by the marks and the paragraph
properties, heading and list styles by name, bold and size, deleted and hidden text, footnotes, comments, text
boxes. What is not: automatic numbers, merged cells, headers and footers.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import olefile

from checker.extract.faults import ReadFault
from checker.extract.flow import Frame, Item, Paragraph, Table
from checker.extract.lines import style_is, style_key, style_level
from checker.extract.tables import GridCell, GridRow
from checker.model import Problem

_PAGE = 512
_CELL, _FIELD, _RESULT, _FIELD_END, _NOTE = "\x07", "\x13", "\x14", "\x15", "\x02"
_SHOWN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\t": "\t"}
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_ROW_END, _OUTLINE = 0x2417, 0x2640
_LIST, _IN_TABLE, _NESTING = 0x460B, 0x2416, 0x6649
_BOLD, _POINTS, _VANISHED, _DELETED = 0x0835, 0x4A43, 0x083C, 0x0800
_BODY_POINTS = 10.0


@dataclass(frozen=True, slots=True)
class _Runs:
    """Properties by place in the stream: each begins at ``starts[i]`` and ends before ``ends[i]``."""

    starts: list[int]
    ends: list[int]
    values: list[tuple[int, dict[int, int]]]

    def at(self, place: int) -> tuple[int, dict[int, int]]:
        """Give style and properties at a place."""
        index = bisect_right(self.starts, place) - 1
        return self.values[index] if index >= 0 and place < self.ends[index] else (0, {})


@dataclass(slots=True)
class _Line:
    """A paragraph as it is read."""

    pieces: list[tuple[str, bool, float]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notes: int = 0
    is_contents: bool = False


def read_word97(data: bytes) -> list[Item]:
    """Give the paragraphs and tables of a DOC.

    Raises:
        ReadFault: it is locked, older than Word 97, or damaged.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            main = bytes(container.openstream("WordDocument").read())
            flags = _u16(main, 0x0A)
            if flags & 0x0100:
                raise ReadFault(Problem.ENCRYPTED, "extract.encrypted")
            if _u16(main, 0x02) < 0x00C1:
                raise ReadFault(Problem.UNSUPPORTED, "extract.needs_libreoffice")
            name = "1Table" if flags & 0x0200 else "0Table"
            table = bytes(container.openstream(name).read())
        return _Reader(main, table).items()
    except (OSError, struct.error, ValueError, IndexError, TypeError, KeyError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error


class _Reader:
    def __init__(self, main: bytes, table: bytes) -> None:
        self._main = main
        self._table = table
        counts = struct.unpack_from("<7I", main, 0x4C)
        self._lengths = (counts[0], counts[1], counts[2], counts[4], counts[5], counts[6])
        self._text, self._places = self._decoded()
        self._paragraphs = self._properties(0x102, is_paragraph=True)
        self._characters = self._properties(0xFA, is_paragraph=False)
        self._styles = self._style_names()

    def items(self) -> list[Item]:
        """Give what stands in the body, then text boxes and comments."""
        body, notes, _, comments, endnotes, boxes = self._parts()
        texts = [*self._note_texts(notes), *self._note_texts(endnotes)]
        found = self._flow(body, texts)
        inner = self._flow(boxes, [])
        if any(isinstance(item, Paragraph) and item.text.strip() for item in inner):
            found.append(Frame(tuple(inner)))
        remarks = tuple(text for text in self._note_texts(comments, mark="\x05") if text)
        return [*found, Paragraph("", comments=remarks)] if remarks else found

    def _parts(self) -> list[range]:
        starts = [0]
        for length in self._lengths:
            starts.append(min(len(self._text), starts[-1] + length))
        return [range(start, end) for start, end in pairwise(starts)]

    def _decoded(self) -> tuple[str, list[tuple[int, int, int]]]:
        """Give all text, and ``(first character, place in the stream, bytes a character)`` of its pieces."""
        offset, length = struct.unpack_from("<2I", self._main, 0x01A2)
        clx = self._table[offset : offset + length]
        position = 0
        while clx[position] == 1:
            position += 3 + _u16(clx, position + 1)
        size = struct.unpack_from("<I", clx, position + 1)[0]
        plc = clx[position + 5 : position + 5 + size]
        count = (len(plc) - 4) // 12
        limits = struct.unpack_from(f"<{count + 1}I", plc)
        pieces: list[str] = []
        places: list[tuple[int, int, int]] = []
        for index in range(count):
            place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
            letters = limits[index + 1] - limits[index]
            is_narrow = bool(place & 0x40000000)
            place = (place & 0x3FFFFFFF) // 2 if is_narrow else place & 0x3FFFFFFF
            width = 1 if is_narrow else 2
            raw = self._main[place : place + letters * width]
            text = raw.decode("cp1252" if is_narrow else "utf-16-le", "replace")
            if not is_narrow and len(text) != letters:
                text = "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))
            pieces.append(text.ljust(letters, " ")[:letters])
            places.append((limits[index], place, width))
            if limits[index + 1] > len(self._main) or letters < 0:
                raise ValueError("piece table")
        return "".join(pieces), places

    def _properties(self, where: int, *, is_paragraph: bool) -> _Runs:
        """Give the properties of all paragraphs or all runs, from the formatted pages."""
        offset, length = struct.unpack_from("<2I", self._main, where)
        plc = self._table[offset : offset + length]
        count = (len(plc) - 4) // 8
        found: dict[int, tuple[int, tuple[int, dict[int, int]]]] = {}
        for page_number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count > 0 else ():
            page = self._main[(page_number & 0x3FFFFF) * _PAGE :][:_PAGE]
            if len(page) < _PAGE:
                continue
            runs = page[-1]
            limits = struct.unpack_from(f"<{runs + 1}I", page)
            step = 13 if is_paragraph else 1
            for index in range(runs):
                at = 2 * page[4 * (runs + 1) + step * index]
                found[limits[index]] = (limits[index + 1], _page_entry(page, at, is_paragraph=is_paragraph))
        starts = sorted(found)
        return _Runs(starts, [found[start][0] for start in starts], [found[start][1] for start in starts])

    def _style_names(self) -> list[str]:
        """Give the names of the styles by their number."""
        offset, length = struct.unpack_from("<2I", self._main, 0xA2)
        sheet = self._table[offset : offset + length]
        if len(sheet) < 6:
            return []
        head = _u16(sheet, 0)
        count, base = struct.unpack_from("<2H", sheet, 2)
        position = 2 + head
        names: list[str] = []
        for _ in range(count):
            if position + 2 > len(sheet):
                break
            size = _u16(sheet, position)
            entry = sheet[position + 2 : position + 2 + size]
            letters = _u16(entry, base) if len(entry) >= base + 2 else 0
            names.append(entry[base + 2 : base + 2 + 2 * letters].decode("utf-16-le", "replace"))
            position += 2 + size + size % 2
        return names

    def _place(self, index: int) -> int:
        """Give the place in the stream of a character."""
        piece = bisect_right(self._places, (index, 1 << 40, 0)) - 1
        first, place, width = self._places[piece]
        return place + (index - first) * width

    def _flow(self, span: range, notes: list[str]) -> list[Item]:
        found: list[Item] = []
        rows: list[GridRow] = []
        cells: list[GridCell] = []
        lines: list[Paragraph] = []
        waiting = iter(notes)
        for line, mark, place in self._lines(span):
            style, properties = self._paragraphs.at(place)
            paragraph = self._paragraph(line, style, properties, waiting)
            is_inside = mark == _CELL or properties.get(_IN_TABLE, 0) or properties.get(_NESTING, 0)
            if not is_inside:
                if rows:
                    found.append(Table(tuple(rows)))
                rows, cells, lines = [], [], []
                found.append(paragraph)
            elif mark != _CELL:
                lines.append(paragraph)
            elif properties.get(_ROW_END, 0):
                rows.append(GridRow(tuple(cells)))
                cells, lines = [], []
            else:
                cells.append(_cell([*lines, paragraph]))
                lines = []
        if cells:
            rows.append(GridRow(tuple(cells)))
        return [*found, Table(tuple(rows))] if rows else found

    def _paragraph(
        self, line: _Line, style: int, properties: dict[int, int], notes: Iterator[str]
    ) -> Paragraph:
        name = self._styles[style] if style < len(self._styles) else ""
        outline = properties.get(_OUTLINE, 9)
        level = style_level(name) or (outline + 1 if outline < 9 else None)
        text = "".join(piece for piece, _, _ in line.pieces)
        letters = [piece for piece in line.pieces if piece[0].strip()]
        is_list = bool(properties.get(_LIST)) or style_key(name).startswith("list")
        return Paragraph(
            text=text,
            level=level,
            is_title=style_is(name, "title_styles"),
            is_subtitle=style_is(name, "subtitle_styles"),
            is_list=level is None and (is_list or style_is(name, "list_styles")),
            is_caption=style_is(name, "caption_styles"),
            is_contents=bool(text.strip()) and (line.is_contents or style_is(name, "contents_styles")),
            is_bold=bool(letters) and all(is_bold for _, is_bold, _ in letters),
            size=max(letters, key=lambda piece: len(piece[0]))[2] if letters else None,
            hidden="".join(line.hidden),
            footnotes=tuple(next(notes, "") for _ in range(line.notes)),
        )

    def _lines(self, span: range) -> Iterator[tuple[_Line, str, int]]:
        """Give each paragraph with the mark that ends it and that mark's place in the stream."""
        line = _Line()
        fields: list[list[str] | None] = []
        in_contents: list[bool] = []
        for start, end, shown in self._segments(span):
            for index in range(start, end):
                letter = self._text[index]
                if letter in {"\r", _CELL, "\x0c"}:
                    line.is_contents |= any(in_contents)
                    yield line, letter, self._place(index)
                    line = _Line()
                elif letter == _FIELD:
                    fields.append([])
                    in_contents.append(False)
                elif letter == _RESULT and fields:
                    in_contents[-1] = "".join(fields[-1] or []).lstrip().upper().startswith("TOC")
                    fields[-1] = None
                elif letter == _FIELD_END and fields:
                    fields.pop()
                    in_contents.pop()
                elif letter == _NOTE:
                    line.notes += 1
                elif (open_field := next((own for own in fields if own is not None), None)) is not None:
                    open_field.append(letter)
                else:
                    _put(line, letter, shown)
        if line.pieces:
            yield line, "\r", self._place(span.stop - 1)

    def _segments(self, span: range) -> Iterator[tuple[int, int, dict[int, int]]]:
        """Give the stretches of a part that have the same look."""
        index = span.start
        while index < span.stop:
            place = self._place(index)
            piece = bisect_right(self._places, (index, 1 << 40, 0))
            piece_end = self._places[piece][0] if piece < len(self._places) else span.stop
            run = bisect_right(self._characters.starts, place) - 1
            run_end = self._characters.ends[run] if run >= 0 else place
            width = self._places[piece - 1][2]
            letters = max(1, (run_end - place) // width) if run_end > place else piece_end - index
            if run_end <= place and run + 1 < len(self._characters.starts):
                letters = max(1, (self._characters.starts[run + 1] - place) // width)
            end = min(span.stop, piece_end, index + letters)
            yield index, max(end, index + 1), self._characters.at(place)[1]
            index = max(end, index + 1)

    def _note_texts(self, span: range, *, mark: str = _NOTE) -> list[str]:
        text = self._text[span.start : span.stop]
        parts = text.split(mark)[1:] if mark in text else []
        return [" ".join(line for line in _bare(part).split("\r") if line.strip()).strip() for part in parts]


def _put(line: _Line, letter: str, look: dict[int, int]) -> None:
    """Add a character to a line where it is seen, or to its hidden text."""
    shown = _SHOWN.get(letter, letter if letter >= " " else "")
    if not shown or look.get(_DELETED, 0):
        return
    if look.get(_VANISHED, 0):
        line.hidden.append(shown)
        return
    entry = (bool(look.get(_BOLD, 0)), look.get(_POINTS, 0) / 2 or _BODY_POINTS)
    if line.pieces and line.pieces[-1][1:] == entry:
        line.pieces[-1] = (line.pieces[-1][0] + shown, *entry)
    else:
        line.pieces.append((shown, *entry))


def _cell(lines: Sequence[Paragraph]) -> GridCell:
    filled = [line for line in lines if line.text.strip()]
    return GridCell(
        "\n".join(line.text for line in filled), is_bold=bool(filled) and all(line.is_bold for line in filled)
    )


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter >= " " or letter in "\r\t")


def _page_entry(page: bytes, at: int, *, is_paragraph: bool) -> tuple[int, dict[int, int]]:
    """Give style and properties from one entry of a formatted page."""
    if at == 0:
        return 0, {}
    size = page[at]
    if not is_paragraph:
        return 0, _sprms(page[at + 1 : at + 1 + size])
    start = at + 1
    if size == 0:
        size = 2 * page[at + 1]
        start = at + 2
    else:
        size = 2 * size - 1
    entry = page[start : start + size]
    return (_u16(entry, 0), _sprms(entry[2:])) if len(entry) >= 2 else (0, {})


def _sprms(data: bytes) -> dict[int, int]:
    """Give the single properties in a list of changes, by their codes."""
    found: dict[int, int] = {}
    position = 0
    while position + 2 < len(data):
        code = _u16(data, position)
        position += 2
        kind = code >> 13
        if kind == 6:
            is_long = code in {0xD608, 0xD606}
            size = (
                (_u16(data, position) - 1 + 2 if position + 1 < len(data) else 2)
                if is_long
                else data[position] + 1
            )
        else:
            size = _SIZES[kind]
            found[code] = int.from_bytes(data[position : position + size], "little")
        position += size
    return found


def _u16(data: bytes, offset: int) -> int:
    return int(struct.unpack_from("<H", data, offset)[0])
