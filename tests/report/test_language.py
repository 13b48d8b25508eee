"""A report speaks one language: no word of the program's own, and none of another written form, gets into it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from rich.console import Console

from checker.model import ElementKind, Level, Problem, ReadStatus, Severity, Stance, Status
from checker.report import Decided, print_summary, report_bytes
from checker.report.rows import ASSESSMENTS, gap_columns
from checker.texts import LANGUAGES, load_texts

from .sample import sample_report

ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "with",
        "are",
        "was",
        "were",
        "has",
        "have",
        "does",
        "this",
        "that",
        "which",
        "what",
        "when",
        "where",
        "who",
        "why",
        "how",
        "school",
        "schools",
        "owner",
        "page",
        "pages",
        "quote",
        "quotes",
        "gap",
        "gaps",
        "found",
        "finding",
        "findings",
        "requirement",
        "requirements",
        "document",
        "documents",
        "read",
        "unread",
        "missing",
        "question",
        "questions",
        "assessment",
        "assessed",
        "decision",
        "decisions",
        "auditor",
        "settings",
        "rules",
        "method",
        "criteria",
        "summary",
        "overview",
        "none",
        "yes",
        "folder",
        "file",
        "language",
    ]
)
KEYS = (
    frozenset(
        value.casefold()
        for kind in (Status, Stance, ElementKind, Severity, Level, Problem, ReadStatus)
        for value in kind
    )
    | {column.key for column in gap_columns()}
    | set(ASSESSMENTS)
    | {
        *("no_documents", "unreadable_documents", "topic_only", "builtin", "depth", "as_of", "all_evidence"),
        *(
            "confirmed",
            "dismissed",
            "changed",
            "not_applicable",
            "reopened",
            "expired",
            "unused",
            "superseded",
        ),
    }
)
ALSO_NORWEGIAN = frozenset(("status", "orgnr"))
"""Of the keys, those that are Norwegian words as well."""

FOREIGN = {
    "nb": r"ikkje|kva|korleis|kvifor|kven|frå|skule\w*|dokumenta|blir vurdert|noko|nokon|berre|ein|eit|ei|dei|"
    r"vart|vere|gjere|gjer|seie|seier|sidan|vald|høgst|døme",
    "nn": r"ikke|hva|hvordan|hvorfor|hvem|hver|fra|skole|skolen|skoler|skolene|noe|noen|bare|en|et|de|"
    r"ble|være|gjøre|gjør|sier|siden|valgt|høyst|eksempel|flere",
    "en": r"ikke|ikkje|og|er|som|på|av|til|det|en|et|ein|eit|skole|skule|eller|med|fra|frå",
}
QUOTED = (
    r"«[^»]*»|“[^”]*”|`[^`]*`|\{\w+\}|\S+\.(?:csv|xlsx|json|png|py|yaml)|--[\w-]+|"
    r'"[^"]*"|nb, nn \w+ en|MAPPE|skolesjekk[\w -]*'
)
_DECIDED = Decided(
    decision="1",
    assessment="not_relevant",
    status="missing",
    grounds="Bare en prøve",
    author="Kari Nes",
    day=date(2026, 11, 25),
    verdict="ikke aktuelt (Kari Nes, 25.11.2026)",
    is_valid=True,
    earlier=("bekreftet (Ola Li, 24.11.2026)",),
    interview="Ja",
)


class _Words(HTMLParser):
    """Collects what a page shows, with titles and labels."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_hidden = tag in {"script", "style"}
        self.texts += [value or "" for name, value in attrs if name in {"title", "aria-label", "placeholder"}]

    def handle_endtag(self, tag: str) -> None:
        self._is_hidden = False

    def handle_data(self, data: str) -> None:
        if not self._is_hidden:
            self.texts.append(data)


def shown_in(name: str) -> Iterator[str]:
    """Give every text that a reader sees of a format, in bokmål."""
    report = sample_report()
    decisions = {(report.findings[0].school, report.findings[0].requirement): _DECIDED}
    if name == "terminal":
        out = io.StringIO()
        print_summary(report, Console(file=out, width=200))
        yield from out.getvalue().splitlines()
        return
    data = report_bytes(report, name, decisions=decisions)
    if name == "xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            yield sheet.title
            rules = sheet.data_validations.dataValidation
            yield from (str(text) for rule in rules for text in (rule.prompt, rule.error, rule.formula1))
            hidden = sheet.max_column if sheet.cell(1, sheet.max_column).value == "Nøkkel" else 0
            yield from (
                str(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value and cell.column != hidden
            )
    elif name == "docx":
        document = docx.Document(io.BytesIO(data))
        yield from (
            "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))
        )
    elif name == "html":
        parser = _Words()
        parser.feed(data.decode())
        yield from parser.texts
    else:
        yield from (
            cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";") for cell in row
        )


def foreign_words(text: str) -> list[str]:
    plain = re.sub(r"<[^>]*>|\S+[/.]\S+|sha256", " ", text)
    words = re.findall(r"[\w_]+", plain.casefold())
    return [word for word in words if word in ENGLISH or (word in KEYS and word not in ALSO_NORWEGIAN)]


@pytest.mark.parametrize("name", ["xlsx", "docx", "html", "csv", "terminal"])
def test_no_english_word_and_no_key_of_the_program_stands_in_a_bokmaal_report(name: str) -> None:
    texts = list(shown_in(name))

    assert [(words, text[:100]) for text in texts if (words := foreign_words(text))] == []
    assert len(texts) > 40


def test_an_english_word_or_a_key_would_be_found() -> None:
    assert foreign_words("Status: not_assessable, the school") == ["not_assessable", "the", "school"]
    assert foreign_words("Status: ikke funnet i The Plan.pdf") == ["the"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_catalogue_is_in_another_language(language: str) -> None:
    foreign = re.compile(rf"(?<![\w-])(?:{FOREIGN[language]})(?![\w-])", re.IGNORECASE)

    found = {
        key: hit.group()
        for key, text in load_texts(language).sentences.items()
        if (hit := foreign.search(re.sub(QUOTED, " ", text)))
    }
    assert found == {}


@pytest.mark.parametrize("language", ["nn", "en"])
def test_sentences_of_many_words_differ_from_bokmaal(language: str) -> None:
    """A sentence that was only copied has never been translated."""
    ours, theirs = load_texts("nb").sentences, load_texts(language).sentences
    least = 12 if language == "nn" else 4

    copied = [
        key
        for key, text in ours.items()
        if text == theirs[key] and len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", "", text))) >= least
    ]
    assert copied == []
