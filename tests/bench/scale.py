"""Measures whole runs over made municipalities: cold, warm and with one rule changed, memory, and growth with documents.

Run it with ``python tests/bench/scale.py [--documents 100 300] [--pages 10] [--jobs 2]``; it prints one JSON object a
line. With ``--beside N`` the product stands beside the plain reference (``scale_reference.py``) and the floor,
``pdftotext`` and ``grep`` for the same terms, on N documents in one process each; times are processor time of the
process and its children, so that other work on the machine changes little. The made documents' planted passages are
checked as well.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from checker.rulebook import Rulebook, load_rules, parse_term

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
AS_OF = date(2026, 11, 23)
SCHOOL_DOCUMENTS = 10


@contextmanager
def most_memory() -> Iterator[dict[str, float]]:
    """Watch the memory of the process's children: give the most that one, and all together, ever took, in MB."""
    most = {"worker_mb": 0.0, "all_mb": 0.0}
    ended = threading.Event()
    own = psutil.Process()

    def watch() -> None:
        while not ended.wait(0.2):
            sizes = []
            for child in own.children(recursive=True):
                try:
                    sizes.append(child.memory_info().rss / 1e6)
                except psutil.Error:
                    continue
            most["worker_mb"] = max([most["worker_mb"], *sizes])
            most["all_mb"] = max(most["all_mb"], sum(sizes) + own.memory_info().rss / 1e6)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield most
    ended.set()
    watcher.join()


def timed(act: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Give what an act gives, with its seconds by the clock and of the processor, its children's included."""

    def processor() -> float:
        return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])

    clock, before = time.perf_counter(), processor()
    result = act()
    return result, {"seconds": round(time.perf_counter() - clock, 2), "cpu": round(processor() - before, 2)}


def with_term(rulebook: Rulebook, text: str) -> Rulebook:
    """Give the rules with a term added to the first concept that KL-102 wants."""
    requirement = next(r for r in rulebook.requirements if r.id == "KL-102")
    name = requirement.patterns[0].all[0][0]
    concept = rulebook.concepts[name]
    changed = replace(concept, terms=(*concept.terms, parse_term(text)))
    return replace(rulebook, concepts={**rulebook.concepts, name: changed})


def without_pattern(rulebook: Rulebook) -> Rulebook:
    """Give the rules without the last pattern of KL-102."""
    changed = [replace(r, patterns=r.patterns[:-1]) if r.id == "KL-102" else r for r in rulebook.requirements]
    return replace(rulebook, requirements=tuple(changed))


EDITS = {
    "new word in a rule": lambda rules: with_term(rules, "klasseblikk"),
    "new phrase of common words": lambda rules: with_term(rules, "observere undervisning"),
    "common word in a rule": lambda rules: with_term(rules, "elev"),
    "pattern taken out": without_pattern,
}
"""Changes of one rule, from one that hardly a document holds to one that all do."""


def measure_run(count: int, pages: int, jobs: int, place: Path) -> dict[str, Any]:
    """Give the figures of cold, warm and changed runs over so many documents."""
    from make_municipality import make

    from checker.run import CheckSettings, check

    folder = place / f"m{count}"
    answers = make(folder, schools=max(1, count // SCHOOL_DOCUMENTS), documents=SCHOOL_DOCUMENTS, pages=pages)
    settings = CheckSettings(
        AS_OF, jobs=jobs, builtin_readers=True, cache=place / f"cache{count}" / "cache.sqlite"
    )
    told: dict[str, Any] = {"documents": count, "pages": pages, "jobs": jobs}
    with most_memory() as memory:
        report, told["cold"] = timed(lambda: check(folder, settings))
    told["cold"] |= {name: round(value) for name, value in memory.items()}
    statuses = {(f.school, f.requirement): f.status.value for f in report.findings}
    planted = [(school, r) for school, requirements in answers.items() for r in requirements]
    told["planted"], told["found"] = len(planted), sum(statuses[one] == "documented" for one in planted)
    warm, told["warm"] = timed(lambda: check(folder, settings))
    for name, edit in EDITS.items():
        edited = edit(load_rules())
        _, told[name] = timed(lambda: check(folder, settings, rulebook=edited))  # noqa: B023 - called at once
        told[name]["share of cold"] = round(told[name]["cpu"] / told["cold"]["cpu"], 3)
    one = next(folder.glob("*/*.txt"))
    one.write_text(one.read_text(encoding="utf-8") + "\n\nNy linje.", encoding="utf-8")
    _, told["one document changed"] = timed(lambda: check(folder, settings))
    told["same"] = warm.findings == report.findings
    return told


def measure_beside(count: int, pages: int, place: Path) -> dict[str, Any]:
    """Give the product's processor time on documents beside the plain reference's and the floor's."""
    from make_municipality import make
    from scale_reference import run

    from checker.language import load_pipelines
    from checker.run import CheckSettings, check

    folder = place / f"b{count}"
    make(
        folder, schools=max(1, count // SCHOOL_DOCUMENTS), documents=min(count, SCHOOL_DOCUMENTS), pages=pages
    )
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".pdf", ".docx", ".html", ".txt"})
    terms = sorted(
        {t.text for c in load_rules().concepts.values() for t in c.terms if re.fullmatch(r"[\w -]+", t.text)}
    )
    nlp = load_pipelines().nb.nlp
    _, product = timed(lambda: check(folder, CheckSettings(AS_OF, jobs=0, builtin_readers=True)))
    _, reference = timed(lambda: run(paths, nlp, terms))
    _, floor = timed(lambda: grep(paths, terms, place))
    return {
        "documents": len(paths),
        "pages": pages,
        "product": product,
        "reference": reference,
        "floor": floor,
        "reference / product": round(reference["cpu"] / product["cpu"], 2),
        "product / floor": round(product["cpu"] / max(floor["cpu"], 0.01), 1),
    }


def grep(paths: list[Path], terms: list[str], place: Path) -> None:
    """Look for the terms with ``pdftotext`` and ``grep``."""
    wanted = place / "terms.txt"
    wanted.write_text("\n".join(terms) + "\n", encoding="utf-8")
    for path in paths:
        text = path
        if path.suffix == ".pdf":
            text = place / "text.txt"
            subprocess.run(["pdftotext", "-layout", str(path), str(text)], check=True)
        # DOCX has no floor of its own: its packed XML is looked through as it is.
        subprocess.run(
            ["grep", "-a", "-i", "-c", "-F", "-f", str(wanted), str(text)],
            stdout=subprocess.DEVNULL,
            check=False,
        )


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="*", default=[100, 300])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--beside", type=int, default=0, metavar="N")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for count in chosen.documents:
            print(json.dumps(measure_run(count, chosen.pages, chosen.jobs, Path(place))), flush=True)
        if chosen.beside:
            print(json.dumps(measure_beside(chosen.beside, chosen.pages, Path(place))), flush=True)


if __name__ == "__main__":
    main()
