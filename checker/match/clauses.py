"""Tells what kind of clause a word stands in: a condition ("har en lærer ikke …, gjør …"), or a question.

A condition tells in which case something is done: what is negated there is denied of nobody. A question says nothing of
what is done until it is answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from checker.language import Token
from checker.match.lines import Layout, Line, Part
from checker.model import Stance
from checker.rulebook import ANSWER_NO, ANSWER_YES, CONDITION, Rulebook

VERBS = frozenset({"VERB", "AUX"})
CLAUSE_ENDS = frozenset({",", ";", "–", ".", "?", "!"})
CLOSERS = frozenset({"»", '"', "”", ")", "'"})
OPENERS = frozenset({":", "«"})
TICKS = frozenset({"☒", "☑", "✓", "✔", "[x]", "[X]", "x", "X"})
OPEN_ROLES = frozenset({None, "status", "answer", "other"})
SHORT_ANSWER = 6
ANSWERING = (Stance.DENIED, Stance.ENDED, Stance.PLANNED)
"""Stances that an answer in another cell lends its question, the first that its words tell."""


def condition_spans(part: Part) -> tuple[tuple[int, int], ...]:
    """Give the tokens (start, end) of each condition in a unit.

    It begins with a word for it ("dersom"), or a verb stands first and the main clause follows a comma with its verb
    first ("Er ikke besøket gjennomført innen fristen, setter rektor opp en ny tid").
    """
    return tuple(sorted({*_opened(part), *_verb_first(part.unit.tokens)}))


def _opened(part: Part) -> Iterator[tuple[int, int]]:
    tokens = part.unit.tokens
    for hit in part.hits.get(CONDITION, ()):
        end = next((at for at in range(hit.end, len(tokens)) if tokens[at].text in CLAUSE_ENDS), len(tokens))
        yield hit.start, end


def _verb_first(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    first = next((at for at, token in enumerate(tokens) if token.text[0].isalnum()), None)
    if first is None or not _is_finite(tokens[first]) or tokens[-1].text == "?":
        return
    for at in range(first + 2, len(tokens) - 1):
        if tokens[at].text == "," and _is_finite(tokens[at + 1]):
            yield first, at
            return


def _is_finite(token: Token) -> bool:
    return token.pos in VERBS and "VerbForm=Fin" in token.morph and "Mood=Imp" not in token.morph


def question_start(part: Part) -> int | None:
    """Give the token that a unit's question begins at, None where it ends with no question mark.

    What stands before a colon or an opening quotation mark is no part of it ("Fast sak på trinnmøtet: Hva virker?").
    """
    tokens = part.unit.tokens
    last = next((token.text for token in reversed(tokens) if token.text not in CLOSERS), "")
    if last != "?":
        return None
    return max((at + 1 for at, token in enumerate(tokens) if token.text in OPENERS), default=0)


def answered(line: Line, part: Part, layout: Layout, rulebook: Rulebook) -> Stance:
    """Give the stance that the answer lends to what a question names; quoted where nothing answers it.

    In a row the next cell answers, in running text the next sentence of the paragraph, by yes or no.
    """
    if line.is_row:
        later = [other for other in line.parts if (other.unit.cell or 0) > (part.unit.cell or 0)]
        told = [other for other in later if any(token.text[0].isalnum() for token in other.unit.tokens)]
        return by_words(told[0], rulebook, else_=Stance.AFFIRMED) if told else Stance.QUOTED
    after = line.number + 1
    if after not in layout.by_paragraph[line.paragraph] or not layout.lines[after].parts:
        return Stance.QUOTED
    return by_words(layout.lines[after].parts[0], rulebook, else_=Stance.QUOTED)


def ticked_no(line: Line, anchored: Collection[int]) -> str | None:
    """Give the words of an answer of no that is ticked, or stands alone in another cell ("Ikke siden 2021").

    A tick stands right before its answer ("☐ Ja ☒ Nei"), or in a column of answers.

    Args:
        anchored: numbers of the parts that the practice is named in.
    """
    for number, part in enumerate(line.parts):
        no = {hit.start for hit in part.hits.get(ANSWER_NO, ())}
        tokens = part.unit.tokens
        if len(tokens) == 1 and tokens[0].text in TICKS and ANSWER_NO in part.column_hits:
            return part.unit.text
        if any(tokens[at - 1].text in TICKS for at in no if at > 0):
            return part.unit.text
        if 0 in no and number not in anchored and is_short_answer(line, part):
            return part.unit.text
    return None


def is_short_answer(line: Line, part: Part) -> bool:
    """Whether a cell of a row holds a few words on how it stands, in no column for anything else."""
    return line.is_row and part.role in OPEN_ROLES and 1 < len(part.unit.tokens) <= SHORT_ANSWER


def by_words(answer: Part, rulebook: Rulebook, *, else_: Stance) -> Stance:
    """Give the stance that an answer's words tell; ``else_`` where they tell none."""
    begins = {name for name in (ANSWER_NO, ANSWER_YES) for hit in answer.hits.get(name, ()) if hit.start == 0}
    if ANSWER_NO in begins:
        return Stance.DENIED
    told = {cue.stance for cue in rulebook.cues if cue.system and cue.concept in answer.hits}
    for stance in ANSWERING:
        if stance in told and else_ is Stance.AFFIRMED:
            return stance
    return Stance.AFFIRMED if ANSWER_YES in begins else else_
