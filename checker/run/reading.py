"""What is done with one file, in a worker: read it, annotate it, find its passages and observe it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from checker.assess import (
    dating_of,
    is_draft,
    is_expired,
    mask_personal,
    observations_of,
    shingles_of,
)
from checker.extract import extract_file
from checker.intake import generic_school_words, school_named_in
from checker.language import AnnotatedDocument, Depth, SeenUnits, annotate, deepened, load_pipelines
from checker.match import ConceptMatcher, Searched, search
from checker.model import BlockKind, Document, Passage, ReadStatus, School, SourceFile
from checker.rulebook import Rulebook
from checker.run.alone import watch_of
from checker.run.judged import FileJob, JudgedDocument, Reading
from checker.run.pool import Attempt
from checker.run.remembering import ReadTexts

FIRST_PAGE_BLOCKS = 15
JUDGE_SECONDS = 120.0
SECONDS_A_WORD = 0.01


def prepare_reading(reading: Reading) -> Callable[[FileJob, Attempt], tuple[JudgedDocument, ...]]:
    """Load models and rules, and give the function that judges a file."""
    matcher = ConceptMatcher(reading.rulebook)
    pipelines = load_pipelines(model_nb=reading.model_nb)
    seen = SeenUnits()
    schools = {school.id: school for school in reading.schools}
    texts = ReadTexts(reading.cache, reading) if reading.cache else None

    def parse(annotated: AnnotatedDocument, blocks: frozenset[int]) -> AnnotatedDocument:
        wanted = {id(annotated.blocks[number]) for number in blocks}
        return deepened(
            annotated,
            pipelines,
            lambda block: Depth.PARSED if id(block) in wanted else Depth.WORDS,
            seen=seen,
        )

    def judge_file(job: FileJob, attempt: Attempt) -> tuple[JudgedDocument, ...]:
        file = job.file
        document = texts.get(job.sha256, file.path) if texts and job.sha256 and not attempt.setbacks else None
        if document is None:
            watch = watch_of(attempt)
            document = extract_file(file.location, path=file.path, readers=reading.readers, watch=watch)
            if texts and not attempt.setbacks:
                texts.keep(document)
        judged = []
        for part, school in _with_schools(document, file, reading.schools):
            attempt.begin(part.path, JUDGE_SECONDS + SECONDS_A_WORD * part.words)
            judged.append(judge(part, school))
        return tuple(judged)

    def judge(document: Document, school_id: str | None) -> JudgedDocument:
        annotated = annotate(document, pipelines, depth=Depth.WORDS, seen=seen)
        document = annotated.document
        school = schools.get(school_id) if school_id else None
        level = school.level if school else None
        dating = dating_of(document, reading.rulebook.observations)
        searched = Searched()
        if document.blocks:
            searched = search(annotated, reading.rulebook, matcher, level=level, parse=parse)
            searched = replace(
                searched,
                passages=_masked(searched.passages, reading.rulebook),
                near=_masked(searched.near, reading.rulebook),
            )
        drafted = is_draft(document, reading.rulebook.observations)
        return JudgedDocument(
            document=replace(document, blocks=(), furniture=(), attachments=()),
            school=school_id,
            words=document.words,
            passages=searched.passages,
            near=searched.near,
            sections=sum(block.kind is BlockKind.HEADING for block in document.blocks),
            observations=observations_of(
                document,
                school,
                reading.schools,
                reading.rulebook.observations,
                as_of=reading.as_of,
                language=reading.language,
                generic_words=generic_school_words(),
            ),
            dating=dating,
            basis=_basis(document, drafted=drafted, expired=is_expired(dating, reading.as_of)),
            shingles=shingles_of(document, school_id) if school_id and document.blocks else None,
        )

    return judge_file


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
