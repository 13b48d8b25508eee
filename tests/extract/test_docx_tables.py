"""What is read of the tables of a DOCX."""

from __future__ import annotations

import docx
import pytest
from docx_maker import read, shown

from checker.model import BlockKind


def test_a_bold_line_in_a_table_is_no_heading() -> None:
    word = docx.Document()
    word.add_heading("Tiltak", 1)
    table = word.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Tiltak", "Ansvar"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.cell(1, 0).text = "Skolevandring"
    table.cell(1, 1).text = "Rektor"

    rows = [found for found in read(word).blocks if found.kind is BlockKind.TABLE_ROW]

    assert [[(cell.column, cell.text) for cell in row.cells or ()] for row in rows] == [
        [("Tiltak", "Skolevandring"), ("Ansvar", "Rektor")]
    ]
    assert rows[0].text == "Skolevandring | Rektor"
    assert rows[0].section == ("Tiltak",)


def test_merged_cells_stand_once_and_reach_down() -> None:
    word = docx.Document()
    table = word.add_table(4, 3)
    for cell, text in zip(table.rows[0].cells, ("Område", "Tiltak", "Ansvar"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Læringsmiljø"
    table.cell(1, 1).text = "Skolevandring to ganger i året"
    table.cell(1, 2).text = "Rektor"
    table.cell(2, 1).text = "Kollegaveiledning hver måned"
    table.cell(2, 2).text = "Teamleder"
    table.cell(3, 0).text = "Vurdering"
    table.cell(3, 1).merge(table.cell(3, 2)).text = "Felles for alle trinn"

    rows = [found for found in read(word).blocks if found.cells]

    assert [[(cell.column, cell.text) for cell in row.cells or ()] for row in rows] == [
        [("Område", "Læringsmiljø"), ("Tiltak", "Skolevandring to ganger i året"), ("Ansvar", "Rektor")],
        [("Område", "Læringsmiljø"), ("Tiltak", "Kollegaveiledning hver måned"), ("Ansvar", "Teamleder")],
        [("Område", "Vurdering"), ("Tiltak / Ansvar", "Felles for alle trinn")],
    ]


def test_a_line_across_a_table_is_the_section_of_the_rows_below() -> None:
    word = docx.Document()
    table = word.add_table(4, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Tiltak", "Ansvar"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Nyutdanna lærarar"
    table.cell(2, 0).text, table.cell(2, 1).text = "Rettleiing kvar veke", "Mentor"
    table.cell(3, 0).text, table.cell(3, 1).text = "Samtale i januar", "Rektor"

    rows = [found for found in read(word).blocks if found.cells]

    assert [row.section for row in rows] == [(), ("Nyutdanna lærarar",), ("Nyutdanna lærarar",)]


@pytest.mark.parametrize(
    ("first", "second", "is_head"),
    [
        (("Kva", "Korleis"), ("Når", "Veke 41"), True),
        (("Hva", "Hvordan"), ("Når", "Uke 41"), True),
        (("Rektor", "Vigdis Tonstrøm"), ("Inspektør", "Jon Leirmo"), False),
        (("Kontor", "77 00 10 20"), ("SFO", "77 00 10 24"), False),
    ],
)
def test_a_label_table_has_no_head(first: tuple[str, str], second: tuple[str, str], is_head: bool) -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for row, texts in enumerate((first, second)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text

    rows = [found for found in read(word).blocks if found.cells]

    assert len(rows) == (1 if is_head else 2)
    assert [cell.column for cell in rows[0].cells or ()] == (list(first) if is_head else [None, None])


def test_a_bold_first_row_of_values_is_no_head() -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("Elevar", "94"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.cell(1, 0).text, table.cell(1, 1).text = "Lærarårsverk", "9,8"

    rows = [found for found in read(word).blocks if found.cells]

    assert [cell.column for row in rows for cell in row.cells or ()] == [None] * 4


def test_a_table_of_one_cell_is_running_text() -> None:
    word = docx.Document()
    cell = word.add_table(1, 1).cell(0, 0)
    cell.text = "Rektor har ansvaret."
    cell.add_paragraph("Planen vurderes i juni.")

    assert shown(read(word)) == [
        ("paragraph", "Rektor har ansvaret."),
        ("paragraph", "Planen vurderes i juni."),
    ]


def test_a_table_within_a_table_is_read_once() -> None:
    word = docx.Document()
    outer = word.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Tiltak", "Når"
    outer.cell(1, 0).text = "Skolevandring"
    outer.cell(1, 1).text = "Se under"
    inner = outer.cell(1, 1).add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Tid", "Hvem"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "Uke 40", "Rektor"

    texts = [found.text for found in read(word).blocks]

    assert texts == ["Skolevandring | Se under", "Uke 40 | Rektor"]
