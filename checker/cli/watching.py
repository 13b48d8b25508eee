"""``skolesjekk check --watch``: checks again while rules or documents are edited, and prints only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from checker.cli.failures import error_words
from checker.cli.screen import results, say
from checker.model import Report, SkolesjekkError
from checker.report import report_dict
from checker.rulebook import pack_folder, rules_root
from checker.texts import Texts

Again = Callable[[], Report]


def watched_places(folder: Path, rules: Sequence[str]) -> tuple[Path, ...]:
    """Give the folders whose changes call for another check: the plans, the rule packs, and what these use."""
    return tuple(
        sorted({folder.resolve(), rules_root().resolve(), *(pack_folder(r).resolve() for r in rules)})
    )


def changes_in(places: Sequence[Path], out: Path) -> Iterator[object]:
    """Give something each time that a file changed, but for the report's own; until Ctrl-C."""
    from watchfiles import DefaultFilter, watch

    own, fits = out.resolve(), DefaultFilter()

    def counts(change: Any, path: str) -> bool:
        return fits(change, path) and not Path(path).is_relative_to(own)

    return watch(*places, watch_filter=counts)


def check_again(first: Report, again: Again, changes: Iterable[object], texts: Texts) -> Report:
    """Check at each of ``changes``, print what is not as it was, and give the last report.

    What can't be done, such as reading a rule that is half written, is told, and the next change waited for.
    """
    from checker.measure import changes_between, print_changes

    say(texts("cli.watch.waiting"))
    last = first
    for _ in changes:
        try:
            report = again()
        except SkolesjekkError as error:
            say(error_words(error, texts), err=True)
            continue
        print_changes(changes_between(report_dict(last), report_dict(report)), results(), texts)
        last = report
    return last
