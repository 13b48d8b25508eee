"""The roll of schools: rows of the list and folders made into schools and owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.intake.matching import SchoolFolder, match_rows
from checker.intake.notice import Notice, notice
from checker.intake.schools import ListRow, SchoolList
from checker.intake.words import name_key, owner_words
from checker.model import Level, School


@dataclass(frozen=True, slots=True)
class Roll:
    """All schools in the order of the report, and the school id of each folder (by ``SchoolFolder.key``)."""

    schools: tuple[School, ...]
    ids: Mapping[tuple[str, str], str]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of a list with the folder it means."""

    row: ListRow
    municipality: str | None
    folder: SchoolFolder | None

    @property
    def place(self) -> SchoolFolder:
        """The folder, or where it would lie."""
        return self.folder or SchoolFolder(self.municipality, self.row.name)


def is_owners_name(name: str) -> bool:
    """Give whether a folder's whole name is in the closed list of owners' folders."""
    return name_key(name) in owner_words().folders


def roll_of(
    folders: Sequence[SchoolFolder],
    lists: Mapping[str | None, SchoolList],
    municipalities: Sequence[str | None],
) -> Roll:
    """Give the roll.

    Args:
        folders: sorted, no two with the same key.
        lists: each municipality's list; the one under None is for all of them.
        municipalities: sorted; ``(None,)`` where the folder is a single municipality's.
    """
    entries, notices = _entries(folders, lists, municipalities)
    ids: dict[tuple[str, str], str] = {}
    owners: list[School] = []
    owner_entries: list[_Entry] = []
    has_stray = any(entry.municipality not in municipalities for entry in entries)
    for municipality in (*municipalities, None) if has_stray else municipalities:
        own_entries = [entry for entry in entries if entry.municipality == municipality]
        own_folders = [folder for folder in folders if folder.municipality == municipality]
        rows, theirs = _owners_part(own_entries, own_folders)
        owners.append(_owner(municipality, rows, theirs))
        owner_entries.extend(rows)
        ids.update((folder.key, owners[-1].id) for folder in theirs)
    schools: dict[str, School] = {}
    for entry in entries:
        if entry in owner_entries:
            continue
        school = _listed_school(entry)
        if school.id in schools:
            fields = {"file": entry.row.file, "line": entry.row.line, "school": school.name}
            notices.append(notice("intake.list.row_twice", **fields))
            continue
        schools[school.id] = school
        ids[entry.place.key] = school.id
    for folder in folders:
        if folder.key not in ids:
            has_list = None in lists or folder.municipality in lists
            schools[folder.path] = _unlisted_school(folder, has_list=has_list)
            ids[folder.key] = folder.path
            if has_list:
                notices.append(notice("intake.school.not_on_list", folder=folder.path))
    return Roll((*schools.values(), *owners), ids, tuple(notices))


def _entries(
    folders: Sequence[SchoolFolder],
    lists: Mapping[str | None, SchoolList],
    municipalities: Sequence[str | None],
) -> tuple[list[_Entry], list[Notice]]:
    """Give every row with its folder, list by list."""
    entries: list[_Entry] = []
    notices: list[Notice] = []
    for municipality in sorted(lists, key=lambda name: name or ""):
        school_list = lists[municipality]
        own = [folder for folder in folders if municipality in {None, folder.municipality}]
        matches = match_rows(school_list.rows, own)
        notices.extend((*school_list.notices, *matches.notices))
        for index, row in enumerate(school_list.rows):
            found = matches.folders.get(index)
            place = found.municipality if found else municipality or _municipality_in(row, municipalities)
            entries.append(_Entry(row, place, found))
    return entries, notices


def _municipality_in(row: ListRow, municipalities: Sequence[str | None]) -> str | None:
    """Give the municipality that a row names before its folder, or that an owner's row bears in its name."""
    first = name_key((row.folder or "").partition("/")[0])
    words = name_key(row.name).split() if row.level is Level.OWNER else []
    for name in municipalities:
        if name is not None and (name_key(name) == first or name_key(name) in words):
            return name
    return None


def _owners_part(
    entries: Sequence[_Entry], folders: Sequence[SchoolFolder]
) -> tuple[list[_Entry], list[SchoolFolder]]:
    """Give the rows and the folders that are a municipality's owner.

    Rows that say so decide; else, or where those have no folder, the closed list of names does.
    """
    rows = [entry for entry in entries if entry.row.level is Level.OWNER]
    if not rows:
        rows = [entry for entry in entries if entry.row.level is None and _bears_owners_name(entry)]
    theirs = [entry.folder for entry in rows if entry.folder is not None]
    if not theirs or all(entry.row.level is None for entry in rows):
        taken = {entry.folder for entry in entries if entry not in rows}
        named = (folder for folder in folders if is_owners_name(folder.name) and folder not in taken)
        theirs.extend(folder for folder in named if folder not in theirs)
    return rows, sorted(theirs)


def _bears_owners_name(entry: _Entry) -> bool:
    names = (entry.row.name, entry.row.folder or "", entry.folder.name if entry.folder else "")
    return any(map(is_owners_name, names))


def _owner(municipality: str | None, rows: Sequence[_Entry], folders: Sequence[SchoolFolder]) -> School:
    row = rows[0].row if rows else None
    first = folders[0] if folders else None
    place = first or SchoolFolder(municipality, owner_words().default_id)
    return School(
        id=place.path,
        name=row.name if row else place.name,
        level=Level.OWNER,
        municipality=municipality,
        orgnr=row.orgnr if row else None,
        folder=first.name if first else None,
        on_list=None,
        written_form=row.written_form if row else None,
    )


def _listed_school(entry: _Entry) -> School:
    return School(
        id=entry.place.path,
        name=entry.row.name,
        level=Level.SCHOOL,
        municipality=entry.municipality,
        orgnr=entry.row.orgnr,
        folder=entry.folder.name if entry.folder else None,
        on_list=True,
        written_form=entry.row.written_form,
    )


def _unlisted_school(folder: SchoolFolder, *, has_list: bool) -> School:
    return School(
        id=folder.path,
        name=folder.name,
        level=Level.SCHOOL,
        municipality=folder.municipality,
        folder=folder.name,
        on_list=False if has_list else None,
    )
