"""The test-bed: plans in many layouts, in both written forms, are read as well as is promised.

``python -m tests.extract.testbed`` prints the figures and every fault.
"""

from __future__ import annotations

import pytest
from testbed.content import FORMS
from testbed.floors import FLOORS
from testbed.layouts import LAYOUTS
from testbed.measure import Score, cases, read, scores, summed

pytestmark = [pytest.mark.libreoffice, pytest.mark.tesseract]
FEWEST_LAYOUTS = 40


@pytest.fixture(scope="module")
def measured() -> dict[tuple[str, str], Score]:
    return summed([(case, scores(case, read(case))) for case in cases()], of=lambda case: case.form)


def test_there_are_enough_layouts_with_names_of_their_own() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS) >= FEWEST_LAYOUTS


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("measure", FLOORS)
def test_the_layouts_are_read_as_well_as_promised(
    measured: dict[tuple[str, str], Score], measure: str, form: str
) -> None:
    score = measured[measure, form]

    assert score.total > 0
    assert score.rate >= FLOORS[measure], "\n".join(score.wrong)
