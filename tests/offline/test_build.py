"""The folder for machines without network. The whole of it is tried with the network cut by ``.ci/offline.py``."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from checker.offline import TARGETS, OfflineError, build_offline
from checker.offline.build import lacking
from checker.texts import load_texts

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
TEXTS = load_texts("nb")


def wheel(folder: Path, name: str, *needs: str, tag: str = "py3-none-any", **modules: str) -> Path:
    """Make a small wheel."""
    place = folder / f"{name}-1.0-{tag}.whl"
    info = f"{name}-1.0.dist-info"
    required = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with zipfile.ZipFile(place, "w") as package:
        for module, text in modules.items():
            package.writestr(f"{module.replace('__of__', '/')}.py", text)
        package.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{required}")
        package.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        package.writestr(f"{info}/RECORD", "")
    return place


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "hjul"
    folder.mkdir()
    program = "import sys\nimport helper\nprint(helper.WORD, *sys.argv[1:])\n"
    wheel(
        folder,
        "skolesjekk",
        "helper",
        'paint; sys_platform == "win32"',
        checker__of____init__="",
        checker__of____main__=program,
    )
    wheel(folder, "helper", helper="WORD = 'tenk'\n")
    wheel(folder, "paint", paint="")
    return folder


def built(machine: str, out: Path, wheels: Path, **fields: object) -> Path:
    own = wheels / "skolesjekk-1.0-py3-none-any.whl"
    return build_offline(TARGETS[machine], out, TEXTS, python=PYTHON, wheel=own, wheels=wheels, **fields)  # type: ignore[arg-type]


def test_what_another_machine_needs_is_asked_of_that_machine(tmp_path: Path) -> None:
    needs = (
        'colorama; platform_system == "Windows"',
        "numpy>=2",
        'tqdm; extra == "bar"',
        'tomli; python_version < "3.11"',
    )
    own = wheel(tmp_path, "own", *needs)

    assert lacking([own], TARGETS["windows"].markers, "3.12") == ("colorama", "numpy>=2")
    assert lacking([own, wheel(tmp_path, "numpy")], TARGETS["linux"].markers, "3.12") == ()


@pytest.mark.skipif(os.name == "nt", reason="the start file of Linux and macOS")
def test_a_double_click_on_the_start_file_starts_the_page(tmp_path: Path, wheels: Path) -> None:
    start = built("linux", tmp_path / "med mellomrom", wheels)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [start, "--port", "1"],
        capture_output=True,
        check=True,
        timeout=60,
        encoding="utf-8",
        env={**os.environ, "PATH": path},
    )

    assert ran.stdout == "tenk serve --port 1\n"
    assert not (start.parent / "app" / "paint.py").exists()


@pytest.mark.skipif(os.name == "nt", reason="the start file of Linux and macOS")
def test_without_a_fitting_python_the_start_file_says_what_is_needed(tmp_path: Path, wheels: Path) -> None:
    start = built("linux", tmp_path / "ut", wheels)
    text = start.read_text(encoding="utf-8").replace(PYTHON, "3.99")
    start.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [start], capture_output=True, check=False, encoding="utf-8", stdin=subprocess.DEVNULL
    )

    assert ran.returncode == 1
    assert "trenger Python 3.99" in ran.stdout


def test_the_folder_for_windows_has_what_windows_needs(tmp_path: Path, wheels: Path) -> None:
    start = built("windows", tmp_path / "ut", wheels)
    text = start.read_bytes()

    assert (start.parent / "app" / "paint.py").is_file()
    assert text.count(b"\r\n") == text.count(b"\n") > 10
    assert f"py -{PYTHON} -m checker serve %*".encode() in text
    assert "Dobbeltklikk på «Start Skolesjekk.cmd»" in (start.parent / "LES MEG.txt").read_text(
        encoding="utf-8-sig"
    )
    assert len((start.parent / "SHA256SUMS").read_text(encoding="utf-8").splitlines()) == 3


def test_python_for_windows_comes_along_and_finds_the_program(tmp_path: Path, wheels: Path) -> None:
    embedded = tmp_path / "python.zip"
    with zipfile.ZipFile(embedded, "w") as package:
        package.writestr("python.exe", b"MZ")
        package.writestr("python312._pth", "python312.zip\n.\n\n#import site\n")
    start = built("windows", tmp_path / "ut", wheels, embedded=embedded)

    lines = (start.parent / "python" / "python312._pth").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "..\\app"


def test_what_is_no_python_for_windows_is_refused(tmp_path: Path, wheels: Path) -> None:
    other = tmp_path / "annet.zip"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("les.txt", "nei")
    for file in (other, wheels / "ingen.zip"):
        with pytest.raises(OfflineError, match=r"offline\.embedded"):
            built("windows", tmp_path / f"ut-{file.stem}", wheels, embedded=file)


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, wheels: Path) -> None:
    with pytest.raises(OfflineError, match=r"offline\.there"):
        built("linux", tmp_path, wheels)


def test_what_pip_does_not_find_is_told(tmp_path: Path, wheels: Path) -> None:
    (wheels / "helper-1.0-py3-none-any.whl").unlink()

    with pytest.raises(OfflineError, match="helper"):
        built("linux", tmp_path / "ut", wheels)


def test_each_machine_has_its_own_names_for_wheels() -> None:
    assert [TARGETS[name].platforms[0] for name in TARGETS] == [
        "win_amd64",
        "macosx_14_0_arm64",
        "manylinux_2_28_x86_64",
    ]
