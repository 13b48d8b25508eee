"""Running text of a PDF: paragraphs, hyphens, lists, headings, columns, furniture, footnotes."""

from __future__ import annotations

import pytest
from pdf_maker import PdfPage, pdf

from checker.extract.pdf import read_pdf
from checker.model import Block, BlockKind, Document, FurnitureKind, Mark, ReadStatus


def _read(*pages: PdfPage, title: str | None = None) -> Document:
    return read_pdf(pdf(*pages, title=title), path="plan.pdf")


def _texts(document: Document, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


def _block(document: Document, start: str) -> Block:
    return next(block for block in document.blocks if block.text.startswith(start))


FILLER = [
    "Skolen arbeider hele året med et trygt og godt læringsmiljø for",
    "alle elever, og lærerne på trinnet planlegger timene sammen.",
]


def test_lines_become_one_paragraph_and_more_space_begins_the_next() -> None:
    page = PdfPage().lines(70, 100, *FILLER).lines(70, 140, "Rektor er til stede i timene to ganger i året.")

    document = _read(page)

    assert [" ".join(FILLER), "Rektor er til stede i timene to ganger i året."] == _texts(document)
    assert len(document.blocks[0].boxes) == 2
    assert ReadStatus.READ is document.status


def test_a_line_that_ends_early_ends_the_paragraph() -> None:
    page = PdfPage().lines(
        70,
        100,
        FILLER[0],
        "alle elever.",
        "Rektor er til stede i timene to ganger i året, og inspektør",
        "tar resten.",
    )

    assert len(_texts(_read(page))) == 2


def test_an_indented_first_line_begins_a_paragraph() -> None:
    page = (
        PdfPage().lines(70, 100, *FILLER).text(90, 128, "Rektor er til stede i timene to ganger i året, og")
    )
    page.text(70, 142, "inspektøren tar resten av klassene.")

    assert len(_texts(_read(page))) == 2


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Planen gjeld for alle klas-", "sane på skulen.", "Planen gjeld for alle klassane på skulen."),
        (
            "Alle elevar følgjer IKT-",
            "reglementet på skulen.",
            "Alle elevar følgjer IKT-reglementet på skulen.",
        ),
        ("Det er ikkje lov med e-", "sigarettar på skulen.", "Det er ikkje lov med e-sigarettar på skulen."),
        (
            "Skolen gjennomfører elev-",
            "og foreldresamtaler.",
            "Skolen gjennomfører elev- og foreldresamtaler.",
        ),
        ("Det gjelder Sør-", "Varanger også.", "Det gjelder Sør-Varanger også."),
        ("Det gjelder 1.–", "4. trinn på skolen.", "Det gjelder 1.–4. trinn på skolen."),
        ("Ansvar: rektor/", "inspektør på skolen.", "Ansvar: rektor/inspektør på skolen."),
    ],
)
def test_hyphens_at_line_ends_go_unless_they_are_real(left: str, right: str, expected: str) -> None:
    page = PdfPage().lines(70, 100, *FILLER, left, right)

    assert expected in _texts(_read(page))[0]


def test_a_hyphen_stays_where_the_document_writes_the_word_with_one() -> None:
    page = PdfPage().lines(
        70, 100, "Skole-hjem-samarbeidet er viktig. Vi tar vare på skole-", "hjem-samarbeidet hele året."
    )

    assert "vare på skole-hjem-samarbeidet hele" in _texts(_read(page))[0]


def test_a_broken_word_within_a_line_is_mended_by_the_documents_own_words() -> None:
    page = PdfPage().lines(
        70, 100, "Tydelege rammer gir ro. Klare ram- mer er godt for alle, elev- og", "lærarråd òg."
    )

    assert "Klare rammer er godt for alle, elev- og lærarråd" in _texts(_read(page))[0]


def test_list_items_lose_their_sign_and_keep_their_number() -> None:
    page = PdfPage().lines(
        70,
        100,
        "Rektor har ansvar for:",
        "• skolevandring",
        "• medarbeidarsamtale",
        "1. Planlegging av året",
        "2. Evaluering i mai",
        "– ro og orden",
    )

    document = _read(page)

    assert _texts(document, BlockKind.LIST_ITEM) == [
        "skolevandring",
        "medarbeidarsamtale",
        "1. Planlegging av året",
        "2. Evaluering i mai",
        "ro og orden",
    ]


def test_a_sign_that_is_drawn_begins_a_list_item() -> None:
    page = PdfPage().lines(90, 100, "Læraren møter elevane i døra", "Timen startar roleg og presist")
    page.area(80, 94, 83, 97, (0, 0, 0)).area(80, 108, 83, 111, (0, 0, 0))

    assert len(_texts(_read(page), BlockKind.LIST_ITEM)) == 2


def test_headings_get_levels_and_give_sections() -> None:
    page = PdfPage().text(70, 80, "Virksomhetsplan", size=24)
    page.text(70, 120, "1 Innledning", size=16).lines(70, 140, *FILLER)
    page.text(70, 190, "1.1 Bakgrunn", size=13, bold=True).lines(70, 210, *FILLER)
    page.text(70, 260, "Verdier", size=16).lines(70, 280, *FILLER)

    document = _read(page)

    assert [(block.text, block.level) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        ("Virksomhetsplan", 1),
        ("1 Innledning", 1),
        ("1.1 Bakgrunn", 2),
        ("Verdier", 1),
    ]
    assert document.blocks[4].section == ("1 Innledning", "1.1 Bakgrunn")
    assert document.blocks[-1].section == ("Verdier",)
    assert document.title == "Virksomhetsplan"


def test_a_short_bold_line_over_text_is_a_heading_and_a_labelled_one_is_not() -> None:
    page = PdfPage().text(70, 80, "Skolevandring", bold=True).lines(70, 96, *FILLER)
    page.text(70, 140, "Ansvarlig: Rektor", bold=True).lines(70, 160, *FILLER)

    document = _read(page)

    assert _texts(document, BlockKind.HEADING) == ["Skolevandring"]
    assert "Ansvarlig: Rektor" in _texts(document)


def test_a_large_quotation_and_a_large_sentence_are_no_headings() -> None:
    page = (
        PdfPage().text(70, 80, "«Vi går i lag, og vi ventar på den siste.»", size=14).lines(70, 110, *FILLER)
    )
    page.text(70, 160, "Vi ønsker alle velkommen.", size=13).lines(70, 190, *FILLER)

    assert _texts(_read(page), BlockKind.HEADING) == []


def test_two_columns_are_read_one_after_the_other_even_if_written_line_by_line() -> None:
    page = PdfPage().text(70, 70, "En overskrift som går over begge spaltene på siden", size=16)
    left = [f"Venstre linje nummer {index} i spalten her," for index in range(8)]
    right = [f"høyre linje nummer {index} i spalten der," for index in range(8)]
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(70, 100 + 14 * index, one).text(310, 100 + 14 * index, other)

    text = " ".join(_texts(_read(page)))

    assert text.index("Venstre linje nummer 7") < text.index("høyre linje nummer 0")


def test_a_paragraph_over_a_page_break_is_one_with_boxes_on_both_pages() -> None:
    first = (
        PdfPage()
        .text(70, 40, "Plan for Lia skole")
        .lines(70, 760, *FILLER, "Alle klassar har felles reglar som")
        .text(70, 820, "side 1")
    )
    second = (
        PdfPage()
        .text(70, 40, "Plan for Lia skole")
        .lines(70, 100, "elevane har vore med på å lage.")
        .text(70, 820, "side 2")
    )

    document = _read(first, second)
    block = _block(document, "Skolen")

    assert block.text.endswith("Alle klassar har felles reglar som elevane har vore med på å lage.")
    assert block.page == 1
    assert [box[0] for box in block.boxes] == [1, 1, 1, 2]
    assert [(piece.kind, piece.page) for piece in document.furniture] == [
        (FurnitureKind.HEADER, 1),
        (FurnitureKind.PAGE_NUMBER, 1),
        (FurnitureKind.HEADER, 2),
        (FurnitureKind.PAGE_NUMBER, 2),
    ]


@pytest.mark.parametrize(
    "foot", ["side 1", "Side 1 av 1", "– 1 –", "1", "Sagbekkentimen · 1", "Lia skule, side 1"]
)
def test_a_lone_page_number_on_a_single_page_is_furniture(foot: str) -> None:
    page = PdfPage().lines(70, 100, *FILLER).text(70, 815, foot, size=9)

    document = _read(page)

    assert [foot] == [piece.text for piece in document.furniture]
    assert len(document.blocks) == 1


def test_headings_that_differ_in_a_number_at_the_head_of_pages_stay() -> None:
    pages = [
        PdfPage().text(70, 80, f"Klasse {number}", bold=True).lines(70, 100, *FILLER) for number in (10, 8, 9)
    ]

    assert _texts(_read(*pages), BlockKind.HEADING) == ["Klasse 10", "Klasse 8", "Klasse 9"]


def test_a_contents_list_is_furniture_with_dots_and_without() -> None:
    dotted = PdfPage().text(70, 80, "Innhald", size=16)
    dotted.lines(
        70, 110, "1 Verdiar ............................ 3", "2 Klasseleiing ....................... 4"
    )
    plain = PdfPage().text(70, 80, "Innhold", size=16)
    for index, (name, number) in enumerate([("Verdier", 3), ("Klasseledelse", 4), ("Evaluering", 6)]):
        plain.text(70, 110 + 16 * index, name).text(480, 110 + 16 * index, str(number))
    body = PdfPage().lines(70, 100, *FILLER)

    for page in (dotted, plain):
        document = _read(page, body)

        assert [" ".join(FILLER)] == [block.text for block in document.blocks]
        assert {FurnitureKind.CONTENTS} == {piece.kind for piece in document.furniture}


def test_a_footnote_is_set_apart_and_its_number_leaves_the_text() -> None:
    page = (
        PdfPage()
        .lines(70, 100, *FILLER, "Det viser forskningen")
        .text(182, 124, "1", size=6)
        .text(186, 128, ".")
    )
    page.text(70, 760, "1", size=5).text(75, 763, "Se rapporten fra 2019.", size=8)

    document = _read(page)

    assert _texts(document)[0].endswith("Det viser forskningen.")
    assert _texts(document, BlockKind.FOOTNOTE) == ["1 Se rapporten fra 2019."]


def test_a_raised_digit_without_a_footnote_stays() -> None:
    page = PdfPage().lines(70, 100, *FILLER, "Uteområdet er på 900 m").text(188, 124, "2", size=6)

    assert _texts(_read(page))[0].endswith("900 m2")


def test_text_that_no_reader_sees_is_marked() -> None:
    page = PdfPage().lines(70, 100, *FILLER)
    page.text(70, 200, "Kvit tekst på kvit grunn her", colour=(1, 1, 1))
    page.text(70, 230, "Usynlig tekst uten bilde bak", mode=3)
    page.area(60, 290, 400, 320, (0, 0, 0.5)).text(70, 310, "Kvit tekst på blå grunn", colour=(1, 1, 1))

    marks = {block.text: block.marks for block in _read(page).blocks}

    assert marks["Kvit tekst på kvit grunn her"] == (Mark.HIDDEN,)
    assert marks["Usynlig tekst uten bilde bak"] == (Mark.HIDDEN,)
    assert marks["Kvit tekst på blå grunn"] == ()


def test_invisible_text_over_a_scan_is_the_scans_text() -> None:
    page = PdfPage().picture(0, 0, 595, 842).lines(70, 100, *FILLER, mode=3)

    document = _read(page)

    assert [block.marks for block in document.blocks] == [()]
    assert ReadStatus.READ is document.status


def test_form_fields_and_free_text_are_read_and_marked() -> None:
    page = PdfPage().text(70, 100, "Ansvarlig:").field(130, 88, 300, 104, "a", "Rektor Kari Moe")
    page.lines(70, 140, *FILLER).note(70, 200, 300, 220, "Vedtatt 3. juni").note(
        400, 50, 420, 70, "Sjekk dette", "Text"
    )

    document = _read(page)

    assert _block(document, "Ansvarlig: Rektor Kari Moe").marks == (Mark.FORM_FIELD,)
    assert _block(document, "Vedtatt 3. juni").marks == (Mark.FORM_FIELD,)
    assert _block(document, "Sjekk dette").marks == (Mark.COMMENT,)


def test_boxes_hold_after_crop_and_rotation() -> None:
    plain = _read(PdfPage().lines(70, 100, *FILLER)).blocks[0].boxes[0]
    cropped = _read(PdfPage(crop=(20, 0, 595, 812)).lines(70, 100, *FILLER)).blocks[0].boxes[0]
    turned = PdfPage(rotate=90)
    for index, text in enumerate(FILLER):
        turned.text(100 + 14 * index, 772, text, turn=(0, 1, -1, 0))
    rotated = _read(turned).blocks[0].boxes[0]

    assert tuple(round(value, 1) for value in plain[:3]) == (1, 70, 91.4)
    assert tuple(round(value, 1) for value in cropped[:3]) == (1, 50, 61.4)
    assert tuple(round(value, 1) for value in rotated[:3]) == (1, 70, 91.4)


def test_a_page_whose_text_lies_on_its_side_is_read_and_boxed_as_shown() -> None:
    page = PdfPage()
    for index, text in enumerate(FILLER):
        page.text(100 + 14 * index, 700, text, turn=(0, 1, -1, 0))

    document = _read(page)
    _, x0, top, x1, bottom = document.blocks[0].boxes[0]

    assert [" ".join(FILLER)] == _texts(document)
    assert x1 - x0 < bottom - top


def test_a_watermark_is_furniture() -> None:
    page = PdfPage().lines(70, 100, *FILLER)
    page.ops.append(b"BT /F2 60 Tf 0.8 g 0.7 0.7 -0.7 0.7 150 300 Tm (UTKAST) Tj ET")

    document = _read(page)

    assert [piece.text for piece in document.furniture] == ["UTKAST"]
    assert len(document.blocks) == 1


def test_the_title_comes_from_the_properties_where_no_heading_shows_one() -> None:
    page = PdfPage().lines(70, 100, *FILLER)

    assert _read(page, title="Plan for ro").title == "Plan for ro"
    assert _read(page, title="Microsoft Word - plan.docx").title is None


def test_the_foot_of_a_longer_left_column_stays_with_it_when_lines_are_written_across() -> None:
    page = PdfPage()
    left = [f"Venstre linje nummer {index} i spalten her," for index in range(10)]
    right = [f"høyre linje nummer {index} i spalten der," for index in range(7)]
    for index, text in enumerate(left):
        page.text(70, 100 + 14 * index, text)
        if index < len(right):
            page.text(310, 100 + 14 * index, right[index])

    text = " ".join(_texts(_read(page)))

    assert text.index("Venstre linje nummer 9") < text.index("høyre linje nummer 0")


def test_headings_on_two_pages_are_never_one() -> None:
    first = PdfPage().text(70, 300, "Plan for trygt læringsmiljø", size=30)
    first.text(70, 336, "ved Lia skole i Tverrmark kommune", size=30)
    second = PdfPage().text(70, 80, "Formål med planen", size=30).lines(70, 130, *FILLER)

    headings = _texts(_read(first, second), BlockKind.HEADING)

    assert headings[-1] == "Formål med planen"


def test_lines_at_ever_new_distances_are_read() -> None:
    page, y = PdfPage(), 100.0
    for step in (14, 15, 16, 17, 18, 19, 20):
        page.text(70, y, "Rektor er til stede i timene to ganger i året, og inspektør")
        y += step

    assert _texts(_read(page))


def test_text_off_the_page_is_marked_and_never_joined_to_what_is_seen() -> None:
    page = PdfPage().lines(70, 100, *FILLER)
    page.text(700, 200, "Tekst til høyre for arket").text(70, 900, "Tekst under arket")
    cropped = PdfPage(crop=(0, 0, 595, 600)).lines(70, 400, *FILLER).text(70, 100, "Tekst over utsnittet")

    for document, hidden in (
        (_read(page), ["Tekst til høyre for arket", "Tekst under arket"]),
        (_read(cropped), ["Tekst over utsnittet"]),
    ):
        found = [block.text for block in document.blocks if Mark.HIDDEN in block.marks]
        assert sorted(found) == sorted(hidden)
        assert [" ".join(FILLER)] == [block.text for block in document.blocks if not block.marks]


def test_a_paragraph_that_ends_in_a_short_line_over_two_columns_is_one() -> None:
    page = PdfPage().lines(
        70,
        100,
        "Alle klassene har de samme reglene for hvordan timene begynner og slutter i år, og de",
        "henger i alle rom.",
    )
    for x in (70, 320):
        page.lines(x, 160, *["Rektor er i alle klasserom to ganger i"] * 4, "halvåret.")

    texts = _texts(_read(page))

    assert "slutter i år, og de henger i alle rom." in texts[0]
    assert len(texts) == 3


def test_a_hollow_circle_before_a_line_is_the_sign_of_a_list_item() -> None:
    page = PdfPage().text(70, 100, "2. Helsesykepleier møter fast")
    for y, text in ((114, "hver mandag i oddetallsuker"), (128, "ved behov ellers")):
        page.text(100, y, text)
        x, middle = 90, 842 - y + 4
        curve = (
            f"{x} {middle + 2} {x + 3} {middle + 2} {x + 3} {middle} c {x + 3} {middle - 2} {x} {middle - 2}"
        )
        page.ops.append(f"{x} {middle} m {curve} {x} {middle} c h S".encode())

    kinds = [(block.kind, block.text) for block in _read(page).blocks]

    assert kinds[1:] == [
        (BlockKind.LIST_ITEM, "hver mandag i oddetallsuker"),
        (BlockKind.LIST_ITEM, "ved behov ellers"),
    ]


def test_after_a_list_within_an_item_the_next_number_is_an_item() -> None:
    page = PdfPage().lines(70, 100, "1. Rektor leder teamet", "2. Helsesykepleier møter fast")
    page.lines(100, 128, "• hver mandag", "• ved behov ellers").text(
        70, 156, "3. Referatet blir lagret i arkivet"
    )

    kinds = [(block.kind, block.text[:10]) for block in _read(page).blocks]

    assert kinds[-1] == (BlockKind.LIST_ITEM, "3. Referat")


def test_letters_set_one_by_one_on_their_side_are_words() -> None:
    page = PdfPage().lines(120, 100, *FILLER * 3)
    places = {"K": 0.0, "l": 7.4, "a": 9.9, "s": 16.0, "S": 21.5, "e": 27.1, "u": 36.4, "k": 42.5, "E": 48.1}
    for letter, advance in places.items():
        page.text(60, 300 - advance, letter.lower() if letter in "SE" else letter, turn=(0, 1, -1, 0))

    assert "Klasse uke" in _texts(_read(page))
