"""Judges a text that stands alone: the examples in rules, labelled passages, a passage that a rule author tries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.assess import ReadDocument, finding_of
from checker.extract import extract
from checker.language import Pipelines, annotate, load_pipelines
from checker.match import ConceptMatcher, search
from checker.model import ElementKind, Finding, Level, School, Status
from checker.rulebook import Example, Requirement, Rulebook


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What an example in a rule gave."""

    requirement: str
    example: Example
    status: Status
    missing: tuple[ElementKind, ...]
    subthemes: tuple[str, ...]

    @property
    def is_as_expected(self) -> bool:
        """Whether status, missing elements and sub-themes are exactly as the example says."""
        expected = self.example.expect
        return (
            self.status is expected.status
            and set(self.missing) == set(expected.missing)
            and set(self.subthemes) >= set(expected.subthemes)
        )

    @property
    def is_fault(self) -> bool:
        """Whether the result must be mended: a wrong example, or one marked ``todo`` that has become right."""
        return self.is_as_expected == self.example.todo


class Judge:
    """Judges Markdown texts by a rulebook, as if each were all that a school sent.

    Args:
        rulebook: by which texts are judged.
        pipelines: of the language; loaded where none are given.
    """

    def __init__(self, rulebook: Rulebook, pipelines: Pipelines | None = None) -> None:
        self.rulebook = rulebook
        self.pipelines = pipelines or load_pipelines()
        self.matcher = ConceptMatcher(rulebook)

    def findings(
        self, markdown: str, *, title: str | None = None, level: Level = Level.SCHOOL
    ) -> Mapping[str, Finding]:
        """Give the finding on each requirement of ``level``, by its id."""
        document = extract(markdown.encode(), path="text.md")
        document = replace(document, title=title or document.title)
        annotated = annotate(document, self.pipelines)
        searched = search(annotated, self.rulebook, self.matcher, level=level)
        school = School("text", "text", level)
        read = ReadDocument(annotated.document, searched.passages, near=searched.near)
        return {r.id: finding_of(school, r, [read]) for r in self.rulebook.requirements if r.level is level}

    def example_results(self, requirement: Requirement) -> tuple[ExampleResult, ...]:
        """Give what each example of a requirement comes out as."""
        results = []
        for example in requirement.examples:
            finding = self.findings(example.text, title="", level=requirement.level)[requirement.id]
            results.append(
                ExampleResult(requirement.id, example, finding.status, finding.missing, finding.subthemes)
            )
        return tuple(results)
