"""Lays a document out as lines with their setting: what the sentences, items and rows stand in.

A *line* is what is judged as one: a sentence, a list item, or a table row with its cells. Its setting is the paragraph,
the sentence that leads a list in, the headings above it, and the form that it is a field of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from checker.language import AnnotatedBlock, AnnotatedDocument, Token, Unit, lemmas_of
from checker.match.concepts import Hit, HitFinder, Hits
from checker.model import Block, BlockKind, Mark
from checker.rulebook import COLUMN, DEFINING, Rulebook

WORD = re.compile(r"\w+(?:[.\-–/]\w+)*\.?|[^\w\s]")
LABEL = re.compile(r"^\s*([^:|]{2,45}):\s*(.*)$", re.DOTALL)
ABBREVIATION = re.compile(r"[^\W\d_a-zæøå]{1,4}")
DEFINING_MARKS = frozenset({"=", ":", "–", "-"})
RUN_IN_LABEL = re.compile(r"(?<!\S)([^\W\d_a-zæøå][^\s:.,;|]*(?: [^\W\d_A-ZÆØÅ]\w*){0,3}):\s")
FIELD_COUNT = 2
MAX_LABEL_WORDS = 5
FIELD_SHARE = 0.5
SIGNATURE_LINES = 4
SIGNATURE_WORDS = 9
SECTION_LIMIT = 14
"""A section of more blocks than this is not taken to be about one practice only."""

UNREAD_MARKS = frozenset({Mark.HIDDEN, Mark.COMMENT, Mark.INSTRUCTION})


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of a line with what was found in it; ``role`` is what its column or label says it is."""

    unit: Unit
    hits: Hits
    role: str | None = None
    column_hits: Hits = field(default_factory=dict)

    def text_of(self, hit: Hit) -> str:
        """Give the words of a hit as they stand."""
        return self.unit.text[self.unit.tokens[hit.start].start : self.unit.tokens[hit.end - 1].end]


@dataclass(frozen=True, slots=True)
class Line:
    """What is judged as one.

    Args:
        paragraph: number shared by the sentences of a paragraph or cells of a form.
        lead_in: number of the line that leads the list in that this is an item of.
        headings: numbers of the heading lines above, outermost first.
        form: number of the form whose fields share one practice; None outside forms.
        label: role that a label ("Ansvar: …") or the first cell of a form row gives the line.
    """

    number: int
    block_number: int
    block: Block
    parts: tuple[Part, ...]
    paragraph: int
    headings: tuple[int, ...]
    lead_in: int | None = None
    form: int | None = None
    label: str | None = None
    language: str | None = None
    section: int = 0

    @property
    def is_row(self) -> bool:
        """Whether the line is a table row."""
        return self.block.kind is BlockKind.TABLE_ROW

    def names(self, concept: str) -> bool:
        """Whether the concept is named in the line."""
        for part in self.parts:  # noqa: SIM110 - asked of each line many hundred times
            if concept in part.hits:
                return True
        return False

    def concepts(self) -> frozenset[str]:
        """Give the concepts that are named in the line, but for those in a field's label."""
        return frozenset(concept for part in self.parts if part.role != "label" for concept in part.hits)


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as lines, and what its title names."""

    lines: tuple[Line, ...]
    title: str
    title_hits: Hits
    concepts: frozenset[str]
    path: str
    by_paragraph: Mapping[int, tuple[int, ...]]
    by_form: Mapping[int, tuple[int, ...]]
    by_section: Mapping[int, tuple[int, ...]]
    language: str | None = None

    def headings_of(self, line: Line) -> tuple[Line, ...]:
        """Give the headings above a line, outermost first."""
        return tuple(self.lines[number] for number in line.headings)


def piece_of(unit: Unit, start: int, end: int) -> Unit:
    """Give the part of a unit between two offsets, with its tokens; white space around it is left out."""
    text = unit.text[start:end].rstrip()
    inside = [n for n, token in enumerate(unit.tokens) if start <= token.start < start + len(text)]
    place = {old: new for new, old in enumerate(inside)}
    tokens = tuple(
        replace(
            unit.tokens[n],
            start=unit.tokens[n].start - start,
            end=unit.tokens[n].end - start,
            head=place.get(unit.tokens[n].head, place[n]),
        )
        for n in inside
    )
    return Unit(text, unit.start + start, unit.cell, tokens)


def simple_tokens(text: str) -> tuple[Token, ...]:
    """Split a heading's or column's name into tokens without the pipeline."""
    tokens = []
    for match in WORD.finditer(text):
        lower = match.group().casefold()
        lemma = (lemmas_of(lower, None) or (lower,))[0]
        tokens.append(Token(match.group(), match.start(), match.end(), lower, lemma, "", "", "", 0))
    return tuple(tokens)


def lay_out(document: AnnotatedDocument, matcher: HitFinder, rulebook: Rulebook) -> Layout:
    """Give the lines of a document; hidden text, comments and quoted mail are left out as evidence elsewhere."""
    builder = _Builder(matcher, rulebook)
    for number, block in enumerate(document.blocks):
        if not UNREAD_MARKS & set(block.block.marks):
            builder.add(number, block)
    lines = tuple(_signed(_abbreviated(_with_forms(builder.lines), rulebook), rulebook))
    title_hits = matcher.hits(simple_tokens(document.document.title or ""))
    concepts = {name for line in lines for part in line.parts for name in part.hits} | set(title_hits)
    return Layout(
        lines,
        document.document.title or "",
        title_hits,
        frozenset(concepts),
        document.document.path,
        _grouped((line.paragraph, line.number) for line in lines),
        _grouped((line.form, line.number) for line in lines),
        _grouped((line.section, line.number) for line in lines),
        document.document.language,
    )


def with_units_of(layout: Layout, document: AnnotatedDocument, blocks: frozenset[int]) -> Layout:
    """Give a layout with the units of some blocks as ``document`` has them, parsed; words and hits are the same."""
    lines = tuple(
        replace(
            line, parts=tuple(_with_unit(part, document.blocks[line.block_number]) for part in line.parts)
        )
        if line.block_number in blocks
        else line
        for line in layout.lines
    )
    return replace(layout, lines=lines)


def _with_unit(part: Part, annotated: AnnotatedBlock) -> Part:
    """Give a part with its unit, or its piece of a unit, as the block now has it."""
    start, end = part.unit.start, part.unit.start + len(part.unit.text)
    whole = next(u for u in annotated.units if u.start <= start and end <= u.start + len(u.text))
    if len(whole.text) == len(part.unit.text):
        return replace(part, unit=whole)
    return replace(part, unit=piece_of(whole, start - whole.start, end - whole.start))


def _abbreviated(lines: Sequence[Line], rulebook: Rulebook) -> list[Line]:
    """Let a document's own abbreviations of roles ("AR er assisterende rektor", "fagleder (FL)") stand for them."""
    meaning: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for part in line.parts:
            for actor in rulebook.actors:
                for hit in part.hits.get(actor, ()):
                    abbreviation = _abbreviation_beside(part, hit)
                    if abbreviation:
                        meaning[abbreviation].add(actor)
    if not meaning:
        return list(lines)
    return [replace(line, parts=tuple(_spelt_out(part, meaning) for part in line.parts)) for line in lines]


def _abbreviation_beside(part: Part, hit: Hit) -> str | None:
    """Give the capitals that abbreviate a role: in brackets after it, or before it with "er", "=" or ":"."""
    tokens = part.unit.tokens
    defining = {found.start for found in part.hits.get(DEFINING, ())}
    after = [token.text for token in tokens[hit.end : hit.end + 3]]
    before = [token.text for token in tokens[max(0, hit.start - 2) : hit.start]]
    defines = bool(before) and (before[-1] in DEFINING_MARKS or hit.start - 1 in defining)
    if len(after) == 3 and after[0] == "(" and after[2] == ")" and ABBREVIATION.fullmatch(after[1]):
        return after[1]
    if len(before) == 2 and defines and ABBREVIATION.fullmatch(before[0]):
        return before[0]
    return None


def _spelt_out(part: Part, meaning: Mapping[str, set[str]]) -> Part:
    hits = dict(part.hits)
    for at, token in enumerate(part.unit.tokens):
        for actor in sorted(meaning.get(token.text, ())):
            if not any(hit.start <= at < hit.end for hit in hits.get(actor, ())):
                added = (*hits.get(actor, ()), Hit(actor, at, at + 1))
                hits[actor] = tuple(sorted(added, key=lambda hit: (hit.start, hit.end)))
    return replace(part, hits=hits)


def _signed(lines: Sequence[Line], rulebook: Rulebook) -> list[Line]:
    """Let the writer ("jeg", "eg") act as the role that has signed the text at its end (ruling 8)."""
    ends = [
        line
        for line in lines[-SIGNATURE_LINES:]
        if sum(len(part.unit.tokens) for part in line.parts) <= SIGNATURE_WORDS
    ]
    signed = [name for name in rulebook.actors if any(line.names(name) for line in ends)]
    if not signed:
        return list(lines)
    return [
        replace(line, parts=tuple(_acting(part, signed, rulebook.signature) for part in line.parts))
        for line in lines
    ]


def _acting(part: Part, roles: Sequence[str], signature: Sequence[str]) -> Part:
    found = [hit for name in signature for hit in part.hits.get(name, ())]
    if not found:
        return part
    hits = dict(part.hits)
    for role in roles:
        acting = tuple(replace(hit, concept=role) for hit in found)
        hits[role] = tuple(sorted((*hits.get(role, ()), *acting), key=lambda hit: (hit.start, hit.end)))
    return replace(part, hits=hits)


def _grouped(pairs: Iterable[tuple[int | None, int]]) -> dict[int, tuple[int, ...]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for key, number in pairs:
        if key is not None:
            groups[key].append(number)
    return {key: tuple(numbers) for key, numbers in groups.items()}


class _Builder:
    """Makes lines of blocks, keeping the headings and the list's lead-in in mind."""

    def __init__(self, matcher: HitFinder, rulebook: Rulebook) -> None:
        self.matcher = matcher
        self.roles = rulebook.column_roles
        self.lines: list[Line] = []
        self.headings: list[tuple[int, int]] = []
        self.lead_in: int | None = None
        self.paragraph = 0
        self.section = 0
        self.columns: dict[str, tuple[str | None, Hits]] = {}

    def add(self, number: int, annotated: AnnotatedBlock) -> None:
        """Add a block's lines."""
        block = annotated.block
        if block.kind is BlockKind.HEADING:
            self._add_heading(number, annotated)
            return
        if block.kind is BlockKind.TABLE_ROW:
            self.lead_in = None
            self._add_row(number, annotated)
            return
        is_item = block.kind is BlockKind.LIST_ITEM
        self.paragraph += 1
        label = self._label_of(annotated.units[0]) if annotated.units else None
        for unit, own in (piece for whole in annotated.units for piece in self._at_labels(whole)):
            label = own or label
            hits = self._hits(unit, block)
            self._line(
                number,
                annotated,
                (Part(unit, hits, label),),
                lead_in=self.lead_in if is_item else None,
                label=label,
            )
        if not is_item:
            ends_open = block.text.rstrip().endswith(":")
            self.lead_in = self.lines[-1].number if annotated.units and ends_open else None

    def _hits(self, unit: Unit, block: Block) -> Hits:
        return self.matcher.hits(unit.tokens, is_scanned=block.confidence is not None)

    def _add_heading(self, number: int, annotated: AnnotatedBlock) -> None:
        level = annotated.block.level or 1
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.paragraph += 1
        self.section += 1
        self.lead_in = None
        parts = tuple(Part(unit, self._hits(unit, annotated.block)) for unit in annotated.units)
        line = self._line(number, annotated, parts, label=self._role(annotated.block.text, share=FIELD_SHARE))
        self.headings.append((level, line.number))

    def _add_row(self, number: int, annotated: AnnotatedBlock) -> None:
        cells = annotated.block.cells or ()
        self.paragraph += 1
        first_role = self._role(cells[0].text, share=FIELD_SHARE) if cells else None
        is_field = len(cells) == 2 and first_role is not None
        parts = []
        for unit in annotated.units:
            column = cells[unit.cell].column if unit.cell is not None and unit.cell < len(cells) else None
            role, column_hits = self._column(column)
            if is_field and unit.cell == 1:
                role = first_role
            elif is_field:
                role = "label"
            parts.append(Part(unit, self._hits(unit, annotated.block), role, column_hits))
        self._line(number, annotated, tuple(parts), label=first_role if is_field else None)

    def _line(
        self,
        number: int,
        annotated: AnnotatedBlock,
        parts: tuple[Part, ...],
        *,
        lead_in: int | None = None,
        label: str | None = None,
    ) -> Line:
        line = Line(
            number=len(self.lines),
            block_number=number,
            block=annotated.block,
            parts=parts,
            paragraph=self.paragraph,
            headings=tuple(heading for _, heading in self.headings),
            lead_in=lead_in,
            label=label,
            language=annotated.language,
            section=self.section,
        )
        self.lines.append(line)
        return line

    def _column(self, name: str | None) -> tuple[str | None, Hits]:
        if not name:
            return None, {}
        if name not in self.columns:
            self.columns[name] = (self._role(name), self.matcher.hits(simple_tokens(name)))
        return self.columns[name]

    def _at_labels(self, unit: Unit) -> Iterator[tuple[Unit, str | None]]:
        """Cut a unit before each label, where it runs fields together: "Eier: rektor Revideres: hver juni"."""
        starts = [
            match.start(1)
            for match in RUN_IN_LABEL.finditer(unit.text)
            if self._role(match.group(1), share=FIELD_SHARE) is not None
        ]
        if len(starts) < FIELD_COUNT or starts[0] != 0:
            yield unit, self._colon_label(unit)
            return
        for start, end in pairwise([*starts, len(unit.text)]):
            piece = piece_of(unit, start, end)
            yield piece, self._label_of(piece)

    def _colon_label(self, unit: Unit) -> str | None:
        match = LABEL.match(unit.text)
        if match is None or len(match.group(1).split()) > MAX_LABEL_WORDS:
            return None
        return self._role(match.group(1), share=FIELD_SHARE)

    def _label_of(self, unit: Unit) -> str | None:
        """Give the role of a label that a paragraph begins with: "Ansvar: rektor", or run in, "Ansvar Rektor …"."""
        labelled = self._colon_label(unit)
        if labelled is not None or LABEL.match(unit.text):
            return labelled
        words = [token for token in unit.tokens[:2] if token.text[:1].isupper()]
        if len(words) == 2 and len(unit.tokens) > 2:
            return self._role(words[0].text)
        return None

    def _role(self, name: str, *, share: float = 0.0) -> str | None:
        """Give the role that a column's, field's or section's name stands for.

        Args:
            share: how much of the name's words must say so ("Hva mener lærerne?" is no field for what is done).
        """
        tokens = simple_tokens(re.sub(r"^[\d.\s]+", "", name))
        if not tokens or len(tokens) > MAX_LABEL_WORDS + 2:
            return None
        hits = self.matcher.hits(tokens)
        found = [
            (hit.start, hit.start - hit.end, role.removeprefix(COLUMN))
            for role in self.roles
            for hit in hits.get(role, ())
        ]
        covered = {
            at for role in self.roles for hit in hits.get(role, ()) for at in range(hit.start, hit.end)
        }
        words = sum(token.text[0].isalnum() for token in tokens)
        return min(found)[2] if found and len(covered) >= share * words else None


def _with_forms(lines: Sequence[Line]) -> list[Line]:
    """Number the forms: what stands in running text, then fields or labelled sections, below the same headings.

    A new form begins where running text follows a field, or the headings change.
    """
    labelled = [_labelled(line, lines) for line in lines]
    forms: list[int] = []
    form, above, fields_seen = 0, None, False
    for label, kept in labelled:
        if kept != above or (fields_seen and label is None):
            form, fields_seen = form + 1, False
        above = kept
        fields_seen = fields_seen or label is not None
        forms.append(form)
    with_fields = {form for form, (label, _) in zip(forms, labelled, strict=True) if label is not None}
    return [
        replace(line, form=form if form in with_fields else None, label=label)
        for line, form, (label, _) in zip(lines, forms, labelled, strict=True)
    ]


def _labelled(line: Line, lines: Sequence[Line]) -> tuple[str | None, tuple[int, ...]]:
    """Give the label that a line stands under, and the headings above it that are no labels."""
    headings = [lines[number] for number in line.headings]
    kept = tuple(heading.number for heading in headings if heading.label is None)
    if line.block.kind is BlockKind.HEADING:
        return None, kept if line.label else (*kept, line.number)
    own = line.label
    if own is None and headings and headings[-1].label is not None and kept:
        own = headings[-1].label
    return own, kept
