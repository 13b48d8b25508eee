"""Which decisions still stand, given the newest report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from checker.casework.basis import (
    FindingKey,
    basis_of,
    changes_between,
    document_paths,
    findings_by_key,
    state_of,
)
from checker.casework.decisions import Conflict, Decision, Standing, Verdict


def standings(
    decisions: Iterable[Decision],
    conflicts: Sequence[Conflict],
    report: Mapping[str, Any] | None,
    *,
    today: date,
) -> dict[FindingKey, Standing]:
    """Give the newest decision of each finding and its state, by school and requirement.

    Args:
        decisions: the first one first; a withdrawn one gives no standing.
        conflicts: of merged cases; one stands until the finding is decided anew.
        report: the newest one; without any, all decisions are unused.
        today: a decision that expires holds through its last day.
    """
    findings = findings_by_key(report) if report is not None else {}
    paths = document_paths(report) if report is not None else {}
    newest = {(decision.school, decision.requirement): decision for decision in decisions}
    result = {}
    for key in sorted(newest):
        decision = newest[key]
        against = _open_conflict(decision, conflicts)
        if decision.verdict is Verdict.WITHDRAWN:
            if against is None:
                continue
            # One withdrew what the other decided: what was decided is shown, with the withdrawal against it.
            decision, against = against, decision
        now = basis_of(findings[key], paths) if key in findings else None
        changes = changes_between(decision, now) if now is not None else ()
        is_expired = decision.expires is not None and today > decision.expires
        result[key] = Standing(
            decision=decision,
            state=state_of(is_there=now is not None, is_expired=is_expired, changes=changes),
            machine=now.status if now is not None else None,
            changes=changes,
            old_quotes=decision.basis.quotes,
            new_quotes=now.quotes if now is not None else (),
            conflict=against,
        )
    return result


def _open_conflict(decision: Decision, conflicts: Sequence[Conflict]) -> Decision | None:
    """Give the decision of another that the newest one stands against, None where it was made after both."""
    for conflict in reversed(conflicts):
        if decision.id == conflict.ours.id:
            return conflict.theirs
        if decision.id == conflict.theirs.id:
            return conflict.ours
    return None
