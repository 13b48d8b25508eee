"""The main job: from a folder of plans to a report."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from checker import __version__
from checker.assess import (
    Dating,
    ReadDocument,
    copies_among,
    finding_of,
    only_gravest_reviews,
    superseded_among,
    version_of,
    worded,
)
from checker.extract import find_readers, reader_versions
from checker.intake import Intake, Notice, take_in
from checker.language import installed_models
from checker.model import (
    Document,
    Finding,
    Level,
    ModelInfo,
    Observation,
    Problem,
    ReadStatus,
    Report,
    ReportDocument,
    RequirementInfo,
    RunInfo,
    School,
    SourceFile,
)
from checker.rulebook import Requirement, Rulebook, load_rules, pack_infos
from checker.run.alone import BOUNDS, problem_of, seconds_for
from checker.run.judged import FileJob, JudgedDocument, Reading, Setting, reading_by
from checker.run.pool import Attempt, Done, Loss, run_jobs
from checker.run.remembering import Memory, readers_key
from checker.store import Store
from checker.texts import Texts, load_texts

LOG = logging.getLogger("skolesjekk")

Progress = Callable[[int, int, str], None]
"""Told of each file that is done: how many, of how many, and its path."""

Begun = Callable[[str], None]
"""Told the path of each file as its reading begins."""

Tell = Callable[[str], None]
"""Told what goes wrong on the way and costs no more than time."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """How a folder is checked.

    Args:
        rules: names or paths of the rule packs.
        school_list: file to use instead of the folder's own list.
        school_name: the folder is this single school's.
        as_of: the day that periods are measured against.
        jobs: worker processes; None takes one a core, 0 works in this process, without protection against bad files.
        depth: 2 where the folder holds municipalities.
        builtin_readers: no outside programs (LibreOffice, catdoc).
        exclude: folders that are never input, such as the report's own.
        cache: the file in which what is worked out is kept for the next run; None for no cache.
        rehash: every file is read to see whether it has changed, not only its size and time of change.
    """

    as_of: date
    rules: tuple[str, ...] = ("klasseledelse",)
    school_list: Path | None = None
    school_name: str | None = None
    language: str = "nb"
    jobs: int | None = None
    depth: int = 1
    builtin_readers: bool = False
    model_nb: str | None = None
    exclude: tuple[Path, ...] = field(default=())
    cache: Path | None = None
    rehash: bool = False


def check(
    folder: Path,
    settings: CheckSettings,
    *,
    progress: Progress | None = None,
    begun: Begun | None = None,
    rulebook: Rulebook | None = None,
    tell: Tell = LOG.warning,
) -> Report:
    """Check a folder of plans and give the report.

    Args:
        rulebook: the rules to check by, in place of those that the settings name; the report as a whole is then not
            taken from the cache.
        tell: told in a sentence what is wrong with the cache.

    Raises:
        UsageError: the folder, the school list or a rule pack can't be used.
        InterruptedRunError: the user stopped the run.
    """
    started = datetime.now(UTC)
    texts = load_texts(settings.language)
    intake = take_in(
        folder,
        school_list=settings.school_list,
        school_name=settings.school_name,
        depth=settings.depth,
        exclude=settings.exclude,
    )
    readers = find_readers(builtin_only=settings.builtin_readers)
    versions = reader_versions(readers)
    models = _models(settings.model_nb)
    packs = pack_infos(settings.rules) if rulebook is None else rulebook.packs
    if packs is None:
        rulebook = load_rules(settings.rules)
        packs = rulebook.packs
    setting = Setting(
        schools=intake.schools,
        as_of=settings.as_of,
        language=settings.language,
        readers=readers,
        model_nb=settings.model_nb,
        cache=settings.cache,
        made_by=readers_key(readers, versions) if settings.cache else "",
    )
    with ExitStack() as stack:
        memory = None
        if settings.cache is not None:
            store = stack.enter_context(
                Store(settings.cache, tell=lambda key, fields: tell(texts(key, **fields)))
            )
            known = packs if rulebook is None else None
            memory = Memory(store, setting, models, packs=known, rehash=settings.rehash)
            stack.callback(memory.end)
        report = memory.report(intake) if memory is not None else None
        if report is None:
            reading = reading_by(rulebook or load_rules(settings.rules), setting)
            report = _worked_out(
                intake, reading, settings, texts=texts, told=(progress, begun), memory=memory
            )
            if memory is not None:
                memory.keep_report(intake, report)
        content = memory.content_of(intake) if memory is not None else ""
    finished = datetime.now(UTC)
    run = RunInfo(
        started=started.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=round((finished - started).total_seconds(), 1),
        as_of=settings.as_of.isoformat(),
        version=__version__,
        folder=folder.resolve().name,
        settings=_settings_shown(settings),
        rule_packs=packs,
        language_models=models,
        readers=versions,
        content=content,
    )
    return replace(report, run=run)


def _models(model_nb: str | None) -> tuple[tuple[str, ModelInfo], ...]:
    """Give the language models in use; an official one must be loaded to tell."""
    if model_nb is None:
        return installed_models()
    from checker.language import load_pipelines

    return load_pipelines(model_nb=model_nb).info()


def _worked_out(
    intake: Intake,
    reading: Reading,
    settings: CheckSettings,
    *,
    texts: Texts,
    told: tuple[Progress | None, Begun | None],
    memory: Memory | None,
) -> Report:
    """Give the report, but for what is said of the run itself."""
    rulebook = reading.rulebook
    judged = _judged(intake, reading, settings, told=told, memory=memory)
    documents = _report_documents(judged, intake, rulebook, texts)
    return Report(
        run=RunInfo("", 0.0, "", "", ""),
        schools=intake.schools,
        documents=documents,
        findings=_findings(judged, intake.schools, rulebook, texts),
        requirements=tuple(_info(requirement, texts) for requirement in rulebook.requirements),
        notices=_notices(intake, documents, texts),
        language=settings.language,
    )


def _judged(
    intake: Intake,
    reading: Reading,
    settings: CheckSettings,
    *,
    told: tuple[Progress | None, Begun | None],
    memory: Memory | None,
) -> tuple[tuple[SourceFile, JudgedDocument], ...]:
    """Judge every file that is not in the cache, and give the documents in the order of their paths."""
    progress, begun = told
    wanted = [file for file in intake.files if file.ignored is None]
    found: list[tuple[SourceFile, JudgedDocument]] = []
    left: list[FileJob] = []
    reading, earlier = memory.start(reading) if memory is not None else (reading, None)
    for file in sorted(wanted, key=lambda file: (-file.size, file.path)):
        if memory is None or earlier is None:
            left.append(FileJob(file))
            continue
        known = earlier.of_file(file, memory.key_of_file(file), memory.sum_of(file))
        if isinstance(known, FileJob):
            left.append(known)
        else:
            found.extend((file, item) for item in known)
    reading = replace(reading, has_new_files=any(job.changed is None for job in left))
    workers = min(os.cpu_count() or 1, 8) if settings.jobs is None else settings.jobs
    ends: Iterable[Done[FileJob, tuple[JudgedDocument, ...]]] = (
        run_jobs(
            left,
            prepare=_prepare,
            state=reading,
            workers=workers,
            seconds_of=lambda job: seconds_for(job.file.size),
            bounds=BOUNDS,
            begun=lambda job: begun(job.file.path) if begun is not None else None,
        )
        if left
        else ()
    )
    for number, done in enumerate(ends, start=len(wanted) - len(left) + 1):
        file = done.job.file
        results = done.result if done.result is not None else (_lost(file, done.loss or Loss.CRASHED),)
        if done.trace is not None:
            LOG.error("%s: %s", file.path, done.trace)
        if memory is not None:
            memory.note_judged(file, results, is_sound=not done.setbacks and done.result is not None)
        found.extend((file, result) for result in results)
        if progress is not None:
            progress(number, len(wanted), file.path)
    found.extend((file, _ignored(file)) for file in intake.files if file.ignored is not None)
    return tuple(sorted(found, key=lambda pair: (pair[1].document.path, pair[0].path_raw or "")))


def _prepare(reading: Reading) -> Callable[[FileJob, Attempt], tuple[JudgedDocument, ...]]:
    """Load what judging needs where it is done: the main process itself needs no language models."""
    from checker.run.reading import prepare_reading

    return prepare_reading(reading)


def _lost(file: SourceFile, loss: Loss) -> JudgedDocument:
    problem = problem_of(loss)
    document = Document(
        file.path, _suffix(file), ReadStatus.UNREADABLE, problem=problem, message=f"run.file.{problem}"
    )
    return JudgedDocument(document, file.school, 0, (), (), Dating(), (), None)


def _ignored(file: SourceFile) -> JudgedDocument:
    document = Document(file.path, _suffix(file), ReadStatus.IGNORED, message=file.ignored)
    return JudgedDocument(document, file.school, 0, (), (), Dating(), (), None)


def _suffix(file: SourceFile) -> str:
    return file.location.suffix.lower().removeprefix(".")


def _report_documents(
    judged: Sequence[tuple[SourceFile, JudgedDocument]], intake: Intake, rulebook: Rulebook, texts: Texts
) -> tuple[ReportDocument, ...]:
    copies = copies_among([item.shingles for _, item in judged if item.shingles is not None])
    names = {school.id: school.name for school in intake.schools}
    school_of = {item.document.path: names.get(item.school or "", "") for _, item in judged}
    documents = []
    for number, (file, item) in enumerate(judged, start=1):
        document = item.document
        message = texts(document.message, **dict(document.message_fields)) if document.message else None
        observations = list(item.observations)
        if document.path in copies:
            other, quote, page = copies[document.path]
            detail = f"{school_of[other]}: {other.rsplit('/', 1)[-1]}"
            observations.append(
                Observation("DOC-05", document.path, page, quote, _message("DOC-05", detail, rulebook, texts))
            )
        if document.status in {ReadStatus.UNREADABLE, ReadStatus.PARTLY_READ}:
            detail = message or texts(f"run.file.{document.problem or Problem.DAMAGED}")
            observations.append(
                Observation("DOC-08", document.path, None, None, _message("DOC-08", detail, rulebook, texts))
            )
        documents.append(
            ReportDocument(
                id=f"d{number}",
                document=document,
                school=item.school,
                words=item.words,
                period=item.dating.period,
                revised=str(item.dating.revised) if item.dating.revised else None,
                path_raw=file.path_raw,
                message=message,
                observations=tuple(sorted(observations, key=lambda o: (o.id, o.page or 0, o.quote or ""))),
            )
        )
    return tuple(documents)


def _message(id_: str, detail: str, rulebook: Rulebook, texts: Texts) -> str:
    message: str = getattr(rulebook.observations.observations[id_].message, texts.language)
    return message.format(detail=detail)


def _findings(
    judged: Sequence[tuple[SourceFile, JudgedDocument]],
    schools: Sequence[School],
    rulebook: Rulebook,
    texts: Texts,
) -> tuple[Finding, ...]:
    superseded = _superseded(judged, schools, rulebook)
    documents: Mapping[str, list[ReadDocument]] = defaultdict(list)
    for _, item in judged:
        if item.school is not None and item.document.status is not ReadStatus.IGNORED:
            documents[item.school].append(
                ReadDocument(
                    item.document,
                    item.passages,
                    (*item.basis, *(("superseded",) if item.document.path in superseded else ())),
                    item.near,
                    item.sections,
                )
            )
    asked = [
        (school, requirement)
        for school in schools
        for requirement in sorted(rulebook.requirements, key=lambda r: (r.pack, r.id))
        if requirement.level is school.level
    ]
    found = [finding_of(school, requirement, documents.get(school.id, [])) for school, requirement in asked]
    return tuple(
        worded(finding, requirement, texts)
        for finding, (_, requirement) in zip(only_gravest_reviews(found), asked, strict=True)
    )


def _superseded(
    judged: Sequence[tuple[SourceFile, JudgedDocument]], schools: Sequence[School], rulebook: Rulebook
) -> frozenset[str]:
    """Give the paths of the documents that a newer version, sent by the same school, has replaced."""
    found: set[str] = set()
    for school in schools:
        versions = [
            version
            for _, item in judged
            if item.school == school.id
            and item.document.status in {ReadStatus.READ, ReadStatus.PARTLY_READ}
            and (version := version_of(item.document, school.name, item.dating, rulebook.observations))
        ]
        found |= superseded_among(versions)
    return frozenset(found)


def _info(requirement: Requirement, texts: Texts) -> RequirementInfo:
    language = texts.language
    required = [texts(f"element.{kind}") for kind in requirement.required]
    if requirement.minimum_subthemes:
        required = [title[language] for title in requirement.subtheme_titles.values()]
    return RequirementInfo(
        id=requirement.id,
        pack=requirement.pack,
        title=requirement.title[language],
        question=requirement.question,
        level=Level(requirement.level),
        source=requirement.source[language],
        required=tuple(required),
        follow_up=requirement.follow_up[language],
        rationale=requirement.rationale[language],
        subthemes=tuple((theme, title[language]) for theme, title in requirement.subtheme_titles.items()),
        minimum_subthemes=requirement.minimum_subthemes,
    )


def _notices(intake: Intake, documents: Sequence[ReportDocument], texts: Texts) -> tuple[str, ...]:
    """Give what the user is told: of the folder, and of files that belong to no school."""
    assigned = {document.school for document in documents}
    notices = [
        notice
        for notice in intake.notices
        if not (notice.key == "intake.school.sent_nothing" and dict(notice.fields).get("school") in assigned)
    ]
    notices += [
        Notice("run.no_school", (("path", document.document.path),))
        for document in documents
        if document.school is None
        and document.document.status is not ReadStatus.IGNORED
        and document.document.status is not ReadStatus.CONTAINER
    ]
    return tuple(texts(notice.key, **dict(notice.fields)) for notice in notices)


def _settings_shown(settings: CheckSettings) -> tuple[tuple[str, str], ...]:
    shown = {
        "rules": ", ".join(Path(name).name for name in settings.rules),
        "language": settings.language,
        "depth": str(settings.depth),
        "readers": "builtin" if settings.builtin_readers else "auto",
        "model_nb": settings.model_nb or "",
        "school": settings.school_name or "",
        "schools": settings.school_list.name if settings.school_list else "",
    }
    return tuple((name, value) for name, value in shown.items() if value)
