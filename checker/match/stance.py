"""Tells how a line stands to what it names: affirmed, planned, denied, quoted and so on, and by which words.

A cue (data: ``rules/felles/stance.yaml``) reaches as far as its scope says; words that open a new clause stop it.
A heading may turn what stands below it. A paragraph in the other written form than the plan's that reads as the law,
or a whole sentence in quotation marks below a heading that names a source, is a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.match.clauses import (
    answered,
    by_words,
    condition_spans,
    is_short_answer,
    question_start,
    ticked_no,
)
from checker.match.concepts import Hit
from checker.match.lines import Layout, Line, Part
from checker.model import BlockKind, Mark, Stance
from checker.rulebook import BOUNDARY, LAW, NOT_LAW, NOT_STARTED, QUOTE_SOURCE, Cue, Rulebook

STRONG_STOPS = frozenset({";", ":", "–", "(", ")"})
DENYING = frozenset({Stance.DENIED, Stance.ENDED})
COMMA = ","
COLON = ":"
DASH = "–"
MEASURES = frozenset({"action", "how"})
"""Roles of cells that tell what is done, also below a heading that names an aim."""
LAPSES = frozenset({Stance.DENIED, Stance.ENDED})
PRECEDENCE = (
    Stance.QUOTED,
    Stance.DENIED,
    Stance.ENDED,
    Stance.PLANNED,
    Stance.CONDITIONAL,
    Stance.HEDGED,
    Stance.PAST,
)
CITATION = re.compile(
    r"\((?:jf\.? |se )?[^\W\d_a-zæøå][a-zæøåéöäü]{2,}(?:(?:,| og| &) [^\W\d_a-zæøå][a-zæøåéöäü]{2,})*"
    r"(?: et al\.| m\.? ?fl\.)?,? (?:19|20)\d\d[a-z]?(?:[,:] ?(?:s\. ?)?\d+(?:[-–]\d+)?)?\)"
)
"""A reference to a work: (Nordahl, 2012), (Hattie og Zierer, 2019, s. 41)."""

FORMS = frozenset({"nb", "nn"})
SOURCE_REACH = 2
"""So many sentences before and after a source's name may be what it says."""

LEAST_LAW_WORDS = 2
"""Fewer words of the law in a paragraph are not enough to take it for one."""

QUOTATION_WORDS = 8
"""A quotation in guillemets of at least so many words, beside a named source, is not the school's own text."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A stance and the words that decided it; ``denies_system`` is False where a plain "not" denies a single case."""

    stance: Stance
    cue: str = ""
    denies_system: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """A concept hit that a pattern rests on, in its part of the line."""

    part: int
    hit: Hit


def stance_of(
    line: Line,
    anchors: Sequence[Anchor],
    layout: Layout,
    rulebook: Rulebook,
    *,
    plain_negation: bool,
    asks: bool = False,
) -> Decided:
    """Give the stance of ``line`` to what ``anchors`` name.

    Args:
        plain_negation: whether a plain "not" in the clause denies the practice.
        asks: whether a question is the practice itself, so that only its setting tells the stance.
    """
    quoted = _quoted(line, layout)
    if quoted is not None:
        return quoted
    if asks:
        around = _status_of_row(line, rulebook) or _heading_stance(line, layout, rulebook, anchors)
        return around or Decided(Stance.AFFIRMED)
    found = _by_cues(line, anchors, rulebook, plain_negation=plain_negation)
    row = _row_stance(line, anchors, layout, rulebook)
    if row is not None:
        found.setdefault(row.stance, row)
    for stance in PRECEDENCE:
        if stance in found:
            return found[stance]
    below = _heading_stance(line, layout, rulebook, anchors)
    return below or _beside_a_source(line, layout, rulebook) or Decided(Stance.AFFIRMED)


def _by_cues(
    line: Line, anchors: Sequence[Anchor], rulebook: Rulebook, *, plain_negation: bool
) -> dict[Stance, Decided]:
    """Give the stances that the cues in the line's own words lend the anchors."""
    found: dict[Stance, Decided] = {}
    for part_number, part in enumerate(line.parts):
        conditions = condition_spans(part)
        for cue in rulebook.cues:
            if not cue.system and not plain_negation:
                continue
            for hit in part.hits.get(cue.concept, ()):
                if cue.stance in DENYING and any(start <= hit.start < end for start, end in conditions):
                    continue
                if _reaches(cue, hit, part_number, part, anchors):
                    known = found.get(cue.stance)
                    if known is None or (cue.system and not known.denies_system):
                        found[cue.stance] = Decided(cue.stance, part.text_of(hit), cue.system)
    return found


def element_is_negated(part: Part, hit: Hit, rulebook: Rulebook) -> bool:
    """Whether an element named in a unit is denied or only planned there."""
    anchor = (Anchor(0, hit),)
    return any(
        _negates(cue, found, hit) and _reaches(cue, found, 0, part, anchor)
        for cue in rulebook.cues
        for found in part.hits.get(cue.concept, ())
    )


def _negates(cue: Cue, found: Hit, hit: Hit) -> bool:
    """A denial negates on both sides, an intention only what comes after it ("brukes når kurs planlegges" holds)."""
    if cue.stance is Stance.PLANNED:
        return found.start < hit.start and cue.scope != "paragraph"
    return cue.stance in {Stance.DENIED, Stance.ENDED}


def _reaches(cue: Cue, found: Hit, part_number: int, part: Part, anchors: Sequence[Anchor]) -> bool:
    """Whether a cue found in a part reaches one of the anchors."""
    if cue.scope == "paragraph":
        return True
    for anchor in anchors:
        if anchor.part != part_number:
            continue
        hit = anchor.hit
        if hit.overlaps(found) or cue.scope == "sentence":
            return True
        ahead = hit.start >= found.end
        if (cue.scope == "forward" and not ahead) or (cue.scope == "backward" and ahead):
            continue
        between = (found.end, hit.start) if ahead else (hit.end, found.start)
        stops = STRONG_STOPS if ahead else STRONG_STOPS - {COLON}
        if not ahead and cue.scope == "backward":
            stops -= {DASH}
        if not _is_stopped(part, *between, stops=stops | {COMMA} if cue.scope == "clause" else stops):
            return True
    return False


def _is_stopped(part: Part, start: int, end: int, *, stops: frozenset[str]) -> bool:
    """Whether a new clause begins between two tokens; a colon does not stop "Observasjon: ikke gjennomført"."""
    if any(token.text in stops for token in part.unit.tokens[start:end]):
        return True
    return any(start <= hit.start < end for hit in part.hits.get(BOUNDARY, ()))


def _quoted(line: Line, layout: Layout) -> Decided | None:
    if Mark.QUOTED_MAIL in line.block.marks:
        return Decided(Stance.QUOTED, line.parts[0].unit.text[:60] if line.parts else "")
    law = _law_words(line, layout)
    if law is not None:
        return Decided(Stance.QUOTED, law)
    for part in line.parts:
        text = part.unit.text
        cited = CITATION.search(text)
        if cited is not None:
            return Decided(Stance.QUOTED, cited.group())
        start, end = text.find("«"), text.rfind("»")
        inside = text[start + 1 : end] if 0 <= start < end else ""
        if len(inside.split()) >= QUOTATION_WORDS:
            above = [p for heading in layout.headings_of(line) for p in heading.parts]
            named = [p for p in (part, *above) if QUOTE_SOURCE in p.hits]
            if named or len(inside) > 0.8 * len(text):
                return Decided(Stance.QUOTED, f"«{inside[:40]}")
    return None


def _beside_a_source(line: Line, layout: Layout, rulebook: Rulebook) -> Decided | None:
    """Take a sentence for a quotation that goes on after a named source, and says nothing of the school's own.

    "Forskning viser at … . Med en slik standard møter elevene de samme kravene."
    """
    if line.block.kind is not BlockKind.PARAGRAPH or any(NOT_LAW in part.hits for part in line.parts):
        return None
    sources = [cue.concept for cue in rulebook.cues if cue.stance is Stance.QUOTED]
    for number in layout.by_paragraph[line.paragraph]:
        if number != line.number and abs(number - line.number) <= SOURCE_REACH:
            for part in layout.lines[number].parts:
                hits = [hit for concept in sources for hit in part.hits.get(concept, ())]
                if hits:
                    return Decided(Stance.QUOTED, part.text_of(hits[0]))
    return None


def _law_words(line: Line, layout: Layout) -> str | None:
    """Give words of a paragraph that reads as the law, in the other written form than the plan's; None for others.

    The law stands in nynorsk, and plans in bokmål have whole paragraphs of it without a word on whose they are.
    Where a paragraph names a time, a "we" or a role that the law doesn't know, it is the school's own.
    """
    if line.is_row or {line.language, layout.language} != FORMS:
        return None
    parts = [part for number in layout.by_paragraph[line.paragraph] for part in layout.lines[number].parts]
    found = [part.text_of(hit) for part in parts for hit in part.hits.get(LAW, ())]
    if len(found) < LEAST_LAW_WORDS or any(NOT_LAW in part.hits for part in parts):
        return None
    return found[0]


def _row_stance(line: Line, anchors: Sequence[Anchor], layout: Layout, rulebook: Rulebook) -> Decided | None:
    """Give the stance that other cells of a row, or the answer to a question, lend what is named.

    A measure whose own status cell says that it has not begun is planned, one that was not done is denied. A statement
    that is scored or commented on ("Påstand | Skår | Kommentar") is nobody's practice: it is denied where the comment
    denies it.
    """
    status = _status_of_row(line, rulebook)
    if status is not None:
        return status
    ticked = ticked_no(line, {anchor.part for anchor in anchors})
    if ticked:
        return Decided(Stance.DENIED, ticked)
    field = _field_stance(line, layout, rulebook)
    if field is not None:
        return field
    asking = [line.parts[anchor.part] for anchor in anchors]
    starts = [question_start(part) for part in asking]
    if anchors and all(
        start is not None and anchor.hit.start >= start for anchor, start in zip(anchors, starts, strict=True)
    ):
        stance = answered(line, asking[0], layout, rulebook)
        return None if stance is Stance.AFFIRMED else Decided(stance, asking[0].unit.text[:60])
    if (
        not line.is_row
        or not anchors
        or not all(line.parts[anchor.part].role == "statement" for anchor in anchors)
    ):
        return None
    denying = [cue.concept for cue in rulebook.cues if cue.stance is Stance.DENIED]
    for part in line.parts:
        if part.role != "statement":
            hits = [hit for concept in denying for hit in part.hits.get(concept, ())]
            if hits:
                return Decided(Stance.DENIED, part.text_of(hits[0]))
    return Decided(Stance.QUOTED, line.parts[anchors[0].part].unit.text[:60])


def _status_of_row(line: Line, rulebook: Rulebook) -> Decided | None:
    """Give the stance that the cell on how a measure stands lends its row."""
    for part in line.parts:
        if NOT_STARTED in part.hits and (part.role == "status" or is_short_answer(line, part)):
            return Decided(Stance.PLANNED, part.unit.text)
        if part.role == "status" and any(
            cue.concept in part.hits for cue in rulebook.cues if cue.stance in LAPSES
        ):
            return Decided(Stance.DENIED, part.unit.text)
        if part.role == "status" and any(
            cue.concept in part.hits for cue in rulebook.cues if cue.stance is Stance.PLANNED
        ):
            return Decided(Stance.PLANNED, part.unit.text)
    return None


def _field_stance(line: Line, layout: Layout, rulebook: Rulebook) -> Decided | None:
    """Give the stance that a field of the same form lends: "Status: ikke startet", or the next line's "Svar: Nei"."""
    if line.form is None or line.is_row:
        return None
    for number in layout.by_form[line.form]:
        other = layout.lines[number]
        if other.label == "status" and not other.is_row and other.names(NOT_STARTED):
            return Decided(Stance.PLANNED, other.parts[0].unit.text)
    after = layout.lines[line.number + 1] if line.number + 1 < len(layout.lines) else None
    if after is not None and after.label == "answer" and after.parts and line.label != "answer":
        stance = by_words(after.parts[0], rulebook, else_=Stance.AFFIRMED)
        return None if stance is Stance.AFFIRMED else Decided(stance, after.parts[0].unit.text[:60])
    return None


def _heading_stance(
    line: Line, layout: Layout, rulebook: Rulebook, anchors: Sequence[Anchor]
) -> Decided | None:
    """Give the stance that the nearest turning heading, lead-in, or a column of goals, lends the line."""
    if line.is_row and anchors and all(line.parts[anchor.part].role == "goal" for anchor in anchors):
        return Decided(Stance.PLANNED, line.parts[anchors[0].part].unit.text[:60])
    if line.is_row and any(line.parts[anchor.part].role in MEASURES for anchor in anchors):
        return None
    above = list(reversed(layout.headings_of(line)))[:2]
    if line.lead_in is not None:
        above.insert(0, layout.lines[line.lead_in])
    if line.block.kind is BlockKind.HEADING:
        above.insert(0, line)
    for heading in above:
        for part in heading.parts:
            turns = [
                (hit.start - hit.end, hit.start, stance, hit)
                for concept, stance in rulebook.heading_stances.items()
                for hit in part.hits.get(concept, ())
            ]
            if turns:
                _, _, stance, hit = min(turns, key=lambda turn: turn[:2])
                return None if stance is Stance.AFFIRMED else Decided(stance, part.text_of(hit))
    for concept, stance in rulebook.title_stances.items():
        if concept in layout.title_hits:
            return Decided(stance, layout.title)
    return None
