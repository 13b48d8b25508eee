"""Lets LibreOffice make other formats of files, all of one format in one call."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from checker.extract import find_readers

SECONDS = 300
START_AGAIN = 81
"""With this LibreOffice ends when it has made a new profile and did nothing else."""


def converted(sources: Sequence[tuple[str, str, bytes]], target: str) -> Mapping[str, bytes]:
    """Give, by name, the files ``(name, suffix, bytes)`` in the format ``target``."""
    program = find_readers(builtin_only=False).libreoffice
    if program is None or not sources:
        return {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        names = []
        for name, suffix, data in sources:
            names.append(place / f"{name}.{suffix}")
            names[-1].write_bytes(data)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        out = place / "out"
        command = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(out),
        ]
        for _ in range(2):
            ended = subprocess.run(
                [*command, *map(str, names)],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
            )
            if ended.returncode != START_AGAIN:
                break
        return {path.stem: path.read_bytes() for path in out.glob(f"*.{target.partition(':')[0]}")}
