"""``python -m checker.measure.quality``: writes the figures of ``docs/quality.md`` between their markers.

Everything else in the document stays. A municipality whose schools are all kept apart is evaluated only with
``--count``; each evaluation of it is a line in ``docs/evaluations.csv``.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from math import sqrt
from pathlib import Path
from typing import Any

from checker import __version__
from checker.extract import find_readers
from checker.language import load_pipelines
from checker.measure.cases import WRITTEN_FORMS, Case
from checker.measure.corpora import Corpus, all_texts, corpora_in, example_texts
from checker.measure.coverage import Coverage, coverage, reach_of, without_single_evidence
from checker.measure.evaluate import Evaluation, evaluate
from checker.measure.figures import Figure
from checker.measure.gold import Split, load_gold
from checker.measure.scores import FIGURES, scores_of
from checker.measure.show import interval_words
from checker.measure.sweep.__main__ import measured
from checker.report import report_dict
from checker.rulebook import Rulebook, load_rules
from checker.run import CheckSettings, check

BEGIN = "<!-- figures: written by python -m checker.measure.quality -->"
END = "<!-- end of figures -->"
LOG_COLUMNS = ("date", "municipality", "version", "rules", *FIGURES)
SHOWN_ABLATED = ("gap_recall", "gap_precision", "status_accuracy", "evidence_hit")
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Measured:
    """All that the section of figures is written from; None for what was not asked for."""

    evaluations: Mapping[str, Evaluation]
    left_out: tuple[str, ...]
    log: tuple[Mapping[str, str], ...]
    day: date
    sweep: Mapping[str, Any] | None = None
    coverage: Coverage | None = None
    ablated: Mapping[str, Evaluation] | None = None
    ablated_terms: int = 0


def evaluated(corpus: Corpus, rulebook: Rulebook, *, jobs: int | None) -> Evaluation:
    """Give how the findings on a municipality stand to its key."""
    gold = load_gold(corpus.gold)
    settings = CheckSettings(as_of=gold.as_of, jobs=jobs)
    report = check(corpus.folder, settings, rulebook=rulebook)
    return evaluate(report_dict(report, all_evidence=True), gold, corpus.split or Split())


def is_never_looked_at(corpus: Corpus) -> bool:
    """Whether all schools of a municipality are kept apart."""
    return corpus.split is not None and bool(corpus.split.untuned) and not corpus.split.tuned


def log_row(evaluation: Evaluation, day: date) -> dict[str, str]:
    """Give the line of the log for an evaluation of a municipality that is kept apart."""
    figures = evaluation.group("untuned").total.figures
    return {
        "date": day.isoformat(),
        "municipality": evaluation.gold,
        "version": evaluation.version,
        "rules": " ".join(f"{name} {version}" for name, version in evaluation.rule_packs),
        **{name: "" if figures[name].value is None else str(figures[name].value) for name in FIGURES},
    }


def difference(first: Figure, second: Figure) -> tuple[float, float, float] | None:
    """Give the difference of two shares with its 95 % interval (Newcombe's, from both Wilson intervals).

    Example:
        >>> difference(share(90, 100), share(80, 100))
        (0.1, 0.0011, 0.1995)
    """
    values = (first.value, first.low, first.high, second.value, second.low, second.high)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    a, a_low, a_high, b, b_low, b_high = known
    gap = a - b
    low = gap - sqrt((a - a_low) ** 2 + (b_high - b) ** 2)
    high = gap + sqrt((a_high - a) ** 2 + (b - b_low) ** 2)
    return round(gap, 4), round(low, 4), round(high, 4)


def section(found: Measured) -> str:
    """Give the Markdown of the section of figures."""
    lines: list[str] = []
    for part in (
        _evaluations(found),
        _forms(found),
        _sweep(found),
        _reach(found),
        _ablation(found),
        _log(found),
    ):
        lines += [*part, ""] if part else []
    return "\n".join(lines).rstrip()


def with_section(document: str, written: str) -> str:
    """Give the document with ``written`` between the markers; added at the end where there are none.

    Example:
        >>> with_section(f"a\\n{BEGIN}\\nold\\n{END}\\nb\\n", "new") == f"a\\n{BEGIN}\\nnew\\n{END}\\nb\\n"
        True
    """
    block = f"{BEGIN}\n{written}\n{END}"
    if BEGIN not in document or END not in document:
        return f"{document.rstrip()}\n\n## Figures of this version\n\n{block}\n"
    before, _, rest = document.partition(BEGIN)
    return f"{before}{block}{rest.partition(END)[2]}"


def _evaluations(found: Measured) -> Iterator[str]:
    evaluation = next(iter(found.evaluations.values()), None)
    if evaluation is None:
        return
    packs = ", ".join(f"{name} {version}" for name, version in evaluation.rule_packs)
    yield f"Skolesjekk {__version__}, rules {packs}. Measured on {found.day}. In brackets the 95 % interval."
    groups = [
        (name, side, evaluation.group(side))
        for name, evaluation in found.evaluations.items()
        for side in ("tuned", "untuned")
        if evaluation.group(side).total.n
    ]
    yield ""
    yield _row("figure", *(f"`{name}`, {side}" for name, side, _ in groups))
    yield _rule(len(groups))
    yield _row("findings", *(str(group.total.n) for _, _, group in groups))
    for figure in FIGURES:
        yield _row(f"`{figure}`", *(_words(group.total.figures[figure]) for _, _, group in groups))
    if found.left_out:
        names = ", ".join(f"`{name}`" for name in found.left_out)
        yield ""
        yield f"Not evaluated this time, since nobody looks at it while rules are changed: {names}."


def _forms(found: Measured) -> Iterator[str]:
    cases = [
        case for evaluation in found.evaluations.values() for case in evaluation.cases if case.is_counted
    ]
    if not cases:
        return
    yield "The written forms apart, all municipalities together (Newcombe's interval of the difference):"
    yield ""
    yield _row("figure", "side", "nb", "nn", "nb − nn")
    yield _rule(4)
    for name in ("gap_recall", "gap_precision", "status_accuracy", "evidence_hit"):
        for side in (True, False):
            nb, nn = (_figure_of(cases, form, name, is_tuned=side) for form in WRITTEN_FORMS)
            gap = difference(nb, nn)
            said = f"{100 * gap[0]:+.1f} points ({100 * gap[1]:+.1f} to {100 * gap[2]:+.1f})" if gap else "–"
            yield _row(f"`{name}`", "tuned" if side else "untuned", _words(nb), _words(nn), said)


def _figure_of(cases: Sequence[Case], form: str, figure: str, *, is_tuned: bool) -> Figure:
    wanted = [case for case in cases if case.written_form == form and case.is_tuned is is_tuned]
    return scores_of(wanted, ()).figures[figure]


def _sweep(found: Measured) -> Iterator[str]:
    if found.sweep is None:
        return
    yield (
        "Robustness (`python -m checker.measure.sweep`): the share of verdicts that stay when the same is "
        "written otherwise. Positives describe a practice, negatives do not. Operators, rates and seed: "
        "`checker/measure/data/sweep.yaml`. Variants of one text hang together, so the intervals are too narrow."
    )
    yield ""
    yield _row("operator or requirement", "positives", "negatives")
    yield _rule(2)
    for part in ("total", "operators", "requirements", "forms"):
        rows = {"**all**": found.sweep[part]} if part == "total" else found.sweep[part]
        for name, sides in rows.items():
            yield _row(name, *(_words(Figure(**sides[side])) for side in ("positive", "negative")))


def _reach(found: Measured) -> Iterator[str]:
    if found.coverage is None:
        return
    cover = found.coverage
    yield (
        "Reach (`skolesjekk rules coverage corpus`): lines of documents, labelled passages and sentences where all "
        "concepts of a pattern are named, so that it could have fired; blind: none, thin: under 5, measured: 5 or more."
    )
    yield ""
    yield _row("requirement", "lines", "kept apart", "fired", "measured", "thin", "blind")
    yield _rule(6)
    for reach in reach_of(cover):
        grades = (str(reach.patterns[grade]) for grade in ("measured", "thin", "blind"))
        yield _row(reach.requirement, str(reach.could), str(reach.could_apart), _words(reach.fired), *grades)
    yield ""
    yield (
        f"Terms: {len(cover.terms)}; met by no open text and no example: {len(cover.never_met)}; met by one open "
        f"text alone: {len(cover.met_once)}, of these by one document: {found.ablated_terms}. "
        f"Patterns: {len(cover.patterns)}; never fired: {len(cover.never_fired)}; fired in one text alone: "
        f"{len(cover.fired_once)}."
    )


def _ablation(found: Measured) -> Iterator[str]:
    if found.ablated is None:
        return
    yield (
        f"Leave one document out: without the {found.ablated_terms} terms that one document alone meets (its own "
        "rule examples aside). Such a term can change no other document, so leaving all out at once does to each "
        "what leaving out its own would do. What falls is what rests on a single document's words."
    )
    yield ""
    yield _row("municipality", "figure", "with all terms", "without them")
    yield _rule(3)
    for name, without in found.ablated.items():
        for side in ("tuned", "untuned"):
            whole = found.evaluations[name].group(side).total.figures
            less = without.group(side).total.figures
            for figure in SHOWN_ABLATED:
                yield _row(f"`{name}`, {side}", f"`{figure}`", _words(whole[figure]), _words(less[figure]))


def _log(found: Measured) -> Iterator[str]:
    counts: dict[str, int] = {}
    for row in found.log:
        counts[row["municipality"]] = counts.get(row["municipality"], 0) + 1
    names = sorted({*counts, *found.left_out})
    if names:
        said = ", ".join(f"`{name}` {counts.get(name, 0)}" for name in names)
        yield f"Evaluations so far of municipalities that nobody looks at (`docs/evaluations.csv`): {said}."


def _words(figure: Figure) -> str:
    return interval_words(figure, LANGUAGE)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return f"|---|{'---|' * columns}"


def read_log(path: Path) -> tuple[Mapping[str, str], ...]:
    """Give the evaluations that were written down; none where there is no file."""
    if not path.is_file():
        return ()
    return tuple(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


def write_log(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write the evaluations down."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, LOG_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def measure(asked: argparse.Namespace) -> Measured:
    """Measure what is asked for."""
    rulebook = load_rules()
    corpora = corpora_in(asked.corpus)
    wanted = [corpus for corpus in corpora if asked.count or not is_never_looked_at(corpus)]
    evaluations = {corpus.name: evaluated(corpus, rulebook, jobs=asked.jobs) for corpus in wanted}
    today = date.today()
    added = [log_row(evaluations[c.name], today) for c in wanted if is_never_looked_at(c)]
    log_path = asked.document.parent / "evaluations.csv"
    log = (*read_log(log_path), *added)
    if added:
        write_log(log_path, log)
    found = Measured(
        evaluations=evaluations,
        left_out=tuple(corpus.name for corpus in corpora if corpus not in wanted),
        log=log,
        day=today,
    )
    if asked.evaluations_only:
        return found
    texts = [*example_texts(rulebook), *all_texts(asked.corpus, rulebook, find_readers(builtin_only=False))]
    cover = coverage(rulebook, texts, load_pipelines())
    documents = {text.id for text in texts if text.kind == "document"}
    less, count = without_single_evidence(rulebook, cover, among=documents)
    ablated = {c.name: evaluated(c, less, jobs=asked.jobs) for c in wanted if not is_never_looked_at(c)}
    return replace(
        found,
        sweep=measured(asked.corpus / "passages"),
        coverage=cover,
        ablated=ablated,
        ablated_terms=count,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the section of figures."""
    parser = argparse.ArgumentParser(prog="python -m checker.measure.quality", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the corpora")
    parser.add_argument("--document", type=Path, default=Path("docs/quality.md"), help="where to write")
    parser.add_argument("--evaluations-only", action="store_true", help="no sweep, reach and ablation")
    parser.add_argument("--count", action="store_true", help="evaluate what nobody looks at, and log it")
    parser.add_argument("--jobs", type=int, help="worker processes")
    asked = parser.parse_args(arguments)
    document = asked.document.read_text(encoding="utf-8")
    asked.document.write_text(with_section(document, section(measure(asked))), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
