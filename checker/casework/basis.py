"""What a decision is made on: the machine's status and the quotes of a finding, out of a ``gaps.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checker.casework.decisions import Basis, Change, Decision, Quoted, State, Verdict
from checker.model import Stance, fingerprint_of

Finding = Mapping[str, Any]
FindingKey = tuple[str, str]
"""School and requirement."""

BEST = 5
"""Of a report with all evidence only so much counts, so that it makes no difference whether it has all."""

_DENYING = (Stance.DENIED, Stance.ENDED)


def findings_by_key(report: Mapping[str, Any]) -> dict[FindingKey, Finding]:
    """Give the findings of a report by school and requirement."""
    return {(finding["school"], finding["requirement"]): finding for finding in report["findings"]}


def document_paths(report: Mapping[str, Any]) -> dict[str, str]:
    """Give the path of each document by its id."""
    return {document["id"]: document["path"] for document in report["documents"]}


def quotes_of(finding: Finding, paths: Mapping[str, str]) -> tuple[Quoted, ...]:
    """Give the quotes that a finding rests on, best first."""
    return tuple(
        Quoted(entry["quote"], paths.get(entry["document"], ""), entry.get("page"))
        for entry in _best(finding.get("evidence") or (), has_conflict=bool(finding.get("conflict")))
    )


def basis_of(finding: Finding, paths: Mapping[str, str], *, report: str | None = None) -> Basis:
    """Give what a decision on the finding is made on."""
    quotes = quotes_of(finding, paths)
    return Basis(
        status=finding["status"],
        fingerprint=fingerprint_of(quote.text for quote in quotes),
        reason=finding.get("reason"),
        missing=tuple(finding.get("missing") or ()),
        quotes=quotes,
        report=report,
    )


def changes_between(decision: Decision, now: Basis) -> tuple[Change, ...]:
    """Give what has changed since a decision in what it was made on.

    A changed status does not matter where the person gave that status, or said that the requirement does not apply.
    """
    changes = []
    then = decision.basis
    if then.fingerprint != now.fingerprint:
        changes.append(Change.TEXT)
    is_indifferent = decision.verdict is Verdict.NOT_APPLICABLE or decision.status == now.status
    if not is_indifferent and _said(then) != _said(now):
        changes.append(Change.STATUS)
    return tuple(changes)


def state_of(*, is_there: bool, is_expired: bool, changes: Sequence[Change]) -> State:
    """Give a decision's state; what is gone matters before what is expired, and that before what has changed."""
    if not is_there:
        return State.UNUSED
    if is_expired:
        return State.EXPIRED
    return State.REOPENED if changes else State.VALID


def _said(basis: Basis) -> tuple[object, ...]:
    return basis.status, basis.reason, basis.missing


def _best(evidence: Sequence[Mapping[str, Any]], *, has_conflict: bool) -> list[Mapping[str, Any]]:
    """Give the best five; in a conflict the best denial is among them, as in a report that shows five."""
    kept = list(evidence[:BEST])
    if has_conflict and not any(_is_denial(entry) for entry in kept):
        rest = [entry for entry in evidence[BEST:] if _is_denial(entry)]
        return kept[: BEST - 1] + rest[:1] if rest else kept
    return kept


def _is_denial(entry: Mapping[str, Any]) -> bool:
    return entry.get("stance") in _DENYING
