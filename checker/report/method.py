"""How a report was made, in words: what stands under "method" in the page and the workbook."""

from __future__ import annotations

from checker.model import ReadStatus
from checker.report.view import ReportView
from checker.report.words import date_words, one_line, worded
from checker.texts import Texts

_WORDED = ("language", "readers")
"""The settings whose values are words of the program's own."""

_SENTENCES = ("purpose", "missing", "not_assessable", "interviews", "quotes", "check")


def method_sentences(view: ReportView) -> tuple[str, ...]:
    """Give the sentences on what the check does and does not say."""
    return tuple(view.texts(f"report.method.{name}") for name in _SENTENCES)


def method_rows(view: ReportView) -> tuple[tuple[str, str], ...]:
    """Give what the report was made with, as pairs of label and value."""
    texts, run = view.texts, view.report.run
    read = [entry for entry in view.parts.documents if entry.document.status is ReadStatus.READ]
    rows = [
        (texts("report.folder"), one_line(run.folder)),
        (texts("report.as_of"), date_words(run.as_of, texts)),
        (texts("report.made"), _moment(run.started, texts)),
        (texts("report.method.version"), run.version),
        (texts("report.method.documents"), str(len(read))),
        (texts("report.method.pages"), str(sum(entry.document.pages or 0 for entry in read))),
    ]
    for pack in run.rule_packs:
        label = texts("report.method.pack", name=pack.name)
        rows.append((label, texts("report.method.versioned", version=pack.version, sha256=pack.sha256)))
    for form, model in run.language_models:
        label = texts("report.method.model", form=worded(texts, "report.language", form))
        version = f"{model.name} {model.version}"
        rows.append((label, texts("report.method.versioned", version=version, sha256=model.sha256)))
    rows += [(texts("report.method.reader", name=name), one_line(value)) for name, value in run.readers]
    rows += [_setting(name, value, texts) for name, value in run.settings]
    return tuple(rows)


def _moment(started: str, texts: Texts) -> str:
    """Give day and time (UTC) as they are written in the language."""
    time = started[11:16]
    return f"{date_words(started, texts)} {time} UTC" if time else date_words(started, texts)


def _setting(name: str, value: str, texts: Texts) -> tuple[str, str]:
    """Give a setting in words; a value that is a word of the program's own is put into words too."""
    key = f"report.setting.{name}"
    label = texts("report.method.setting", name=worded(texts, "report.setting", name))
    return label, worded(texts, key, value) if name in _WORDED else one_line(value)
