"""Measures a report against an answer key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.measure.cases import Case, ObservationCase, absent_schools, cases_of, observation_cases_of
from checker.measure.errors import MinimumError
from checker.measure.gold import Gold, Split
from checker.measure.scores import FIGURES, Group, group_of, scores_dict
from checker.model import ElementKind, Status

GROUPS = ("tuned", "untuned", "all")
OPEN_GROUPS = frozenset({"tuned"})
"""The groups that are shown in parts without revealing; of the others there are totals only."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a report stands to an answer key.

    Args:
        as_of: the key's date; ``report_as_of`` the report's. Periods come out wrong where they differ.
        absent: the key's schools that the report does not have; their findings count as wrong.
    """

    gold: str
    as_of: str
    report_as_of: str
    version: str
    rule_packs: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    cases: tuple[Case, ...]
    observations: tuple[ObservationCase, ...]
    absent: tuple[str, ...] = ()

    def group(self, name: str) -> Group:
        """Give the group ``name``: tuned, untuned or all."""
        return next(group for group in self.groups if group.name == name)


@dataclass(frozen=True, slots=True)
class Miss:
    """A finding that differs from the key; ``wrong`` names what differs."""

    school: str
    requirement: str
    wrong: tuple[str, ...]
    expected: Status
    got: Status | None
    missing_expected: tuple[ElementKind, ...] = ()
    missing_got: tuple[ElementKind, ...] = ()
    subthemes_expected: tuple[str, ...] = ()
    subthemes_got: tuple[str, ...] = ()
    conflict_expected: bool = False
    conflict_got: bool = False
    quote_expected: tuple[str, str] | None = None
    quote_got: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A floor that is not reached; ``got`` is None where there was nothing to measure."""

    group: str
    figure: str
    wanted: float
    got: float | None


def evaluate(report: Mapping[str, Any], gold: Gold, split: Split) -> Evaluation:
    """Measure ``report`` (the contents of ``gaps.json``) against ``gold``.

    How each figure is counted stands in ``docs/quality.md``. Findings of schools that sent nothing are left
    out of the rates and counted apart. A finding that the key has and the report lacks is wrong.
    """
    cases = cases_of(report, gold, split)
    observations = observation_cases_of(report, gold, split)
    run = report["run"]
    return Evaluation(
        gold=gold.name,
        as_of=gold.as_of.isoformat(),
        report_as_of=run["as_of"],
        version=run["version"],
        rule_packs=tuple((pack["name"], pack["version"]) for pack in run["rule_packs"]),
        groups=tuple(
            group_of(name, _side(cases, name), _side_of_observations(observations, name)) for name in GROUPS
        ),
        cases=cases,
        observations=observations,
        absent=absent_schools(report, gold),
    )


def misses(evaluation: Evaluation, *, reveal: bool = False) -> tuple[Miss, ...]:
    """Give the findings that differ from the key, in its order: of tuned schools only, unless ``reveal``."""
    shown = (case for case in evaluation.cases if case.is_counted and (case.is_tuned or reveal))
    return tuple(_miss(case, wrong) for case in shown if (wrong := _wrong(case)))


def observation_misses(evaluation: Evaluation, *, reveal: bool = False) -> tuple[ObservationCase, ...]:
    """Give the observations that only the key or only we have: the tuned schools' only, unless ``reveal``."""
    return tuple(
        observation
        for observation in evaluation.observations
        if observation.in_key != observation.in_ours and (observation.is_tuned or reveal)
    )


def check_minimums(evaluation: Evaluation, minimums: Sequence[str]) -> tuple[Shortfall, ...]:
    """Give the floors that are not reached.

    Args:
        minimums: ``figure=value`` over all schools, or ``group.figure=value``, as ``untuned.gap_recall=0.8``.

    Raises:
        MinimumError: there is no such group or figure, or the value is no number from 0 to 1.
    """
    floors = [_floor(minimum) for minimum in minimums]
    shortfalls = (
        Shortfall(group, figure, wanted, evaluation.group(group).total.figures[figure].value)
        for group, figure, wanted in floors
    )
    return tuple(fall for fall in shortfalls if fall.got is None or fall.got < fall.wanted)


def evaluation_dict(evaluation: Evaluation, *, reveal: bool = False) -> dict[str, Any]:
    """Give the evaluation as plain data for JSON; without ``reveal`` the untuned schools are totals only."""
    return {
        "schema": "skolesjekk/evaluation/1",
        "gold": evaluation.gold,
        "as_of": evaluation.as_of,
        "report_as_of": evaluation.report_as_of,
        "version": evaluation.version,
        "rule_packs": [{"name": name, "version": version} for name, version in evaluation.rule_packs],
        "revealed": reveal,
        "absent": [*evaluation.absent],
        "groups": {group.name: _group_dict(group, reveal=reveal) for group in evaluation.groups},
        "misses": [_miss_dict(miss) for miss in misses(evaluation, reveal=reveal)],
        "observation_misses": [
            {"document": miss.document, "id": miss.id, "in_key": miss.in_key, "in_ours": miss.in_ours}
            for miss in observation_misses(evaluation, reveal=reveal)
        ],
    }


def _side(cases: Sequence[Case], name: str) -> list[Case]:
    return [case for case in cases if name == "all" or case.is_tuned == (name == "tuned")]


def _side_of_observations(observations: Sequence[ObservationCase], name: str) -> list[ObservationCase]:
    return [case for case in observations if name == "all" or case.is_tuned == (name == "tuned")]


def _wrong(case: Case) -> tuple[str, ...]:
    expected, got = case.expected, case.got
    if got is None:
        return ("status",)
    differs = {
        "status": not case.is_right,
        "missing": case.both_partial and frozenset(expected.missing) != frozenset(got.missing),
        "subthemes": expected.subthemes is not None
        and frozenset(expected.subthemes) != frozenset(got.subthemes),
        "conflict": expected.conflict != got.conflict,
        "evidence": case.evidence_hit is False,
    }
    return tuple(name for name, is_wrong in differs.items() if is_wrong)


def _miss(case: Case, wrong: tuple[str, ...]) -> Miss:
    expected, got = case.expected, case.got
    best = expected.evidence[0] if expected.evidence else None
    return Miss(
        school=expected.school,
        requirement=expected.requirement,
        wrong=wrong,
        expected=expected.status,
        got=got.status if got else None,
        missing_expected=expected.missing,
        missing_got=got.missing if got else (),
        subthemes_expected=expected.subthemes or (),
        subthemes_got=got.subthemes if got else (),
        conflict_expected=expected.conflict,
        conflict_got=got.conflict if got else False,
        quote_expected=(best.document, best.quote) if best else None,
        quote_got=got.quotes[0] if got and got.quotes else None,
    )


def _floor(minimum: str) -> tuple[str, str, float]:
    name, _, number = minimum.partition("=")
    group, _, figure = name.strip().rpartition(".")
    group = group or "all"
    if group not in GROUPS or figure not in FIGURES:
        raise MinimumError(
            "measure.minimum.unknown", found=name, groups=", ".join(GROUPS), known=", ".join(FIGURES)
        )
    try:
        wanted = float(number)
    except ValueError as fault:
        raise MinimumError("measure.minimum.no_number", found=minimum) from fault
    if not 0 <= wanted <= 1:
        raise MinimumError("measure.minimum.no_number", found=minimum)
    return group, figure, wanted


def _group_dict(group: Group, *, reveal: bool) -> dict[str, Any]:
    data = {
        **scores_dict(group.total),
        "no_documents": {"n": group.no_documents, "agreed": group.no_documents_agreed},
    }
    if reveal or group.name in OPEN_GROUPS:
        data["confusion"] = [
            {"expected": entry.expected, "got": entry.got, "count": entry.count}
            for entry in group.total.confusion
        ]
        data["parts"] = {
            part: {value: scores_dict(scores) for value, scores in values.items()}
            for part, values in group.parts.items()
        }
    return data


def _miss_dict(miss: Miss) -> dict[str, Any]:
    return {
        "school": miss.school,
        "requirement": miss.requirement,
        "wrong": [*miss.wrong],
        "expected": miss.expected,
        "got": miss.got,
        "missing": {"expected": [*miss.missing_expected], "got": [*miss.missing_got]},
        "subthemes": {"expected": [*miss.subthemes_expected], "got": [*miss.subthemes_got]},
        "conflict": {"expected": miss.conflict_expected, "got": miss.conflict_got},
        "quote": {"expected": _quote_dict(miss.quote_expected), "got": _quote_dict(miss.quote_got)},
    }


def _quote_dict(quote: tuple[str, str] | None) -> dict[str, str] | None:
    return {"document": quote[0], "quote": quote[1]} if quote else None
