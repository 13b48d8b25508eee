"""Reads the inside of a paragraph: what is seen, what is hidden, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.extract.docx.names import COMPATIBILITY, MATH, RELATION, WORD, child, value
from checker.extract.docx.styles import RunLook, Styles, is_coloured
from checker.extract.package import Element

TINY_POINTS = 2.0
_SKIPPED = frozenset(
    WORD + name
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText")
)
_CHARACTERS = {
    WORD + "tab": "\t",
    WORD + "ptab": "\t",
    WORD + "br": "\n",
    WORD + "cr": "\n",
    WORD + "noBreakHyphen": "-",
    MATH + "t": None,
    WORD + "t": None,
}
_RUN, _RUN_LOOK, _SYMBOL = WORD + "r", WORD + "rPr", WORD + "sym"
_CONTROL, _SIMPLE_FIELD = WORD + "sdt", WORD + "fldSimple"
_FIELD_MARK, _INSTRUCTION = WORD + "fldChar", WORD + "instrText"
_NOTE_KINDS = {WORD + "footnoteReference": "footnotes", WORD + "endnoteReference": "endnotes"}
_COMMENT, _PAGE_BREAK = WORD + "commentReference", WORD + "lastRenderedPageBreak"
_ALTERNATIVES, _CHOICE = COMPATIBILITY + "AlternateContent", COMPATIBILITY + "Choice"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it makes a contents list."""
        return self.instruction.lstrip().upper().startswith("TOC")


@dataclass(slots=True)
class Inline:
    """What was read of one paragraph."""

    seen: list[tuple[str, RunLook]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    placeholder_letters: int = 0
    page_breaks: int = 0
    in_contents: bool = False
    has_page_field: bool = False

    @property
    def text(self) -> str:
        """The text that a reader sees."""
        return "".join(text for text, _ in self.seen)

    @property
    def is_placeholder(self) -> bool:
        """Whether all of it is the hint of a content control that nobody has filled in."""
        return 0 < self.placeholder_letters == sum(len(text.strip()) for text, _ in self.seen)

    def share(self, holds: str) -> float:
        """Give the share of the text whose look has the property ``holds``."""
        if len(self.seen) == 1:
            text, look = self.seen[0]
            return float(getattr(look, holds) and not text.isspace())
        letters = total = 0
        for text, look in self.seen:
            count = len(text.strip())
            total += count
            letters += count if getattr(look, holds) else 0
        return letters / total if total else 0.0

    @property
    def size(self) -> float | None:
        """The size of most letters."""
        if len(self.seen) == 1:
            text, look = self.seen[0]
            return None if text.isspace() else look.size
        sizes: dict[float, int] = {}
        for text, look in self.seen:
            sizes[look.size] = sizes.get(look.size, 0) + len(text.strip())
        return max(sorted(sizes), key=lambda size: sizes[size]) if any(sizes.values()) else None


class InlineReader:
    """Reads paragraphs one after the other; fields may run over several of them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[Field] = []

    @property
    def in_contents_field(self) -> bool:
        """Whether a contents list's field is open."""
        return any(entry.is_contents for entry in self._fields)

    def close_contents(self) -> None:
        """Give up on a contents list's field that was never closed."""
        self._fields = [entry for entry in self._fields if not entry.is_contents]

    def read(self, paragraph: Element, properties: Mapping[str, Element], *, is_plain_ground: bool) -> Inline:
        """Give what stands in ``paragraph``.

        Args:
            properties: of the paragraph, by name.
            is_plain_ground: white letters can't be seen here.
        """
        for entry in self._fields:
            entry.in_result = True
        found = Inline(in_contents=self.in_contents_field)
        style = value(properties.get(WORD + "pStyle"))
        plain = is_plain_ground and not is_coloured(properties.get(WORD + "shd"))
        self._children(paragraph, found, style, plain, in_placeholder=False)
        return found

    def _children(
        self, parent: Element, found: Inline, style: str | None, plain: bool, *, in_placeholder: bool
    ) -> None:
        for element in parent.iterchildren("*"):
            tag = element.tag
            if tag == _RUN:
                self._run(element, found, style, plain, in_placeholder=in_placeholder)
            elif tag in _SKIPPED:
                continue
            elif tag == _CONTROL:
                is_placeholder = child(element, "sdtPr", "showingPlcHdr") is not None
                content = child(element, "sdtContent")
                if content is not None:
                    self._children(
                        content, found, style, plain, in_placeholder=in_placeholder or is_placeholder
                    )
            elif tag == MATH + "t":
                self._show(element.text or "", RunLook(), found, plain, in_placeholder)
            elif tag == _ALTERNATIVES:
                chosen = element.find(_CHOICE)
                if chosen is not None:
                    self._children(chosen, found, style, plain, in_placeholder=in_placeholder)
            elif tag == _SIMPLE_FIELD:
                found.has_page_field |= _is_page_field(value(element, "instr") or "")
                self._children(element, found, style, plain, in_placeholder=in_placeholder)
            else:
                self._children(element, found, style, plain, in_placeholder=in_placeholder)

    def _run(
        self, run: Element, found: Inline, style: str | None, plain: bool, *, in_placeholder: bool
    ) -> None:
        look: RunLook | None = None
        properties: Element | None = None
        for element in run.iterchildren("*"):
            tag = element.tag
            if tag == _RUN_LOOK:
                properties = element if properties is None else properties
            elif tag in _CHARACTERS or tag == _SYMBOL:
                if look is None:
                    look = self._styles.look(properties, style)
                self._show(_characters(element, tag), look, found, plain, in_placeholder)
            elif tag == _FIELD_MARK:
                self._field_mark(element, found)
            elif tag == _INSTRUCTION:
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].instruction += element.text or ""
            elif tag in _NOTE_KINDS:
                found.footnotes.append((_NOTE_KINDS[tag], value(element, "id") or ""))
            elif tag == _COMMENT:
                found.comments.append(value(element, "id") or "")
            elif tag == _PAGE_BREAK:
                found.page_breaks += 1
            elif tag == _ALTERNATIVES:
                self._drawing(element.find(_CHOICE), found)
            elif tag not in _SKIPPED:
                self._drawing(element, found)

    def _show(self, text: str, look: RunLook, found: Inline, plain: bool, in_placeholder: bool) -> None:
        """Put a piece of text where it belongs: among what is seen, or what is hidden."""
        if not text or not all(entry.in_result for entry in self._fields):
            return
        is_unseen_white = look.is_white and plain and not look.is_shaded and not look.is_highlighted
        if look.is_vanished or is_unseen_white or look.size <= TINY_POINTS:
            found.hidden.append(text)
            return
        found.seen.append((text, look))
        if in_placeholder:
            found.placeholder_letters += len(text.strip())

    def _field_mark(self, element: Element, found: Inline) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
            box = child(element, "ffData", "checkBox")
            if box is not None:
                ticked = child(box, "checked")
                ticked = child(box, "default") if ticked is None else ticked
                is_ticked = ticked is not None and (value(ticked) or "1") not in {"0", "false", "off"}
                found.seen.append(("☒" if is_ticked else "☐", RunLook()))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            found.in_contents |= self._fields[-1].is_contents
        elif kind == "end" and self._fields:
            found.has_page_field |= _is_page_field(self._fields.pop().instruction)

    def _drawing(self, element: Element | None, found: Inline) -> None:
        """Collect the text boxes and diagrams of a drawing; those within each other once."""
        if element is None or element.tag == COMPATIBILITY + "Fallback":
            return
        if element.tag == WORD + "txbxContent":
            found.boxes.append(element)
            return
        if element.tag == _DIAGRAM:
            found.diagrams.append(element.get(RELATION + "dm") or "")
        if element.tag == COMPATIBILITY + "AlternateContent":
            self._drawing(element.find(COMPATIBILITY + "Choice"), found)
            return
        for inner in element.iterchildren("*"):
            self._drawing(inner, found)


def _characters(element: Element, tag: str) -> str:
    """Give what one element of a run shows."""
    if tag == _SYMBOL:
        code = value(element, "char") or ""
        try:
            return chr(int(code, 16))
        except (ValueError, OverflowError):
            return ""
    fixed = _CHARACTERS[tag]
    if fixed == "\n" and value(element, "type") == "page":
        return ""
    return (element.text or "") if fixed is None else fixed


def _is_page_field(instruction: str) -> bool:
    return instruction.split()[:1] in (["PAGE"], ["NUMPAGES"])
