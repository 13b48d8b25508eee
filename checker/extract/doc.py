"""Reads DOC and other old office formats: through LibreOffice, else DOC by the own reader or catdoc."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from checker.extract.compose import Composer
from checker.extract.context import Context
from checker.extract.docx import read_docx
from checker.extract.faults import ReadFault
from checker.extract.flow import compose_flow
from checker.extract.limits import Limits
from checker.extract.pptx import read_pptx
from checker.extract.programs import run_program
from checker.extract.readers import Readers
from checker.extract.text import compose_text
from checker.extract.word97 import read_word97
from checker.extract.xlsx import read_xlsx
from checker.model import Document, Problem, ReadStatus

_START_AGAIN = 81
"""With this LibreOffice ends when it has made a new profile and did nothing else: its start script, which is
not used here, then starts it again."""
_TARGETS = {"odp": "pptx", "ods": "xlsx", "ppt": "pptx", "xls": "xlsx"}


def read_doc(data: bytes, context: Context) -> Document:
    """Give the document in an old Word file.

    Raises:
        ReadFault: nothing here can read it.
    """
    converted = convert(data, "doc", "docx", context.readers, context.limits)
    if converted.data is not None:
        return replace(read_docx(converted.data, path=context.path, limits=context.limits), format="doc")
    composer = Composer(context.limits)
    try:
        title = compose_flow(read_word97(data), composer)
    except ReadFault as fault:
        text = None if fault.problem is Problem.ENCRYPTED else _catdoc(data, context)
        if text is None:
            raise
        title = compose_text(text, composer)
    return Document(
        context.path,
        "doc",
        ReadStatus.READ,
        title=title,
        blocks=composer.blocks,
        met_time_limit=converted.is_late,
    )


def read_old_office(data: bytes, context: Context) -> Document:
    """Give the document in an old or other workbook or presentation, which LibreOffice makes readable.

    Raises:
        ReadFault: LibreOffice is not there or can't read it.
    """
    name = _source(data, context)
    target = _TARGETS[name]
    converted = convert(data, name, target, context.readers, context.limits)
    if converted.is_late:
        raise ReadFault(Problem.TIMEOUT, "extract.late")
    if converted.data is None:
        key = "extract.needs_libreoffice" if context.readers.libreoffice is None else "extract.not_converted"
        raise ReadFault(Problem.UNSUPPORTED, key)
    reader = read_pptx if target == "pptx" else read_xlsx
    return replace(reader(converted.data, path=context.path, limits=context.limits), format=name)


@dataclass(frozen=True, slots=True)
class Converted:
    """What LibreOffice made of a file.

    Args:
        data: the file in the other format; None where LibreOffice is not there, can't make it or took too long.
        is_late: it took too long.
    """

    data: bytes | None
    is_late: bool = False


def convert(data: bytes, source: str, target: str, readers: Readers, limits: Limits) -> Converted:
    """Give the file as LibreOffice writes it in the format ``target``.

    LibreOffice works in a folder and with a profile of its own that are gone afterwards.
    """
    program = readers.libreoffice
    if program is None:
        return Converted(None)
    with tempfile.TemporaryDirectory(prefix="skolesjekk-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / f"source.{source}").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            target,
            "--outdir",
            str(place / "out"),
            str(place / f"source.{source}"),
        ]
        try:
            if run_program(command, seconds=limits.convert_seconds).returncode == _START_AGAIN:
                run_program(command, seconds=limits.convert_seconds)
        except subprocess.TimeoutExpired:
            return Converted(None, is_late=True)
        except OSError:
            return Converted(None)
        result = place / "out" / f"source.{target}"
        return Converted(result.read_bytes() if result.is_file() else None)


def _source(data: bytes, context: Context) -> str:
    from checker.extract.detect import detect_format

    return detect_format(data, path=context.path)


def _catdoc(data: bytes, context: Context) -> str | None:
    """Give the flat text that catdoc finds; None where it is not there or finds none.

    Raises:
        ReadFault: it took too long.
    """
    catdoc, seconds = context.readers.catdoc, context.limits.file_seconds
    if catdoc is None:
        return None
    context.begin(further=seconds)
    with tempfile.TemporaryDirectory(prefix="skolesjekk-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        try:
            answer = run_program(
                [catdoc, "-w", "-d", "utf-8", str(source)], seconds=seconds, keeps_output=True
            )
        except subprocess.TimeoutExpired as error:
            raise ReadFault(Problem.TIMEOUT, "extract.late") from error
        except OSError:
            return None
        text = answer.stdout.decode("utf-8", "replace")
        return text if answer.returncode == 0 and text.strip() else None
