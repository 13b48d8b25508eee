"""What is read of plain text, Markdown, CSV, HTML and RTF."""

from __future__ import annotations

import pytest

from checker.extract import extract
from checker.model import Document, FurnitureKind


def shown(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in document.blocks]


def read(text: str, name: str) -> Document:
    return extract(text.encode(), path=name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "cp850"])
def test_norwegian_letters_survive_every_encoding(encoding: str) -> None:
    text = "Kontaktlærar ringjer heim når eleven er borte frå skulen, og fører fråvær på lista."

    assert shown(extract(text.encode(encoding), path="plan.txt")) == [("paragraph", text)]


def test_headings_lists_and_labels_in_plain_text() -> None:
    text = """PLAN FOR LÆRINGSMILJØ

Skolevandring
=============
Rektor er i alle klasser hver høst.
Ansvar: rektor
Frist: 1. oktober

2.1 Veiledning
Nyutdannede får veiledning hver uke:
- time med veileder
- observasjon
"""

    document = read(text, "plan.txt")

    assert shown(document) == [
        ("heading", "PLAN FOR LÆRINGSMILJØ"),
        ("heading", "Skolevandring"),
        ("paragraph", "Rektor er i alle klasser hver høst."),
        ("paragraph", "Ansvar: rektor"),
        ("paragraph", "Frist: 1. oktober"),
        ("heading", "2.1 Veiledning"),
        ("paragraph", "Nyutdannede får veiledning hver uke:"),
        ("list_item", "time med veileder"),
        ("list_item", "observasjon"),
    ]
    assert document.title == "PLAN FOR LÆRINGSMILJØ"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Bussen går 14.10. Bussansvarleg går saman med elevane ned til vegen og\n"
        "Kari kryssar av på lista. Lista blir levert til kontoret kvar fredag i\n"
        "skuleåret.\n"
    )

    assert len(read(text, "plan.txt").blocks) == 1


def test_a_letter_has_no_headings() -> None:
    text = (
        "Kjære foreldre\n\nVi inviterer til møte 9. september i gymsalen på skolen.\n\n"
        "Vennlig hilsen\nKari Nordmann\n"
    )

    assert {kind for kind, _ in shown(read(text, "brev.txt"))} == {"paragraph"}


def test_markdown_is_read_without_its_signs() -> None:
    text = """# Skoleplan

## Tiltak
**Rektor** leser [planen](plan.md) hver
måned.

- [ ] rydde
1. begynne

| Tiltak | Ansvar |
|---|:---:|
| Skolevandring | Rektor |
"""

    document = read(text, "plan.md")

    assert shown(document) == [
        ("heading", "Skoleplan"),
        ("heading", "Tiltak"),
        ("paragraph", "Rektor leser planen hver måned."),
        ("list_item", "rydde"),
        ("list_item", "1. begynne"),
        ("table_row", "Skolevandring | Rektor"),
    ]
    assert [cell.column for cell in document.blocks[-1].cells or ()] == ["Tiltak", "Ansvar"]


def test_csv_rows_have_the_names_of_their_columns() -> None:
    document = extract("Tiltak;Ansvar\nBesøk;Rektor\n".encode("cp1252"), path="tiltak.csv")

    assert [(cell.column, cell.text) for cell in document.blocks[0].cells or ()] == [
        ("Tiltak", "Besøk"),
        ("Ansvar", "Rektor"),
    ]


def test_html_is_read_as_a_browser_shows_it() -> None:
    page = """<!DOCTYPE html><html><head><title>Infoskriv</title><meta charset="utf-8">
    <style>.vekk {display: none}</style><script>var x = "klasseledelse";</script></head><body>
    <nav>Meny</nav><div><a href="#">Hjem</a> | <a href="#">Ansatte</a> | <a href="#">Klasseledelse</a></div>
    <h1>Velkommen</h1><p>Kjære <b>foresatte</b>,<br>nå er det høst.</p>
    <div style="display:none">Skjult.</div><p class="vekk">Skjult.</p>
    <ol><li>Klær</li><li>Mat</li></ol>
    <table><tr><th>Når</th><th>Hva</th></tr><tr><td rowspan="2">Uke 40</td><td>Ferie</td></tr>
    <tr><td>Møte</td></tr></table></body></html>"""

    document = read(page, "info.html")

    assert document.title == "Infoskriv"
    assert shown(document) == [
        ("heading", "Velkommen"),
        ("paragraph", "Kjære foresatte, nå er det høst."),
        ("list_item", "1. Klær"),
        ("list_item", "2. Mat"),
        ("table_row", "Uke 40 | Ferie"),
        ("table_row", "Uke 40 | Møte"),
    ]
    assert [piece.kind for piece in document.furniture] == [FurnitureKind.HEADER]


def test_the_declared_charset_of_html_comes_first() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Skolemiljøet på Tverrå</p></body></html>'

    assert shown(extract(page.encode("latin-1"), path="a.html")) == [("paragraph", "Skolemiljøet på Tverrå")]


def test_rtf_is_read_without_its_codes() -> None:
    text = r"{\rtf1\ansi\ansicpg1252 Rektor leier m\'f8tet.\par L\'e6raren f\'e5r rettleiing.\par}"

    assert [block for _, block in shown(extract(text.encode(), path="plan.rtf"))] == [
        "Rektor leier møtet.",
        "Læraren får rettleiing.",
    ]
