"""What may stand in a rule file: the pydantic models that the JSON schema is generated from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from checker.model import ElementKind, Level, Severity, Stance, Status


class Strict(BaseModel):
    """A part of a rule file; a key that it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """Terms in both written forms."""

    nb: tuple[str, ...] = Field(default=(), description="terms in bokmål")
    nn: tuple[str, ...] = Field(default=(), description="terms in nynorsk")

    @property
    def all(self) -> tuple[str, ...]:
        """All terms, each once, bokmål first."""
        return tuple(dict.fromkeys((*self.nb, *self.nn)))


class Wording(Strict):
    """A sentence for the reader in three languages."""

    nb: str
    nn: str
    en: str


class ConceptRule(Words):
    """A concept: the words that stand for it."""

    note: str | None = Field(default=None, description="what the concept is, for the next author")
    includes: tuple[str, ...] = Field(
        default=(), description="concepts whose mentions are mentions of this one"
    )
    exclude: Words = Field(
        default=Words(), description="other senses: a hit that overlaps one does not count"
    )
    fuzzy: bool = Field(default=True, description="whether misspelt long words may count")


class ConceptFile(Strict):
    """A file of concepts."""

    concepts: dict[str, ConceptRule]


class CueRule(Words):
    """A group of cues that give the same stance."""

    id: str
    stance: Stance
    scope: Literal["clause", "forward", "backward", "sentence", "paragraph"] = Field(
        description="how far the cue reaches: its clause, from it to the sentence's end, up to it, the sentence"
    )
    system: bool = Field(
        default=True, description="False: a plain negation, which does not deny that a way of working exists"
    )
    exclude: Words = Field(default=Words(), description="phrases in which the cue means something else")


class HeadingRule(Words):
    """Headings that turn what stands below them."""

    id: str
    stance: Stance
    document: bool = Field(default=False, description="whether such a title turns the whole document")


class LawWording(Words):
    """Words of the law, by which a paragraph in the other written form than the plan's is known as quoted."""

    own: Words = Field(description="words by which a paragraph is the school's own: who, when, we")


class StanceFile(Strict):
    """Cues for stance, what ends a clause, and headings that turn what stands below."""

    cues: tuple[CueRule, ...]
    headings: tuple[HeadingRule, ...]
    boundaries: Words = Field(description="words that begin a new clause and end a cue's reach")
    quote_sources: Words = Field(description="who is quoted: law, curriculum, directorate, research")
    law: LawWording = Field(description="how the law speaks, where its name isn't given")
    conditions: Words = Field(description="words that open a condition")
    answers_no: Words = Field(description="how an answer begins that denies what the question asks for")
    answers_yes: Words = Field(description="how an answer begins that affirms what the question asks for")


ColumnRole = Literal[
    "action",
    "who",
    "when",
    "record",
    "followup",
    "status",
    "goal",
    "audience",
    "how",
    "statement",
    "answer",
    "other",
]


class ColumnsFile(Strict):
    """Names of table columns, form labels and headings that give a cell or section its role."""

    roles: dict[ColumnRole, Words]
    not_started: Words = Field(description="what a status cell says of a measure that has not begun")


class ElementsFile(Strict):
    """Which concepts are the elements of a routine, shared by all packs."""

    responsible: tuple[str, ...]
    leadership: tuple[str, ...]
    timing: tuple[str, ...]
    timing_alone: tuple[str, ...] = Field(
        description="names of months and terms: timing in a column, heading or short cell"
    )
    record: tuple[str, ...]
    followup: tuple[str, ...]
    practice_verbs: tuple[str, ...] = Field(description="verbs by which a named practice is said to be done")
    off_topic: tuple[str, ...] = Field(
        description="matters whose routines never lend their elements to another"
    )
    other_sections: tuple[str, ...] = Field(
        description="what headings and titles name, below which nothing answers a requirement"
    )
    on_topic: tuple[str, ...] = Field(
        description="what a line or a nearer heading names to count all the same below such a heading"
    )
    anaphora: tuple[str, ...] = Field(
        description="words by which a sentence speaks of what was just described"
    )
    light: tuple[str, ...] = Field(
        description="nouns that have no topic of their own: part, work, responsibility"
    )
    attitudes: tuple[str, ...] = Field(
        description="what somebody thinks or sets store by: "
        "a sentence of it names nobody who does a neighbour's practice"
    )
    pronouns: tuple[str, ...] = Field(description="words for a person who was named in the sentence before")
    signature: tuple[str, ...] = Field(
        description="words for the writer, who acts where a role has signed the text"
    )
    defining: Words = Field(description="words between an abbreviation and what it stands for")
    not_actor_after: Words = Field(description="prepositions after which a role is not the one who does it")


class ObservationRule(Strict):
    """How an observation on a document is recognised: patterns are regular expressions."""

    message: Wording
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class ObservationsFile(Strict):
    """The observations DOC-01 to DOC-09, and how dates and periods are written."""

    observations: dict[str, ObservationRule]
    period: tuple[str, ...] = Field(description="patterns of a stated period, with the groups start and end")
    revised: tuple[str, ...] = Field(description="patterns of a stated revision, with the group year")
    dated: tuple[str, ...] = Field(description="patterns of any date, period or version")
    months: Words
    minutes: Words = Field(description="words in a title that tell of minutes or reports of what was done")
    serial: Words = Field(
        description="words in a title of what comes again and again, so that none replaces another"
    )
    version_words: tuple[str, ...] = Field(
        description="patterns of what differs in the names of a plan's versions"
    )
    version_number: tuple[str, ...] = Field(
        description="patterns of a version, with the groups number and part"
    )


class Pattern(Strict):
    """When a sentence, list item or table row is a passage on the requirement.

    Names of concepts; ``a | b`` means either.
    """

    id: str
    kind: Literal["practice", "topic", "mention", "denial"] = Field(
        default="practice",
        description="practice: what is done; topic: names it (a practice when it says who, when or that it is done); "
        "mention: names it and is never a practice; denial: counts only when it is denied or planned",
    )
    all: tuple[str, ...] = Field(description="concepts that must all be named in the sentence, item or row")
    near: tuple[str, ...] = Field(
        default=(), description="concepts that must be named there, in its paragraph, lead-in or headings"
    )
    none: tuple[str, ...] = Field(default=(), description="concepts that must not be named in the sentence")
    none_near: tuple[str, ...] = Field(default=(), description="nor in its headings")
    document: tuple[str, ...] = Field(default=(), description="concepts of which the document must name each")
    actor: tuple[str, ...] = Field(default=(), description="concepts of which one must be the one who acts")
    within: int | None = Field(default=None, description="all must stand within so many words")
    in_order: bool = Field(default=False, description="the concepts must come in the order given")
    asks: bool = Field(
        default=False,
        description="a question in a form or guide is the practice itself: somebody is asked; "
        "what the question's words deny or wish says nothing",
    )


class ElementRule(Strict):
    """Which concepts count as an element for this requirement."""

    concepts: tuple[str, ...]
    shared: bool = Field(default=True, description="whether the shared concepts count as well")


class Subtheme(Strict):
    """A sub-theme of a perspective."""

    title: Wording
    patterns: tuple[Pattern, ...]


class Expectation(Strict):
    """What an example must give."""

    status: Status
    missing: tuple[ElementKind, ...] = ()
    subthemes: tuple[str, ...] = ()


class Example(Strict):
    """An example text (Markdown) that stays a test."""

    name: str
    form: Literal["nb", "nn"]
    text: str
    expect: Expectation
    twin: bool = Field(default=False, description="the rule's own words with an innocent meaning")
    todo: bool = Field(default=False, description="known to come out wrong")


class Source(Strict):
    """Where a requirement comes from."""

    title: Wording
    reference: str
    since: date | None = None


class RequirementFile(Strict):
    """A requirement: one file, named by its id."""

    id: str = Field(pattern=r"^[A-Z]{2,4}-\d{3}$")
    title: Wording
    question: str
    level: Level
    required: tuple[ElementKind, ...] = ()
    minimum_subthemes: int | None = Field(default=None, description="how many sub-themes make it documented")
    severity: Severity
    state: Literal["trial", "stable", "retired"] = "stable"
    source: tuple[Source, ...] = Field(min_length=1)
    rationale: Wording
    follow_up: Wording
    about: tuple[str, ...] = Field(
        default=(),
        description="concepts that, in a heading, say that the section is about this requirement's practice",
    )
    names: tuple[str, ...] = Field(
        default=(),
        description="concepts whose words name a practice: passages with one name are about one practice",
    )
    patterns: tuple[Pattern, ...] = ()
    subthemes: dict[str, Subtheme] = {}
    elements: dict[ElementKind, ElementRule] = {}
    plain_negation: bool = Field(default=True, description="whether a plain 'not' denies the practice")
    examples: tuple[Example, ...] = Field(min_length=4)
    known_faults: tuple[str, ...] = ()


SetAside = Literal["pupils", "parents", "visitors", "other_level", "quoted", "case", "talk", "question"]
"""Why a passage that names a concept is set aside; it is the key of a sentence in the text catalogue."""


class PackFile(Strict):
    """A rule pack."""

    name: str = Field(pattern=r"^[a-z_]+$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    title: Wording
    uses: tuple[str, ...] = Field(default=(), description="packs whose concepts it may name")
    set_aside: dict[SetAside, tuple[str, ...]] = Field(
        default={}, description="why a pattern's ``none`` shuts a passage out, where these concepts do it"
    )
