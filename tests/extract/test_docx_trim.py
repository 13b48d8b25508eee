"""Table styles that no table names are left out before a document's styles are parsed, and nothing else is."""

from __future__ import annotations

import pytest

from checker.extract.docx.trim import without_unused_tables

HEADING = b'<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
EMPTY = b'<w:style w:type="table" w:styleId="Empty"/>'
PLAIN = b'<w:style w:type="table" w:default="1" w:styleId="Plain"><w:tblPr/></w:style>'
GRID = b'<w:style w:type="table" w:styleId="Grid"><w:basedOn w:val="Plain"/></w:style>'
ODD = b'<w:style w:type="table" w:styleId="A &amp; B"><w:tblPr/></w:style>'
NAMELESS = b'<w:style w:type="table"><w:tblPr/></w:style>'


def test_without_tables_only_the_other_styles_are_left() -> None:
    assert without_unused_tables(HEADING + PLAIN + GRID + HEADING, []) == HEADING + HEADING


def test_a_used_style_stays_with_the_one_that_it_is_based_on() -> None:
    assert without_unused_tables(PLAIN + HEADING + GRID, ["Grid"]) == PLAIN + HEADING + GRID
    assert without_unused_tables(PLAIN + HEADING + GRID, ["Plain"]) == PLAIN + HEADING


@pytest.mark.parametrize("style", [EMPTY, ODD, NAMELESS])
def test_a_style_whose_end_or_name_can_not_be_told_stays(style: bytes) -> None:
    assert style + HEADING == without_unused_tables(style + HEADING + GRID, [])


@pytest.mark.parametrize(
    "whole",
    [
        b"<!-- <w:style w:type='table'> -->" + GRID,
        b"<![CDATA[" + GRID + b"]]>",
        (HEADING + GRID).decode().encode("utf-16"),
        b"<?xml?><?pi " + GRID + b"?>",
    ],
)
def test_text_in_which_a_tag_may_be_none_is_left_whole(whole: bytes) -> None:
    assert whole == without_unused_tables(whole, [])


def test_styles_that_are_cut_off_are_left_to_the_parser() -> None:
    assert GRID[:-5] == without_unused_tables(GRID[:-5], [])
