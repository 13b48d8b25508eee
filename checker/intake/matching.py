"""Which folder each row of the school list means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.intake.names import LEAD, LIKE, likeness
from checker.intake.notice import Notice, notice
from checker.intake.schools import ListRow
from checker.intake.words import name_key


@dataclass(frozen=True, slots=True, order=True)
class SchoolFolder:
    """A school's or owner's folder: its municipality (None where there is one only) and its name."""

    municipality: str | None
    name: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells the folder from others: folders whose names differ in case or spaces only are one."""
        return name_key(self.municipality or ""), name_key(self.name)

    @property
    def path(self) -> str:
        """The folder's path relative to the folder that is checked, which is its school's id."""
        return f"{self.municipality}/{self.name}" if self.municipality else self.name


@dataclass(frozen=True, slots=True)
class Matches:
    """The folder of each row (by its place in the list), where it has one."""

    folders: Mapping[int, SchoolFolder]
    notices: tuple[Notice, ...]


def match_rows(rows: Sequence[ListRow], folders: Sequence[SchoolFolder]) -> Matches:
    """Give each row's folder: the one it names, else the one of equal name, else the one that is most alike.

    Alike is a ratio of at least 90 and 10 ahead of the next, both among the folders that are left for the row
    and among the rows that are left for the folder, so that the order of rows decides nothing.
    """
    found: dict[int, SchoolFolder] = {}
    notices: list[Notice] = []
    for index, row in enumerate(rows):
        if row.folder is not None:
            named = [folder for folder in folders if _is_called(folder, row.folder)]
            if len(named) == 1 and named[0] not in found.values():
                found[index] = named[0]
            else:
                key = "intake.list.folder_taken" if len(named) == 1 else "intake.list.folder_not_found"
                fields = {"file": row.file, "line": row.line, "folder": row.folder, "school": row.name}
                notices.append(notice(key, **fields))
    for index, row in enumerate(rows):
        equal = [folder for folder in _left(folders, found) if name_key(folder.name) == name_key(row.name)]
        if index not in found and len(equal) == 1:
            found[index] = equal[0]
    for index, folder in _alike(rows, folders, found).items():
        found[index] = folder
        notices.append(notice("intake.match.alike", school=rows[index].name, folder=folder.path))
    return Matches(found, tuple(notices))


def _is_called(folder: SchoolFolder, name: str) -> bool:
    return name_key(name) in {name_key(folder.name), name_key(folder.path)}


def _left(folders: Sequence[SchoolFolder], found: Mapping[int, SchoolFolder]) -> list[SchoolFolder]:
    taken = set(found.values())
    return [folder for folder in folders if folder not in taken]


def _alike(
    rows: Sequence[ListRow], folders: Sequence[SchoolFolder], found: Mapping[int, SchoolFolder]
) -> dict[int, SchoolFolder]:
    left_rows = [index for index in range(len(rows)) if index not in found]
    left_folders = _left(folders, found)
    ratios = {
        (index, folder): likeness(rows[index].name, folder.name)
        for index in left_rows
        for folder in left_folders
    }
    return {
        index: folder
        for (index, folder), ratio in ratios.items()
        if ratio >= LIKE
        and all(
            ratio - other >= LEAD
            for (other_index, other_folder), other in ratios.items()
            if (other_index == index) != (other_folder == folder)
        )
    }
