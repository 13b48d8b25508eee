"""``python -m checker.measure.sweep``: how many verdicts survive another way of writing the same."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.measure.passages import load_passages
from checker.measure.sweep.run import Source, example_sources, passage_sources, sweep, sweep_dict
from checker.measure.sweep.settings import sweep_file
from checker.model import Status
from checker.rulebook import load_rules
from checker.run import Judge

TOO_LOW = 4


def measured(passages: Path | None, *, every: int = 1) -> dict[str, Any]:
    """Give the sweep over the rules' examples and the open texts of ``passages``.

    Args:
        every: only every so manieth text, for a quick look.
    """
    rulebook = load_rules()
    judge = Judge(rulebook)
    sources: Sequence[Source] = example_sources(rulebook)
    if passages is not None and passages.is_dir():
        sources = (*sources, *passage_sources(load_passages(passages)))

    def statuses(source: Source, text: str) -> dict[str, Status]:
        found = judge.findings(text, title=source.title, level=source.level)
        return {name: finding.status for name, finding in found.items()}

    settings = sweep_file()
    return sweep_dict(*sweep(sources[::every], statuses, settings), settings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the shares kept, and write them as JSON where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m checker.measure.sweep", description=__doc__)
    parser.add_argument("--passages", type=Path, default=Path("corpus/passages"), help="labelled texts")
    parser.add_argument("--json", type=Path, help="write all figures and every verdict lost to this file")
    parser.add_argument("--lost", metavar="OPERATOR", help="print the verdicts that this operator lost")
    parser.add_argument("--min-positives", type=float, default=0.0, help="exit status 4 where fewer are kept")
    parser.add_argument("--min-negatives", type=float, default=0.0, help="exit status 4 where fewer are kept")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth text, for a quick look")
    asked = parser.parse_args(arguments)
    data = measured(asked.passages, every=asked.every)
    print("\n".join(sweep_lines(data)))
    for lost in data["failures"]:
        if lost["operator"] == asked.lost:
            print(f"\n{lost['source']} {lost['requirement']}: {lost['before']} -> {lost['after']}")
            print(lost["text"])
    if asked.json is not None:
        asked.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    floors = {"positive": asked.min_positives, "negative": asked.min_negatives}
    return TOO_LOW if falls_short(data, floors) else 0


def falls_short(data: Mapping[str, Any], floors: Mapping[str, float]) -> bool:
    """Whether fewer verdicts are kept than the floors ask for."""
    return any((data["total"][side]["value"] or 0.0) < least for side, least in floors.items())


def sweep_lines(data: Mapping[str, Any]) -> list[str]:
    """Give the shares kept as a table for the screen."""
    lines = [f"{'':<24}{'positives kept':>34}{'negatives kept':>34}"]
    for part in ("total", "operators", "requirements", "forms"):
        rows = {"all": data[part]} if part == "total" else data[part]
        lines.append("")
        for name, sides in rows.items():
            lines.append(f"{name:<24}{_cell(sides['positive']):>34}{_cell(sides['negative']):>34}")
    return lines


def _cell(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return "–"
    low, high = 100 * figure["low"], 100 * figure["high"]
    return f"{100 * figure['value']:.1f} % ({low:.1f}–{high:.1f}) n={figure['n']}"


if __name__ == "__main__":
    raise SystemExit(main())
