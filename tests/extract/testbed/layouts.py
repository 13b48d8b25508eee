"""The layouts, as data: how each plan is made, and in which formats it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

BODY = ("title", "sections")


@dataclass(frozen=True)
class Layout:
    """A layout.

    Args:
        maker: ``word``, ``drawn``, ``page``, ``slides`` or ``sheet``.
        read_as: formats in which it is read; what the maker does not write, LibreOffice makes of it.
        parts: what it holds, in order.
        style: how it is set; the makers say which keys they know.
    """

    name: str
    maker: str
    read_as: tuple[str, ...]
    parts: tuple[str, ...] = BODY
    style: dict[str, Any] = field(default_factory=dict)


def _word(name: str, *parts: str, read_as: tuple[str, ...] = ("docx", "pdf"), **style: Any) -> Layout:
    return Layout(name, "word", read_as, parts or BODY, style)


def _drawn(name: str, *parts: str, **style: Any) -> Layout:
    return Layout(name, "drawn", ("pdf",), parts, style)


LAYOUTS: tuple[Layout, ...] = (
    _word("one column"),
    _word("serif, justified", font="Liberation Serif", size=12, justify=True),
    _word("narrow type, small", font="Liberation Sans Narrow", size=9),
    _word("small page", paper=(10.5, 14.8), size=9, soft=True, justify=True),
    _word("two columns", columns=2),
    _word("three columns", columns=3, size=9),
    _word("two columns, hyphenated", columns=2, soft=True, justify=True),
    _word("three columns on their side, hyphenated", columns=3, soft=True, landscape=True, justify=True),
    _word("four narrow columns, hyphenated", columns=4, soft=True, landscape=True, size=10),
    _word("two columns with a table between", "title", "section 0", "section 2", "plain", columns=2, size=9),
    _word("landscape", landscape=True, size=12),
    _word("wide leading, hyphenated", soft=True, leading=2.0),
    _word("paragraphs set off by an indent", indent=True, soft=True),
    _word("yearly wheel", "title", "section 0", "wheel", "section 5"),
    _word("yearly wheel on its side", "title", "wheel", "section 0", landscape=True),
    _word("yearly wheel over pages", "title", "section 0", "wheel x6", "section 1"),
    _word("yearly wheel over pages, head repeated", "title", "wheel x6", "section 1", repeat_head=True),
    _word("yearly wheel, words broken in narrow cells", "title", "wheel", soft=True, columns=2, size=8),
    _word("two tables", "title", "wheel", "section 0", "matrix", "section 1"),
    _word("merged cells", "title", "section 0", "merged", "section 1"),
    _word("merged cells on their side", "title", "merged", "section 2", landscape=True, size=12),
    _word("merged cells, two on a page", "title", "merged", "section 1", "merged", size=9),
    _word("matrix", "title", "section 0", "matrix", "section 1"),
    _drawn("matrix with row labels outside the grid", "title", "section 0", "matrix outside"),
    _word("table without lines", "title", "section 0", "plain", "section 1", lines="none"),
    _word("table without lines on its side", "title", "plain", "section 1", lines="none", landscape=True),
    _word("table with stripes alone", "title", "section 0", "plain", "section 1", lines="stripes"),
    _word("table with lines across alone", "title", "section 0", "wheel", "section 1", lines="across"),
    _drawn("table without lines, drawn", "title", "section 0", "plain"),
    _word("form", "title", "labels", "section 0"),
    _word("lines with labels", "title", "section 0", "labelled", "section 1"),
    _word("headings numbered by Word", headings="automatic"),
    _word("headings with typed numbers", headings="typed"),
    _word("headings told by weight", headings="bold"),
    _word("headings told by size", headings="size"),
    _word("headings told by weight and colour", headings="colour"),
    _word("headings in capitals", headings="capitals"),
    _word("headings underlined and bold", headings="underlined"),
    _word("headings told by weight in two columns", headings="bold", columns=2, size=10),
    _word("footer with page numbers", footer=True, leading=2.0),
    _word("head table of a quality system", quality=True, footer=True, leading=2.0),
    _word("contents list with dots", "title", "contents", "sections", contents="dots", headings="typed"),
    _word("contents list without dots", "title", "contents", "sections", contents="plain", footer=True),
    _word("footnotes", "title", "section 0", "footnotes", "section 1"),
    _word("text boxes", "title", "section 0", "boxes", "section 1"),
    _word("content controls", "title", "section 0", "controls", "section 1", read_as=("docx",)),
    _word("tracked changes", "title", "section 0", "inserts", "section 1", read_as=("docx",)),
    _word("comments", "title", "section 0", "comments", "section 1", read_as=("docx",)),
    _word(
        "all that is dropped at once",
        "title",
        "section 0",
        "footnotes",
        "boxes",
        "controls",
        "inserts",
        read_as=("docx",),
    ),
    _word("two languages", "title", "section 0", "foreign", "section 1"),
    _word("OpenDocument", "title", "sections", read_as=("odt",), soft=True),
    _word("OpenDocument with tables", "title", "section 0", "wheel", "merged", "section 1", read_as=("odt",)),
    _word("OpenDocument with notes and boxes", "title", "section 0", "footnotes", "boxes", read_as=("odt",)),
    _word("OpenDocument with numbers", headings="automatic", read_as=("odt",)),
    _word("rich text", "title", "sections", "wheel", read_as=("rtf",)),
    _word("old Word", "title", "section 0", "wheel", "section 1", read_as=("doc",)),
    _drawn("two columns written line by line", "title", "columns", columns=2),
    _drawn("three columns written line by line", "title", "columns", columns=3),
    _drawn(
        "two columns written line by line under a heading each", "title", "columns", columns=2, headed=True
    ),
    _drawn("words broken at hyphens of the typesetter", "title", "sections", width=34),
    _drawn("words broken in two narrow columns", "title", "columns", columns=2, width=26),
    _drawn("footer and running head, drawn", "title", "sections", width=60, running=True),
    Layout("web page", "page", ("html",), ("title", "sections")),
    Layout("web page with tables", "page", ("html",), ("title", "section 0", "wheel", "merged", "section 1")),
    Layout("web page with a matrix", "page", ("html",), ("title", "matrix", "section 1")),
    Layout("slides", "slides", ("pptx", "pdf"), ("title", "sections")),
    Layout("slides with a table", "slides", ("pptx",), ("title", "section 0", "wheel")),
    Layout("workbook", "sheet", ("xlsx",), ("wheel", "matrix")),
    Layout("scan", "word", ("scan",), ("title", "section 0", "section 1")),
    Layout(
        "scan of two columns",
        "word",
        ("scan",),
        ("title", "section 2", "section 3"),
        {"columns": 2, "size": 10},
    ),
)
