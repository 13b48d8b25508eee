"""The names in a ZIP, from its central directory alone: nothing is unpacked."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.intake.encoding import text_of

MOST_NAMES = 2_000
_MOST_BYTES = 2 * 1024 * 1024
_UTF8_FLAG = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A file or folder in an archive: its name as ``member_name`` gives it, cut at the slashes."""

    name: str
    parts: tuple[str, ...]
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Members:
    """The first names of an archive; ``is_cut`` where it holds more than ``MOST_NAMES``."""

    members: tuple[Member, ...]
    is_cut: bool = False


class _BoundedFile(io.FileIO):
    """A file that gives up where more is asked of it at once than a sound central directory holds."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = _MOST_BYTES + 1 if size is None or size < 0 else min(size, _MOST_BYTES + 1)
        data = super().read(wanted) or b""
        if len(data) > _MOST_BYTES:
            raise zipfile.BadZipFile
        return data


def member_name(info: zipfile.ZipInfo) -> str:
    """Give a member's name as whoever packed it saw it: NFC, ``/`` between folders, nothing unprintable.

    Programs that set no UTF-8 flag write code page 850 (Windows in Norway) or plain UTF-8 (macOS).
    """
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        name = text_of(name.encode("cp437", errors="replace"))
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    return "".join(letter if letter.isprintable() else " " for letter in name)


def members_of(path: Path) -> Members | None:
    """Give the names in the ZIP at ``path``, None where they can't be read.

    A member whose name is absolute or leads upwards has no parts: it belongs nowhere.
    """
    try:
        with _BoundedFile(path) as file, zipfile.ZipFile(file) as archive:
            infos: Sequence[zipfile.ZipInfo] = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return Members(tuple(_member(info) for info in infos[:MOST_NAMES]), len(infos) > MOST_NAMES)


def _member(info: zipfile.ZipInfo) -> Member:
    name = member_name(info)
    parts = tuple(part for part in name.split("/") if part not in {"", "."})
    is_outside = name.startswith("/") or ".." in parts or (bool(parts) and ":" in parts[0])
    return Member(name, () if is_outside else parts, name.endswith("/"))
