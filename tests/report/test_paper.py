"""The working paper in Word: real styles, contents, a landscape matrix, every quote with its place."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table

from checker.report import Decided, report_bytes
from checker.texts import LANGUAGES, load_texts

from .many import MORE, report_on_many_schools
from .sample import TITLES, sample_report

NB = load_texts("nb")
DECIDED = {
    ("Ålvik skole", "KL-102"): Decided(
        decision="1",
        assessment="disagree",
        status="documented",
        grounds="Står i årshjulet",
        author="Kari Nes",
        day=date(2026, 11, 25),
        verdict="endret til «Dokumentert» (Kari Nes, 25.11.2026): Står i årshjulet",
        is_valid=True,
        interview="Rektor viste møteplanen.",
    )
}


def paper(language: str = "nb", **options: object) -> Document:
    return docx.Document(io.BytesIO(report_bytes(sample_report(language), "docx", **options)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def written() -> Document:
    return paper(decisions=DECIDED)


def headings(document: Document, level: int) -> list[str]:
    return [entry.text for entry in document.paragraphs if entry.style.name == f"Heading {level}"]


def rows(table: Table) -> list[list[str]]:
    """Give the texts of a table's cells; python-docx's own way takes seconds for a long table."""
    return [
        [
            "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
            for cell in row
        ]
        for row in ([tr.findall(qn("w:tc")) for tr in table._tbl.findall(qn("w:tr"))])
    ]


def table_headed(document: Document, *heads: str) -> list[list[str]]:
    return next(found for table in document.tables if (found := rows(table))[0][: len(heads)] == list(heads))


def test_the_working_paper_has_its_parts_in_order(written: Document) -> None:
    assert headings(written, 1) == [
        "Sammendrag",
        "Metode",
        "Avgrensninger",
        "Kriterier",
        "Oversikt",
        "Funn per spørsmål",
        "Funn per skole",
        "Dokumenter som ikke kunne leses",
        "Revisors vurderinger",
        "Mottatte dokumenter",
    ]


def test_there_is_a_heading_a_question_a_school_and_a_requirement(written: Document) -> None:
    assert headings(written, 2)[:5] == [
        NB(f"report.question.{name}") for name in ("Q1", "Q2", "Q3", "Q4", "perspective")
    ]
    assert headings(written, 2)[5:] == [
        "Ålvik skole",
        "Bjørkelia skule",
        "Tom & <b>stille</b> skole",
        "=1+1 Fjordvær kommune",
    ]
    assert len(headings(written, 3)) == len(TITLES) + 2


def test_the_contents_are_a_field_that_word_fills_and_hold_the_headings_at_once(written: Document) -> None:
    body = written.element.body
    codes = [entry.text for entry in body.iter(qn("w:instrText"))]
    dirty = [
        entry.get(qn("w:dirty"))
        for entry in body.iter(qn("w:fldChar"))
        if entry.get(qn("w:fldCharType")) == "begin"
    ]
    entries = [entry for entry in written.paragraphs if entry.style.name.startswith("toc")]
    goals = {entry.get(qn("w:name")) for entry in body.iter(qn("w:bookmarkStart"))}
    links = [entry.get(qn("w:anchor")) for entry in body.iter(qn("w:hyperlink"))]

    assert codes == [' TOC \\o "1-2" \\h \\z \\u ']
    assert dirty == ["true"]
    assert len(entries) == len(links) == len(headings(written, 1)) + len(headings(written, 2))
    assert set(links) == goals
    ends = [entry.get(qn("w:fldCharType")) for entry in body.iter(qn("w:fldChar"))]
    assert ends == ["begin", "separate", "end"]


def test_the_matrix_stands_on_a_page_across(written: Document) -> None:
    directions = [section.orientation for section in written.sections]
    matrix = table_headed(written, "Skoler", "KL-101")

    assert directions == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert written.sections[1].page_width > written.sections[1].page_height
    assert matrix[1][:4] == ["Ålvik skole", "●", "◐*", "●!"]


def test_a_head_is_repeated_and_no_row_is_broken_over_two_pages(written: Document) -> None:
    for table in written.tables:
        first, *others = table._tbl.findall(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in (first, *others))


def test_a_finding_stands_under_its_question_and_its_school_with_quote_and_page(written: Document) -> None:
    quote = "«Rektor og avdelingsleder går skolevandring i alle klasser to ganger i halvåret.»"
    place = "virksomhetsplan 2026–2027.pdf, side 4, 5 Kvalitetsarbeid › 5.2 Skolevandring"
    cells = [cell for table in written.tables for row in rows(table) for cell in row]

    assert len([cell for cell in cells if f"{quote}\n{place}" in cell]) == 2
    assert "oppfølging\n" + quote in "\n".join(cells)


def test_it_says_that_not_found_in_what_was_received_is_not_absent(written: Document) -> None:
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)

    assert "«Ikke funnet» betyr ikke funnet i det vi har mottatt. Det betyr ikke at det ikke finnes" in text


def test_what_was_not_read_is_listed_with_its_reason(written: Document) -> None:
    unread = table_headed(written, "Fil", "Lest", "Melding")

    assert unread[1][1:] == [
        "kunne ikke leses",
        "Filen er beskyttet med passord. Be skolen om en fil uten passord.",
    ]
    assert len(unread) == 3


def test_decisions_stand_beside_the_program_s_status(written: Document) -> None:
    (row,) = table_headed(written, "Skole", "Krav-ID", "Status", "Revisors vurdering")[1:]

    assert row[:3] == ["Ålvik skole", "KL-102", "◐\N{NO-BREAK SPACE}Delvis dokumentert"]
    assert row[3] == (
        "endret til «Dokumentert» (Kari Nes, 25.11.2026): Står i årshjulet\n"
        "Fra intervju: Rektor viste møteplanen."
    )


def test_a_decision_on_what_the_report_no_longer_has_is_not_lost() -> None:
    said = Decided(decision="1", verdict="ikke lenger i rapporten. Før: bekreftet (Kari Nes, 25.11.2026)")
    decisions = {("Nedlagt skole", "KL-102"): said}
    book = openpyxl.load_workbook(io.BytesIO(report_bytes(sample_report(), "xlsx", decisions=decisions)))

    (row,) = table_headed(paper(decisions=decisions), "Skole", "Krav-ID", "Status", "Revisors vurdering")[1:]
    assert row == ["Nedlagt skole", "KL-102", "–", said.verdict]
    last = [cell.value for cell in list(book["Metode"].iter_rows())[-1]]
    assert last == [NB("report.method.without_finding"), f"Nedlagt skole · KL-102: {said.verdict}"]


def test_without_decisions_there_is_no_part_on_them() -> None:
    assert "Revisors vurderinger" not in headings(paper(), 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_every_language_and_word_is_told_which(language: str) -> None:
    document = paper(language, decisions=DECIDED)
    say = load_texts(language)
    tongue = next(document.styles.element.iter(qn("w:lang"))).get(qn("w:val"))

    assert document.paragraphs[0].text == say("report.title")
    assert headings(document, 1)[2] == say("paper.heading.limits")
    assert tongue == {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language]
    assert document.core_properties.language == tongue


def test_what_stands_in_documents_is_text_and_nothing_else(written: Document) -> None:
    cells = [cell for table in written.tables for row in rows(table) for cell in row]

    assert any("=1+1 <script>alert('x')</script>.docx" in cell for cell in cells)
    assert [part.reltype for part in written.part.rels.values() if part.is_external] == []


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[31mb", "a\ufffe\uffffb", "a\udce5b", "</w:t><w:evil/>"])
def test_a_text_that_xml_does_not_take_spoils_no_file(text: str) -> None:
    report = sample_report()
    torn = replace(report.schools[0], name=text)
    data = report_bytes(replace(report, schools=(torn, *report.schools[1:])), "docx")

    assert headings(docx.Document(io.BytesIO(data)), 2)[5].startswith(("a", "</w:t>"))


def test_a_paper_on_150_schools_has_each_of_them() -> None:
    data = report_bytes(report_on_many_schools(), "docx")

    named = headings(docx.Document(io.BytesIO(data)), 2)
    assert sum(name.startswith("Skole ") for name in named) == MORE
    document = docx.Document(io.BytesIO(data))
    assert len(headings(document, 2)) == 5 + 151
    assert len(table_headed(document, "Skoler", "KL-101")) == 1 + 150 + 1


def test_its_own_styles_are_used_in_every_table(written: Document) -> None:
    ids = {style.style_id for style in written.styles}
    used = {entry.get(qn("w:val")) for table in written.tables for entry in table._tbl.iter(qn("w:pStyle"))}

    assert used <= ids
    assert len(used) == 3
    assert re.fullmatch(r"[A-Za-z]+", "".join(sorted(used)))
