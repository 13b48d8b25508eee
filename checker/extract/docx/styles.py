"""Resolves the styles of a DOCX: what a paragraph or a run looks like when all is inherited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.extract.docx.names import WORD, child, children, is_on, number, value
from checker.extract.docx.sheet import StyleSheet
from checker.extract.lines import style_is, style_key, style_level
from checker.extract.package import Element

_BOLD, _SIZE, _VANISH = WORD + "b", WORD + "sz", WORD + "vanish"
_COLOR, _SHADE, _HIGHLIGHT = WORD + "color", WORD + "shd", WORD + "highlight"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style says of the paragraphs that carry it."""

    id: str = ""
    level: int | None = None
    is_title: bool = False
    is_subtitle: bool = False
    is_list: bool = False
    is_caption: bool = False
    is_contents: bool = False
    numbering: str | None = None
    list_level: int | None = None


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run of text looks."""

    is_bold: bool = False
    size: float = 10.0
    is_vanished: bool = False
    is_white: bool = False
    is_shaded: bool = False
    is_highlighted: bool = False


class Styles:
    """The styles of one document."""

    def __init__(self, sheet: StyleSheet) -> None:
        self._styles = sheet
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._looks: dict[tuple[str, str], RunLook] = {}

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Give what the paragraph style ``style_id`` says (None: the default style)."""
        key = style_id or self._styles.default_paragraph
        if key not in self._paragraphs:
            self._paragraphs[key] = self._resolve(key)
        return self._paragraphs[key]

    def look(self, properties: Element | None, paragraph_style: str | None) -> RunLook:
        """Give the look of a run with its own ``properties`` in a paragraph of the given style."""
        key = (paragraph_style or self._styles.default_paragraph, value(child(properties, "rStyle")) or "")
        if key not in self._looks:
            look = _changed(RunLook(), self._styles.defaults)
            for style_id in key:
                for style in reversed(list(self._chain(style_id))):
                    look = _changed(look, child(style, "rPr"))
            self._looks[key] = look
        return _changed(self._looks[key], properties)

    def marks_first_row(self, style_id: str | None) -> bool:
        """Whether a table style sets the first row in bold or on a ground of its own."""
        for style in self._chain(style_id or ""):
            for part in style.iterchildren(WORD + "tblStylePr"):
                if value(part, "type") == "firstRow":
                    return is_on(child(part, "rPr", "b")) or child(part, "tcPr", "shd") is not None
        return False

    def has_ground(self, style_id: str | None) -> bool:
        """Whether a table style colours any part of the table."""
        return any(next(style.iter(WORD + "shd"), None) is not None for style in self._chain(style_id or ""))

    def numbering_of(self, style_id: str) -> str | None:
        """Give the numbering that a numbering style points to."""
        return value(child(self._styles.get(style_id), "pPr", "numPr", "numId"))

    def _chain(self, style_id: str) -> Iterator[Element]:
        """Give a style and those that it is based on."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            style_id = value(child(style, "basedOn")) or ""

    def _resolve(self, style_id: str) -> ParagraphStyle:
        chain = list(self._chain(style_id))
        names = [
            name
            for style in chain
            for name in (value(child(style, "name")) or "", value(style, "styleId") or "")
        ]
        own = names[:2] or [style_id]
        level = next((found for name in [*names, style_id] if (found := style_level(name))), None)
        for style in chain:
            outline = number(value(child(style, "pPr", "outlineLvl")))
            if outline is not None:
                level = outline + 1 if 0 <= outline < 9 else level
                break
        numbering = list_level = None
        for style in chain:
            properties = child(style, "pPr", "numPr")
            if properties is not None:
                numbering = value(child(properties, "numId"))
                list_level = number(value(child(properties, "ilvl")))
                break
        is_contents = any(
            style_is(name, "contents_styles") or style_key(name).startswith("toc") for name in own
        )
        return ParagraphStyle(
            id=style_id,
            level=None if is_contents else level,
            is_title=any(style_is(name, "title_styles") for name in own),
            is_subtitle=any(style_is(name, "subtitle_styles") for name in own),
            is_list=any(
                style_is(name, "list_styles") or style_key(name).startswith("list") for name in names
            ),
            is_caption=any(style_is(name, "caption_styles") for name in own),
            is_contents=is_contents,
            numbering=numbering,
            list_level=list_level,
        )


def is_coloured(shade: Element | None) -> bool:
    """Whether a shade is there and other than white."""
    if shade is None:
        return False
    fill = (value(shade, "fill") or "auto").upper()
    return fill not in {"AUTO", "FFFFFF"} or value(shade, "themeFill") not in {None, "background1"}


def _changed(look: RunLook, properties: Element | None) -> RunLook:
    """Give ``look`` as run properties change it."""
    if properties is None or len(properties) == 0:
        return look
    own = children(properties)
    bold, size, vanish = own.get(_BOLD), own.get(_SIZE), own.get(_VANISH)
    color, shade, highlight = own.get(_COLOR), own.get(_SHADE), own.get(_HIGHLIGHT)
    half_points = number(value(size))
    return RunLook(
        is_bold=look.is_bold if bold is None else is_on(bold),
        size=look.size if half_points is None else half_points / 2,
        is_vanished=look.is_vanished if vanish is None else is_on(vanish),
        is_white=look.is_white
        if color is None
        else (value(color) or "").upper() == "FFFFFF" or value(color, "themeColor") == "background1",
        is_shaded=look.is_shaded if shade is None else is_coloured(shade),
        is_highlighted=look.is_highlighted
        if highlight is None
        else (value(highlight) or "none") not in {"none", "white"},
    )
