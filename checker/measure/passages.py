"""Labelled mini-documents: reads them, and scores what a judge makes of them.

A set is a YAML list of texts as they could stand in a plan::

    - id: a-nb-001
      title: Rutine for skolevandring
      level: school
      text: |
        Rektor går skolevandring i uke 38 og gir skriftlig tilbakemelding.
      expect:
        KL-102: {status: documented}
        KL-302: {status: documented, accept: [partial]}
      ignore: [KL-104]      # not judged in this text
      twin_of: KL-101       # that requirement's own words with another meaning: it must come out as missing
      held: true            # kept for measuring: its misses are not shown
      form: nb              # else the nb or nn in the id
      note: why it is so

A requirement that is neither expected nor ignored must come out as missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from checker.measure.errors import PassageFileError
from checker.measure.figures import share
from checker.measure.files import Entry, read_yaml, validated
from checker.measure.gold import RequirementId
from checker.measure.scores import Group, Scores, confusion_of, overlap, scores_dict
from checker.model import ElementKind, Level, Status

PASSAGE_FIGURES = (
    "gap_recall",
    "gap_precision",
    "status_accuracy",
    "missing_exact",
    "missing_f1",
    "subtheme_f1",
    "silence",
)
PASSAGE_GROUPS = ("open", "held", "all")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a judge makes of a text for one requirement."""

    status: Status
    missing: tuple[ElementKind, ...] = ()
    subthemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What is right for one requirement; ``accept`` holds further statuses that are right as well."""

    status: Status
    missing: tuple[ElementKind, ...] = ()
    subthemes: tuple[str, ...] | None = None
    accept: tuple[Status, ...] = ()

    def accepts(self, status: Status) -> bool:
        """Whether ``status`` is right."""
        return status == self.status or status in self.accept


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A mini-document with what must come out of it; the text is Markdown."""

    id: str
    title: str
    level: Level
    text: str
    expect: tuple[tuple[str, Expected], ...]
    ignore: tuple[str, ...] = ()
    twin_of: str | None = None
    is_held: bool = False
    written_form: str | None = None


@dataclass(frozen=True, slots=True)
class PassageCase:
    """One requirement of one text; ``expected`` is None where nothing was expected of it."""

    text: LabelledText
    requirement: str
    expected: Expected | None
    got: Outcome

    @property
    def is_right(self) -> bool:
        """Whether the status is right."""
        if self.expected is None:
            return self.got.status == Status.MISSING
        return self.expected.accepts(self.got.status)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What differs: status, missing, subthemes, or ``unexpected`` where nothing was to be found."""
        if self.expected is None:
            return () if self.is_right else ("unexpected",)
        differs = {
            "status": not self.is_right,
            "missing": self.both_partial and frozenset(self.expected.missing) != frozenset(self.got.missing),
            "subthemes": self.is_right
            and self.expected.subthemes is not None
            and frozenset(self.expected.subthemes) != frozenset(self.got.subthemes),
        }
        return tuple(name for name, is_wrong in differs.items() if is_wrong)

    @property
    def both_partial(self) -> bool:
        """Whether both call it partial, so that the missing elements can be compared."""
        return (
            self.expected is not None
            and self.expected.status == self.got.status
            and self.got.status == "partial"
        )


@dataclass(frozen=True, slots=True)
class PassageScores:
    """How a judge did on labelled texts; the groups are open, held and all."""

    groups: tuple[Group, ...]
    cases: tuple[PassageCase, ...]

    def group(self, name: str) -> Group:
        """Give the group ``name``: open, held or all."""
        return next(group for group in self.groups if group.name == name)


class _Expected(Entry):
    status: Status
    missing: tuple[ElementKind, ...] = ()
    subthemes: tuple[str, ...] | None = None
    accept: tuple[Status, ...] = ()


class _Text(Entry):
    id: str
    title: str
    level: Level = Level.SCHOOL
    text: str
    expect: dict[RequirementId, _Expected]
    ignore: tuple[RequirementId, ...] = ()
    twin_of: RequirementId | None = None
    held: bool = False
    form: Literal["nb", "nn"] | None = None
    note: str | None = None


def load_passages(path: Path) -> tuple[LabelledText, ...]:
    """Give the labelled texts in the file ``path``, or in all ``.yaml`` files of the folder ``path``.

    Raises:
        PassageFileError: there is no such file, an entry is faulty, or an id stands twice.
    """
    files = sorted(path.glob("*.yaml"), key=lambda file: file.name) if path.is_dir() else [path]
    if not files:
        raise PassageFileError("measure.passages.none", folder=str(path))
    texts: list[LabelledText] = []
    homes: dict[str, str] = {}
    for file in files:
        for text in _texts_in(file):
            if text.id in homes:
                raise PassageFileError(
                    "measure.passages.id_twice", id=text.id, file=file.name, other=homes[text.id]
                )
            homes[text.id] = file.name
            texts.append(text)
    return tuple(texts)


def score_passages(
    cases: Iterable[LabelledText], judge: Callable[[LabelledText], Mapping[str, Outcome]]
) -> PassageScores:
    """Give the scores of ``judge`` on labelled texts.

    Status accuracy, gap recall and gap precision are counted over what the texts expect (a twin expects its
    requirement to be missing); ``missing_exact`` is the share of the findings that both call partial where
    the missing elements are exactly the same; ``silence`` is the share of all other requirements that the
    judge rightly finds nothing on.

    Args:
        judge: gives the outcome of each requirement that it judges; one that it leaves out counts as missing.
    """
    scored = tuple(case for text in cases for case in _cases_of(text, judge(text)))
    return PassageScores(
        groups=tuple(
            _group(name, [case for case in scored if _is_in(case, name)]) for name in PASSAGE_GROUPS
        ),
        cases=scored,
    )


def passage_misses(scores: PassageScores, *, reveal: bool = False) -> tuple[PassageCase, ...]:
    """Give the cases that came out wrong: those of open texts only, unless ``reveal``."""
    return tuple(case for case in scores.cases if case.wrong and (reveal or not case.text.is_held))


def passages_dict(scores: PassageScores, *, reveal: bool = False) -> dict[str, Any]:
    """Give the scores as plain data for JSON; without ``reveal`` the held texts are totals only."""
    groups: dict[str, Any] = {}
    for group in scores.groups:
        groups[group.name] = scores_dict(group.total)
        if reveal or group.name == "open":
            groups[group.name]["parts"] = {
                part: {value: scores_dict(found) for value, found in values.items()}
                for part, values in group.parts.items()
            }
    return {
        "schema": "skolesjekk/passages/1",
        "revealed": reveal,
        "groups": groups,
        "misses": [_miss_dict(case) for case in passage_misses(scores, reveal=reveal)],
    }


def _texts_in(file: Path) -> Iterator[LabelledText]:
    data = read_yaml(file, error=PassageFileError)
    if not isinstance(data, list):
        raise PassageFileError(
            "measure.file.wrong_value",
            file=file.name,
            place="",
            found=type(data).__name__,
            problem="list",
            count=1,
        )
    for number, item in enumerate(data, start=1):
        name = item.get("id") if isinstance(item, dict) else None
        entry = validated(_Text, item, file=file.name, place=(str(name or number),), error=PassageFileError)
        yield LabelledText(
            id=entry.id,
            title=entry.title,
            level=entry.level,
            text=entry.text,
            expect=tuple(
                (requirement, Expected(want.status, want.missing, want.subthemes, want.accept))
                for requirement, want in entry.expect.items()
            ),
            ignore=entry.ignore,
            twin_of=entry.twin_of,
            is_held=entry.held,
            written_form=entry.form or _form_in(entry.id),
        )


def _form_in(name: str) -> str | None:
    return next((part for part in re.split(r"[-_.]", name.casefold()) if part in {"nb", "nn"}), None)


def _cases_of(text: LabelledText, outcomes: Mapping[str, Outcome]) -> Iterator[PassageCase]:
    nothing = Outcome(Status.MISSING)
    expect = dict(text.expect)
    if text.twin_of is not None:
        expect.setdefault(text.twin_of, Expected(Status.MISSING))
    for requirement, expected in expect.items():
        yield PassageCase(text, requirement, expected, outcomes.get(requirement, nothing))
    for requirement in sorted(outcomes):
        if requirement not in expect and requirement not in text.ignore:
            yield PassageCase(text, requirement, None, outcomes[requirement])


def _is_in(case: PassageCase, group: str) -> bool:
    return group == "all" or case.text.is_held == (group == "held")


def _group(name: str, cases: Sequence[PassageCase]) -> Group:
    return Group(
        name=name,
        total=_scores(cases),
        parts={
            "requirement": _parts(cases, lambda case: case.requirement),
            "written_form": _parts(cases, lambda case: case.text.written_form),
        },
    )


def _parts(cases: Sequence[PassageCase], value_of: Callable[[PassageCase], str | None]) -> dict[str, Scores]:
    grouped: dict[str, list[PassageCase]] = {}
    for case in cases:
        value = value_of(case)
        if value is not None:
            grouped.setdefault(value, []).append(case)
    return {value: _scores(grouped[value]) for value in sorted(grouped)}


def _scores(cases: Sequence[PassageCase]) -> Scores:
    pairs = [(case, case.expected) for case in cases if case.expected is not None]
    others = [case for case in cases if case.expected is None]
    statuses = [(case.got.status if case.is_right else want.status, case.got.status) for case, want in pairs]
    gaps = [(right, got) for right, got in statuses if right.is_gap]
    our_gaps = [(right, got) for right, got in statuses if got.is_gap]
    partial = [(case, want) for case, want in pairs if case.both_partial]
    figures = {
        "gap_recall": share(sum(got.is_gap for _, got in gaps), len(gaps)),
        "gap_precision": share(sum(right.is_gap for right, _ in our_gaps), len(our_gaps)),
        "status_accuracy": share(sum(case.is_right for case, _ in pairs), len(pairs)),
        "missing_exact": share(sum("missing" not in case.wrong for case, _ in partial), len(partial)),
        "missing_f1": overlap((want.missing, case.got.missing) for case, want in partial),
        "subtheme_f1": overlap(
            (want.subthemes, case.got.subthemes) for case, want in pairs if want.subthemes is not None
        ),
        "silence": share(sum(case.is_right for case in others), len(others)),
    }
    return Scores(len(pairs), figures, confusion_of(statuses))


def _miss_dict(case: PassageCase) -> dict[str, Any]:
    expected = case.expected or Expected(Status.MISSING)
    return {
        "id": case.text.id,
        "requirement": case.requirement,
        "wrong": [*case.wrong],
        "expected": expected.status,
        "got": case.got.status,
        "missing": {"expected": [*expected.missing], "got": [*case.got.missing]},
        "subthemes": {"expected": [*(expected.subthemes or ())], "got": [*case.got.subthemes]},
    }
