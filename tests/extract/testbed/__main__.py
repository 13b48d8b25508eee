"""``python -m tests.extract.testbed``: prints how well the layouts are read, and what is wrong."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from testbed.floors import FLOORS
from testbed.layouts import LAYOUTS
from testbed.measure import cases, read, scores, summed


def main() -> None:
    """Print the figures; words given on the command line choose layouts by name."""
    chosen = [one for one in LAYOUTS if all(word in one.name for word in sys.argv[1:])]
    start = time.perf_counter()
    made = cases(chosen)
    making = time.perf_counter() - start
    results = [(case, scores(case, read(case))) for case in made]
    seconds = time.perf_counter() - start
    print(
        f"{len(chosen)} layouts, {len(made)} files; made in {making:.0f} s, read in {seconds - making:.0f} s"
    )
    for (name, _), score in sorted(summed(results).items()):
        floor = FLOORS.get(name, 1.0)
        sign = "" if score.rate >= floor else "  TOO LOW"
        print(
            f"{name:24} {score.right:5} of {score.total:5}  {score.rate:7.1%}  (at least {floor:.0%}){sign}"
        )
    for (name, _), score in sorted(summed(results).items()):
        for wrong in score.wrong:
            print(f"{name}: {wrong}")


main()
