"""The sheets that are plain lists: quotes, documents, observations, criteria and method."""

from __future__ import annotations

from checker.model import Status
from checker.report.decided import Decided
from checker.report.looks import LOOKS
from checker.report.method import method_rows, method_sentences
from checker.report.rows import decisions_without_finding
from checker.report.words import one_line, page_words, question_words, required_words
from checker.report.workbook.book import Book, fit_row, new_sheet, write_table, write_text

_METHOD_WIDTH = 110


def quotes_sheet(opened: Book) -> None:
    """Write every quote of every finding."""
    heads = (
        ("school", 22),
        ("requirement", 10),
        ("status", 20),
        ("quote", 70),
        ("document", 30),
        ("page", 14),
        ("section", 32),
        ("stance", 14),
        ("elements", 22),
    )
    rows = (
        (
            one_line(view.school.name),
            view.requirement.id,
            (f"{view.sign} {view.status}", opened.statuses[view.finding.status]),
            quote.text,
            quote.document,
            quote.where,
            quote.section,
            quote.stance,
            quote.elements,
        )
        for view in opened.view.findings
        for quote in view.quotes
    )
    write_table(opened, new_sheet(opened, opened.say("report.sheet.quotes")), heads, rows, frozen_columns=2)


def documents_sheet(opened: Book) -> None:
    """Write every document, those that could not be read first."""
    heads = (
        ("path", 52),
        ("school", 22),
        ("read", 16),
        ("period", 14),
        ("revised", 14),
        ("language", 12),
        ("pages", 8),
        ("words", 8),
        ("message", 44),
        ("observations", 22),
    )
    lost = opened.statuses[Status.DENIED]
    documents = sorted(opened.view.documents, key=lambda document: not document.unread)
    rows = (
        (
            (view.path, lost) if view.unread else view.path,
            view.school,
            (view.status, lost) if view.unread else view.status,
            view.entry.period,
            view.entry.revised,
            view.language,
            view.entry.document.pages,
            view.entry.words,
            view.message,
            ", ".join(dict.fromkeys(observation.id for observation in view.entry.observations)),
        )
        for view in documents
    )
    write_table(opened, new_sheet(opened, opened.say("report.sheet.documents")), heads, rows)


def observations_sheet(opened: Book) -> None:
    """Write every observation on a document."""
    heads = (
        ("school", 22),
        ("document", 44),
        ("observation", 12),
        ("message", 52),
        ("page", 12),
        ("quote", 60),
    )
    rows = (
        (
            view.school,
            view.path,
            observation.id,
            observation.message,
            page_words(observation.page, opened.view.texts, file_format=view.entry.document.format),
            one_line(observation.quote or ""),
        )
        for view in opened.view.documents
        for observation in view.entry.observations
    )
    write_table(opened, new_sheet(opened, opened.say("report.sheet.observations")), heads, rows)


def criteria_sheet(opened: Book) -> None:
    """Write every requirement with its source, and what each status means."""
    texts = opened.view.texts
    heads = (
        ("requirement", 10),
        ("title", 34),
        ("level", 12),
        ("question", 24),
        ("source", 36),
        ("required", 36),
        ("rationale", 40),
        ("follow_up", 40),
        ("pack", 16),
    )
    rows = [
        (
            info.id,
            one_line(info.title),
            texts(f"report.level.{info.level}"),
            question_words(info.question, texts),
            info.source,
            required_words(info, texts),
            info.rationale,
            info.follow_up,
            info.pack,
        )
        for info in opened.view.parts.requirements
    ]
    sheet = new_sheet(opened, opened.say("report.sheet.criteria"))
    row = write_table(opened, sheet, heads, rows) + 2
    write_text(sheet, row, 0, opened.say("report.heading.statuses"), opened.title)
    for status, look in LOOKS.items():
        row += 1
        write_text(sheet, row, 0, look.sign, opened.signs[status])
        write_text(sheet, row, 1, opened.say(f"status.{status}"), opened.bold)
        sheet.merge_range(row, 2, row, 5, "", opened.body)
        write_text(sheet, row, 2, opened.say(f"report.meaning.{status}"), opened.body)
        sheet.set_row(row, 32)


def method_sheet(opened: Book) -> None:
    """Write how the report was made, and what it does and does not say."""
    sheet = new_sheet(opened, opened.say("report.sheet.method"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, _METHOD_WIDTH)
    write_text(sheet, 0, 0, opened.say("report.column.item"), opened.head)
    write_text(sheet, 0, 1, opened.say("report.column.value"), opened.head)
    notices = [(opened.say("report.heading.notices"), notice) for notice in opened.view.report.notices]
    sentences = [("", sentence) for sentence in method_sentences(opened.view)]
    gone = [
        (opened.say("report.method.without_finding"), f"{school} · {requirement}: {_said(decided)}")
        for school, requirement, decided in decisions_without_finding(opened.view)
    ]
    rows = (*sentences, *method_rows(opened.view), *notices, *gone)
    for row, (label, value) in enumerate(rows, start=1):
        write_text(sheet, row, 0, label, opened.bold)
        write_text(sheet, row, 1, value, opened.body)
        fit_row(sheet, row, [value], [_METHOD_WIDTH])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _said(decided: Decided) -> str:
    notes = (decided.interview, decided.observation, decided.comment, decided.reply)
    return " · ".join(part for part in (decided.verdict, *notes) if part)
