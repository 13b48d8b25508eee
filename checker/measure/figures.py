"""A measured figure with the number it rests on and its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from 0 to 1; ``value`` and the 95 % interval are None where there was nothing to measure."""

    value: float | None
    n: int
    low: float | None
    high: float | None


def share(hits: int, n: int) -> Figure:
    """Give the share of ``hits`` in ``n`` with its Wilson interval.

    Example:
        >>> share(9, 10)
        Figure(value=0.9, n=10, low=0.5958, high=0.9821)
    """
    if n == 0:
        return Figure(None, 0, None, None)
    rate = hits / n
    spread = Z * sqrt(rate * (1 - rate) / n + Z**2 / (4 * n**2))
    middle, scale = rate + Z**2 / (2 * n), 1 + Z**2 / n
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return Figure(round(rate, 4), n, round(max(0.0, low), 4), round(min(1.0, high), 4))


def f1(*, both: int, only_ours: int, only_key: int) -> Figure:
    """Give the F1 of what both have against what one alone has.

    ``n`` is the number of things that either has. Of these, the share that both have is a proportion with a
    Wilson interval; F1 rises with that share (``2 * share / (1 + share)``), so its interval is that one
    carried over.

    Example:
        >>> f1(both=8, only_ours=1, only_key=1)
        Figure(value=0.8889, n=10, low=0.6579, high=0.9708)
    """
    plain = share(both, both + only_ours + only_key)
    if plain.value is None or plain.low is None or plain.high is None:
        return plain
    value = 2 * both / (2 * both + only_ours + only_key)
    low, high = (round(2 * bound / (1 + bound), 4) for bound in (plain.low, plain.high))
    return Figure(round(value, 4), plain.n, low, high)
