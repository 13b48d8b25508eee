"""Checks the places that a browser names for dropped files: nothing may land outside the case's own folder."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from checker.model import UsageError

MOST_LETTERS = 400
MOST_LETTERS_A_PART = 200
MOST_BYTES_A_PART = 255
MOST_PARTS = 24
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"}
)
"""Names that are devices on Windows, whatever suffix follows."""

WINDOWS_SIGNS = frozenset('<>:"|?*')


class UploadPathError(UsageError):
    """A dropped file's place is none that it may have."""


def checked_place(path: str, *, is_windows: bool) -> PurePosixPath:
    """Give the place of a dropped file, in NFC, relative to the folder that files are dropped into.

    Args:
        path: as the browser names it, with ``/``.
        is_windows: names are kept to what Windows can hold.

    Raises:
        UploadPathError: it leads out of the folder, or is no file's name here.

    Example:
        >>> checked_place("Solvang skole/plan.pdf", is_windows=False)
        PurePosixPath('Solvang skole/plan.pdf')
        >>> checked_place("../plan.pdf", is_windows=False)
        Traceback (most recent call last):
        checker.web.names.UploadPathError: web.upload.place {'path': '../plan.pdf'}
    """
    normal = unicodedata.normalize("NFC", path)
    parts = normal.split("/")
    is_good = (
        len(normal) <= MOST_LETTERS
        and len(parts) <= MOST_PARTS
        and not _is_drive(normal)
        and all(_is_name(part, is_windows=is_windows) for part in parts)
    )
    if not is_good:
        raise UploadPathError("web.upload.place", path=_shown(path))
    return PurePosixPath(*parts)


def _is_drive(path: str) -> bool:
    return path[1:2] == ":" and path[:1].isascii() and path[:1].isalpha()


def _is_name(part: str, *, is_windows: bool) -> bool:
    if part in {"", ".", ".."} or len(part) > MOST_LETTERS_A_PART:
        return False
    if "\\" in part or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in part):
        return False
    if len(part.encode()) > MOST_BYTES_A_PART or part.partition(".")[0].rstrip(" ").casefold() in RESERVED:
        return False
    return not (is_windows and (part[-1] in ". " or any(sign in WINDOWS_SIGNS for sign in part)))


def _shown(path: str) -> str:
    """Give a refused name in a length and with signs that can be shown."""
    return "".join(sign if sign.isprintable() else "�" for sign in path[:MOST_LETTERS_A_PART])
