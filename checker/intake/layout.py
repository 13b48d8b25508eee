"""How a folder is laid out: its lists, its municipalities, its schools' folders, and ZIPs among those."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.intake.archives import Member, Members, members_of
from checker.intake.folders import Found, FoundFile, is_system_folder
from checker.intake.matching import SchoolFolder
from checker.intake.names import looks_like_school, school_named_in
from checker.intake.roll import is_owners_name
from checker.intake.schools import SchoolList, read_school_list
from checker.intake.words import list_words, name_key
from checker.model import Level, School

_ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A ZIP that lies where schools' folders lie and counts as if unpacked.

    Args:
        members: its names; None where they can't be read.
        wrapping: how many folders within it lie around the schools' folders.
        is_one_schools: whether its name, and no folder in it, says whose it is: all of it is one school's.
        brings_folder: whether its own name counts as a school's folder.
    """

    file: FoundFile
    members: Members | None
    wrapping: int = 0
    is_one_schools: bool = False
    brings_folder: bool = False

    def parts_of(self, member: Member) -> tuple[str, ...]:
        """Give where a member would lie in the folder; empty for one that belongs nowhere."""
        inner = member.parts[self.wrapping :]
        if not inner or any(map(is_system_folder, member.parts[:-1])):
            return ()
        around = (self.stem,) if self.is_one_schools else ()
        return (*self.file.parts[:-1], *around, *inner)

    @property
    def stem(self) -> str:
        """The ZIP's name without suffix, the folder's name where it is one school's."""
        return self.file.parts[-1][: -len(_ARCHIVE)].strip()


@dataclass(frozen=True, slots=True)
class Layout:
    """How the folder is laid out: ``depth`` 1 where schools lie at its top, 2 below municipalities."""

    depth: int
    municipalities: tuple[str | None, ...]
    folders: tuple[SchoolFolder, ...]
    lists: Mapping[str | None, SchoolList]
    list_paths: frozenset[str]
    archives: Mapping[str, Unpacked]

    def folder_of(self, parts: Sequence[str]) -> SchoolFolder | None:
        """Give the school's folder that a path leads into, None for what lies flat."""
        return _folder_of(parts, self.depth)

    def municipality_of(self, parts: Sequence[str]) -> str | None:
        """Give the municipality that a path leads into."""
        return parts[0] if self.depth > 1 and len(parts) > 1 else None


def layout_of(found: Found, *, school_list: Path | None, depth: int) -> Layout:
    """Give the layout of what was found.

    Raises:
        SchoolListError: a list can't be used.
    """
    top_list = school_list or list_in(found.files, ())
    inner = sorted({file.parts[0] for file in found.files if _is_list(file, depth=2)})
    if depth == 1 and top_list is None and any((name,) in found.folders for name in inner):
        depth = 2
    lists: dict[str | None, SchoolList] = {}
    if top_list:
        lists[None] = read_school_list(top_list)
    elif depth > 1:
        own = {name: list_in(found.files, (name,)) for name in inner}
        lists.update((name, read_school_list(path)) for name, path in own.items() if path)
    on_disk = [parts for parts in found.folders if len(parts) == depth]
    disk_folders = _distinct(_folder_of((*parts, ""), depth) for parts in on_disk)
    known = _known_names(disk_folders, lists)
    archives = {
        file.path: _unpacked(file, known, depth)
        for file in found.files
        if len(file.parts) <= depth and not file.ignored and file.parts[-1].casefold().endswith(_ARCHIVE)
    }
    packed = [folder for archive in archives.values() for folder in _folders_in(archive, depth)]
    folders = _distinct([*disk_folders, *sorted(packed)])
    tops = [parts[0] for parts in found.folders if len(parts) == 1]
    return Layout(
        depth=depth,
        municipalities=(None,) if depth == 1 else tuple(sorted({*tops, *_municipalities(folders)})),
        folders=folders,
        lists=lists,
        list_paths=list_paths(found.files, school_list, depth),
        archives=archives,
    )


def list_in(files: Iterable[FoundFile], folder: tuple[str, ...]) -> Path | None:
    """Give the school list that lies in ``folder`` (its parts), None where there is none."""
    names = list_words().files
    lists = [file for file in files if file.parts[:-1] == folder and _is_list(file, depth=len(folder) + 1)]
    ranked = sorted(lists, key=lambda file: names.index(file.parts[-1].casefold()))
    return ranked[0].location if ranked else None


def list_paths(files: Iterable[FoundFile], school_list: Path | None, depth: int) -> frozenset[str]:
    """Give the paths of all files that are school lists: they are no plans."""
    given = os.path.realpath(school_list) if school_list else None
    return frozenset(
        file.path
        for file in files
        if any(_is_list(file, depth=level) for level in range(1, depth + 1))
        or (given is not None and os.path.realpath(file.location) == given)
    )


def _is_list(file: FoundFile, *, depth: int) -> bool:
    return len(file.parts) == depth and file.parts[-1].casefold() in list_words().files


def _folder_of(parts: Sequence[str], depth: int) -> SchoolFolder | None:
    if len(parts) <= depth:
        return None
    return SchoolFolder(parts[0] if depth > 1 else None, parts[depth - 1])


def _distinct(folders: Iterable[SchoolFolder | None]) -> tuple[SchoolFolder, ...]:
    """Give the folders sorted, the first of those that count as one."""
    by_key: dict[tuple[str, str], SchoolFolder] = {}
    for folder in folders:
        if folder is not None:
            by_key.setdefault(folder.key, folder)
    return tuple(sorted(by_key.values(), key=lambda folder: folder.path))


def _municipalities(folders: Iterable[SchoolFolder]) -> list[str]:
    return [folder.municipality for folder in folders if folder.municipality is not None]


def _known_names(folders: Iterable[SchoolFolder], lists: Mapping[str | None, SchoolList]) -> tuple[str, ...]:
    names = [folder.name for folder in folders]
    for school_list in lists.values():
        for row in school_list.rows:
            names.extend(filter(None, (row.name, (row.folder or "").rpartition("/")[2])))
    return tuple(sorted(set(names)))


def _is_schools(name: str, known: Sequence[str]) -> bool:
    """Give whether a folder's name is one that only a school's or owner's folder has."""
    return looks_like_school(name) or is_owners_name(name) or name_key(name) in set(map(name_key, known))


def _unpacked(file: FoundFile, known: Sequence[str], depth: int) -> Unpacked:
    members = members_of(file.location)
    plain = Unpacked(file, members)
    if members is None or len(file.parts) != depth:
        return plain
    paths = [_path_with_end(member) for member in members.members if plain.parts_of(member)]
    tops = {path[0] for path in paths if len(path) > 1}
    if any(_is_schools(name, known) for name in tops):
        return plain
    inner = {path[1] for path in paths if len(path) > 2}
    if (
        len(tops) == 1
        and all(len(path) > 1 for path in paths)
        and any(_is_schools(name, known) for name in inner)
    ):
        return Unpacked(file, members, wrapping=1)
    has_own_name = name_key(plain.stem) in set(map(name_key, known)) or is_owners_name(plain.stem)
    names_known = _names_known(plain.stem, known)
    brings_folder = has_own_name or (looks_like_school(plain.stem) and not names_known)
    return Unpacked(file, members, is_one_schools=brings_folder or names_known, brings_folder=brings_folder)


def _path_with_end(member: Member) -> tuple[str, ...]:
    """Give a member's parts, with an empty last one for a folder."""
    return (*member.parts, "") if member.is_folder else member.parts


def _names_known(text: str, known: Sequence[str]) -> bool:
    return school_named_in(text, [School(name, name, Level.SCHOOL) for name in known]) is not None


def _folders_in(archive: Unpacked, depth: int) -> list[SchoolFolder]:
    """Give the schools' folders that an archive brings."""
    if archive.is_one_schools and not archive.brings_folder:
        return []
    found: list[SchoolFolder] = []
    for member in archive.members.members if archive.members else ():
        parts = archive.parts_of(member)
        folder = _folder_of((*parts, "") if parts and member.is_folder else parts, depth)
        if folder is not None:
            found.append(folder)
    return found
