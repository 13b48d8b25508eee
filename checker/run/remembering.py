"""What is taken from the cache and put there: texts, judged files, whole reports.

Each is named by all that it was made of: the file's bytes and place, the program's own code and data, the rules, the
readers with their versions, the language models, the schools and the settings that matter. What came of a time limit,
a crash or too little memory is never kept: the next run may have better luck.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from checker.extract import DEFAULT_LIMITS, Readers
from checker.intake import Intake
from checker.model import Document, ModelInfo, Problem, Report, RulePackInfo, SourceFile
from checker.run.judged import JudgedDocument, Reading, Setting
from checker.store import Codec, KnownFiles, Layer, Store, key_of

if TYPE_CHECKING:
    from checker.run.earlier import EarlierFiles

LASTING = frozenset(
    {
        None,
        Problem.ENCRYPTED,
        Problem.DAMAGED,
        Problem.UNSUPPORTED,
        Problem.EMPTY,
        Problem.LANGUAGE,
        Problem.BLOCKED,
    }
)
"""Problems that the same bytes always have; without OCR having no text is one too."""

APART = (("language", "model"), ("rules",))
"""Folders of the package that are named apart: by the models' and the packs' own checksums."""


@cache
def program_sum() -> str:
    """Give the SHA-256 of the program's code and data, rules and language models left out."""
    top = Path(str(files("checker")))
    digest = hashlib.sha256()
    for path in sorted(top.rglob("*"), key=lambda path: path.relative_to(top).as_posix()):
        relative = path.relative_to(top)
        is_apart = any(relative.parts[: len(folder)] == folder for folder in APART)
        if path.is_file() and not is_apart and "__pycache__" not in relative.parts:
            digest.update(f"{relative.as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def readers_key(readers: Readers, versions: Sequence[tuple[str, str]]) -> str:
    """Give the name of what texts are read by."""
    return key_of(
        "readers", program_sum(), versions, readers.libreoffice, readers.catdoc, str(DEFAULT_LIMITS)
    )


def is_lasting(document: Document, *, has_ocr: bool) -> bool:
    """Whether a document, with all in it, comes out the same each time that its bytes are read."""
    lasting = document.problem in LASTING or (document.problem is Problem.NO_TEXT and not has_ocr)
    return (
        lasting
        and not document.met_time_limit
        and all(is_lasting(inner, has_ocr=has_ocr) for inner in document.attachments)
    )


class ReadTexts:
    """The texts of files, by their bytes and name, wherever they lie.

    The cache is open only while it is asked: a worker may be ended at any moment.
    """

    def __init__(self, place: Path, reading: Reading) -> None:
        self._place = place
        self._made_by = reading.made_by
        self._has_ocr = reading.readers.ocr is not None
        self._codec: Codec[Document] = Codec(Document)

    def get(self, sha256: str, path: str) -> Document | None:
        """Give the text of a file that was read before."""
        with Store(self._place, is_tidied=False) as store:
            data = store.get(self._key(sha256, path))
        document = self._codec.read(data) if data is not None else None
        return _moved(document, document.path, path) if document is not None else None

    def keep(self, document: Document) -> None:
        """Keep a file's text."""
        if document.sha256 and is_lasting(document, has_ocr=self._has_ocr):
            data = self._codec.written(document)
            if data is not None:
                with Store(self._place, is_tidied=False) as store:
                    store.put(self._key(document.sha256, document.path), Layer.READ, data)

    def _key(self, sha256: str, path: str) -> str:
        return key_of("read", self._made_by, sha256, path.rpartition("/")[2])


def _moved(document: Document, old: str, new: str) -> Document:
    """Give a document with all in it as if it lay at another place."""
    if old == new:
        return document
    inner = tuple(_moved(part, old, new) for part in document.attachments)
    return replace(document, path=new + document.path.removeprefix(old), attachments=inner)


class Memory:
    """What earlier runs found in files and folders.

    Args:
        setting: what all files of this run are judged by, but for the rules.
        models: the language models in use.
        packs: the rule packs; None for rules of no pack, and then no report as a whole is kept.
    """

    def __init__(
        self,
        store: Store,
        setting: Setting,
        models: Sequence[tuple[str, ModelInfo]],
        *,
        packs: Sequence[RulePackInfo] | None,
        rehash: bool,
    ) -> None:
        self._store = store
        self._known = KnownFiles(store, rehash=rehash)
        self._has_ocr = setting.readers.ocr is not None
        self._packs = packs
        self._reports: Codec[Report] = Codec(Report)
        self._words_by = key_of(setting.made_by, [(form, astuple(info)) for form, info in models])
        schools = [astuple(school) for school in setting.schools]
        self._observed_by = key_of(schools, setting.as_of, setting.language)
        self._levels = {school.id: school.level for school in setting.schools}
        self._sums: dict[str, str | None] = {}
        self._lost: set[str] = set()

    def start(self, reading: Reading) -> tuple[Reading, EarlierFiles]:
        """Give what files are judged by with its keys, and what earlier runs found in them."""
        from checker.run.earlier import EarlierFiles

        observed_by = key_of(self._observed_by, reading.rulebook.observations.model_dump_json())
        earlier = EarlierFiles(self._store, reading.rulebook, observed_by, self._levels)
        return replace(reading, rules=earlier.rules, observed_by=observed_by), earlier

    def key_of_file(self, file: SourceFile) -> str | None:
        """Give the key of what is found in a file, None where the file can't be read."""
        sha256 = self.sum_of(file)
        if sha256 is None:
            return None
        level = self._levels.get(file.school or "")
        return key_of("judged", self._words_by, sha256, file.path, file.school, level, file.member_schools)

    def sum_of(self, file: SourceFile) -> str | None:
        """Give the SHA-256 of a file, None where it can't be read."""
        if file.path not in self._sums:
            self._sums[file.path] = self._known.sha256_of(file.location)
        return self._sums[file.path]

    def note_judged(self, file: SourceFile, judged: tuple[JudgedDocument, ...], *, is_sound: bool) -> None:
        """Note whether a file would be judged the same again; if not, no report on the folder is kept.

        Args:
            is_sound: whether the file was read at the first attempt.
        """
        lasts = all(is_lasting(item.document, has_ocr=self._has_ocr) for item in judged)
        if not is_sound or not lasts or judged[0].document.sha256 != self.sum_of(file):
            self._lost.add(file.path)

    def report(self, intake: Intake) -> Report | None:
        """Give the report of an earlier run on the same files, None where there is none."""
        key = self._report_key(intake)
        data = self._store.get(key) if key is not None else None
        return self._reports.read(data) if data is not None else None

    def keep_report(self, intake: Intake, report: Report) -> None:
        """Keep the report on a folder, if each file in it would be judged the same again."""
        key = self._report_key(intake) if not self._lost else None
        data = self._reports.written(report) if key is not None else None
        if key is not None and data is not None:
            self._store.put(key, Layer.REPORT, data)

    def content_of(self, intake: Intake) -> str:
        """Give the key of all that the report on a folder is made of; "" where it would not come out the same again."""
        return (self._report_key(intake) or "") if not self._lost else ""

    def end(self) -> None:
        """Keep which files were seen."""
        self._known.keep()

    def _report_key(self, intake: Intake) -> str | None:
        if self._packs is None:
            return None
        named = [_named(file, None if file.ignored else self.key_of_file(file)) for file in intake.files]
        if any(
            key is None and file.ignored is None for file, (*_, key) in zip(intake.files, named, strict=True)
        ):
            return None
        notices = [(notice.key, notice.fields) for notice in intake.notices]
        packs = [astuple(pack) for pack in self._packs]
        return key_of("report", packs, self._observed_by, named, notices)


def _named(file: SourceFile, key: str | None) -> Iterable[object]:
    return (file.path, file.path_raw, file.school, file.ignored, file.location.suffix, key)
