"""The corpus's PDFs: every block's text stands in the boxes it claims, and a person's reading is met."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from checker.extract.pdf import read_pdf
from checker.model import BlockKind, Document, FurnitureKind, Problem, ReadStatus

CORPUS = Path(__file__).parents[2] / "corpus" / "tverrmark"
OWN = Path(__file__).parent / "files"
FILES = sorted([*CORPUS.rglob("*.pdf"), *OWN.glob("*.pdf")])
IGNORED = re.compile(r"[\W_]")
"""White space, hyphens and bullets may differ between a block and its page; letters and digits may not."""


@cache
def _read(path: Path) -> Document:
    return read_pdf(path.read_bytes(), path=path.name)


def _letters(text: str) -> str:
    return IGNORED.sub("", text)


def _text_in(source: pdfium.PdfDocument, boxes: tuple[tuple[int, float, float, float, float], ...]) -> str:
    found = []
    for number, x0, top, x1, bottom in boxes:
        page = source[number - 1]
        left, low, _, high = page.get_cropbox()
        place = {
            "left": left + x0 - 0.5,
            "right": left + x1 + 0.5,
            "top": high - top,
            "bottom": high - bottom,
        }
        found.append(page.get_textpage().get_text_bounded(**place))
        assert low <= high - bottom
    return " ".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_block_stands_in_its_boxes_on_the_page(path: Path) -> None:
    document = _read(path)
    if document.status is ReadStatus.UNREADABLE:
        assert document.blocks == ()
        return
    source = pdfium.PdfDocument(path.read_bytes())
    marks = [block.text.split()[0] for block in document.blocks if block.kind is BlockKind.FOOTNOTE]

    for block in document.blocks:
        seen = _letters(_text_in(source, block.boxes))
        if block.kind is not BlockKind.TABLE_ROW:
            assert _letters(block.text) in seen or any(
                _letters(block.text) in seen.replace(mark, "") for mark in marks
            )
        elif not block.marks:
            assert all(_letters(cell.text) in _letters(block.text) for cell in block.cells or ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_word_of_the_page_is_lost(path: Path) -> None:
    document = _read(path)
    if document.status is ReadStatus.UNREADABLE:
        return
    source = pdfium.PdfDocument(path.read_bytes())
    whole = "".join(page.get_textpage().get_text_bounded() for page in source)
    heads = {cell.column for block in document.blocks for cell in block.cells or () if cell.column}
    parts = [
        *(block.text for block in document.blocks),
        *(piece.text for piece in document.furniture),
        *sorted(heads),
    ]
    kept = " ".join(parts)

    split = re.sub(r"[\x02\ufffe]|(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", whole)
    lost = [word for word in re.findall(r"[^\W\d_]{4,}", split) if word not in kept]

    assert lost == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_blocks_and_furniture_keep_to_their_forms(path: Path) -> None:
    document = _read(path)

    for block in document.blocks:
        assert block.text == " ".join(block.text.split()) or block.kind is BlockKind.TABLE_ROW
        assert (block.level is not None) == (block.kind is BlockKind.HEADING)
        assert (block.cells is not None) == (block.kind is BlockKind.TABLE_ROW)
        assert block.page is not None
        assert block.boxes
        assert block.boxes[0][0] == block.page
        if block.cells is not None:
            assert block.text == " | ".join(cell.text for cell in block.cells)
    pages = [block.page or 0 for block in document.blocks]
    assert pages == sorted(pages)


def test_two_runs_give_the_same() -> None:
    data = FILES[0].read_bytes()

    assert read_pdf(data, path="plan.pdf") == read_pdf(data, path="plan.pdf")


def test_the_yearly_wheel_of_fjellgota_is_one_table_with_its_split_row_joined() -> None:
    document = _read(CORPUS / "Fjellgota skule" / "Verksemdsplan 2026-2028.pdf")
    rows = [block for block in document.blocks if block.table == 1]

    assert [row.cells[0].text for row in rows if row.cells] == [
        *("August", "August", "September", "Oktober", "November", "Desember"),
        *("Januar", "Februar", "Mars", "April", "Mai", "Juni"),
    ]
    assert {tuple(cell.column for cell in row.cells or ()) for row in rows} == {
        ("Månad", "Oppgåve", "Ansvar", "Etterarbeid")
    }
    assert rows[7].text == (
        "Februar | Plangruppa legg fram tala frå Elevundersøkinga. Personalet går gjennom planen for "
        "skulemiljø og timereglane og bestemmer kva som skal endrast. | Plangruppa | "
        "Ny versjon innan 1. april"
    )
    phones = [block for block in document.blocks if block.table == 2]
    assert [row.text for row in phones] == [
        "Kontor | 77 00 40 10",
        "SFO | 77 00 40 15",
        "Helsesjukepleiar | 77 00 40 19",
    ]
    assert {piece.kind for piece in document.furniture} == {FurnitureKind.HEADER, FurnitureKind.PAGE_NUMBER}


def test_the_two_columns_of_lomtjonna_are_read_band_by_band() -> None:
    document = _read(CORPUS / "Lomtjønna skole" / "Skolemiljøplan 2025-2027.pdf")

    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Plan for et trygt og godt skolemiljø",
        "Formål",
        "Lovgrunnlag",
        "Begreper",
        "Tegn vi ser etter",
        "Roller",
        "Forebyggende arbeid",
        "Avdekke",
        "Gripe inn, melde og undersøke",
        "Evaluering",
        "Vedlegg 1. Samtale med en elev som kan være utsatt",
        "Vedlegg 2. Fra loven",
        "Vedlegg 3. Hvem kan jeg ringe?",
    ]
    assert [block.text[:15] for block in document.blocks if block.kind is BlockKind.FOOTNOTE] == [
        "1 Se for eksemp"
    ]
    assert any(block.text.endswith("Det vet vi fra forskningen.") for block in document.blocks)


def test_the_columns_of_tangstad_are_read_one_after_the_other() -> None:
    document = _read(CORPUS / "Tangstad ungdomsskole" / "Slik leder vi klassen.pdf")

    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING][1:] == [
        "Hvorfor",
        "Dette gjør alle",
        "Dette holder vi på med, men er ikke enige om",
        "Hvem passer på",
        "Besøk i timene",
        "Praktisk",
        "Faglig",
        "Kultur på huset",
    ]
    assert sum(block.kind is BlockKind.LIST_ITEM for block in document.blocks) == 5


def test_a_scan_of_the_corpus_has_no_text() -> None:
    document = _read(CORPUS / "Hestehagan skole" / "Referat trinnledermøte sept.pdf")

    assert (document.status, document.problem) == (ReadStatus.UNREADABLE, Problem.NO_TEXT)


def test_a_table_over_four_pages_keeps_its_names_its_merged_cells_and_its_split_rows() -> None:
    document = _read(OWN / "handlingsplan-liggende.pdf")
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]

    goals = ["Trygge klassar", "God klasseleiing", "Samarbeid med heimen"]
    assert [row.cells[0].text for row in rows if row.cells] == [goal for goal in goals for _ in range(5)]
    assert all(row.text.endswith("Samtale i medarbeidarsamtalen og i plangruppa") for row in rows)
    assert {cell.column for row in rows for cell in row.cells or ()} == {
        "Mål",
        "Tiltak",
        "Ansvarleg",
        "Frist",
        "Evaluering",
    }


def test_a_quality_form_keeps_labels_and_merged_steps_and_loses_its_running_head() -> None:
    document = _read(OWN / "kvalitetsskjema.pdf")
    labels = [block.cells[0].text for block in document.blocks if block.table == 1 and block.cells]
    steps = [block.cells[0].text for block in document.blocks if block.table == 2 and block.cells]

    assert labels == ["Formål", "Omfang", "Ansvarlig", "Når", "Dokumentasjon"]
    assert steps == ["Forberedelse", "Forberedelse", "Observasjon", "Observasjon", "Oppfølging"]
    assert [piece.text.split(" | ")[-1] for piece in document.furniture] == [
        f"Side {n} av 3" for n in (1, 2, 3)
    ]


def test_a_page_from_a_browser_keeps_columns_stripes_and_drawn_bullets() -> None:
    document = _read(OWN / "fra-nettleser.pdf")
    texts = [block.text for block in document.blocks]

    long_row = (
        "Rettleiing av nyutdanna lærarar og vikarar gjennom heile skuleåret | Avdelingsleiar | Heile året"
    )
    assert long_row in texts
    assert next(block.text for block in document.blocks if block.kind is BlockKind.LIST_ITEM) == (
        "Læraren møter elevane i døra."
    )
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == [
        *(
            "Plan for klasseleiing",
            "Kvifor",
            "Korleis",
            "Ansvar",
            "Møte",
            "Boksar",
            "Før timen",
            "Etter timen",
        )
    ]


def test_numbered_and_coloured_headings_and_a_contents_list_without_dots() -> None:
    document = _read(OWN / "nummererte-overskrifter.pdf")

    assert [(block.text, block.level) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        ("Virksomhetsplan for Lia skole", 1),
        ("1 Innledning", 1),
        ("1.1 Bakgrunn", 2),
        ("1.2 Visjon", 2),
        ("2 Klasseledelse", 1),
        ("2.1 Felles rutiner", 2),
        ("Oppstart av timen", 3),
        ("Avslutning av timen", 3),
        ("2.2 Skolevandring", 2),
    ]
    assert sum(piece.kind is FurnitureKind.CONTENTS for piece in document.furniture) == 7


def test_three_columns_are_read_one_after_the_other() -> None:
    document = _read(OWN / "tre-spalter.pdf")

    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == [
        "Velkomen til skulen",
        "Slik startar vi timen",
        "Reglar i klasserommet",
        "Samarbeid med heimen",
        "Når noko er vanskeleg",
        "Kontakt oss",
    ]
    assert {block.text[:10] for block in document.blocks if block.kind is BlockKind.PARAGRAPH} == {
        "Læraren st"
    }
