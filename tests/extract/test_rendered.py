"""The pages of a Word file as LibreOffice lays it out."""

from __future__ import annotations

import io

import docx
import pytest

from checker.extract import Readers, extract, find_readers, with_rendered_pages
from checker.extract.rendered import blocks_on
from checker.model import Block, BlockKind, Cell


def plan() -> bytes:
    word = docx.Document()
    word.add_heading("Formål", 1)
    word.add_paragraph("Rektor følger opp planen hver måned gjennom hele skoleåret.")
    word.add_page_break()
    word.add_heading("Tiltak", 1)
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Skolevandring", "Avdelingsleder"
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


@pytest.mark.libreoffice
def test_each_block_has_the_page_on_which_it_is_laid_out() -> None:
    document = extract(plan(), path="plan.docx")

    found = with_rendered_pages(document, plan(), readers=find_readers(builtin_only=False))

    assert [block.rendered_page for block in document.blocks] == [None] * 4
    assert [(block.text, block.rendered_page) for block in found.blocks] == [
        ("Formål", 1),
        ("Rektor følger opp planen hver måned gjennom hele skoleåret.", 1),
        ("Tiltak", 2),
        ("Skolevandring | Avdelingsleder", 2),
    ]
    assert all(block.page is None for block in found.blocks)


def test_without_libreoffice_the_document_stays_as_it_is() -> None:
    document = extract(plan(), path="plan.docx")

    assert with_rendered_pages(document, plan(), readers=Readers()) == document


def test_the_same_text_twice_is_found_in_its_order_and_what_is_missing_has_no_page() -> None:
    texts = ("Kontaktlærer leder møtet", "Står ikke der", "Kontaktlærer leder møtet igjen")
    row = Block(
        BlockKind.TABLE_ROW, "1 | Ressursteamet", cells=(Cell(None, "1"), Cell(None, "Ressursteamet"))
    )
    blocks = (*(Block(BlockKind.PARAGRAPH, text) for text in texts), row)

    found = blocks_on(["KontaktlærerledermøtetX", "Kontaktlærerledermøtetigjen1Ressursteamet"], blocks)

    assert [block.rendered_page for block in found] == [1, None, 2, 2]
