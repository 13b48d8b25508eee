"""The examples in the docstrings run."""

from __future__ import annotations

import doctest

import pytest

from checker.casework import places


@pytest.mark.parametrize("module", [places], ids=["places"])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).attempted  # type: ignore[arg-type]
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
