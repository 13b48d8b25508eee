from __future__ import annotations

from pathlib import Path

import pytest

from checker.measure import LabelledText, Outcome, load_passages, score_passages
from checker.model import Level
from checker.rulebook import load_rules
from checker.run import Judge

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FLOORS = {
    "passages": {"open": 0.85, "held": 0.60, "silence": 0.95},
    "probes": {"open": 0.86, "held": 0.74, "silence": 0.94},
}
"""What was measured, less a little; raised when the figures rise."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load_rules())


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_the_labelled_passages_come_out_no_worse_than_before(judge: Judge, folder: str) -> None:
    def outcomes(text: LabelledText) -> dict[str, Outcome]:
        found = judge.findings(text.text, title=text.title, level=Level(text.level))
        return {name: Outcome(f.status, f.missing, f.subthemes) for name, f in found.items()}

    scores = score_passages(load_passages(CORPUS / folder), outcomes)

    figures = {name: scores.group(name).total.figures for name in ("open", "held")}
    floors = FLOORS[folder]

    assert (figures["open"]["status_accuracy"].value or 0) >= floors["open"]
    assert (figures["held"]["status_accuracy"].value or 0) >= floors["held"]
    assert (figures["held"]["silence"].value or 0) >= floors["silence"]
