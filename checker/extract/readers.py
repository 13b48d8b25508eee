"""Which outside programs may be used to read files, and in which versions the readers are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from checker.extract.ocr import Engine, has_rapidocr, rapid_engine, tesseract_engine

_VERSION_SECONDS = 20
_SOFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_TESSERACT_PLACES = (
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
    "C:/Program Files/Tesseract-OCR/tesseract.exe",
)
_LIBRARIES = (
    ("docx", "lxml"),
    ("odt", "lxml"),
    ("doc", "olefile"),
    ("pdf", "pypdfium2"),
    ("pptx", "lxml"),
    ("rtf", "striprtf"),
    ("xlsx", "openpyxl"),
)


@dataclass(frozen=True, slots=True)
class Readers:
    """Places of the outside programs that may be used; None for those that are not there.

    ``rapidocr`` is a Python package, an optional extra; it is used where tesseract with Norwegian is not there.
    """

    libreoffice: str | None = None
    catdoc: str | None = None
    tesseract: str | None = None
    rapidocr: bool = False

    @property
    def ocr(self) -> Engine | None:
        """What pictures are read with; None where nothing can."""
        if self.tesseract is not None:
            return tesseract_engine(self.tesseract)
        return rapid_engine() if self.rapidocr else None


BUILTIN_READERS = Readers()


def find_readers(*, builtin_only: bool) -> Readers:
    """Give the outside programs of this machine; with ``builtin_only`` none are used."""
    if builtin_only:
        return BUILTIN_READERS
    return Readers(_find_libreoffice(), shutil.which("catdoc"), _find_tesseract(), has_rapidocr())


def reader_versions(readers: Readers) -> tuple[tuple[str, str], ...]:
    """Give what each kind of file is read with, as the report names it."""
    found = {kind: f"{library} {version(library)}" for kind, library in _LIBRARIES}
    if readers.libreoffice:
        found["doc"] = found["rtf"] = _asked(readers.libreoffice, "--version", "LibreOffice")
    if readers.tesseract:
        found["ocr"] = f"{_asked(readers.tesseract, '--version', 'tesseract')} nor"
    elif readers.rapidocr:
        found["ocr"] = f"rapidocr {version('rapidocr')}"
    return tuple(sorted(found.items()))


def _find_tesseract() -> str | None:
    """Give the place of tesseract, if it has Norwegian: without, a third of the words would be wrong."""
    found = shutil.which("tesseract") or next(
        (place for place in _TESSERACT_PLACES if Path(place).is_file()), None
    )
    if found is None:
        return None
    languages = _answer_of(found, "--list-langs").split()
    return found if "nor" in languages else None


def _find_libreoffice() -> str | None:
    """Give the place of LibreOffice; on Linux its core, for its start script leaves it alive when killed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            core = Path(found).resolve().parent / "soffice.bin"
            return str(core) if sys.platform == "linux" and core.is_file() else found
    places = list(_SOFFICE_PLACES)
    for variable in ("ProgramFiles", "ProgramW6432"):
        if variable in os.environ:
            places.append(str(Path(os.environ[variable]) / "LibreOffice" / "program" / "soffice.com"))
    return next((place for place in places if Path(place).is_file()), None)


def _answer_of(program: str, option: str) -> str:
    """Give what a program prints for an option, empty where it does not answer."""
    try:
        return subprocess.run(
            [program, option],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_VERSION_SECONDS,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _asked(program: str, option: str, name: str) -> str:
    """Give a program's name and version, from the first line that it answers."""
    words = _answer_of(program, option).split()
    return " ".join(words[:2]) if words[:1] == [name] else name
