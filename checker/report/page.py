"""The page ``report.html``: one file that needs nothing else, readable without scripts."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checker.model import RequirementInfo, Status
from checker.report.looks import CONFLICT_SIGN, LOOKS, REVIEW_SIGN
from checker.report.method import method_rows, method_sentences
from checker.report.rows import marked_sign
from checker.report.view import DocumentView, ReportView
from checker.report.words import date_words, one_line, page_words, question_words, required_words, shortened

_SECTIONS = (
    "summary",
    "matrix",
    "unread",
    "findings",
    "observations",
    "documents",
    "criteria",
    "statuses",
    "method",
)


def page_html(view: ReportView) -> str:
    """Give the text of ``report.html``: the same for the same report."""
    texts = view.texts
    environment = Environment(
        loader=PackageLoader("checker.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    looks = tuple((status.value, look) for status, look in LOOKS.items())
    css = environment.get_template("report.css").render(looks=looks)
    js = (files("checker.report") / "templates" / "report.js").read_text(encoding="utf-8")
    silent = view.without_documents

    def page(number: int | None, document: DocumentView) -> str:
        return page_words(number, texts, file_format=document.entry.document.format)

    def question(name: str) -> str:
        return question_words(name, texts)

    def required(info: RequirementInfo) -> str:
        return required_words(info, texts)

    template = environment.get_template("report.html.j2")
    return template.render(
        view=view,
        run=view.report.run,
        language=view.report.language,
        say=texts,
        line=one_line,
        shortened=shortened,
        page=page,
        question=question,
        required=required,
        marked=marked_sign,
        as_of=date_words(view.report.run.as_of, texts),
        figures=_figures(view),
        looks=looks,
        look_of={status.value: look for status, look in LOOKS.items()},
        conflict_sign=CONFLICT_SIGN,
        review_sign=REVIEW_SIGN,
        silent=", ".join(one_line(school.name) for school in silent),
        silent_ids={school.id: school in silent for school in view.parts.schools},
        sections=tuple((name, f"report.heading.{name}") for name in _SECTIONS),
        method_sentences=method_sentences(view),
        method_rows=method_rows(view),
        css=Markup(css),
        js=Markup(js),
        css_hash=_csp_hash(css),
        js_hash=_csp_hash(js),
    ).lstrip()


def _figures(view: ReportView) -> dict[str, int]:
    counts = dict(view.counts)
    return {
        "total": len(view.findings),
        "gaps": len(view.gaps),
        "documented": counts[Status.DOCUMENTED],
        "not_assessable": counts[Status.NOT_ASSESSABLE],
        "conflicts": sum(finding.finding.conflict for finding in view.findings),
        "reviews": sum(finding.finding.review is not None for finding in view.findings),
        "observations": sum(len(document.entry.observations) for document in view.documents),
    }


def _csp_hash(text: str) -> str:
    """Give the source expression by which a content security policy lets just this text through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
