"""Counts cases into figures, whole and by requirement, written form and format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from checker.measure.cases import Case, ObservationCase
from checker.measure.figures import Figure, f1, share
from checker.model import Status

FINDING_FIGURES = (
    "gap_recall",
    "gap_precision",
    "status_accuracy",
    "missing_f1",
    "evidence_hit",
    "subtheme_f1",
    "conflict_f1",
    "review_share",
    "review_errors",
)
FIGURES = (*FINDING_FIGURES, "observation_f1")

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often the key says ``expected`` where we say ``got`` (None: no such finding of ours)."""

    expected: Status
    got: Status | None
    count: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of some cases; ``n`` is the number of findings that are counted."""

    n: int
    figures: Mapping[str, Figure]
    confusion: tuple[Confusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The tuned, the untuned or all schools.

    Args:
        no_documents: findings of schools that sent nothing, left out of all rates.
        no_documents_agreed: those of them that our report gives the same reason.
        parts: for ``requirement``, ``written_form`` and ``format``: the scores of each of its values.
    """

    name: str
    total: Scores
    no_documents: int = 0
    no_documents_agreed: int = 0
    parts: Mapping[str, Mapping[str, Scores]] = field(default_factory=dict)


def group_of(name: str, cases: Sequence[Case], observations: Sequence[ObservationCase]) -> Group:
    """Give the scores of ``cases`` and ``observations``, whole and in parts."""
    counted = [case for case in cases if case.is_counted]
    apart = [case for case in cases if not case.is_counted]
    parts = {
        "requirement": _parts(counted, (), of_case=lambda case: case.expected.requirement),
        "written_form": _parts(
            counted,
            observations,
            of_case=lambda case: case.written_form,
            of_observation=lambda observation: observation.written_form,
        ),
        "format": _parts(
            counted,
            observations,
            of_case=lambda case: case.format,
            of_observation=lambda observation: observation.format,
        ),
        "observation": _parts((), observations, of_observation=lambda observation: observation.id),
    }
    return Group(
        name=name,
        total=scores_of(counted, observations),
        no_documents=len(apart),
        no_documents_agreed=sum(
            case.got is not None and case.got.reason == case.expected.reason for case in apart
        ),
        parts=parts,
    )


def scores_of(cases: Sequence[Case], observations: Sequence[ObservationCase]) -> Scores:
    """Give the figures of ``cases`` (those that count) and ``observations``."""
    gaps = [case for case in cases if case.right_status.is_gap]
    our_gaps = [case for case in cases if _is_our_gap(case)]
    wrong = [case for case in cases if not case.is_right]
    cited = [case.evidence_hit for case in cases if case.evidence_hit is not None]
    figures = {
        "gap_recall": share(sum(map(_is_our_gap, gaps)), len(gaps)),
        "gap_precision": share(sum(case.right_status.is_gap for case in our_gaps), len(our_gaps)),
        "status_accuracy": share(sum(case.is_right for case in cases), len(cases)),
        "missing_f1": overlap(
            (case.expected.missing, case.got.missing)
            for case in cases
            if case.both_partial and case.got is not None
        ),
        "evidence_hit": share(sum(cited), len(cited)),
        "subtheme_f1": overlap(
            (case.expected.subthemes, case.got.subthemes if case.got is not None else ())
            for case in cases
            if case.expected.subthemes is not None
        ),
        "conflict_f1": overlap(
            (_flag(case.expected.conflict), _flag(case.got is not None and case.got.conflict))
            for case in cases
        ),
        "review_share": share(sum(map(_is_marked, cases)), len(cases)),
        "review_errors": share(sum(map(_is_marked, wrong)), len(wrong)),
        "observation_f1": overlap(
            (_flag(observation.in_key), _flag(observation.in_ours)) for observation in observations
        ),
    }
    return Scores(len(cases), figures, confusion_of(_statuses(cases)))


def overlap(pairs: Iterable[tuple[Iterable[Hashable], Iterable[Hashable]]]) -> Figure:
    """Give the F1 of the things in ``pairs`` of the key's things and ours, over all pairs together."""
    both = only_ours = only_key = 0
    for key_things, our_things in pairs:
        key, ours = frozenset(key_things), frozenset(our_things)
        both += len(key & ours)
        only_ours += len(ours - key)
        only_key += len(key - ours)
    return f1(both=both, only_ours=only_ours, only_key=only_key)


def confusion_of(statuses: Iterable[tuple[Status, Status | None]]) -> tuple[Confusion, ...]:
    """Give the counts of ``(expected, got)``, in the order of the statuses, ours that lack last."""
    counts = Counter(statuses)
    return tuple(
        Confusion(expected, got, counts[expected, got])
        for expected in Status
        for got in (*Status, None)
        if counts[expected, got]
    )


def scores_dict(scores: Scores) -> dict[str, Any]:
    """Give scores as plain data, without the confusion of statuses."""
    return {
        "n": scores.n,
        "figures": {name: _figure_dict(figure) for name, figure in scores.figures.items()},
    }


def _figure_dict(figure: Figure) -> dict[str, float | int | None]:
    """Give a figure as plain data."""
    return {"value": figure.value, "n": figure.n, "low": figure.low, "high": figure.high}


def _parts(
    cases: Sequence[Case],
    observations: Sequence[ObservationCase],
    *,
    of_case: Callable[[Case], str | None] = lambda _: None,
    of_observation: Callable[[ObservationCase], str | None] = lambda _: None,
) -> dict[str, Scores]:
    cases_by, observations_by = _grouped(cases, of_case), _grouped(observations, of_observation)
    return {
        value: scores_of(cases_by.get(value, ()), observations_by.get(value, ()))
        for value in sorted({*cases_by, *observations_by})
    }


def _grouped(things: Sequence[Thing], value_of: Callable[[Thing], str | None]) -> dict[str, list[Thing]]:
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        value = value_of(thing)
        if value is not None:
            groups.setdefault(value, []).append(thing)
    return groups


def _statuses(cases: Iterable[Case]) -> Iterable[tuple[Status, Status | None]]:
    for case in cases:
        yield case.right_status, case.got.status if case.got is not None else None


def _is_our_gap(case: Case) -> bool:
    return case.got is not None and case.got.status.is_gap


def _flag(is_set: bool) -> tuple[bool, ...]:
    return (True,) if is_set else ()


def _is_marked(case: Case) -> bool:
    return case.got is not None and case.got.is_marked
