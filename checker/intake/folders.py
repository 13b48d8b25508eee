"""The walk through the folder: every regular file, and what was not followed.

Links are followed where they stay within the folder, and only once: no link within a linked folder, none to a
folder above itself. Reports of earlier runs are passed over. No file is opened but the report's own
``gaps.json`` and the first bytes of pictures.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from checker.intake.encoding import disk_text, percent_encoded
from checker.intake.notice import Notice, notice
from checker.intake.words import ignored_names
from checker.model import FolderError

_SCHEMA_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file: the parts of its path as text, and why it is not read (None where it is)."""

    parts: tuple[str, ...]
    location: Path
    size: int
    path_raw: str | None
    ignored: str | None

    @property
    def path(self) -> str:
        """The path relative to the folder."""
        return "/".join(self.parts)


@dataclass(frozen=True, slots=True)
class Found:
    """All that lies in the folder; ``folders`` are the parts of those that may be a school's, sorted."""

    files: tuple[FoundFile, ...]
    folders: tuple[tuple[str, ...], ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder to look into; ``raw`` is its relative path on disk, ``real`` where it truly lies."""

    location: Path
    real: str
    raw: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    is_hidden: bool = False
    is_linked: bool = False


@dataclass(slots=True)
class _Walk:
    root: str
    excluded: tuple[str, ...]
    files: list[FoundFile] = field(default_factory=list)
    folders: set[tuple[str, ...]] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)


def walk(folder: Path, *, exclude: tuple[Path, ...] = ()) -> Found:
    """Give every regular file below ``folder``, sorted by path.

    Args:
        folder: an existing folder.
        exclude: folders that are not looked into; those that hold ``folder`` itself don't count.

    Raises:
        FolderError: ``folder`` itself can't be looked into.
    """
    root = os.path.realpath(folder)
    excluded = tuple(real for real in map(os.path.realpath, exclude) if not _is_within(root, real))
    state = _Walk(root, excluded)
    places = [_Place(folder, root)]
    while places:
        places.extend(_look_into(places.pop(), state))
    return Found(
        files=tuple(sorted(state.files, key=lambda file: (file.path, file.path_raw or ""))),
        folders=tuple(sorted(state.folders)),
        notices=tuple(sorted(state.notices, key=lambda entry: (entry.fields, entry.key))),
    )


def ignored_name(name: str) -> str | None:
    """Give the key of the reason why a file of this name is not read, None where it is."""
    folded = name.casefold()
    for key, patterns in ignored_names().files:
        if any(fnmatchcase(folded, pattern) for pattern in patterns):
            return key
    return None


def is_system_folder(name: str) -> bool:
    """Give whether a folder of this name is hidden or the system's own."""
    return any(fnmatchcase(name.casefold(), pattern) for pattern in ignored_names().folders)


def _look_into(place: _Place, state: _Walk) -> list[_Place]:
    """Record the files at ``place`` and give the folders in it."""
    try:
        with os.scandir(place.location) as listing:
            entries = list(listing)
    except OSError as error:
        if not place.parts:
            raise FolderError("intake.folder.unreadable", folder=str(place.location)) from error
        state.notices.append(notice("intake.folder.not_read", path="/".join(place.parts)))
        return []
    is_report = _holds_report(place, entries)
    if is_report and place.parts:
        return []
    if place.parts and not place.is_hidden:
        state.folders.add(place.parts)
    inner: list[_Place] = []
    for entry in entries:
        found = _entry(entry, place, state, is_report=is_report)
        if isinstance(found, FoundFile):
            state.files.append(found)
        elif found is not None:
            inner.append(found)
    return inner


def _entry(
    entry: os.DirEntry[str], place: _Place, state: _Walk, *, is_report: bool
) -> FoundFile | _Place | None:
    """Give the file or folder that ``entry`` stands for, None where it is not followed."""
    name = disk_text(entry.name)
    parts, raw = (*place.parts, name), (*place.raw, entry.name)
    path = "/".join(parts)
    real = _real_place(entry)
    if real is None:
        state.notices.append(notice("intake.link.broken", path=path))
        return None
    if not _is_within(real, state.root):
        state.notices.append(notice("intake.link.outside", path=path))
        return None
    if any(_is_within(real, excluded) for excluded in state.excluded):
        return None
    is_link = os.path.normcase(real) != os.path.normcase(os.path.join(place.real, entry.name))  # noqa: PTH118
    try:
        status = entry.stat()
    except OSError:
        state.notices.append(notice("intake.file.not_read", path=path))
        return None
    if stat.S_ISDIR(status.st_mode):
        if is_link and (place.is_linked or _is_within(place.real, real)):
            state.notices.append(notice("intake.link.loop", path=path))
            return None
        is_hidden = place.is_hidden or is_system_folder(name)
        return _Place(Path(entry.path), real, raw, parts, is_hidden, place.is_linked or is_link)
    if not stat.S_ISREG(status.st_mode):
        state.notices.append(notice("intake.file.special", path=path))
        return None
    raw_path = "/".join(raw)
    return FoundFile(
        parts=parts,
        location=Path(entry.path),
        size=status.st_size,
        path_raw=percent_encoded(raw_path) if raw_path != path else None,
        ignored=_ignored(entry, name, is_hidden=place.is_hidden, is_report=is_report),
    )


def _ignored(entry: os.DirEntry[str], name: str, *, is_hidden: bool, is_report: bool) -> str | None:
    if is_hidden:
        return "intake.ignored.system"
    if is_report and any(fnmatchcase(name.casefold(), each) for each in ignored_names().report_files):
        return "intake.ignored.report"
    key = ignored_name(name)
    is_by_suffix = key not in {None, "intake.ignored.system", "intake.ignored.temporary"}
    return None if is_by_suffix and _is_document(Path(entry.path)) else key


def _is_document(location: Path) -> bool:
    """Give whether the file begins like a document, whatever its name says."""
    beginnings = ignored_names().document_beginnings
    return _first_bytes(location, max(map(len, beginnings))).startswith(beginnings)


def _holds_report(place: _Place, entries: list[os.DirEntry[str]]) -> bool:
    names = ignored_names()
    for entry in entries:
        if entry.name == names.report_file and entry.is_file(follow_symlinks=False):
            return names.report_schema in _first_bytes(place.location / entry.name, _SCHEMA_BYTES)
    return False


def _first_bytes(location: Path, size: int) -> bytes:
    try:
        with location.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def _real_place(entry: os.DirEntry[str]) -> str | None:
    """Give where an entry truly lies, None where its link leads nowhere."""
    try:
        return os.path.realpath(entry.path, strict=entry.is_symlink())
    except OSError:
        return None


def _is_within(path: str, folder: str) -> bool:
    """Give whether a real path is ``folder`` or lies below it."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)
