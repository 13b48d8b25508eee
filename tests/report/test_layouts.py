"""Workbook, CSV file, page and terminal: the same findings, safe to open."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from checker.model import Status
from checker.report import ASSESSMENTS, FILE_NAMES, print_finding, print_summary, write_reports
from checker.report.looks import LOOKS
from checker.report.rowkeys import row_key_of
from checker.report.workbook import FIXED_SHEETS, sheet_names
from checker.texts import LANGUAGES, load_texts

from .sample import PACK, TITLES, sample_report

GAPS = 29
SHEETS = [
    "Mangelliste",
    "Oversikt",
    "Kan ikke vurderes",
    "Dokumentert",
    "Sitater",
    "Dokumenter",
    "Observasjoner",
    "Kriterier",
    "Metode",
    "Ålvik skole",
    "Bjørkelia skule",
    "Tom & <b>stille<-b> skole",
    "=1+1 Fjordvær kommune",
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the sample once in every format."""
    paths = write_reports(sample_report(), tmp_path_factory.mktemp("ut"), formats=tuple(FILE_NAMES))
    return dict(zip(FILE_NAMES, paths, strict=True))


@pytest.fixture(scope="module")
def book(written: dict[str, Path]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written["xlsx"])


@pytest.fixture(scope="module")
def page(written: dict[str, Path]) -> str:
    return written["html"].read_text(encoding="utf-8")


def column(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str) -> list[object]:
    """Give the cells below a heading."""
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(name)].value for row in sheet.iter_rows(min_row=2)]


def shown(report: object, width: int = 100, *, finding: object = None, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    console = Console(file=stream, width=width)
    if finding is None:
        print_summary(report, console)  # type: ignore[arg-type]
    else:
        print_finding(finding, report, console)  # type: ignore[arg-type]
    stream.flush()
    return raw.getvalue().decode(encoding)


# Workbook


def test_the_workbook_has_its_sheets(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_the_gap_list_has_one_row_a_gap_and_the_rest_stand_apart(book: openpyxl.Workbook) -> None:
    assert len(column(book["Mangelliste"], "Status")) == GAPS
    assert set(column(book["Kan ikke vurderes"], "Status")) == {"Kan ikke vurderes"}
    assert len(column(book["Kan ikke vurderes"], "Status")) == 12
    assert len(column(book["Dokumentert"], "Status")) == 3


def test_each_row_can_be_known_again_by_its_hidden_key(book: openpyxl.Workbook) -> None:
    sheet = book["Mangelliste"]
    letter = openpyxl.utils.get_column_letter(sheet.max_column)

    key = row_key_of(column(sheet, "Nøkkel")[0])
    assert key is not None
    assert (key.school, key.requirement, key.pack) == ("Ålvik skole", "KL-102", PACK)
    assert len({row_key_of(text) for text in column(sheet, "Nøkkel")}) == GAPS
    assert sheet.column_dimensions[letter].hidden


def test_the_auditor_chooses_from_a_list(book: openpyxl.Workbook) -> None:
    rules = book["Mangelliste"].data_validations.dataValidation
    say = load_texts("nb")
    answers = ",".join(say(f"report.assessment.{answer}") for answer in ASSESSMENTS)
    statuses = ",".join(say(f"status.{status}") for status in Status)

    assert [(rule.type, rule.formula1) for rule in rules[:2]] == [
        ("list", f'"{answers}"'),
        ("list", f'"{statuses}"'),
    ]
    assert [str(rule.sqref) for rule in rules] == [
        f"{letter}2:{letter}{GAPS + 1}" for letter in ("N", "O", "R")
    ]
    heads = [book["Mangelliste"][f"{letter}1"].value for letter in ("N", "O", "R")]
    assert heads == ["Revisors vurdering", "Revisors status", "Vurdert dato"]
    assert rules[2].type == "date"


def test_the_gap_list_is_ready_for_reading_and_print(book: openpyxl.Workbook) -> None:
    sheet = book["Mangelliste"]

    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:AH{GAPS + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
    assert [line.id for line in sheet.col_breaks.brk] == [13, 23]


def test_the_other_sheets_are_as_wide_as_the_paper(book: openpyxl.Workbook) -> None:
    for name in SHEETS[4:]:
        sheet = book[name]
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_each_school_has_a_sheet_with_all_its_findings_and_the_overview_leads_there(
    book: openpyxl.Workbook,
) -> None:
    sheet = book["Ålvik skole"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=18)]
    row = next(row for row in book["Oversikt"].iter_rows() if row[0].value == "Tom & <b>stille</b> skole")

    assert sheet["A1"].value == "Ålvik skole"
    assert str(sheet["A2"].value).startswith("skole · Orgnr ")
    assert [row[0] for row in rows] == [entry[0] for entry in TITLES]
    assert rows[1][2] == "◐ Delvis dokumentert"
    assert sheet.freeze_panes == "B5"
    assert row[0].hyperlink.location == "'Tom & <b>stille<-b> skole'!A1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_fixed_sheet_names_are_short_enough_and_differ(language: str) -> None:
    names = [load_texts(language)(f"report.sheet.{name}") for name in FIXED_SHEETS]

    assert list(sheet_names(zip(names, names, strict=True), []).values()) == names


def test_names_of_sheets_are_short_allowed_and_each_once() -> None:
    long = "Oppvekstsenteret på Nordre Langøya barne- og ungdomsskole"
    schools = {
        "a": long,
        "b": long.upper(),
        "c": "Metode",
        "d": "A/B: [c] *?\\",
        "e": "",
        "f": "'Ås'",
        "g": "😀" * 20,
    }
    names = sheet_names(schools.items(), ["Metode"])

    assert list(names) == list(schools)
    assert names["a"] == "Oppvekstsenteret på Nordre Lang"
    assert names["b"] == "OPPVEKSTSENTERET PÅ NORDRE (2)"
    assert names["c"] == "Metode (2)"
    assert (names["d"], names["f"]) == ("A-B c -", "Ås")
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names.values())


def test_a_workbook_of_150_schools_has_a_sheet_for_each(tmp_path: Path) -> None:
    report = sample_report()
    first = report.schools[0]
    more = tuple(
        replace(first, id=f"s{number}", name=f"{first.name} nummer {number}") for number in range(147)
    )
    findings = tuple(
        replace(finding, school=school.id)
        for school in more
        for finding in report.findings
        if finding.school == first.id
    )
    report = replace(report, schools=(*report.schools, *more), findings=(*report.findings, *findings))
    (path,) = write_reports(report, tmp_path, formats=("xlsx",))

    book = openpyxl.load_workbook(path, read_only=True)
    assert len(book.sheetnames) == 9 + 151
    assert book["Ålvik skole nummer 146"]["A1"].value == "Ålvik skole nummer 146"


def test_no_cell_of_any_sheet_is_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "=1+1 Fjordvær kommune" in [cell.value for cell in cells]


def test_the_overview_tells_each_status_by_colour_and_sign(book: openpyxl.Workbook) -> None:
    row = next(row for row in book["Oversikt"].iter_rows() if row[0].value == "Ålvik skole")
    cells = {entry[0]: row[number] for number, entry in enumerate(TITLES, start=1)}

    assert cells["KL-102"].value == "◐*"
    assert cells["KL-103"].value == "●!"
    assert cells["KL-402"].value == "×"
    assert cells["KL-402"].fill.fgColor.rgb == "FF" + LOOKS[Status.DENIED].fill[1:]


def test_what_was_not_read_stands_on_top_of_the_documents(book: openpyxl.Workbook) -> None:
    assert column(book["Dokumenter"], "Lest")[:3] == ["kunne ikke leses", "delvis lest", "lest"]


def test_a_conflict_shows_both_quotes_in_its_row(book: openpyxl.Workbook) -> None:
    sheet = book["Dokumentert"]
    place = column(sheet, "Motstrid").index("ja")

    assert str(column(sheet, "Sitat")[place]).split("\n") == [
        "Trinnene arbeider med klasseledelse i fellestid annenhver onsdag, bolk 1.",
        "Kollegaveiledningen ble avviklet våren 2026.",
    ]


def test_rows_on_experience_say_that_interviews_are_needed(book: openpyxl.Workbook) -> None:
    sheet = book["Mangelliste"]
    questions = dict(zip(column(sheet, "Krav-ID"), column(sheet, "Spørsmål"), strict=True))

    assert "intervju" in str(questions["KL-301"])
    assert "intervju" not in str(questions["KL-102"])


# CSV


def test_the_csv_file_is_made_for_norwegian_excel(written: dict[str, Path]) -> None:
    raw = written["csv"].read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == GAPS + 1
    assert raw.decode("utf-8-sig").split(";")[:3] == ["Skole", "Krav-ID", "Krav"]


def test_the_csv_file_has_the_gap_list_s_columns_and_rows(
    written: dict[str, Path], book: openpyxl.Workbook
) -> None:
    with written["csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    sheet = book["Mangelliste"]

    assert rows[0] == [cell.value for cell in sheet[1]][:-1]
    assert [row[1] for row in rows[1:]] == column(sheet, "Krav-ID")


def test_no_cell_of_the_csv_file_begins_like_a_formula(written: dict[str, Path]) -> None:
    with written["csv"].open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=1+1 Fjordvær kommune" in cells


# Page


class Tags(HTMLParser):
    """Collects what the page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']*""", page) == []
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_what_stands_in_documents_never_becomes_markup(page: str) -> None:
    tags = tags_of(page)

    assert len([tag for tag, _ in tags if tag == "script"]) == 1
    assert "&lt;script&gt;alert" in page
    assert "Tom &amp; &lt;b&gt;stille&lt;/b&gt; skole" in page
    assert [attrs for _, attrs in tags if any(name.startswith("on") for name in attrs)] == []
    assert [attrs for _, attrs in tags if "style" in attrs] == []


def test_every_link_within_the_page_has_its_goal(page: str) -> None:
    tags = tags_of(page)
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    links = [str(attrs["href"])[1:] for tag, attrs in tags if tag == "a"]

    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert len([link for link in links if re.fullmatch(r"s\d+-KL-\d+-\w+", link)]) == 44


def test_table_heads_have_a_scope_and_the_page_a_language(page: str) -> None:
    tags = tags_of(page)

    assert [attrs for tag, attrs in tags if tag == "th" and "scope" not in attrs] == []
    assert ("html", {"lang": "nb"}) in tags


def test_each_finding_says_what_it_is_and_what_it_does_not_say(page: str) -> None:
    card = page[page.index('id="s1-KL-102-klasseledelse"') :]
    card = card[: card.index("</article>")]

    for words in (
        "Delvis dokumentert",
        "oppfølging",
        "«Rektor og avdelingsleder går skolevandring i alle klasser to ganger i halvåret.»",
        "virksomhetsplan 2026–2027.pdf, side 4, «5 Kvalitetsarbeid › 5.2 Skolevandring»",
        "Det som mangler i dokumentene, kan likevel bli gjort.",
        "Hvem er inne i timene, når, og hva skjer etterpå?",
    ):
        assert words in card


def test_the_page_says_what_was_not_read_and_that_not_found_is_not_absent(page: str) -> None:
    assert "Filen er beskyttet med passord." in page
    assert "Det er ikke det samme som at det ikke finnes." in page


@pytest.mark.parametrize("status", list(Status))
def test_each_status_can_be_read_on_its_colour(status: Status) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    look = LOOKS[status]

    assert (luminance(look.fill) + 0.05) / (luminance(look.ink) + 0.05) >= 7


# Terminal


def test_the_summary_fits_in_a_hundred_columns_with_one_line_a_school() -> None:
    text = shown(sample_report())
    lines = text.splitlines()

    assert max(map(len, lines)) <= 100
    assert next(line for line in lines if line.startswith("Ålvik skole")).split()[2:] == [
        *("●", "◐*", "●!", "–", "–", "–", "–", "→", "×", "○", "◐", "–", "–", "–", "12")
    ]


def test_the_summary_names_the_gravest_what_was_not_read_and_the_notices() -> None:
    text = shown(sample_report())
    gravest = text[text.index("De alvorligste manglene") : text.index("Ikke lest")]

    assert [re.findall(r"KL-\d+", gravest)[place] for place in (0, 1)] == ["KL-102", "KL-202"]
    assert len(re.findall(r"KL-\d+", gravest)) == 10
    assert "Har ikke sendt dokumenter: Tom & <b>stille</b> skole" in gravest
    assert "årshjul.pdf (delvis lest)" in text
    assert "er lest som «Bjørkelia skule» i skolelisten" in text


def test_control_characters_and_markup_of_documents_do_nothing() -> None:
    report = sample_report()
    hostile = replace(report.schools[0], name="\x1b[2J[red]Ålvik[/red]\x07")
    text = shown(replace(report, schools=(hostile, *report.schools[1:])))

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[2J[red]Ålvik[/red]" in text


def test_a_console_without_the_signs_gets_letters() -> None:
    text = shown(sample_report(), encoding="cp850")
    line = next(line for line in text.splitlines() if line.startswith("Ålvik skole"))

    assert line.split()[2:5] == ["D", "V*", "D!"]


def test_a_narrow_console_gets_the_overview_in_parts() -> None:
    text = shown(sample_report(), width=60)

    assert max(map(len, text.splitlines())) <= 60
    assert len([line for line in text.splitlines() if line.startswith("Skoler  ")]) == 3


def test_explain_tells_what_counted_and_what_did_not() -> None:
    report = sample_report()
    finding = next(
        entry for entry in report.findings if (entry.school, entry.requirement) == ("Ålvik skole", "KL-102")
    )
    text = shown(report, finding=finding)

    for words in (
        "◐ Delvis dokumentert",
        "Det som mangler: oppfølging",
        "ansvar: «Rektor og avdelingsleder»",
        "teller ikke: gjengitt fra lov eller andre",
        "på grunn av «etter opplæringslova»",
        "Søkt gjennom: dokumenter 4, sider 31, overskrifter 48. Søkt etter: uttrykk 62, begreper 9.",
    ):
        assert words in text


def test_explain_shows_the_nearest_of_what_is_missing() -> None:
    report = sample_report()
    finding = next(
        entry for entry in report.findings if (entry.school, entry.requirement) == ("Ålvik skole", "KL-105")
    )

    assert "medvirker til å nå målene" in shown(report, finding=finding)


# All languages


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("Mangelliste", "Ikke funnet", "skoleeier")),
        ("nn", ("Mangelliste", "Ikkje funne", "skuleeigar")),
        ("en", ("Gap list", "Not found", "school owner")),
    ],
)
def test_the_report_speaks_the_language_asked_for(
    tmp_path: Path, language: str, words: tuple[str, str, str]
) -> None:
    report = sample_report(language)
    paths = write_reports(report, tmp_path, formats=tuple(FILE_NAMES))
    workbook = openpyxl.load_workbook(paths[1])
    html = paths[2].read_text(encoding="utf-8")

    assert workbook.sheetnames[0] == words[0]
    assert words[1] in html
    assert f"<dd>{words[2]}</dd>" in html
    assert f'<html lang="{language}">' in html
    assert words[1] in shown(report)


def test_an_empty_report_can_be_written_and_shown(tmp_path: Path) -> None:
    report = replace(sample_report(), schools=(), documents=(), findings=(), notices=())
    paths = write_reports(report, tmp_path, formats=tuple(FILE_NAMES))

    assert all(path.stat().st_size for path in paths)
    assert "Ingen mangler er funnet." in shown(report)
