"""Runs the sweep: each text under each operator, and whether the verdict is what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from types import MappingProxyType
from typing import Any

from checker.measure.figures import Figure, share
from checker.measure.passages import Expected, LabelledText
from checker.measure.sweep import layout, vocabulary, wording, writing
from checker.measure.sweep.markdown import Task
from checker.measure.sweep.settings import Form, Operator, SweepFile
from checker.model import Level, Status
from checker.rulebook import Rulebook

OPERATORS: Mapping[str, Callable[[str, Task], str]] = MappingProxyType(
    {
        "active_to_passive": wording.active_to_passive,
        "adverbial_first": wording.adverbial_first,
        "adverbial_last": wording.adverbial_last,
        "broken_word": writing.broken_word,
        "capitals": writing.capitals,
        "clause_at_end": wording.clause_at_end,
        "clause_inside": wording.clause_inside,
        "column_names": layout.column_names,
        "confusion": writing.confusion,
        "heading_added": layout.heading_added,
        "list_to_sentences": layout.list_to_sentences,
        "numbered_headings": layout.numbered_headings,
        "other_form": vocabulary.other_form,
        "other_role": vocabulary.other_role,
        "passive_to_active": wording.passive_to_active,
        "row_to_sentence": layout.row_to_sentence,
        "sentence_to_row": wording.sentence_to_row,
        "sentences_to_list": layout.sentences_to_list,
        "typo": writing.typo,
    }
)
PRACTICE = frozenset({Status.DOCUMENTED, Status.PARTIAL})

Statuses = Mapping[str, Status]


@dataclass(frozen=True, slots=True)
class Source:
    """A text with what must come out of it: the status of each requirement that it is labelled for."""

    id: str
    form: Form
    text: str
    expect: tuple[tuple[str, Expected], ...]
    title: str = ""
    level: Level = Level.SCHOOL


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on texts as they stand: ``right`` are those that are as labelled."""

    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Variation:
    """A verdict on a text that was written otherwise."""

    source: str
    requirement: str
    form: Form
    operator: str
    before: Status
    after: Status
    text: str

    @property
    def is_kept(self) -> bool:
        """Whether the verdict is what it was."""
        return self.before is self.after

    @property
    def is_positive(self) -> bool:
        """Whether the text describes a practice, whole or in part."""
        return self.before in PRACTICE


def example_sources(rulebook: Rulebook) -> tuple[Source, ...]:
    """Give the examples of all rules that are not known to come out wrong."""
    return tuple(
        Source(
            id=f"{requirement.id}/{example.form}/{example.name}",
            form=example.form,
            text=example.text,
            expect=((requirement.id, Expected(example.expect.status)),),
            level=requirement.level,
        )
        for requirement in rulebook.requirements
        for example in requirement.examples
        if not example.todo
    )


def passage_sources(texts: Iterable[LabelledText]) -> tuple[Source, ...]:
    """Give the labelled texts that are not kept apart, with what they expect."""
    sources = []
    for text in texts:
        expect = dict(text.expect)
        if text.twin_of is not None:
            expect.setdefault(text.twin_of, Expected(Status.MISSING))
        if expect and not text.is_held:
            form: Form = "nn" if text.written_form == "nn" else "nb"
            sources.append(Source(text.id, form, text.text, tuple(expect.items()), text.title, text.level))
    return tuple(sources)


def variants_of(source: Source, operator: Operator, *, seed: int) -> tuple[str, ...]:
    """Give the texts that an operator makes of a source, each once; none where it does not apply."""
    change = OPERATORS[operator.how]
    made = []
    for number in range(operator.repeats):
        chance = Random(f"{seed}/{operator.id}/{source.id}/{number}")
        task = Task(source.form, operator.kind, operator.rate, chance)
        made.append(change(source.text, task))
    return tuple(text for text in dict.fromkeys(made) if text.split() != source.text.split())


def sweep(
    sources: Sequence[Source], judge: Callable[[Source, str], Statuses], settings: SweepFile
) -> tuple[Judged, tuple[Variation, ...]]:
    """Give the verdicts on all variants of all sources.

    A verdict that is wrong on the text as it stands says nothing about robustness and is left out.

    Args:
        judge: gives the statuses that a text has in place of a source's own.
    """
    right = wrong = 0
    variations: list[Variation] = []
    for source in sources:
        found = judge(source, source.text)
        before = {name: found[name] for name, want in source.expect if want.accepts(found[name])}
        right += len(before)
        wrong += len(source.expect) - len(before)
        if before:
            variations += _variations(source, before, judge, settings)
    return Judged(right, wrong), tuple(variations)


def _variations(
    source: Source, before: Statuses, judge: Callable[[Source, str], Statuses], settings: SweepFile
) -> Iterator[Variation]:
    for operator in settings.operators:
        for text in variants_of(source, operator, seed=settings.seed):
            after = judge(source, text)
            for requirement, status in before.items():
                yield Variation(
                    source.id, requirement, source.form, operator.id, status, after[requirement], text
                )


def sweep_dict(judged: Judged, variations: Sequence[Variation], settings: SweepFile) -> dict[str, Any]:
    """Give the shares of verdicts kept as plain data: whole, and in parts, positives and negatives apart."""
    return {
        "schema": "skolesjekk/sweep/1",
        "seed": settings.seed,
        "texts": {"right": judged.right, "wrong": judged.wrong},
        "total": _sides(variations),
        "operators": _parts(variations, lambda v: v.operator, [o.id for o in settings.operators]),
        "requirements": _parts(variations, lambda v: v.requirement),
        "forms": _parts(variations, lambda v: v.form),
        "statuses": {
            str(status): asdict(_kept([v for v in variations if v.before is status])) for status in Status
        },
        "turns": _turns(variations),
        "failures": [
            {
                "source": v.source,
                "requirement": v.requirement,
                "operator": v.operator,
                "before": v.before,
                "after": v.after,
                "text": v.text,
            }
            for v in variations
            if not v.is_kept
        ],
    }


def _parts(
    variations: Sequence[Variation], part_of: Callable[[Variation], str], names: Sequence[str] = ()
) -> dict[str, Any]:
    names = names or sorted({part_of(variation) for variation in variations})
    return {name: _sides([v for v in variations if part_of(v) == name]) for name in names}


def _sides(variations: Sequence[Variation]) -> dict[str, Any]:
    return {
        "positive": asdict(_kept([v for v in variations if v.is_positive])),
        "negative": asdict(_kept([v for v in variations if not v.is_positive])),
    }


def _kept(variations: Sequence[Variation]) -> Figure:
    return share(sum(variation.is_kept for variation in variations), len(variations))


def _turns(variations: Sequence[Variation]) -> list[dict[str, Any]]:
    """Give how often each verdict became another, the most frequent first."""
    counts: dict[tuple[Status, Status], int] = {}
    for variation in variations:
        if not variation.is_kept:
            key = variation.before, variation.after
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"before": before, "after": after, "count": count} for (before, after), count in ordered]
