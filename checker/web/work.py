"""The pages on which a case is worked with: matrix, findings, decisions, documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from checker.casework import Case, Decision, DecisionError, Standing, State, source_of
from checker.model import UsageError
from checker.report import LOOKS, FindingView, question_words, required_words
from checker.web.findings import (
    DECIDED,
    Standings,
    mark_of,
    marks_of,
    next_open,
    spot_numbers,
    way_of,
)
from checker.web.rendering import case_url, page
from checker.web.requests import Form, refused, see_other, site_of
from checker.web.runs import RunState
from checker.web.settings import author_of, keep_author
from checker.web.site import Opened, Site
from checker.web.start import run_shown

Handler = Callable[["Shown"], Response]

EMPTY = {"verdict": "", "status": "", "reason": "", "note": "", "expires": ""}


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as a page shows it: its newest report and its decisions."""

    request: Request
    site: Site
    case: Case
    opened: Opened
    standings: Standings

    @property
    def base(self) -> str:
        """The address of the case."""
        return case_url(self.case.name)

    def page(self, template: str, *, place: str, status_code: int = 200, **values: object) -> Response:
        """Give a page of the case, in the report's language."""
        attention = sum(
            standing.state is not State.VALID or standing.conflict is not None
            for standing in self.standings.values()
        )
        return page(
            template,
            self.opened.texts,
            csrf=self.site.access.csrf,
            status_code=status_code,
            case=self.case,
            base=self.base,
            opened=self.opened,
            view=self.opened.view,
            place=place,
            attention=attention,
            **values,
        )


def of_report(handler: Handler) -> Callable[[Request], Response]:
    """Give the handler of a page that shows a report; a case without one shows its run."""

    def answer(request: Request) -> Response:
        site = site_of(request)
        case = site.case(request.path_params["case"])
        run = site.runs.view(case.name)
        is_at_work = run is not None and run.state is not RunState.DONE
        opened = site.opened(case)
        if opened is None or (is_at_work and not _was_told(request)):
            return run_shown(request, site, case, "run.html.j2")
        return handler(Shown(request, site, case, opened, case.standing()))

    return answer


def _was_told(request: Request) -> bool:
    """Whether the page is deeper in the case: only its first page tells of a run."""
    return not request.url.path.endswith(case_url(request.path_params["case"]))


def matrix_page(shown: Shown) -> Response:
    """Show schools by requirements."""
    view, texts = shown.opened.view, shown.opened.texts
    infos = view.parts.requirements
    gaps = [finding for finding in view.findings if finding.is_gap]
    counts = dict(view.counts)
    decided = sum(mark_of(shown.standings.get(key_of(finding))) == DECIDED for finding in gaps)
    questions = dict.fromkeys(info.question for info in infos)
    severities = dict.fromkeys(finding.finding.severity for finding in view.findings)
    return shown.page(
        "matrix.html.j2",
        place="matrix",
        marks=marks_of(shown.standings),
        statuses=[(status.value, look, counts[status]) for status, look in LOOKS.items()],
        questions=[(question, question_words(question, texts)) for question in sorted(questions)],
        severities=[(severity.value, texts(f"report.severity.{severity}")) for severity in severities],
        decided=decided,
        gap_count=len(gaps),
        first=next_open(shown.opened, shown.standings),
    )


def finding_page(shown: Shown) -> Response:
    """Show a finding with its document and the form for a decision."""
    finding = shown.opened.by_anchor.get(shown.request.path_params["anchor"])
    if finding is None:
        return refused(shown.request, "web.refused.finding", status_code=404)
    return _finding(shown, finding, EMPTY)


def decide(request: Request, form: Form) -> Response:
    """Keep a decision and go on to the next gap, or stay."""
    shown = _shown(request)
    finding = shown.opened.by_anchor.get(request.path_params["anchor"])
    if finding is None or key_of(finding) != (form("school"), form("requirement")):
        return refused(request, "web.refused.moved", status_code=409)
    entered = {name: form(name) for name in EMPTY}
    told = _why_not_yet(shown, finding, form)
    if told:
        return _finding(shown, finding, entered, told=told, author=form("author"))
    try:
        shown.case.decide(
            form("school"),
            form("requirement"),
            verdict=form("verdict"),
            status=form("status") or None,
            note=form("note"),
            reason=form("reason"),
            author=form("author"),
            expires=_day(form("expires")),
        )
    except DecisionError as error:
        sentence = shown.opened.texts(error.key, **error.fields)
        return _finding(shown, finding, entered, told=sentence, author=form("author"))
    keep_author(shown.site.home, form("author"))
    then = form("then")
    if form("go") == "next" and then in shown.opened.by_anchor:
        return see_other(f"{shown.base}/findings/{then}")
    return see_other(f"{shown.base}/findings/{finding.anchor}" if form("go") == "stay" else shown.base)


def withdraw(request: Request, form: Form) -> Response:
    """Take a decision back; it stays in the history."""
    shown = _shown(request)
    finding = shown.opened.by_anchor[request.path_params["anchor"]]
    school, requirement = key_of(finding)
    author = form("author") or author_of(shown.site.home)
    shown.case.withdraw(school, requirement, author=author, reason=form("reason"))
    return see_other(f"{shown.base}/findings/{finding.anchor}")


def add_note(request: Request, form: Form) -> Response:
    """Keep what an interview or an observation showed, or a school's answer."""
    shown = _shown(request)
    finding = shown.opened.by_anchor[request.path_params["anchor"]]
    school, requirement = key_of(finding)
    when = _day(form("date")) or date.today()
    shown.case.add_note(
        school, requirement, kind=form("kind"), text=form("text"), author=form("author"), date=when
    )
    keep_author(shown.site.home, form("author"))
    return see_other(f"{shown.base}/findings/{finding.anchor}#notes")


def decisions_page(shown: Shown) -> Response:
    """Show all decisions: those to look at again first."""
    groups: dict[str, list[dict[str, Any]]] = {
        state: [] for state in ("reopened", "expired", "unused", "conflict", "valid")
    }
    anchors = {key_of(finding): finding.anchor for finding in shown.opened.order}
    for key, standing in shown.standings.items():
        state = "conflict" if standing.conflict is not None else standing.state.value
        groups[state].append(_decision_row(shown, standing, anchors.get(key)))
    return shown.page("decisions.html.j2", place="decisions", groups=groups, standings=shown.standings)


def documents_page(shown: Shown) -> Response:
    """Show the documents, those that could not be read first."""
    return shown.page("documents.html.j2", place="documents", source=source_of(shown.case.folder))


def key_of(finding: FindingView) -> tuple[str, str]:
    """Give what decisions on a finding are kept under."""
    return finding.finding.school, finding.finding.requirement


def _shown(request: Request) -> Shown:
    site = site_of(request)
    case = site.case(request.path_params["case"])
    opened = site.opened(case)
    if opened is None:
        raise UsageError("web.refused.finding")
    return Shown(request, site, case, opened, case.standing())


def _finding(
    shown: Shown,
    finding: FindingView,
    entered: dict[str, str],
    *,
    told: str = "",
    author: str | None = None,
) -> Response:
    texts = shown.opened.texts
    school, requirement = key_of(finding)
    history = shown.case.history(school, requirement)
    standing = shown.standings.get((school, requirement))
    changes = [texts(f"case.change.{change}") for change in standing.changes] if standing else []
    return shown.page(
        "finding.html.j2",
        place="finding",
        status_code=400 if told else 200,
        message=told,
        message_kind="bad" if told else "",
        finding=finding,
        here=f"{shown.base}/findings/{finding.anchor}",
        required=required_words(finding.requirement, texts),
        standing=standing,
        changes=", ".join(changes),
        history=history,
        notes=shown.case.notes(school, requirement),
        seen=history[-1].id if history else "",
        entered=entered,
        author=author_of(shown.site.home) if author is None else author,
        today=date.today().isoformat(),
        **way_of(shown.opened, finding.anchor, shown.standings),
        **spot_numbers(finding),
    )


def _why_not_yet(shown: Shown, finding: FindingView, form: Form) -> str:
    """Give why a decision is not kept at once: another window decided meanwhile, or a day is none."""
    history: tuple[Decision, ...] = shown.case.history(*key_of(finding))
    newest = history[-1].id if history else ""
    if form("seen") != newest:
        return shown.opened.texts("web.decide.meanwhile")
    try:
        _day(form("expires"))
    except UsageError as error:
        return shown.opened.texts(error.key, **error.fields)
    return ""


def _decision_row(shown: Shown, standing: Standing, anchor: str | None) -> dict[str, Any]:
    texts, decision = shown.opened.texts, standing.decision
    verdict = texts(f"case.verdict.{decision.verdict}")
    schools = shown.opened.view.parts.school_by_id
    status = texts(f"status.{decision.status}") if decision.status else ""
    return {
        "anchor": anchor,
        "school": schools[decision.school].name if decision.school in schools else decision.school,
        "requirement": decision.requirement,
        "machine": texts(f"status.{standing.machine}") if standing.machine else "–",
        "was": texts(f"status.{decision.basis.status}"),
        "person": f"{verdict}: {status}" if status else verdict,
        "reason": decision.reason,
        "author": decision.author,
        "made": decision.made,
    }


def _day(given: str) -> date | None:
    """Give a day, None where none was given.

    Raises:
        UsageError: it is no day.
    """
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError("web.start.no_day", found=given) from None
