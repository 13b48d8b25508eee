"""What holds for all tests: programs that some need, and no silent skip of them in CI."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Generator

import pytest

PROGRAMS = {
    "libreoffice": ("soffice", "libreoffice"),
    "tesseract": ("tesseract",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
}
"""Marker of a test with the names of the programs of which it needs one."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see or fill the cache of the one who runs it, nor another test's."""
    monkeypatch.setenv("SKOLESJEKK_HOME", str(tmp_path_factory.mktemp("home")))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``."""
    parser.addoption("--update-golden", action="store_true", help="write the golden report anew (not in CI)")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to write golden files in CI; take interrupts also where the caller has them ignored (a job run aside)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.getoption("--update-golden") and _is_ci():
        raise pytest.UsageError("--update-golden writes what CI is to compare with; it is refused there")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test by name where the program that it needs is not installed."""
    for marker, names in PROGRAMS.items():
        if item.get_closest_marker(marker) is not None and not _is_there(marker, names):
            pytest.skip(f"{marker} is not installed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``CI=true`` a skipped test that needs one of the programs is a failure: CI has them all."""
    report = yield
    is_skipped = report.skipped and not hasattr(report, "wasxfail")
    if is_skipped and _is_ci() and any(item.get_closest_marker(marker) for marker in PROGRAMS):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: skipped, but in CI it must run ({_reason(call)})"
    return report


def _is_ci() -> bool:
    return os.environ.get("CI", "").casefold() == "true"


def _reason(call: pytest.CallInfo[None]) -> str:
    return str(call.excinfo.value) if call.excinfo is not None else ""


def _is_there(marker: str, names: tuple[str, ...]) -> bool:
    program = next((path for name in names if (path := shutil.which(name))), None)
    if program is None:
        return False
    if marker != "tesseract":
        return True
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, check=False, encoding="utf-8", timeout=30
    )
    return "nor" in listed.stdout.split()
