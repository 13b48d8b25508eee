"""Tables of a PDF: with lines, with stripes, without; heads, merged cells, page breaks."""

from __future__ import annotations

from pdf_maker import PdfPage, pdf

from checker.extract.pdf import read_pdf
from checker.model import Block, BlockKind, Document

XS = [70.0, 170.0, 300.0, 420.0, 520.0]
HEAD = ["Månad", "Oppgåve", "Ansvar", "Etterarbeid"]


def _read(*pages: PdfPage) -> Document:
    return read_pdf(pdf(*pages), path="plan.pdf")


def _rows(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]


def _cells(block: Block) -> list[tuple[str | None, str]]:
    return [(cell.column, cell.text) for cell in block.cells or ()]


def _ys(count: int, top: float = 100, step: float = 30) -> list[float]:
    return [top + step * index for index in range(count + 1)]


def test_a_drawn_table_gives_rows_with_column_names_and_its_text_leaves_the_running_text() -> None:
    page = PdfPage().text(70, 80, "Året startar med planlegging i heile personalet.")
    page.table(
        XS,
        _ys(3),
        [
            HEAD,
            ["August", "Planleg-\ngingsdagar", "Rektor", "Reglane heng"],
            ["Mai", "Eksamen", "Lærar", "–"],
        ],
    )

    document = _read(page)
    rows = _rows(document)

    assert (_cells(rows[0])) == [
        ("Månad", "August"),
        ("Oppgåve", "Planleggingsdagar"),
        ("Ansvar", "Rektor"),
        ("Etterarbeid", "Reglane heng"),
    ]
    assert [r.text for r in rows] == [
        "August | Planleggingsdagar | Rektor | Reglane heng",
        "Mai | Eksamen | Lærar | –",
    ]
    assert len(document.blocks) == 3
    assert [row.table for row in rows] == [1, 1]


def test_a_word_that_a_narrow_cell_broke_without_a_hyphen_is_whole() -> None:
    rows = [["Tiltak", "Evaluering"], ["Rektor går skolevandring", "Skolevandrin\ngsskjema\nfylles ut"]]
    page = PdfPage().table([70, 220, 288], _ys(2, step=50), rows, bold_head=True)

    assert _cells(_rows(_read(page))[0])[1] == ("Evaluering", "Skolevandringsskjema fylles ut")


def test_words_of_two_lines_in_a_cell_stay_apart() -> None:
    rows = [["Tiltak", "Ansvar"], ["Kartlegging av læringsmiljø", "Avdelingsleiar\nog rektor"]]
    page = PdfPage().table([70, 220, 292], _ys(2), rows, bold_head=True)

    assert _cells(_rows(_read(page))[0])[1] == ("Ansvar", "Avdelingsleiar og rektor")


def test_a_table_with_label_and_value_keeps_its_first_row() -> None:
    rows = [
        ["Når", "To ganger i året"],
        ["Hvem", "Rektor og inspektør"],
        ["Dokumentasjon", "Skjema i Elements"],
    ]
    page = PdfPage().table([70, 200, 500], _ys(3), rows)

    assert [row[1] for row in rows] == [_cells(block)[1][1] for block in _rows(_read(page))]


def test_a_bold_first_row_with_a_number_like_those_below_is_no_head() -> None:
    rows = [["Kontor", "77 00 40 10"], ["SFO", "77 00 40 15"], ["Helsesjukepleiar", "77 00 40 19"]]
    page = PdfPage().table([70, 200, 500], _ys(3), rows, bold_head=True)

    assert [_cells(block)[0][1] for block in _rows(_read(page))] == ["Kontor", "SFO", "Helsesjukepleiar"]


def test_two_known_names_in_plain_type_are_a_head() -> None:
    rows = [
        ["Kva", "Korleis"],
        ["Oppstart", "Læraren møter elevane i døra"],
        ["Avslutning", "Timen blir oppsummert"],
    ]
    page = PdfPage().table([70, 200, 500], _ys(3), rows)

    assert _cells(_rows(_read(page))[0]) == [("Kva", "Oppstart"), ("Korleis", "Læraren møter elevane i døra")]


def test_a_cell_merged_downwards_applies_to_each_row() -> None:
    page = PdfPage()
    for y in (100, 130, 190):
        page.rule(70, y, 420, y)
    page.rule(170, 160, 420, 160)
    for x in (70, 170, 300, 420):
        page.rule(x, 100, x, 190)
    for x, y, text in [(74, 112, "Mål"), (174, 112, "Tiltak"), (304, 112, "Ansvar")]:
        page.text(x, y, text, size=10, bold=True)
    for x, y, text in [
        (74, 142, "Trygge klassar"),
        (174, 142, "Klassemøte"),
        (304, 142, "Kontaktlærar"),
        (174, 172, "Vennegrupper"),
        (304, 172, "FAU"),
    ]:
        page.text(x, y, text, size=10)

    rows = _rows(_read(page))

    assert _cells(rows[1]) == [("Mål", "Trygge klassar"), ("Tiltak", "Vennegrupper"), ("Ansvar", "FAU")]
    assert len(rows) == 2


def test_a_table_goes_on_over_the_page_with_its_names_and_a_split_row_is_one() -> None:
    first = PdfPage().table(
        XS,
        _ys(2, 740),
        [HEAD, ["Februar", "Plangruppa legg fram tala\nog timereglane og", "Plangruppa", "Ny plan"]],
        bold_head=True,
    )
    second = PdfPage().table(
        XS, _ys(2, 60), [["", "bestemmer kva som skal\nendrast.", "", ""], ["Mars", "Vitjing", "Rektor", "–"]]
    )
    second.text(70, 200, "Planen gjeld i tre år, og rektor har ansvaret for han.")

    rows = _rows(_read(first, second))

    assert _cells(rows[0])[1] == (
        "Oppgåve",
        "Plangruppa legg fram tala og timereglane og bestemmer kva som skal endrast.",
    )
    assert rows[0].page == 1
    assert {1, 2} == {box[0] for box in rows[0].boxes}
    assert _cells(rows[1]) == [
        ("Månad", "Mars"),
        ("Oppgåve", "Vitjing"),
        ("Ansvar", "Rektor"),
        ("Etterarbeid", "–"),
    ]
    assert [row.table for row in rows] == [1, 1]


def test_a_head_that_repeats_on_each_page_is_no_row() -> None:
    pages = [
        PdfPage().table(XS, _ys(2, 60), [HEAD, [month, "Trinnmøte om klassemiljø", "Trinnleiar", "Referat"]])
        for month in ("August", "September", "Oktober")
    ]

    assert [_cells(row)[0][1] for row in _rows(_read(*pages))] == ["August", "September", "Oktober"]


def test_a_table_that_repeats_as_running_head_is_furniture() -> None:
    pages = [
        PdfPage()
        .table([70, 300, 520], _ys(1, 30), [["Rutine for klasseleiing", f"Side {number} av 2"]])
        .lines(70, 120, "Rektor vitjar klassane to gonger i året og gir tilbakemelding.")
        for number in (1, 2)
    ]

    document = _read(*pages)

    assert _rows(document) == []
    assert [piece.text for piece in document.furniture] == [
        "Rutine for klasseleiing | Side 1 av 2",
        "Rutine for klasseleiing | Side 2 av 2",
    ]


def test_a_table_without_lines_is_found_by_its_columns() -> None:
    page = PdfPage().lines(70, 80, "Planen viser når vi møtest, og kven som leier møta på skulen vår.")
    rows = [
        ("Møte", "Når", "Leiar"),
        ("Trinnmøte", "Kvar tysdag", "Trinnleiar"),
        ("Fellesmøte", "Torsdag", "Rektor"),
        ("Elevråd", "Fredag", "Lærar"),
    ]
    for index, row in enumerate(rows):
        for x, text in zip((70, 200, 340), row, strict=True):
            page.text(x, 120 + 18 * index, text)

    assert _cells(_rows(_read(page))[0]) == [
        ("Møte", "Trinnmøte"),
        ("Når", "Kvar tysdag"),
        ("Leiar", "Trinnleiar"),
    ]


def test_a_table_with_stripes_alone_keeps_cells_of_several_lines_together() -> None:
    page = PdfPage()
    for top in (100, 160):
        page.area(70, top, 520, top + 30, (0.85, 0.9, 1))
    for y, row in [(118, ("Tiltak", "Ansvarleg", "Frist")), (178, ("Evaluering", "Plangruppa", "Mai"))]:
        for x, text in zip((74, 300, 420), row, strict=True):
            page.text(x, y, text, size=10)
    page.lines(74, 142, "Rettleiing av nye lærarar", "gjennom heile skuleåret", leading=12, size=10)
    page.text(300, 148, "Avdelingsleiar", size=10).text(420, 148, "Heile året", size=10)
    page.rule(70, 50, 71, 50)

    rows = _rows(_read(page))

    assert rows[0].text == "Rettleiing av nye lærarar gjennom heile skuleåret | Avdelingsleiar | Heile året"
    assert len(rows) == 2


def test_two_columns_of_prose_are_never_a_table() -> None:
    page = PdfPage()
    for index in range(9):
        page.text(70, 100 + 14 * index, "Læraren møter elevane i døra og helsar på")
        page.text(310, 100 + 14 * index, "kvar enkelt, og timen startar når alle er")

    assert _rows(_read(page)) == []


def test_two_parallel_lists_are_never_a_table() -> None:
    page = PdfPage()
    for index, (left, right) in enumerate(
        [("Ro", "Respekt"), ("Orden", "Omsorg"), ("Glede", "Mot"), ("Tillit", "Håp")]
    ):
        page.text(70, 100 + 16 * index, f"• {left}").text(310, 100 + 16 * index, f"• {right}")

    document = _read(page)

    assert _rows(document) == []
    assert [b.text for b in document.blocks] == [
        "Ro",
        "Orden",
        "Glede",
        "Tillit",
        "Respekt",
        "Omsorg",
        "Mot",
        "Håp",
    ]


def test_a_frame_around_text_is_no_table() -> None:
    page = (
        PdfPage().rule(60, 80, 500, 80).rule(60, 160, 500, 160).rule(60, 80, 60, 160).rule(500, 80, 500, 160)
    )
    page.lines(
        70, 100, "Husk: Alle voksne griper inn når noen blir plaget, og melder fra", "til rektor samme dag."
    )

    assert [block.kind for block in _read(page).blocks] == [BlockKind.PARAGRAPH]


def test_a_line_across_the_table_is_the_section_of_the_rows_below() -> None:
    page = PdfPage()
    for y in (100, 130, 160, 190, 220):
        page.rule(70, y, 420, y)
    for x in (70, 420):
        page.rule(x, 100, x, 220)
    for top, bottom in ((100, 130), (160, 190), (190, 220)):
        for x in (170, 300):
            page.rule(x, top, x, bottom)
    for x, y, text in [(74, 112, "Når"), (174, 112, "Tiltak"), (304, 112, "Ansvar"), (74, 142, "Hausten")]:
        page.text(x, y, text, size=10, bold=True)
    for y, row in [(172, ("August", "Klassereglar", "Lærar")), (202, ("Oktober", "Vitjing", "Rektor"))]:
        for x, text in zip((74, 174, 304), row, strict=True):
            page.text(x, y, text, size=10)

    rows = _rows(_read(page))

    assert rows[-1].section == ("Hausten",)
    assert _cells(rows[-1]) == [("Når", "Oktober"), ("Tiltak", "Vitjing"), ("Ansvar", "Rektor")]


def test_names_that_stand_outside_a_grid_are_its_first_column_and_its_head() -> None:
    names, columns = ["Klassemøte", "Elevsamtale", "Fadderordning"], ["1. trinn", "2. trinn", "3. trinn"]
    page = PdfPage().table(
        [180, 300, 420, 540],
        [200, 224, 248, 272],
        [["ukentlig", "ukentlig", "nei"], ["høst", "vår", "ja"], ["ja", "nei", "ja"]],
    )
    for x, column in zip((184, 304, 424), columns, strict=True):
        page.text(x, 194, column, size=10, bold=True)
    for y, name in zip((212, 236, 260), names, strict=True):
        page.text(60, y, name, size=10)

    rows = _rows(_read(page))

    assert [row.cells[0].text for row in rows if row.cells] == names
    assert [cell.column for cell in rows[0].cells or ()] == [None, *columns]
    assert rows[1].text == "Elevsamtale | høst | vår | ja"


def test_prose_beside_a_grid_is_no_name_of_its_rows() -> None:
    page = PdfPage().table([300, 420, 540], [200, 224, 248, 272], [["a", "b"], ["c", "d"], ["e", "f"]])
    page.lines(60, 204, *["Rektor er til stede i alle timer her"] * 5, leading=14)

    assert [row.text for row in _rows(_read(page))] == ["a | b", "c | d", "e | f"]


def test_a_single_letter_that_a_full_cell_broke_off_belongs_to_its_word() -> None:
    page = PdfPage().table(
        [70, 200, 269], [100, 124, 160], [["Tiltak", "Ansvar"], ["Skolevandring", "Avdelingslede\nr"]]
    )

    assert _rows(_read(page))[-1].text == "Skolevandring | Avdelingsleder"


def test_drawn_list_signs_in_a_cell_part_its_items() -> None:
    rows = [["Når", "Tiltak"], ["August", "Felles start\nKlasseregler"], ["Mai", "Evaluering"]]
    page = PdfPage().table([60, 160, 400], [100, 130, 170, 200], rows, bold_head=True)
    for y in (142, 154):
        page.area(160.5, y - 6, 162.5, y - 4, (0, 0, 0))
    document = _read(page)

    assert [block.text for block in document.blocks][:1] == ["August | • Felles start • Klasseregler"]
