"""Measures findings against answer keys, labelled passages and verdicts by hand, and prints the figures."""

from checker.measure.cases import Case, Got, ObservationCase
from checker.measure.corpora import CorpusText, all_texts, corpora_in, example_texts, folder_texts
from checker.measure.coverage import Coverage, coverage, coverage_dict, reach_of, without_single_evidence
from checker.measure.coverage_show import print_coverage
from checker.measure.differences import (
    ChangeKind,
    FindingChange,
    Side,
    changes_between,
    changes_dict,
    print_changes,
)
from checker.measure.errors import (
    GoldError,
    MeasureError,
    MinimumError,
    PassageFileError,
    ReportFileError,
    VerdictError,
)
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
from checker.measure.reports import load_report
from checker.measure.sample_show import error_paragraph, print_error_rates
from checker.measure.sampling import ErrorRate, Sample, SampleVerdict, draw_sample, error_rates
from checker.measure.scores import FIGURES, Confusion, Group, Scores
from checker.measure.sheets import read_verdicts, sample_csv, sample_workbook
from checker.measure.show import print_evaluation, print_passages, print_shortfalls
from checker.measure.verification import Fault, ProofKind, settings_of, verify
from checker.measure.verify_show import fault_words, print_faults

__all__ = [
    "FIGURES",
    "Case",
    "ChangeKind",
    "Confusion",
    "CorpusText",
    "Coverage",
    "ErrorRate",
    "Evaluation",
    "Expected",
    "Fault",
    "Figure",
    "FindingChange",
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
    "ProofKind",
    "ReportFileError",
    "Sample",
    "SampleVerdict",
    "Scores",
    "Shortfall",
    "Side",
    "Split",
    "VerdictError",
    "all_texts",
    "changes_between",
    "changes_dict",
    "check_minimums",
    "corpora_in",
    "coverage",
    "coverage_dict",
    "draw_sample",
    "error_paragraph",
    "error_rates",
    "evaluate",
    "evaluation_dict",
    "example_texts",
    "fault_words",
    "folder_texts",
    "load_gold",
    "load_passages",
    "load_report",
    "load_split",
    "misses",
    "observation_misses",
    "passage_misses",
    "passages_dict",
    "print_changes",
    "print_coverage",
    "print_error_rates",
    "print_evaluation",
    "print_faults",
    "print_passages",
    "print_shortfalls",
    "reach_of",
    "read_verdicts",
    "sample_csv",
    "sample_workbook",
    "score_passages",
    "settings_of",
    "verify",
    "without_single_evidence",
]
