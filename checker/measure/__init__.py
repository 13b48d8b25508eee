"""Measures findings against answer keys and labelled passages, and prints the figures."""

from checker.measure.cases import Case, Got, ObservationCase
from checker.measure.errors import GoldError, MeasureError, MinimumError, PassageFileError
from checker.measure.evaluate import (
    Evaluation,
    Miss,
    Shortfall,
    check_minimums,
    evaluate,
    evaluation_dict,
    misses,
    observation_misses,
)
from checker.measure.figures import Figure
from checker.measure.gold import Gold, GoldDocument, GoldFinding, GoldQuote, Split, load_gold, load_split
from checker.measure.passages import (
    Expected,
    LabelledText,
    Outcome,
    PassageCase,
    PassageScores,
    load_passages,
    passage_misses,
    passages_dict,
    score_passages,
)
from checker.measure.scores import FIGURES, Confusion, Group, Scores
from checker.measure.show import print_evaluation, print_passages, print_shortfalls

__all__ = [
    "FIGURES",
    "Case",
    "Confusion",
    "Evaluation",
    "Expected",
    "Figure",
    "Gold",
    "GoldDocument",
    "GoldError",
    "GoldFinding",
    "GoldQuote",
    "Got",
    "Group",
    "LabelledText",
    "MeasureError",
    "MinimumError",
    "Miss",
    "ObservationCase",
    "Outcome",
    "PassageCase",
    "PassageFileError",
    "PassageScores",
    "Scores",
    "Shortfall",
    "Split",
    "check_minimums",
    "evaluate",
    "evaluation_dict",
    "load_gold",
    "load_passages",
    "load_split",
    "misses",
    "observation_misses",
    "passage_misses",
    "passages_dict",
    "print_evaluation",
    "print_passages",
    "print_shortfalls",
    "score_passages",
]
