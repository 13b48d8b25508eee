"""Makes the offline folder: wheels by pip, unpacked where a start file finds them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from importlib.resources import files
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checker import __version__
from checker.model import UsageError
from checker.offline.targets import Target
from checker.texts import Texts

APP, PYTHON, README, SUMS = "app", "python", "LES MEG.txt", "SHA256SUMS"
MOST_ROUNDS = 10
SHOWN = 600
EXECUTABLE = 0o755


class OfflineError(UsageError):
    """The folder can't be made: pip found no fitting wheel, or the place is taken."""


def build_offline(
    target: Target,
    out: Path,
    texts: Texts,
    *,
    python: str,
    wheel: Path | None = None,
    wheels: Path | None = None,
    embedded: Path | None = None,
) -> Path:
    """Make a folder that runs the program without network, and give its start file.

    Args:
        out: the folder; it must not be there yet.
        texts: the language of the README and of what the start file says.
        python: the version that will run it, such as ``3.12``: compiled wheels fit one only.
        wheel: of the program itself; without it pip looks for this version.
        wheels: a folder to take all wheels from, without network; else from where pip takes them.
        embedded: Python's own ZIP "embeddable package" for Windows; then no Python is needed there.

    Raises:
        OfflineError: pip failed, or ``out`` is there already.
    """
    if out.exists():
        raise OfflineError("offline.there", folder=str(out))
    with tempfile.TemporaryDirectory() as place:
        found = Path(place)
        wanted = str(wheel) if wheel is not None else f"skolesjekk=={__version__}"
        source = ("--no-index", "--find-links", str(wheels)) if wheels is not None else ()
        _download([wanted], found, target, python, source)
        _complete(found, target, python, source)
        chosen = sorted(found.glob("*.whl"))
        _pip(
            ["install", "--target", str(out / APP), "--no-deps", "--no-index", "--no-compile"],
            target,
            python,
            chosen,
        )
        sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in chosen]
    (out / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    if embedded is not None:
        _put_python(embedded, out / PYTHON)
    _write_readme(out, target, texts, python)
    return _write_start(out, target, texts, python)


def lacking(wheels: Sequence[Path], markers: Mapping[str, str], python: str) -> tuple[str, ...]:
    """Give what the wheels need on that machine and do not have.

    Pip asks the machine that it runs on, not the one that it downloads for, which requirements hold.
    """
    there = {canonicalize_name(path.name.split("-")[0]) for path in wheels}
    environment = {**markers, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    missing = set()
    for requirement in (requirement for path in wheels for requirement in _requirements(path)):
        holds = requirement.marker is None or requirement.marker.evaluate(environment)
        if holds and canonicalize_name(requirement.name) not in there:
            missing.add(str(requirement).partition(";")[0].strip())
    return tuple(sorted(missing))


def _complete(found: Path, target: Target, python: str, source: Sequence[str]) -> None:
    for _ in range(MOST_ROUNDS):
        missing = lacking(sorted(found.glob("*.whl")), target.markers, python)
        if not missing:
            return
        _download(list(missing), found, target, python, source)


def _requirements(wheel: Path) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as package:
        name = next(name for name in package.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = HeaderParser().parsestr(package.read(name).decode("utf-8"))
    yield from (Requirement(line) for line in metadata.get_all("Requires-Dist") or ())


def _download(wanted: Sequence[str], found: Path, target: Target, python: str, source: Sequence[str]) -> None:
    _pip(["download", "--dest", str(found), *source], target, python, wanted)


def _pip(command: Sequence[str], target: Target, python: str, wanted: Sequence[str | Path]) -> None:
    fitting = ["--only-binary=:all:", "--implementation", "cp", "--python-version", python]
    for platform in target.platforms:
        fitting += ["--platform", platform]
    arguments = [sys.executable, "-m", "pip", *command, *fitting, *map(str, wanted)]
    done = subprocess.run(
        arguments,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"},
    )
    if done.returncode != 0:
        raise OfflineError("offline.pip", problem=done.stderr.strip()[-SHOWN:])


def _put_python(embedded: Path, place: Path) -> None:
    """Unpack Python's package for Windows, and let it find the program.

    Raises:
        OfflineError: it is no such package.
    """
    try:
        with zipfile.ZipFile(embedded) as package:
            package.extractall(place)
    except (OSError, zipfile.BadZipFile) as error:
        raise OfflineError("offline.embedded", file=str(embedded)) from error
    paths = sorted(place.glob("python*._pth"))
    if not paths or not (place / "python.exe").is_file():
        shutil.rmtree(place)
        raise OfflineError("offline.embedded", file=str(embedded))
    # With such a file Python looks nowhere else, not even in PYTHONPATH.
    text = paths[0].read_text(encoding="utf-8")
    paths[0].write_text(f"{text.rstrip()}\n..\\{APP}\n", encoding="utf-8", newline="\r\n")


def _write_start(out: Path, target: Target, texts: Texts, python: str) -> Path:
    template = (files("checker.offline") / "templates" / target.template).read_text(encoding="utf-8")
    fields = {
        "PYTHON": python,
        "LACKING": texts("offline.lacking", python=python),
        "LANGUAGE": texts.language,
    }
    for name, value in fields.items():
        template = template.replace(f"@{name}@", value)
    start = out / target.start
    is_windows = target.template.endswith(".cmd")
    start.write_text(template, encoding="utf-8", newline="\r\n" if is_windows else "\n")
    if not is_windows:
        start.chmod(EXECUTABLE)
    return start


def _write_readme(out: Path, target: Target, texts: Texts, python: str) -> None:
    words = texts("offline.readme", start=target.start, python=python, version=__version__)
    (out / README).write_text(words, encoding="utf-8-sig", newline="\r\n")
