from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.measure.figures import Figure, f1, share
from checker.measure.quotes import shows_the_same


def test_the_interval_is_wilsons() -> None:
    """10 of 10: from n / (n + z²) to 1 (Wilson 1927)."""
    assert share(10, 10) == Figure(1.0, 10, 0.7225, 1.0)
    assert share(0, 10) == Figure(0.0, 10, 0.0, 0.2775)
    assert share(81, 263).value == 0.308
    assert (share(81, 263).low, share(81, 263).high) == (0.2553, 0.3662)


def test_nothing_to_measure_has_no_value() -> None:
    assert share(0, 0) == Figure(None, 0, None, None)
    assert f1(both=0, only_ours=0, only_key=0) == Figure(None, 0, None, None)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_in_its_interval_and_is_the_harmonic_mean(both: int, only_ours: int, only_key: int) -> None:
    figure = f1(both=both, only_ours=only_ours, only_key=only_key)
    if figure.value is None or figure.low is None or figure.high is None:
        assert both + only_ours + only_key == 0
        return

    assert figure.low <= figure.value <= figure.high
    if both:
        precision, recall = both / (both + only_ours), both / (both + only_key)
        assert figure.value == pytest.approx(2 * precision * recall / (precision + recall), abs=1e-4)
    else:
        assert figure.value == 0


@pytest.mark.parametrize(
    ("ours", "key", "same"),
    [
        # bokmål: the whole sentence where the key has its middle
        (
            "I uke 38 er rektor inne i alle klasser, og dette loggføres.",
            "er rektor inne i alle klasser",
            True,
        ),
        # nynorsk, other case and punctuation
        (
            "«AVDELINGSLEIAR vitjar kvar klasse» – to gonger.",
            "Avdelingsleiar vitjar kvar klasse to gonger",
            True,
        ),
        # 2 of the key's 4 sequences is under 60 %
        ("rektor er inne i", "rektor er inne i alle klasser", False),
        # 3 of 5 is 60 %
        ("rektor er inne i alle", "rektor er inne i alle klasser nå", True),
        # more than three times as long
        ("rektor er inne " + "og skriver " * 4, "rektor er inne", False),
        ("rektor er inne " + "og skriver " * 3, "rektor er inne", True),
        # under three words: equal when folded
        ("KOLLEGAVEILEDNING.", "Kollegaveiledning", True),
        ("Kollegaveiledning hver uke", "Kollegaveiledning", False),
        ("Rektors ansvar", "rektors\u00adansvar", False),
        ("klasse\u00adledelse", "klasseledelse", True),
        ("", "rektor er inne", False),
    ],
)
def test_a_quote_shows_the_same_place(ours: str, key: str, same: bool) -> None:
    assert shows_the_same(ours, key) is same
