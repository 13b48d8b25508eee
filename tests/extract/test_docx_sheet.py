from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document as Word
from lxml import etree

from checker.extract import extract
from checker.extract.docx.sheet import StyleSheet
from checker.extract.limits import DEFAULT_LIMITS
from checker.extract.package import parse_xml
from checker.model import Problem

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SMALL = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>\
</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Vanleg"><w:name w:val="Vanleg"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/>\
<w:basedOn w:val="Vanleg"/></w:style><w:style w:type="table" w:default="1" w:styleId="Tabell"></w:style></w:styles>"""
IDS = ["Vanleg", "Overskrift1", "Tabell"]


def word_file() -> bytes:
    stream = io.BytesIO()
    word = Word()
    word.add_heading("Tiltak", 1)
    word.add_paragraph("Rektor vitjar klassane kvar haust.")
    word.save(stream)
    return stream.getvalue()


def with_styles(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == "word/styles.xml" else part)
    return stream.getvalue()


def styles_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/styles.xml")


class Parser:
    """Parses, and counts how many bytes it was given."""

    def __init__(self) -> None:
        self.size = 0

    def __call__(self, data: bytes) -> object:
        self.size += len(data)
        return parse_xml(data, DEFAULT_LIMITS)


def test_only_the_styles_asked_for_are_parsed() -> None:
    data, parser = styles_of(word_file()), Parser()
    sheet = StyleSheet(data, parser)

    assert sheet["Heading1"].tag.endswith("}style")
    assert parser.size < len(data) / 20
    assert len(sheet) > 100


def test_styles_are_the_same_cut_and_whole() -> None:
    data = styles_of(word_file())
    cut, parser = StyleSheet(data, Parser()), Parser()
    whole = StyleSheet(data.replace(b"<w:latentStyles", b"<!-- x --><w:latentStyles", 1), parser)

    assert parser.size > len(data)
    assert sorted(whole) == sorted(cut)
    assert whole.default_paragraph == cut.default_paragraph == "Normal"
    assert etree.tostring(whole.defaults) == etree.tostring(cut.defaults)
    for style_id in sorted(cut):
        own, other = cut[style_id], whole[style_id]
        assert etree.tostring(own, with_tail=False) == etree.tostring(other, with_tail=False)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SMALL.encode(), id="as Word writes it"),
        pytest.param(SMALL.encode("utf-8-sig"), id="with a byte order mark"),
        pytest.param(SMALL.replace("UTF-8", "UTF-16").encode("utf-16"), id="UTF-16"),
        pytest.param(SMALL.replace("UTF-8", "ISO-8859-1").encode("latin-1"), id="Latin-1"),
        pytest.param(SMALL.replace('"', "'").encode(), id="single quotes"),
        pytest.param(SMALL.replace("w:", "x:").replace("xmlns:w", "xmlns:x").encode(), id="another prefix"),
        pytest.param(SMALL.replace("<w:style ", "<w:style\n").encode(), id="line breaks in tags"),
        pytest.param(SMALL.replace("</w:style>", "</w:style >").encode(), id="spaces in tags"),
        pytest.param(SMALL.replace('"></w:style>', '"/>').encode(), id="an empty style last"),
        pytest.param(
            SMALL.replace('"><w:name w:val="Vanleg"/></w:style>', '"/>').encode(), id="an empty style first"
        ),
        pytest.param(
            SMALL.replace("</w:style>", "</w:style><!-- <w:style w:styleId='Nei'/> -->", 1).encode(),
            id="a comment between styles",
        ),
        pytest.param(
            SMALL.replace("<w:docDefaults>", "<!-- <w:style w:styleId=''> --><w:docDefaults>").encode(),
            id="a comment before them",
        ),
    ],
)
def test_styles_are_found_however_the_part_is_written(data: bytes) -> None:
    sheet = StyleSheet(data, Parser())

    assert list(sheet) == IDS
    assert sheet.default_paragraph == "Vanleg"
    assert len(sheet["Overskrift1"]) == 2
    assert len(sheet.defaults) == 1
    assert "Nei" not in sheet


def test_a_file_without_styles_has_none() -> None:
    sheet = StyleSheet(None, Parser())

    assert (sheet.default_paragraph, sheet.defaults, len(sheet)) == ("", None, 0)


def test_an_entity_in_the_styles_is_blocked() -> None:
    entity = b'<!DOCTYPE w:styles [<!ENTITY x "y">]><w:styles'
    data = with_styles(word_file(), lambda part: part.replace(b"<w:styles", entity, 1))

    assert extract(data, path="plan.docx").problem is Problem.BLOCKED


def test_styles_that_are_cut_off_are_damage() -> None:
    data = with_styles(word_file(), lambda part: part[: len(part) // 2])

    assert extract(data, path="plan.docx").problem is Problem.DAMAGED


def test_a_style_in_use_that_is_no_xml_is_damage() -> None:
    data = with_styles(word_file(), lambda part: part.replace(b'w:val="heading 1"', b'w:val="heading 1', 1))

    assert extract(data, path="plan.docx").problem is Problem.DAMAGED
