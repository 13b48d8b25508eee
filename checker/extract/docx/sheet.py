"""Gives the styles of a DOCX one at a time: a text uses ten of the hundreds that its part of styles holds.

The part is cut into styles by its bytes where that is sure to be right, which takes a tenth of the time, and a
style is parsed when it is asked for; a part written in another way is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from checker.extract.docx.names import WORD, child, value
from checker.extract.package import Element

Parse = Callable[[bytes], Element]

_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^>]*encoding=[\"'](?!utf-8))[^>]*\?>)?\s*(<w:styles\s[^>]*[^/>]>)",
    re.IGNORECASE,
)
_WORD_PREFIX = re.compile(rb"\sxmlns:w=[\"']" + re.escape(WORD[1:-1].encode()) + rb"[\"']")
_STYLE = re.compile(rb"\s*<w:style((?:\s[\w:]+=\"[^\"&<>]*\")+)\s*>")
_ATTRIBUTE = re.compile(rb"\sw:(type|default|styleId)=\"([^\"]*)\"")
_STYLE_START, _STYLE_END, _END = b"<w:style ", b"</w:style>", b"</w:styles>"
_DEFAULTS, _DEFAULTS_END = b"<w:docDefaults>", b"</w:docDefaults>"


class StyleSheet(Mapping[str, Element]):
    """The styles of one document, by id.

    Attributes:
        default_paragraph: id of the style of paragraphs that name none; "" for none.
    """

    def __init__(self, data: bytes | None, parse: Parse) -> None:
        """Take the bytes of the part, and what parses a part or a style of it."""
        self.default_paragraph = ""
        self._parse = parse
        self._root = b""
        self._defaults: Element | None = None
        self._texts: dict[str, bytes] = {}
        self._elements: dict[str, Element] = {}
        if data is not None and not self._cut(data):
            self._take_whole(parse(data))

    @property
    def defaults(self) -> Element | None:
        """How runs look that say nothing of it."""
        return child(self._defaults, "rPrDefault", "rPr")

    def __getitem__(self, style_id: str) -> Element:
        """Give a style's element."""
        if style_id not in self._elements:
            self._elements[style_id] = self._parsed(self._texts[style_id])
        return self._elements[style_id]

    def __contains__(self, style_id: object) -> bool:
        """Whether there is a style of this id."""
        return style_id in self._elements or style_id in self._texts

    def __iter__(self) -> Iterator[str]:
        """Give the ids."""
        return iter(self._elements | self._texts)

    def __len__(self) -> int:
        """Give the number of styles."""
        return len(self._elements | self._texts)

    def _parsed(self, text: bytes) -> Element | None:
        return next(self._parse(self._root + text + _END).iterchildren("*"), None)

    def _take_whole(self, root: Element) -> None:
        self._defaults = child(root, "docDefaults")
        for style in root.iterchildren(WORD + "style"):
            style_id = value(style, "styleId") or ""
            self._elements[style_id] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
                self.default_paragraph = style_id

    def _cut(self, data: bytes) -> bool:
        """Cut the part into its styles; False where anything in it is not as Word and others write it."""
        head = _HEAD.match(data)
        if head is None or not _WORD_PREFIX.search(head[1]):
            return False
        *styles, rest = data[head.end() :].split(_STYLE_END)
        if not styles or rest.strip() != _END:
            return False
        before, mark, first = styles[0].partition(_STYLE_START)
        if b"!" in before or not mark:
            return False
        texts, default = {}, ""
        for style in (_STYLE_START + first, *styles[1:]):
            start = _STYLE.match(style)
            if start is None:
                return False
            found = dict(_ATTRIBUTE.findall(start[1]))
            style_id = found.get(b"styleId", b"").decode("utf-8", "replace")
            texts[style_id] = style + _STYLE_END
            if found.get(b"type") == b"paragraph" and found.get(b"default") in {b"1", b"true"}:
                default = style_id
        self._root, self._texts, self.default_paragraph = head[1], texts, default
        _, mark, defaults = before.partition(_DEFAULTS)
        if mark:
            self._defaults = self._parsed(_DEFAULTS + defaults.partition(_DEFAULTS_END)[0] + _DEFAULTS_END)
        return True
