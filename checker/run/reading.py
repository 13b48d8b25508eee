"""What is done with one file, in a worker: read it, annotate it, find its passages and observe it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from checker.assess import (
    Dating,
    dating_of,
    is_draft,
    is_expired,
    mask_personal,
    observations_of,
    shingles_of,
)
from checker.extract import extract_file
from checker.intake import generic_school_words, school_named_in
from checker.language import (
    AnnotatedDocument,
    Depth,
    Pipelines,
    SeenUnits,
    annotate,
    deepened,
    load_pipelines,
)
from checker.match import ConceptMatcher, RememberedHits, Searcher, Trace, same_units
from checker.model import BlockKind, Document, Passage, ReadStatus, School, SourceFile
from checker.rulebook import Rulebook
from checker.run.alone import watch_of
from checker.run.judged import FileJob, JudgedDocument, Reading
from checker.run.keeping import JudgedPart, KeptParts, KeptResults
from checker.run.pool import Attempt
from checker.run.remembering import ReadTexts

FIRST_PAGE_BLOCKS = 15
JUDGE_SECONDS = 120.0
SECONDS_A_WORD = 0.01


def prepare_reading(reading: Reading) -> Callable[[FileJob, Attempt], tuple[JudgedDocument, ...]]:
    """Load models and rules, and give the function that judges a file."""
    judge = _FileJudge(reading)
    if reading.has_new_files:
        judge.load()
    return judge.judged


class _FileJudge:
    """Judges files, one after the other, in one process."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._schools = {school.id: school for school in reading.schools}
        self._texts = ReadTexts(reading.cache, reading) if reading.cache else None
        self._kept = KeptResults(reading.cache, reading) if reading.cache else None
        self._seen = SeenUnits()
        self._searcher = Searcher(reading.rulebook)

    @cached_property
    def _matcher(self) -> ConceptMatcher:
        return ConceptMatcher(self._reading.rulebook)

    @cached_property
    def _pipelines(self) -> Pipelines:
        return load_pipelines(model_nb=self._reading.model_nb)

    def load(self) -> None:
        """Load what a file that was never judged needs."""
        _ = self._matcher, self._pipelines

    def judged(self, job: FileJob, attempt: Attempt) -> tuple[JudgedDocument, ...]:
        """Give what is found in each document of a file."""
        again = None
        if job.changed is not None and not attempt.setbacks:
            again = job.if_same if self._is_same(job) else self._judged_again(job, attempt)
        if again is not None:
            return again
        document = self._document(job, attempt)
        parts = []
        for part, school in _with_schools(document, job.file, self._reading.schools):
            attempt.begin(part.path, JUDGE_SECONDS + SECONDS_A_WORD * part.words)
            parts.append(self._part(part, school))
        if self._kept is not None and not attempt.setbacks and document.sha256 == job.sha256:
            self._kept.keep(job, parts, document=document)
        return tuple(part.judged for part in parts)

    def _document(self, job: FileJob, attempt: Attempt) -> Document:
        """Give a file's text, read anew where it was not read before."""
        file, texts = job.file, self._texts
        document = texts.get(job.sha256, file.path) if texts and job.sha256 and not attempt.setbacks else None
        if document is None:
            watch = watch_of(attempt)
            document = extract_file(file.location, path=file.path, readers=self._reading.readers, watch=watch)
            if texts and not attempt.setbacks:
                texts.keep(document)
        return document

    def _part(self, document: Document, school_id: str | None) -> JudgedPart:
        """Give what is found in a document that was never judged."""
        annotated = annotate(document, self._pipelines, depth=Depth.WORDS, seen=self._seen)
        document = annotated.document
        judged = JudgedDocument(
            document=replace(document, blocks=(), furniture=(), attachments=()),
            school=school_id,
            words=document.words,
            passages=(),
            sections=sum(block.kind is BlockKind.HEADING for block in document.blocks),
            observations=(),
            dating=Dating(),
            basis=(),
            shingles=shingles_of(document, school_id) if school_id and document.blocks else None,
        )
        part = JudgedPart(judged, Trace((), (), ()), annotated, frozenset())
        return self._observed(self._searched(part, RememberedHits(lambda: self._matcher)))

    def _is_same(self, job: FileJob) -> bool:
        """Whether the units of a file that rules of today may see otherwise hold the same concepts all the same."""
        traces = self._kept.traces(job) if self._kept is not None and job.if_same is not None else None
        return traces is not None and all(
            same_units(self._matcher, trace, changed)
            for trace, changed in zip(traces, job.changed or (), strict=True)
        )

    def _judged_again(self, job: FileJob, attempt: Attempt) -> tuple[JudgedDocument, ...] | None:
        """Give what is found in a file that was judged before; None where what was kept is lost."""
        kept = self._kept.get(job) if self._kept is not None else None
        if self._kept is None or kept is None:
            return None
        attempt.begin(job.file.path, JUDGE_SECONDS * len(kept.parts))
        parts = [
            self._part_again(part, changed, kept)
            for part, changed in zip(kept.parts, job.changed or (), strict=True)
        ]
        pairs = zip(parts, kept.parts, strict=True)
        self._kept.keep(
            job, parts, is_parsed_more=any(part.parsed != before.parsed for part, before in pairs)
        )
        return tuple(part.judged for part in parts)

    def _part_again(self, part: JudgedPart, changed: frozenset[int], kept: KeptParts) -> JudgedPart:
        """Give what is found in a document that was judged before, looking again at what has changed."""
        seen = part
        if kept.rules != self._reading.rules:
            seen = self._searched(seen, RememberedHits(lambda: self._matcher, part.trace, changed))
        if kept.observed_by != self._reading.observed_by:
            seen = self._observed(seen)
        return seen

    def _searched(self, part: JudgedPart, hits: RememberedHits) -> JudgedPart:
        """Give a document with its passages by the rules of today."""
        annotated, rulebook = part.annotated, self._reading.rulebook
        school = self._schools.get(part.judged.school or "")
        if not annotated.document.blocks:
            return part
        parsing = _Parsing(part, self)
        searched = self._searcher.search(
            annotated, hits, level=school.level if school else None, parse=parsing.parse
        )
        judged = replace(
            part.judged,
            passages=_masked(searched.passages, rulebook),
            near=_masked(searched.near, rulebook),
        )
        trace = hits.trace(searched.concepts) if self._kept is not None else part.trace
        return JudgedPart(judged, trace, parsing.annotated, parsing.parsed)

    def _observed(self, part: JudgedPart) -> JudgedPart:
        """Give a document with what is observed of it today."""
        document, reading = part.annotated.document, self._reading
        rules = reading.rulebook.observations
        dating = dating_of(document, rules)
        observations = observations_of(
            document,
            self._schools.get(part.judged.school or ""),
            reading.schools,
            rules,
            as_of=reading.as_of,
            language=reading.language,
            generic_words=generic_school_words(),
        )
        basis = _basis(document, drafted=is_draft(document, rules), expired=is_expired(dating, reading.as_of))
        judged = replace(part.judged, observations=observations, dating=dating, basis=basis)
        return replace(part, judged=judged)

    def parse(self, annotated: AnnotatedDocument, blocks: frozenset[int]) -> AnnotatedDocument:
        """Give a document with these blocks parsed."""
        wanted = {id(annotated.blocks[number]) for number in blocks}
        return deepened(
            annotated,
            self._pipelines,
            lambda block: Depth.PARSED if id(block) in wanted else Depth.WORDS,
            seen=self._seen,
        )


class _Parsing:
    """Parses the blocks of a document that are asked for and not parsed yet."""

    def __init__(self, part: JudgedPart, judge: _FileJudge) -> None:
        self.annotated, self.parsed = part.annotated, part.parsed
        self._judge = judge

    def parse(self, annotated: AnnotatedDocument, blocks: frozenset[int]) -> AnnotatedDocument:
        """Give the document with these blocks parsed."""
        missing = blocks - self.parsed
        if missing:
            annotated = self._judge.parse(annotated, missing)
        self.annotated, self.parsed = annotated, self.parsed | missing
        return annotated


def _masked(passages: tuple[Passage, ...], rulebook: Rulebook) -> tuple[Passage, ...]:
    """Give passages with personal data masked in their quotes."""
    return tuple(
        replace(passage, quote=mask_personal(passage.quote, rulebook.observations)) for passage in passages
    )


def _basis(document: Document, *, drafted: bool, expired: bool) -> tuple[str, ...]:
    named = {"draft": drafted, "expired": expired, "scan": bool(document.ocr_pages)}
    return tuple(name for name, holds in named.items() if holds)


def _with_schools(
    document: Document, file: SourceFile, schools: tuple[School, ...]
) -> Iterator[tuple[Document, str | None]]:
    """Give a document and all within it, each with its school.

    A file lying flat takes the school that its first page names; a member of an archive lying flat takes the school
    of its folder there, else the archive's.
    """
    members = {f"{file.path}!/{path}": school for path, school in file.member_schools}

    def walk(part: Document, inherited: str | None) -> Iterator[tuple[Document, str | None]]:
        own = members.get(part.path) or inherited
        if own is None and part.status in {ReadStatus.READ, ReadStatus.PARTLY_READ}:
            first_page = "\n".join(block.text for block in part.blocks[:FIRST_PAGE_BLOCKS])
            own = school_named_in(f"{part.title or ''}\n{first_page}", schools)
        yield part, own
        for inner in part.attachments:
            yield from walk(inner, own)

    yield from walk(document, file.school)
