"""How far verdicts survive another way of writing the same: typing errors, word order, layout, written form."""

from checker.measure.sweep.markdown import Task
from checker.measure.sweep.run import (
    OPERATORS,
    Judged,
    Source,
    Variation,
    example_sources,
    passage_sources,
    sweep,
    sweep_dict,
    variants_of,
)
from checker.measure.sweep.settings import Operator, SweepFile, sweep_file

__all__ = [
    "OPERATORS",
    "Judged",
    "Operator",
    "Source",
    "SweepFile",
    "Task",
    "Variation",
    "example_sources",
    "passage_sources",
    "sweep",
    "sweep_dict",
    "sweep_file",
    "variants_of",
]
