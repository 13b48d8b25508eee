"""From a folder to schools and files."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.intake.archives import MOST_NAMES
from checker.intake.folders import Found, FoundFile, ignored_name, walk
from checker.intake.layout import Layout, Unpacked, layout_of, list_in, list_paths
from checker.intake.matching import SchoolFolder, match_rows
from checker.intake.names import looks_like_school, school_named_in
from checker.intake.notice import Notice, notice
from checker.intake.roll import Roll, is_owners_name, roll_of
from checker.intake.schools import SchoolList, read_school_list
from checker.intake.words import owner_words
from checker.model import FolderError, Level, School, SourceFile

_DEPTHS = (1, 2)
_NOTHING = frozenset({"intake.ignored.system", "intake.ignored.temporary", "intake.ignored.report"})
_LIST = "intake.ignored.school_list"


@dataclass(frozen=True, slots=True)
class Intake:
    """What a folder holds.

    Args:
        schools: as listed, then those that are not listed by code point, the owner of each municipality last.
        files: every regular file, by path; ``ignored`` says why one is not read.
        notices: what the user is told.
    """

    schools: tuple[School, ...]
    files: tuple[SourceFile, ...]
    notices: tuple[Notice, ...] = ()


def take_in(
    folder: Path,
    *,
    school_list: Path | None = None,
    school_name: str | None = None,
    depth: int = 1,
    exclude: tuple[Path, ...] = (),
) -> Intake:
    """Give the schools of a folder and their files.

    Args:
        folder: a municipality's, one folder a school in it; or one of municipalities; or one school's.
        school_list: the list to use in place of one that lies in the folder.
        school_name: the one school whose folder this is.
        depth: 2 where municipalities lie in the folder and schools in those. A folder without a list whose
            subfolders have their own is read so without being told.
        exclude: folders inside ``folder`` that are no input, such as the report's.

    Raises:
        FolderError: no such folder, no folder, an empty one, or one where nothing looks like a school.
        SchoolListError: a list that can't be read or has no column of names.
    """
    if depth not in _DEPTHS:
        raise FolderError("intake.folder.depth", depth=depth)
    if not folder.exists():
        raise FolderError("intake.folder.not_found", folder=str(folder))
    if not folder.is_dir():
        raise FolderError("intake.folder.no_folder", folder=str(folder))
    found = walk(folder, exclude=exclude)
    if all(file.ignored in _NOTHING for file in found.files):
        raise FolderError("intake.folder.empty", folder=str(folder))
    if school_name is not None:
        return _one_school(folder, found, school_name, school_list)
    layout = layout_of(found, school_list=school_list, depth=depth)
    if not layout.lists and not any(map(_may_be_school, layout.folders)):
        raise FolderError("intake.folder.no_school", folder=str(folder))
    roll = roll_of(layout.folders, layout.lists, layout.municipalities)
    files = tuple(_source_file(file, layout, roll) for file in found.files)
    notices = (
        *roll.notices,
        *_silent_schools(roll.schools, files),
        *_archive_notices(layout),
        *found.notices,
    )
    return Intake(roll.schools, files, notices)


def _may_be_school(folder: SchoolFolder) -> bool:
    return looks_like_school(folder.name) and not is_owners_name(folder.name)


def _one_school(folder: Path, found: Found, school_name: str, school_list: Path | None) -> Intake:
    """Give the intake of a folder that is a single school's."""
    name = " ".join(unicodedata.normalize("NFC", school_name).split())
    list_file = school_list or list_in(found.files, ())
    listed = read_school_list(list_file) if list_file else SchoolList(())
    matches = match_rows(listed.rows, [SchoolFolder(None, name)])
    row = next((listed.rows[index] for index in sorted(matches.folders)), None)
    school = School(
        id=name,
        name=row.name if row else name,
        level=Level.SCHOOL,
        orgnr=row.orgnr if row else None,
        folder=unicodedata.normalize("NFC", folder.resolve().name) or name,
        on_list=None if list_file is None else row is not None,
        written_form=row.written_form if row else None,
    )
    default = owner_words().default_id
    owner = School(id=default, name=default, level=Level.OWNER)
    lists = list_paths(found.files, school_list, 1)
    files = tuple(_made(file, school.id, lists) for file in found.files)
    alike = tuple(entry for entry in matches.notices if entry.key == "intake.match.alike")
    return Intake((school, owner), files, (*listed.notices, *alike, *found.notices))


def _source_file(file: FoundFile, layout: Layout, roll: Roll) -> SourceFile:
    archive = layout.archives.get(file.path)
    if archive is not None:
        return _archive_file(archive, layout, roll)
    folder = layout.folder_of(file.parts)
    school = roll.ids.get(folder.key) if folder else _named(file.parts, layout, roll)
    return _made(file, school, layout.list_paths)


def _archive_file(archive: Unpacked, layout: Layout, roll: Roll) -> SourceFile:
    """Give a ZIP among the schools' folders, with the school of each file in it."""
    file = archive.file
    folder = layout.folder_of((*file.parts[:-1], archive.stem, "")) if archive.brings_folder else None
    own = roll.ids.get(folder.key) if folder else _named((*file.parts[:-1], archive.stem), layout, roll)
    members: list[tuple[str, str | None]] = []
    for member in archive.members.members if archive.members else ():
        if member.is_folder:
            continue
        parts = archive.parts_of(member)
        if not parts:
            members.append((member.name, None))
        elif archive.is_one_schools:
            members.append((member.name, own))
        else:
            inner = layout.folder_of(parts)
            school = roll.ids.get(inner.key) if inner else _named(parts, layout, roll) or own
            members.append((member.name, school))
    schools = {school for name, school in members if not ignored_name(name.rpartition("/")[2])}
    whole = next(iter(schools)) if len(schools) == 1 else None
    return _made(file, whole or own, layout.list_paths, members)


def _named(parts: Sequence[str], layout: Layout, roll: Roll) -> str | None:
    """Give the school that the name of a file lying flat names, among those of its municipality."""
    municipality = layout.municipality_of(parts)
    near = [each for each in roll.schools if municipality is None or each.municipality == municipality]
    return school_named_in(parts[-1], near)


def _made(
    file: FoundFile,
    school: str | None,
    lists: frozenset[str],
    members: Sequence[tuple[str, str | None]] = (),
) -> SourceFile:
    is_list = file.path in lists and not file.ignored
    return SourceFile(
        path=file.path,
        location=file.location,
        size=file.size,
        school=None if is_list else school,
        path_raw=file.path_raw,
        ignored=_LIST if is_list else file.ignored,
        member_schools=tuple(members),
    )


def _silent_schools(schools: Sequence[School], files: Sequence[SourceFile]) -> list[Notice]:
    """Give a notice for each school that no file to be read is from."""
    heard = {file.school for file in files if not file.ignored}
    for file in files:
        heard.update(
            school for name, school in file.member_schools if not ignored_name(name.rpartition("/")[2])
        )
    return [
        notice("intake.school.sent_nothing", school=school.id)
        for school in schools
        if school.level is Level.SCHOOL and school.id not in heard
    ]


def _archive_notices(layout: Layout) -> list[Notice]:
    notices: list[Notice] = []
    for path in sorted(layout.archives):
        members = layout.archives[path].members
        if members is None:
            notices.append(notice("intake.archive.not_read", path=path))
        elif members.is_cut:
            notices.append(notice("intake.archive.too_many_names", path=path, most=MOST_NAMES))
    return notices
