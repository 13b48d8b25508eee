"""Reads pictures with tesseract: its PDF holds the text in place, its table of words the confidence."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from checker.extract.faults import ReadFault
from checker.extract.limits import DEFAULT_LIMITS
from checker.extract.ocr.engine import DPI, POINTS_A_PIXEL, Engine, Recognised, Word
from checker.extract.programs import run_program
from checker.model import Problem

SECONDS_A_PAGE = DEFAULT_LIMITS.ocr_page_seconds
LANGUAGE = "nor"
_DATA = "osd.traineddata"
_TURN = re.compile(r"^Rotate:\s*(\d+)", re.MULTILINE)


def tesseract_engine(program: str) -> Engine:
    """Give the engine that the program at ``program`` is."""
    return Engine(lambda pictures: _recognise(program, pictures), lambda picture: _turn_of(program, picture))


def _recognise(program: str, pictures: Sequence[Path]) -> Recognised:
    with tempfile.TemporaryDirectory(prefix="skolesjekk-", ignore_cleanup_errors=True) as folder:
        listed, out = Path(folder) / "pages.txt", Path(folder) / "out"
        listed.write_text("".join(f"{picture}\n" for picture in pictures), encoding="utf-8")
        options = ["-l", LANGUAGE, "--dpi", str(DPI), "pdf", "tsv"]
        try:
            _run([program, str(listed), str(out), *options], SECONDS_A_PAGE * len(pictures))
            pdf = out.with_suffix(".pdf").read_bytes()
            table = out.with_suffix(".tsv").read_text(encoding="utf-8", errors="replace")
        except (OSError, subprocess.SubprocessError) as error:
            raise ReadFault(Problem.NO_TEXT, "extract.ocr_failed") from error
    return Recognised(pdf, tuple(words_in(table)))


def words_in(table: str) -> list[Word]:
    """Give the words of the table that tesseract writes with ``tsv``.

    Example:
        >>> head = "level\\tpage_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n"
        >>> words_in(head + "5\\t1\\t100\\t200\\t50\\t20\\t91.5\\tRektor\\n")[0].confidence
        0.915
    """
    found = []
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = row.get("text") or ""
        letters = sum(char.isalnum() for char in text)
        if row.get("level") != "5" or not letters:
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        edges = (left, top, left + width, top + height)
        x0, y0, x1, y1 = (edge * POINTS_A_PIXEL for edge in edges)
        confidence = max(0.0, float(row["conf"])) / 100
        found.append(Word(int(row["page_num"]), (x0, y0, x1, y1), confidence, letters))
    return found


def _turn_of(program: str, picture: Path) -> int | None:
    """Give what tesseract's orientation data say, 0 where the page shows too little; None without these data."""
    try:
        answer = _run([program, str(picture), "-", "--psm", "0", "--dpi", str(DPI)], SECONDS_A_PAGE)
    except subprocess.CalledProcessError as error:
        told = error.stderr or b""
        return None if _DATA in (told if isinstance(told, str) else told.decode("utf-8", "replace")) else 0
    except (OSError, subprocess.SubprocessError):
        return 0
    found = _TURN.search(answer)
    return int(found[1]) % 360 if found else 0


def _run(command: Sequence[str], seconds: float) -> str:
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    ended = run_program(command, seconds=seconds, keeps_output=True, env=env)
    ended.check_returncode()
    return ended.stdout.decode("utf-8", "replace")
