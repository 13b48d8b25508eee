"""What is judged: mentions, stance, elements, passages, findings and the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checker.model.documents import Box, Document, Level, School


class Status(StrEnum):
    """The seven statuses of the catalogue, strongest first."""

    DOCUMENTED = "documented"
    PARTIAL = "partial"
    DENIED = "denied"
    PLANNED = "planned"
    MENTIONED = "mentioned"
    NOT_ASSESSABLE = "not_assessable"
    MISSING = "missing"

    @property
    def is_gap(self) -> bool:
        """Whether the status counts as a gap; ``not_assessable`` is counted apart."""
        return self not in {Status.DOCUMENTED, Status.NOT_ASSESSABLE}


class Stance(StrEnum):
    """How a sentence stands to what it names."""

    AFFIRMED = "affirmed"
    PAST = "past"
    PLANNED = "planned"
    DENIED = "denied"
    ENDED = "ended"
    HEDGED = "hedged"
    CONDITIONAL = "conditional"
    QUOTED = "quoted"


PRACTISED = frozenset({Stance.AFFIRMED, Stance.PAST, Stance.HEDGED, Stance.CONDITIONAL})
"""The stances in which a practice holds."""


class ElementKind(StrEnum):
    """The elements that a routine consists of."""

    RESPONSIBLE = "responsible"
    TIMING = "timing"
    RECORD = "record"
    FOLLOWUP = "followup"
    LEADERSHIP = "leadership"
    ACTION = "action"


class Severity(StrEnum):
    """How grave a gap is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class How(StrEnum):
    """How a term was found in the text."""

    LEMMA = "lemma"
    COMPOUND = "compound"
    PATTERN = "pattern"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text: ``start`` and ``end`` are character offsets in its ``Unit.text``."""

    concept: str
    text: str
    start: int
    end: int
    how: How = How.LEMMA
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands in a document."""

    path: str
    block: int
    offset: int
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    section: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementHit:
    """An element that was found, with its own quote and place."""

    kind: ElementKind
    quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, list item or table row that a requirement's rule caught, with all that was decided about it.

    Args:
        requirement: id of the requirement.
        rule: id of the practice or topic pattern in the rule that caught it.
        is_practice: whether the rule takes it for a practice; else it only names the topic.
        subtheme: id of the sub-theme, for requirements that count sub-themes.
        stance_cue: the words that decided the stance; empty for a plain statement.
        group: passages with the same number describe one practice (same paragraph, row, list or form).
        names: the names that the practice goes by here; passages that share one are about the same practice.
        why_not: for a passage that a rule nearly caught, why it did not count; ``stance_cue`` holds the words.
        denies_system: for a denial, whether it denies that a way of working exists, not only a single case of it.
    """

    requirement: str
    rule: str
    quote: str
    place: Place
    stance: Stance
    is_practice: bool
    score: float
    mentions: tuple[Mention, ...] = ()
    elements: tuple[ElementHit, ...] = ()
    stance_cue: str = ""
    subtheme: str | None = None
    group: int = 0
    denies_system: bool = True
    names: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """An observation DOC-01 to DOC-09 on a document."""

    id: str
    path: str
    page: int | None
    quote: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Review:
    """A reason to look at a finding by hand, and where; ``weight`` tells how likely the finding is wrong."""

    because: str
    path: str | None = None
    page: int | None = None
    quote: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one requirement at one school, with the whole derivation.

    Args:
        considered: every passage that was looked at, the deciding ones first.
        evidence: the passages that the status rests on, best first.
        basis: what the finding rests on: draft, expired, superseded, scan.
        nearest: the passages that came nearest and did not count.
        reason: ``no_documents``, ``unreadable_documents`` or None.
    """

    school: str
    requirement: str
    pack: str
    status: Status
    severity: Severity
    missing: tuple[ElementKind, ...] = ()
    conflict: bool = False
    reason: str | None = None
    basis: tuple[str, ...] = ()
    subthemes: tuple[str, ...] = ()
    elements: tuple[ElementHit, ...] = ()
    evidence: tuple[Passage, ...] = ()
    considered: tuple[Passage, ...] = ()
    nearest: tuple[Passage, ...] = ()
    searched_documents: int = 0
    searched_pages: int = 0
    searched_sections: int = 0
    searched_terms: int = 0
    searched_concepts: int = 0
    unread: tuple[str, ...] = ()
    review: Review | None = None
    explanation: str = ""
    meaning: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class RulePackInfo:
    """Which rule pack a report was made with."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which language pipeline was used for a written form."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    """When, with what and how a report was made (``started`` in ISO 8601 UTC, ``as_of`` a date).

    Args:
        content: key of all that the report was made of, the same for the same findings; "" where it is not known.
    """

    started: str
    seconds: float
    as_of: str
    version: str
    folder: str
    settings: tuple[tuple[str, str], ...] = ()
    rule_packs: tuple[RulePackInfo, ...] = ()
    language_models: tuple[tuple[str, ModelInfo], ...] = ()
    readers: tuple[tuple[str, str], ...] = ()
    content: str = ""


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A document as the report lists it.

    ``document`` holds no blocks (they are dropped once judged); ``words`` and ``period`` are kept here.
    ``revised`` is when the document says that it was last revised, as it stands there.
    """

    id: str
    document: Document
    school: str | None
    words: int
    period: str | None = None
    path_raw: str | None = None
    message: str | None = None
    observations: tuple[Observation, ...] = ()
    revised: str | None = None


@dataclass(frozen=True, slots=True)
class RequirementInfo:
    """What a report says of a requirement itself.

    ``subthemes`` are pairs of id and title; with ``minimum_subthemes`` of them it is documented.
    """

    id: str
    pack: str
    title: str
    question: str
    level: Level
    source: str
    required: tuple[str, ...]
    follow_up: str
    rationale: str = ""
    subthemes: tuple[tuple[str, str], ...] = ()
    minimum_subthemes: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found; everything that is written or shown comes from here."""

    run: RunInfo
    schools: tuple[School, ...]
    documents: tuple[ReportDocument, ...]
    findings: tuple[Finding, ...]
    requirements: tuple[RequirementInfo, ...]
    notices: tuple[str, ...] = ()
    language: str = "nb"
