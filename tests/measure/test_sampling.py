from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from checker.measure.reports import key_of
from checker.measure.sampling import (
    RISK,
    SampleVerdict,
    allocation,
    draw_sample,
    error_rates,
    is_weak,
    wrong_between,
)
from checker.measure.sampling import _exact_bounds as exact_bounds
from checker.measure.sampling import _hoeffding_bounds as hoeffding_bounds
from checker.measure.sampling import _Seen as Seen
from checker.model import Status

DRAWS = 2000
POPULATION = {(Status.DOCUMENTED, False): 90, (Status.DOCUMENTED, True): 40, (Status.PARTIAL, False): 60,
              (Status.PARTIAL, True): 50, (Status.MISSING, False): 120, (Status.MISSING, True): 40}  # fmt: skip


def finding(number: int, status: str = "partial", **values: Any) -> dict[str, Any]:
    quotes = [{"document": "d1", "page": 1, "quote": f"Sitat {i}"} for i in range(values.pop("quotes", 2))]
    base = {"school": f"Skole {number}", "requirement": "KL-102", "pack": "klasseledelse", "status": status, "missing": [],
            "conflict": False, "reason": None, "evidence": quotes, "review": None, "explanation": "Fordi."}  # fmt: skip
    return {**base, **values}


def report(*findings: dict[str, Any], started: str = "nå") -> dict[str, Any]:
    return {"run": {"started": started, "seconds": 1}, "documents": [], "findings": list(findings)}


def test_the_same_report_gives_the_same_sample_whenever_it_was_made() -> None:
    findings = [finding(number) for number in range(50)]

    first = draw_sample(report(*findings), 10)
    again = draw_sample(report(*findings, started="siden"), 10)
    other = draw_sample(report(*findings), 10, seed="annet")
    assert first == again
    assert len(first.findings) == 10
    assert [key_of(f) for f in first.findings] != [key_of(f) for f in other.findings]


def test_a_larger_sample_holds_the_smaller_one() -> None:
    whole = report(*(finding(number) for number in range(50)))

    small = {key_of(f) for f in draw_sample(whole, 10).findings}
    assert small < {key_of(f) for f in draw_sample(whole, 20).findings}


def test_marked_findings_and_those_of_one_quote_are_weak_and_drawn_more_often() -> None:
    weak = [finding(number, review={"because": "x"}) for number in range(100)]
    strong = [finding(number) for number in range(100, 200)]

    drawn = draw_sample(report(*weak, *strong), 60).findings
    assert sum(map(is_weak, drawn)) == 40
    assert is_weak(finding(1, quotes=1))
    assert not is_weak(finding(1))


def test_schools_that_sent_nothing_are_not_checked() -> None:
    assert draw_sample(report(finding(1, "missing", reason="no_documents")), 5).findings == ()


def test_every_stratum_is_looked_at_and_none_beyond_its_size() -> None:
    population = {(Status.DOCUMENTED, False): 1, (Status.MISSING, False): 500, (Status.PARTIAL, True): 3}

    assert allocation(population, 9) == {
        (Status.DOCUMENTED, False): 1,
        (Status.MISSING, False): 6,
        (Status.PARTIAL, True): 2,
    }
    assert sum(allocation(population, 1000).values()) == 504


def test_bounds_are_known_where_all_was_looked_at_and_all_where_nothing_was() -> None:
    assert wrong_between(30, 30, 4, RISK) == (4, 4)
    assert wrong_between(30, 0, 0, RISK) == (0, 30)


def test_unsure_verdicts_widen_upwards_only() -> None:
    sample = draw_sample(report(*(finding(number) for number in range(100))), 20)
    keys = [key_of(f) for f in sample.findings]
    right = dict.fromkeys(keys, SampleVerdict.RIGHT)
    unsure = {**right, keys[0]: SampleVerdict.UNSURE}

    sure_rate, unsure_rate = error_rates(sample, right)[0], error_rates(sample, unsure)[0]
    assert (sure_rate.rate.low, unsure_rate.rate.low) == (0.0, 0.0)
    assert unsure_rate.rate.high > sure_rate.rate.high  # type: ignore[operator]
    assert (unsure_rate.wrong, unsure_rate.unsure, unsure_rate.rate.value) == (0, 1, 0.05)


def test_a_status_without_verdicts_is_between_0_and_1() -> None:
    rates = error_rates(draw_sample(report(finding(1), finding(2)), 2), {})

    assert [(rate.status, rate.rate.low, rate.rate.high) for rate in rates] == [
        (Status.PARTIAL, 0.0, 1.0),
        (None, 0.0, 1.0),
    ]


@pytest.mark.parametrize("lie", ["evenly", "among_the_weak"])
@pytest.mark.parametrize("rate", [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3])
def test_the_interval_covers_the_true_rate(rate: float, lie: str) -> None:
    """In 2,000 draws of 60, for each status and for all together."""
    shares = allocation(POPULATION, 60)
    random = np.random.default_rng(8)
    bad = {}
    for status in {status for status, _ in POPULATION}:
        wrong = round(rate * (POPULATION[status, False] + POPULATION[status, True]))
        weak = min(wrong, POPULATION[status, True]) if lie == "among_the_weak" else round(
            rate * POPULATION[status, True])  # fmt: skip
        bad[status, True], bad[status, False] = weak, wrong - weak
    draws = {
        key: random.hypergeometric(bad[key], size - bad[key], shares[key], DRAWS)
        for key, size in POPULATION.items()
    }
    bounds: dict[tuple[object, ...], tuple[float, float]] = {}
    groups = {status: [key for key in POPULATION if key[0] is status] for status in Status}
    groups = {status: keys for status, keys in groups.items() if keys}
    for name, keys in {**groups, None: list(POPULATION)}.items():
        size = sum(POPULATION[key] for key in keys)
        true = sum(bad[key] for key in keys) / size
        covered = 0
        for drawn in zip(*(draws[key].tolist() for key in keys), strict=True):
            if (name, drawn) not in bounds:
                parts = [Seen(POPULATION[key], shares[key], x, 0) for key, x in zip(keys, drawn, strict=True)]
                bounds[name, drawn] = hoeffding_bounds(parts) if name is None else exact_bounds(parts)
            low, high = bounds[name, drawn]
            covered += low <= true <= high

        assert covered / DRAWS >= 0.93
