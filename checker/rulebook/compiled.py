"""The rulebook: what the rule packs say, checked and ready for matching."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checker.model import ElementKind, Fault, Level, RulePackError, RulePackInfo, Severity, Stance
from checker.rulebook.load import Pack, SourceText, read_packs
from checker.rulebook.schema import (
    ColumnsFile,
    ConceptRule,
    ElementsFile,
    Example,
    ObservationsFile,
    Pattern,
    RequirementFile,
    StanceFile,
    Words,
)
from checker.rulebook.terms import SlotKind, Term, TermSyntaxError, parse_term

ANSWER_NO = "answer_no"
ANSWER_YES = "answer_yes"
COLUMN = "column:"
CONDITION = "condition"
CUE = "cue:"
HEADING = "heading:"
BOUNDARY = "boundary"
DEFINING = "defining"
NOT_ACTOR_AFTER = "not_actor_after"
NOT_STARTED = "not_started"
QUOTE_SOURCE = "quote_source"
LAW = "law_wording"
NOT_LAW = "law_wording_own"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept with its terms; ``counts_as`` are the concepts that its mentions count for, itself first."""

    name: str
    terms: tuple[Term, ...]
    exclude: tuple[Term, ...]
    fuzzy: bool
    counts_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue for stance: the concept that finds it, and how far it reaches."""

    concept: str
    stance: Stance
    scope: str
    system: bool


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """A pattern of a requirement; each inner tuple lists concepts of which one is enough."""

    requirement: str
    id: str
    kind: str
    all: tuple[tuple[str, ...], ...]
    near: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]
    none_near: tuple[str, ...]
    document: tuple[tuple[str, ...], ...]
    actor: tuple[str, ...]
    within: int | None
    in_order: bool
    asks: bool
    subtheme: str | None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement of the catalogue, compiled."""

    id: str
    pack: str
    level: Level
    question: str
    severity: Severity
    state: str
    required: tuple[ElementKind, ...]
    minimum_subthemes: int | None
    patterns: tuple[CompiledPattern, ...]
    elements: Mapping[ElementKind, tuple[str, ...]]
    own_elements: frozenset[ElementKind]
    about: tuple[str, ...]
    names: tuple[str, ...]
    plain_negation: bool
    title: Mapping[str, str]
    rationale: Mapping[str, str]
    follow_up: Mapping[str, str]
    source: Mapping[str, str]
    subtheme_titles: Mapping[str, Mapping[str, str]]
    examples: tuple[Example, ...]
    term_count: int
    concept_count: int = 0


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that matching and assessing need to know."""

    packs: tuple[RulePackInfo, ...]
    concepts: Mapping[str, Concept]
    requirements: tuple[Requirement, ...]
    cues: tuple[Cue, ...]
    heading_stances: Mapping[str, Stance]
    title_stances: Mapping[str, Stance]
    column_roles: tuple[str, ...]
    practice_verbs: tuple[str, ...]
    off_topic: tuple[str, ...]
    signature: tuple[str, ...]
    other_sections: tuple[str, ...]
    on_topic: tuple[str, ...]
    anaphora: tuple[str, ...]
    pronouns: tuple[str, ...]
    attitudes: tuple[str, ...]
    light: tuple[str, ...]
    actors: tuple[str, ...]
    timing_alone: tuple[str, ...]
    observations: ObservationsFile
    set_aside: Mapping[str, str] = field(default_factory=dict)

    def requirement(self, requirement_id: str) -> Requirement | None:
        """Give the requirement with this id, None where there is none."""
        return next((r for r in self.requirements if r.id == requirement_id), None)


def load_rules(names: Sequence[str] = ("klasseledelse",)) -> Rulebook:
    """Read, check and compile rule packs, named by name or path.

    Raises:
        UsageError: there is no such pack.
        RulePackError: a pack is faulty; holds all faults.
    """
    return compile_packs(read_packs(names))


def compile_packs(packs: Sequence[Pack]) -> Rulebook:
    """Compile packs that were read; the used ones must come before those that use them.

    Raises:
        RulePackError: names or terms do not hold together; holds all faults.
    """
    shared, faults = _shared_files(packs)
    if shared is None:
        raise RulePackError(tuple(faults))
    compiler = _Compiler(packs, shared)
    rulebook = compiler.rulebook()
    if compiler.faults:
        raise RulePackError(tuple(sorted(compiler.faults)))
    return rulebook


@dataclass(frozen=True, slots=True)
class _Shared:
    stance: tuple[StanceFile, SourceText]
    columns: tuple[ColumnsFile, SourceText]
    elements: tuple[ElementsFile, SourceText]
    observations: tuple[ObservationsFile, SourceText]


def _shared_files(packs: Sequence[Pack]) -> tuple[_Shared | None, list[Fault]]:
    """Give the files that all packs share; where several packs have one, the last holds."""
    found = {}
    faults = []
    for slot in ("stance", "columns", "elements", "observations"):
        values = [getattr(pack, slot) for pack in packs if getattr(pack, slot) is not None]
        if values:
            found[slot] = values[-1]
        else:
            faults.append(Fault("felles", 1, 1, "rules.nothing_shared", (("name", f"{slot}.yaml"),)))
    return (None if faults else _Shared(**found)), faults


class _Compiler:
    """Compiles packs into a rulebook and gathers the faults on the way."""

    def __init__(self, packs: Sequence[Pack], shared: _Shared) -> None:
        self.packs = packs
        self.shared = shared
        self.faults: list[Fault] = []
        self.rules: dict[str, tuple[ConceptRule, SourceText]] = {}
        for pack in packs:
            for name, (rule, source) in pack.concepts.items():
                if name in self.rules:
                    self.faults.append(source.fault(("concepts", name), "rules.concept_twice", name=name))
                self.rules[name] = (rule, source)

    def rulebook(self) -> Rulebook:
        """Give the rulebook; it holds only if ``faults`` is then empty."""
        elements, _ = self.shared.elements
        stance, _ = self.shared.stance
        columns, _ = self.shared.columns
        observations, source = self.shared.observations
        self._check_regexes(observations, source)
        for key in ElementsFile.model_fields:
            if key not in {"defining", "not_actor_after"}:
                self._check_names(getattr(elements, key), self.shared.elements[1], (key,))
        return Rulebook(
            packs=tuple(RulePackInfo(p.name, p.version, p.sha256) for p in self.packs),
            concepts=self._concepts(),
            requirements=tuple(
                self._requirement(rule, pack.name, source)
                for pack in self.packs
                for _, (rule, source) in sorted(pack.requirements.items())
                if rule.state != "retired"
            ),
            cues=tuple(Cue(CUE + c.id, c.stance, c.scope, c.system) for c in stance.cues),
            heading_stances={HEADING + h.id: h.stance for h in stance.headings},
            title_stances={HEADING + h.id: h.stance for h in stance.headings if h.document},
            column_roles=tuple(COLUMN + role for role in columns.roles),
            practice_verbs=elements.practice_verbs,
            off_topic=elements.off_topic,
            signature=elements.signature,
            other_sections=elements.other_sections,
            on_topic=elements.on_topic,
            anaphora=elements.anaphora,
            pronouns=elements.pronouns,
            attitudes=elements.attitudes,
            light=elements.light,
            timing_alone=elements.timing_alone,
            actors=(*elements.leadership, *elements.responsible),
            observations=observations,
            set_aside=self._set_aside(),
        )

    def _set_aside(self) -> dict[str, str]:
        """Give, for each concept that the packs say it of, why a passage that names it is set aside."""
        reasons = {}
        for pack in self.packs:
            for reason, names in pack.set_aside:
                if pack.source is not None:
                    self._check_names(names, pack.source, ("set_aside", reason))
                reasons.update(dict.fromkeys(names, reason))
        return reasons

    def _concepts(self) -> dict[str, Concept]:
        concepts = {}
        for name, (rule, source) in self.rules.items():
            path: tuple[str | int, ...] = ("concepts", name)
            if not rule.all and not rule.includes:
                self.faults.append(source.fault(path, "rules.empty_concept", name=name))
            self._check_names(rule.includes, source, (*path, "includes"))
            concepts[name] = Concept(
                name,
                self._terms(rule, source, path),
                self._terms(rule.exclude, source, (*path, "exclude"), strict=True),
                rule.fuzzy,
                self._counts_as(name),
            )
        for name, words, exclude, source, path in self._word_groups():
            concepts[name] = Concept(
                name,
                self._terms(words, source, path, strict=True),
                self._terms(exclude, source, (*path, "exclude"), strict=True),
                name.startswith((CUE, HEADING)),
                (name,),
            )
        return concepts

    def _word_groups(self) -> Iterator[tuple[str, Words, Words, SourceText, tuple[str | int, ...]]]:
        """Give the word lists of the shared files that are found as concepts are."""
        stance, source = self.shared.stance
        for number, cue in enumerate(stance.cues):
            yield CUE + cue.id, cue, cue.exclude, source, ("cues", number)
        for number, heading in enumerate(stance.headings):
            yield HEADING + heading.id, heading, Words(), source, ("headings", number)
        yield BOUNDARY, stance.boundaries, Words(), source, ("boundaries",)
        yield QUOTE_SOURCE, stance.quote_sources, Words(), source, ("quote_sources",)
        yield LAW, stance.law, Words(), source, ("law",)
        yield NOT_LAW, stance.law.own, Words(), source, ("law", "own")
        yield CONDITION, stance.conditions, Words(), source, ("conditions",)
        yield ANSWER_NO, stance.answers_no, Words(), source, ("answers_no",)
        yield ANSWER_YES, stance.answers_yes, Words(), source, ("answers_yes",)
        columns, source = self.shared.columns
        for role, words in columns.roles.items():
            yield COLUMN + role, words, Words(), source, ("roles", role)
        yield NOT_STARTED, columns.not_started, Words(), source, ("not_started",)
        elements, source = self.shared.elements
        yield DEFINING, elements.defining, Words(), source, ("defining",)
        yield NOT_ACTOR_AFTER, elements.not_actor_after, Words(), source, ("not_actor_after",)

    def _counts_as(self, name: str) -> tuple[str, ...]:
        """Give ``name`` and all concepts that include it, directly or through others."""
        found = [name]
        for current in found:
            for other, (rule, source) in self.rules.items():
                if current in rule.includes:
                    if other == name:
                        self.faults.append(
                            source.fault(("concepts", other), "rules.concept_circle", name=other)
                        )
                    elif other not in found:
                        found.append(other)
        return tuple(found)

    def _terms(
        self, words: Words, source: SourceText, path: Sequence[str | int], *, strict: bool = False
    ) -> tuple[Term, ...]:
        terms: dict[str, Term] = {}
        for form in ("nb", "nn"):
            for number, text in enumerate(getattr(words, form)):
                try:
                    term = parse_term(text, strict=strict)
                except TermSyntaxError as error:
                    self.faults.append(
                        source.fault((*path, form, number), "rules.bad_term", term=text, problem=str(error))
                    )
                    continue
                used = [c.text for slot in term.slots for c in slot.choices if c.kind is SlotKind.CONCEPT]
                self._check_names(used, source, (*path, form, number))
                terms[text] = term
        return tuple(terms.values())

    def _requirement(self, rule: RequirementFile, pack: str, source: SourceText) -> Requirement:
        if not rule.patterns and not any(subtheme.patterns for subtheme in rule.subthemes.values()):
            self.faults.append(source.fault((), "rules.patterns_missing"))
        for kind, element in rule.elements.items():
            self._check_names(element.concepts, source, ("elements", kind.value, "concepts"))
        self._check_names(rule.about, source, ("about",))
        self._check_names(rule.names, source, ("names",))
        patterns = [
            self._pattern(p, rule.id, None, source, ("patterns", number))
            for number, p in enumerate(rule.patterns)
        ]
        patterns += [
            self._pattern(p, rule.id, theme, source, ("subthemes", theme, "patterns", number))
            for theme, subtheme in rule.subthemes.items()
            for number, p in enumerate(subtheme.patterns)
        ]
        named = sorted({name for p in patterns for group in p.all for name in group})
        return Requirement(
            id=rule.id,
            pack=pack,
            level=rule.level,
            question=rule.question,
            severity=rule.severity,
            state=rule.state,
            required=rule.required,
            minimum_subthemes=rule.minimum_subthemes,
            patterns=tuple(patterns),
            elements={kind: self._element_concepts(rule, kind) for kind in ElementKind},
            own_elements=frozenset(kind for kind, element in rule.elements.items() if not element.shared),
            about=rule.about,
            names=rule.names,
            plain_negation=rule.plain_negation,
            title=rule.title.model_dump(),
            rationale=rule.rationale.model_dump(),
            follow_up=rule.follow_up.model_dump(),
            source={
                language: "; ".join(f"{getattr(s.title, language)} ({s.reference})" for s in rule.source)
                for language in ("nb", "nn", "en")
            },
            subtheme_titles={
                theme: subtheme.title.model_dump() for theme, subtheme in rule.subthemes.items()
            },
            examples=rule.examples,
            term_count=sum(len(self.rules[name][0].all) for name in named if name in self.rules),
            concept_count=sum(name in self.rules for name in named),
        )

    def _element_concepts(self, rule: RequirementFile, kind: ElementKind) -> tuple[str, ...]:
        own = rule.elements.get(kind)
        shared = getattr(self.shared.elements[0], kind.value, ())
        if own is None:
            return tuple(shared)
        return (*own.concepts, *(shared if own.shared else ()))

    def _pattern(
        self,
        pattern: Pattern,
        requirement: str,
        subtheme: str | None,
        source: SourceText,
        path: tuple[str | int, ...],
    ) -> CompiledPattern:
        groups = {}
        for key in ("all", "near", "document"):
            groups[key] = tuple(
                tuple(name.strip() for name in entry.split("|")) for entry in getattr(pattern, key)
            )
            for number, group in enumerate(groups[key]):
                self._check_names(group, source, (*path, key, number))
        for key in ("none", "none_near", "actor"):
            self._check_names(getattr(pattern, key), source, (*path, key))
        return CompiledPattern(
            requirement=requirement,
            id=pattern.id,
            kind=pattern.kind,
            all=groups["all"],
            near=groups["near"],
            none=pattern.none,
            none_near=pattern.none_near,
            document=groups["document"],
            actor=pattern.actor,
            within=pattern.within,
            in_order=pattern.in_order,
            asks=pattern.asks,
            subtheme=subtheme,
        )

    def _check_names(self, names: Iterable[str], source: SourceText, path: Sequence[str | int]) -> None:
        for name in names:
            if name in self.rules:
                continue
            near = difflib.get_close_matches(name, self.rules, n=1)
            if near:
                self.faults.append(source.fault(path, "rules.unknown_concept_near", name=name, near=near[0]))
            else:
                self.faults.append(source.fault(path, "rules.unknown_concept", name=name))

    def _check_regexes(self, observations: ObservationsFile, source: SourceText) -> None:
        for name, rule in observations.observations.items():
            for pattern in (*rule.patterns, *rule.unless):
                self._check_regex(pattern, source, ("observations", name))
        for key in ("period", "revised", "dated", "version_words", "version_number"):
            for number, pattern in enumerate(getattr(observations, key)):
                self._check_regex(pattern, source, (key, number))

    def _check_regex(self, pattern: str, source: SourceText, path: Sequence[str | int]) -> None:
        try:
            re.compile(pattern)
        except re.error as error:
            self.faults.append(source.fault(path, "rules.bad_regex", term=pattern, problem=str(error)))
