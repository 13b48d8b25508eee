"""``skolesjekk rules show``: what one requirement looks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from checker.cli.packs import names_of, packs_option, question_words
from checker.cli.parts import Command, Manual
from checker.cli.screen import say_wrapped
from checker.cli.wrong import unknown_name
from checker.model import ElementKind, Status
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.rulebook import CompiledPattern, Concept, Example, Requirement, Rulebook

DONE = 0

Line = tuple[int, str]
"""How far a line is set in, and its text."""


def show_command(texts: Texts) -> click.Command:
    """Give the command that shows a requirement readably."""

    @click.pass_context
    def run(ctx: click.Context, /, requirement: str, rules: Sequence[str]) -> int:
        from checker.rulebook import load_rules

        rulebook = load_rules(names_of(*rules))
        found = rulebook.requirement(requirement.strip().upper())
        if found is None:
            known = [each.id for each in rulebook.requirements]
            raise unknown_name("cli.unknown.requirement", requirement, known, ctx)
        for indent, line in requirement_lines(found, rulebook, texts):
            say_wrapped(line, indent=indent)
        return DONE

    manual = Manual("cli.rules.show.summary", "rules show KL-102")
    argument = click.Argument(["requirement"], metavar=texts("cli.metavar.id"))
    return Command("show", texts, manual, run=run, params=[argument, packs_option(texts)])


def requirement_lines(requirement: Requirement, rulebook: Rulebook, texts: Texts) -> Iterator[Line]:
    """Give the lines that show a requirement: what it is, its patterns, their concepts, and its examples."""
    language = texts.language
    yield 0, f"{requirement.id} {requirement.title[language]}"
    yield from _about(requirement, texts)
    yield 0, ""
    yield 0, texts("cli.show.patterns")
    for pattern in requirement.patterns:
        yield from _pattern_lines(pattern, requirement, texts)
    for kind in requirement.required:
        yield 2, f"{texts(f'element.{kind}')}: {_names(requirement.elements[kind])}"
    yield 0, ""
    yield 0, texts("cli.show.concepts")
    for name in _concepts_of(requirement, rulebook):
        yield from _concept_lines(rulebook.concepts[name], rulebook, texts)
    yield 0, ""
    yield 0, texts("cli.show.examples")
    for example in requirement.examples:
        yield from _example_lines(example, texts)


def _about(requirement: Requirement, texts: Texts) -> Iterator[Line]:
    language = texts.language
    facts = [
        ("report.column.pack", requirement.pack),
        ("report.column.level", texts(f"report.level.{requirement.level}")),
        ("report.column.question", question_words(requirement.question, texts)),
        ("report.column.severity", texts(f"report.severity.{requirement.severity}")),
        ("report.column.required", _required_words(requirement, texts)),
        ("report.column.rationale", requirement.rationale[language]),
        ("report.column.source", requirement.source[language]),
        ("report.column.follow_up", requirement.follow_up[language]),
    ]
    for key, value in facts:
        if value:
            yield 2, f"{texts(key)}: {value}"


def _required_words(requirement: Requirement, texts: Texts) -> str:
    if requirement.minimum_subthemes is not None:
        names = ", ".join(title[texts.language] for title in requirement.subtheme_titles.values())
        return texts("report.required.subthemes", minimum=requirement.minimum_subthemes, names=names)
    return ", ".join(texts(f"element.{kind}") for kind in requirement.required)


def _pattern_lines(pattern: CompiledPattern, requirement: Requirement, texts: Texts) -> Iterator[Line]:
    head = f"{pattern.id}: {texts(f'cli.show.kind.{pattern.kind}')}"
    if pattern.subtheme is not None:
        head += f" ({requirement.subtheme_titles[pattern.subtheme][texts.language]})"
    yield 2, head
    for key in ("all", "near", "document"):
        groups = [" | ".join(group) for group in getattr(pattern, key)]
        if groups:
            yield 4, texts(f"cli.show.{key}", names=_names(groups))
    for key in ("actor", "none", "none_near"):
        if getattr(pattern, key):
            yield 4, texts(f"cli.show.{key}", names=_names(getattr(pattern, key)))
    if pattern.within is not None:
        yield 4, texts("cli.show.within", count=pattern.within)
    if pattern.in_order:
        yield 4, texts("cli.show.in_order")
    if pattern.asks:
        yield 4, texts("cli.show.asks")


def _concepts_of(requirement: Requirement, rulebook: Rulebook) -> tuple[str, ...]:
    """Give the concepts that the patterns look for, and those that count as one of them."""
    named = set(requirement.about)
    for pattern in requirement.patterns:
        for group in (*pattern.all, *pattern.near, *pattern.document, pattern.actor):
            named.update(group)
    return tuple(
        sorted(name for name, concept in rulebook.concepts.items() if named.intersection(concept.counts_as))
    )


def _concept_lines(concept: Concept, rulebook: Rulebook, texts: Texts) -> Iterator[Line]:
    terms = [term.text for term in concept.terms]
    included = sorted(
        name
        for name, other in rulebook.concepts.items()
        if concept.name in other.counts_as and name != concept.name
    )
    yield 2, f"{concept.name}: {_names(terms)}" if terms else f"{concept.name}:"
    if included:
        yield 4, texts("cli.show.includes", names=_names(included))
    if concept.exclude:
        yield 4, texts("cli.show.exclude", names=_names([term.text for term in concept.exclude]))


def _example_lines(example: Example, texts: Texts) -> Iterator[Line]:
    yield 2, f"{example.name} ({texts(f'cli.form.{example.form}')}): {expectation_words(example, texts)}"
    for line in example.text.splitlines():
        yield 4, line


def expectation_words(example: Example, texts: Texts) -> str:
    """Give what an example must come out as."""
    expected = example.expect
    return outcome_words(expected.status, expected.missing, expected.subthemes, texts)


def outcome_words(
    status: Status, missing: Sequence[ElementKind], subthemes: Sequence[str], texts: Texts
) -> str:
    """Give a status with what is missing and the sub-themes."""
    words = texts(f"status.{status}")
    if missing:
        words += (
            f" ({texts('measure.without', elements=_names([texts(f'element.{kind}') for kind in missing]))})"
        )
    return f"{words} [{_names(subthemes)}]" if subthemes else words


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)
