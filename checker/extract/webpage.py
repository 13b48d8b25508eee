"""Reads HTML: what a browser shows of it."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from checker.extract.compose import Composer
from checker.extract.encoding import decoded
from checker.extract.faults import ReadFault
from checker.extract.flow import split_lines
from checker.extract.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from checker.extract.lines import folded, folded_lines, list_text
from checker.extract.package import Element
from checker.extract.tables import GridCell, GridRow
from checker.model import BlockKind, Document, FurnitureKind, Problem, ReadStatus

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]{1,40})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_RULE = re.compile(r"([.#][\w-]{1,80})\s*\{[^{}]{0,2000}?display\s*:\s*none", re.IGNORECASE)
_OUT = frozenset(
    {"script", "style", "noscript", "template", "nav", "head", "svg", "iframe", "object", "button", "select"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var", "wbr", "img", "input", "meter", "output", "progress"),
    }
)
_MENU_LINKS = 3


def read_html(data: bytes, *, path: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Give the document that an HTML page is."""
    if len(data) > limits.part_bytes:
        raise ReadFault(Problem.TOO_LARGE, "extract.too_large_part", limit=limits.part_bytes // MEGABYTE)
    found = _CHARSET.search(data[:4096])
    composer = Composer(limits)
    title = compose_html(decoded(data, declared=found[1].decode("ascii") if found else None), composer)
    return Document(
        path,
        "html",
        ReadStatus.READ,
        title=title,
        blocks=composer.blocks,
        furniture=composer.furniture,
    )


def compose_html(text: str, composer: Composer) -> str | None:
    """Add the blocks of an HTML text, and give the page's title.

    Raises:
        ReadFault: the text can't be parsed.
    """
    if not text.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    walker = _Walker(composer, _hidden_names(root))
    body = root.find(".//body")
    walker.walk(root if body is None else body)
    walker.flush()
    title = folded(root.findtext(".//title") or "")
    first = next((block.text for block in composer.blocks if block.level == 1), None)
    return title or first


class _Walker:
    """Goes through the page, gathers running text and hands it over where a block ends."""

    def __init__(self, composer: Composer, hidden: frozenset[str]) -> None:
        self._composer = composer
        self._hidden = hidden
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._kind = BlockKind.PARAGRAPH
        self._number = ""
        self._counts: list[int | None] = []

    def walk(self, element: Element, *, in_link: bool = False) -> None:
        """Add what stands in ``element``."""
        self._say(element.text, in_link=in_link)
        for child in element.iterchildren("*"):
            self._child(child, in_link)
            self._say(child.tail, in_link=in_link)

    def flush(self) -> None:
        """Hand over the text gathered so far."""
        text = "".join(self._text)
        is_menu = self._links >= _MENU_LINKS and self._linked * 10 >= 8 * sum(map(str.isalnum, text))
        kind, number = self._kind, self._number
        self._text, self._linked, self._links, self._number = [], 0, 0, ""
        if is_menu:
            self._composer.furnish(FurnitureKind.HEADER, text)
            return
        for line in split_lines(text):
            item = list_text(line) if kind is BlockKind.PARAGRAPH else None
            own_kind = kind if item is None else BlockKind.LIST_ITEM
            self._composer.add(own_kind, f"{number} {item or line}" if number else item or line)
            number = ""

    def _say(self, text: str | None, *, in_link: bool) -> None:
        if text:
            self._text.append(re.sub(r"\s+", " ", text))
            self._linked += sum(map(str.isalnum, text)) if in_link else 0

    def _child(self, element: Element, in_link: bool) -> None:
        tag = str(element.tag).lower()
        if tag in _OUT or self._is_hidden(element):
            return
        if tag == "br":
            self._text.append("\n")
        elif tag in _INLINE:
            self._links += tag == "a"
            self.walk(element, in_link=in_link or tag == "a")
        else:
            self.flush()
            self._block(element, tag)
            self.flush()

    def _block(self, element: Element, tag: str) -> None:
        if tag in _HEADINGS:
            self._composer.heading(self._shown(element), _HEADINGS[tag])
        elif tag == "table" and not _is_layout(element):
            self._table(element)
        elif tag == "footer":
            self._composer.furnish(FurnitureKind.FOOTER, self._shown(element))
        elif tag in {"li", "dd", "figcaption", "caption"}:
            kept = self._kind
            self._kind = BlockKind.LIST_ITEM if tag in {"li", "dd"} else BlockKind.CAPTION
            self._number = self._next_number() if tag == "li" else ""
            self.walk(element)
            self.flush()
            self._kind = kept
        elif tag == "pre":
            self._text.append(self._shown(element))
        elif tag in {"ul", "ol", "dl"}:
            self._counts.append(_before_first(element))
            self.walk(element)
            self._counts.pop()
        else:
            kept = self._kind
            if tag in {"table", "td", "section", "article", "main", "body"}:
                self._kind = BlockKind.PARAGRAPH
            self.walk(element)
            self.flush()
            self._kind = kept

    def _next_number(self) -> str:
        """Count one item of the innermost list and give what the browser puts before it."""
        if not self._counts or self._counts[-1] is None:
            return ""
        self._counts[-1] += 1
        return f"{self._counts[-1]}."

    def _table(self, table: Element) -> None:
        caption = table.find("caption")
        if caption is not None:
            self._composer.add(BlockKind.CAPTION, self._shown(caption))
        rows: list[GridRow] = []
        for row in table.iterchildren("thead", "tbody", "tfoot", "tr"):
            for line in [row] if row.tag == "tr" else row.iterchildren("tr"):
                if not self._is_hidden(line):
                    cells = [cell for cell in line.iterchildren("td", "th") if not self._is_hidden(cell)]
                    is_head = row.tag == "thead"
                    rows.append(GridRow(tuple(self._cell(cell) for cell in cells), is_head=is_head))
        self._composer.table(rows)

    def _cell(self, cell: Element) -> GridCell:
        text = folded_lines(self._shown(cell))
        bold = folded(" ".join("".join(piece.itertext()) for piece in cell.iter("b", "strong")))
        style = (cell.get("style") or "") + (cell.getparent().get("style") or "")
        return GridCell(
            text,
            columns=_span(cell.get("colspan")),
            rows=_span(cell.get("rowspan")),
            is_head=cell.tag == "th",
            is_bold=bool(text) and (cell.tag == "th" or bold == folded(text) or "font-weight:bold" in style),
            is_shaded=bool(cell.get("bgcolor")) or "background" in style,
        )

    def _shown(self, element: Element) -> str:
        """Give all text of an element that is shown, with line ends where blocks end."""
        pieces: list[str] = []
        self._gather(element, pieces)
        return "".join(pieces)

    def _gather(self, element: Element, pieces: list[str]) -> None:
        pieces.append(re.sub(r"\s+", " ", element.text or "") if element.tag != "pre" else element.text or "")
        for child in element.iterchildren("*"):
            tag = str(child.tag).lower()
            if tag not in _OUT and not self._is_hidden(child):
                is_inline = tag in _INLINE
                pieces.append("" if is_inline else "\n")
                self._gather(child, pieces)
                pieces.append("" if is_inline else "\n")
            pieces.append(re.sub(r"\s+", " ", child.tail or ""))

    def _is_hidden(self, element: Element) -> bool:
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            return True
        if not self._hidden:
            return False
        names = [f".{name}" for name in (element.get("class") or "").split()]
        return any(name in self._hidden for name in [*names, f"#{element.get('id')}"])


def _hidden_names(root: Element) -> frozenset[str]:
    """Give the classes and ids that the page's own style sheets hide on every medium."""
    sheets = [style.text or "" for style in root.iter("style")]
    return frozenset(
        name for sheet in sheets if "@media" not in sheet for name in _HIDDEN_RULE.findall(sheet)
    )


def _is_layout(table: Element) -> bool:
    """Whether a table only arranges the page: it holds headings or tables."""
    if table.get("role") == "presentation":
        return True
    inner = next(table.iterdescendants("table", "h1", "h2", "h3", "h4", "h5", "h6"), None)
    return inner is not None or len(list(table.iter("td", "th"))) == 1


def _before_first(element: Element) -> int | None:
    """Give the number before a numbered list's first; None for lists that a browser does not number so."""
    if element.tag != "ol" or (element.get("type") or "1") != "1":
        return None
    start = element.get("start") or "1"
    return int(start) - 1 if start.isdigit() and len(start) < 6 else 0


def _span(text: str | None) -> int:
    return max(1, min(60, int(text))) if text and text.isdigit() and len(text) < 6 else 1
