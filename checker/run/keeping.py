"""Keeps what a worker found in a file, and gives it back when other rules, or another day, ask again.

The cache is open only while it is asked: a worker may be ended at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.language import AnnotatedDocument
from checker.match import Trace
from checker.model import Document
from checker.run.earlier import traces_key, words_key
from checker.run.judged import FileJob, JudgedDocument, Reading
from checker.run.kept import Codecs, KeptFile, KeptTraces, KeptWords, packed, unpacked
from checker.run.remembering import is_lasting
from checker.store import Layer, Store


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """A document of a file: what was found in it, how, and its words, of which the blocks ``parsed`` are parsed."""

    judged: JudgedDocument
    trace: Trace
    annotated: AnnotatedDocument
    parsed: frozenset[int]


@dataclass(frozen=True, slots=True)
class KeptParts:
    """The documents of a file, and by what they were judged."""

    rules: str
    observed_by: str
    parts: tuple[JudgedPart, ...]


class KeptResults:
    """What was found in files, by the keys of their jobs."""

    def __init__(self, place: Path, reading: Reading) -> None:
        self._place = place
        self._reading = reading
        self._codecs = Codecs()

    def get(self, job: FileJob) -> KeptParts | None:
        """Give what earlier rules found in a file, None where any of it is lost."""
        if job.key is None:
            return None
        keys = (job.key, traces_key(job.key), words_key(job.key))
        with Store(self._place, is_tidied=False) as store:
            data = [store.get(key) or b"" for key in keys]
        file, traces = self._codecs.file.read(data[0]), self._codecs.traces.read(data[1])
        words = self._codecs.words.read(data[2])
        if file is None or traces is None or words is None or traces.rules != job.seen_by:
            return None
        if not len(job.changed or ()) == len(file.judged) == len(traces.traces) == len(words.documents):
            return None
        parts = tuple(
            JudgedPart(judged, trace, unpacked(one), frozenset(one.parsed))
            for judged, trace, one in zip(file.judged, traces.traces, words.documents, strict=True)
        )
        return KeptParts(file.rules if file.rules == traces.rules else "", file.observed_by, parts)

    def traces(self, job: FileJob) -> tuple[Trace, ...] | None:
        """Give which concepts earlier rules found in a file, None where that is lost."""
        if job.key is None:
            return None
        with Store(self._place, is_tidied=False) as store:
            data = store.get(traces_key(job.key)) or b""
        kept = self._codecs.traces.read(data)
        is_whole = kept is not None and kept.rules == job.seen_by
        return kept.traces if kept is not None and is_whole else None

    def keep(
        self,
        job: FileJob,
        parts: Sequence[JudgedPart],
        *,
        document: Document | None = None,
        is_parsed_more: bool = False,
    ) -> None:
        """Keep what was found in a file, if it would be found again.

        Args:
            document: the file as it was read; None for one that was judged before.
            is_parsed_more: whether more of a document that was judged before is parsed.
        """
        has_ocr = self._reading.readers.ocr is not None
        if job.key is None or (document is not None and not is_lasting(document, has_ocr=has_ocr)):
            return
        rules, observed_by = self._reading.rules, self._reading.observed_by
        traces = KeptTraces(rules, tuple(part.trace for part in parts))
        file = KeptFile(rules, observed_by, tuple(part.judged for part in parts))
        values: list[tuple[str, Layer, bytes | None]] = []
        if document is not None or is_parsed_more:
            words = KeptWords(tuple(packed(_alone(part.annotated), part.parsed) for part in parts))
            values.append((words_key(job.key), Layer.WORDS, self._codecs.words.written(words)))
        values.append((traces_key(job.key), Layer.TRACES, self._codecs.traces.written(traces)))
        values.append((job.key, Layer.JUDGED, self._codecs.file.written(file)))
        if all(data is not None for _, _, data in values):
            with Store(self._place, is_tidied=False) as store:
                for key, layer, data in values:
                    store.put(key, layer, data or b"")


def _alone(annotated: AnnotatedDocument) -> AnnotatedDocument:
    """Give a document without those within it, which are kept beside it."""
    return replace(annotated, document=replace(annotated.document, attachments=()))
