"""That CI notices a test that did not run."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = (Path(__file__).parent / "conftest.py").read_text(encoding="utf-8")
TESTS = """
import pytest

@pytest.mark.libreoffice
def test_one():
    {skip}

def test_two():
    pytest.skip("not on this system")
"""
INI = "[pytest]\nmarkers =\n    libreoffice: x\n    tesseract: x\n    chromium: x\n"


def _run(pytester: pytest.Pytester, *, skip: str) -> pytest.RunResult:
    pytester.makeconftest(CONFTEST)
    pytester.makeini(INI)
    pytester.makepyfile(TESTS.format(skip=skip))
    return pytester.runpytest("-p", "no:cacheprovider")


@pytest.fixture(autouse=True)
def _no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)


def test_a_test_is_skipped_where_its_program_is_missing(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)

    result = _run(pytester, skip="raise RuntimeError")
    result.assert_outcomes(skipped=2)


def test_in_ci_that_skip_is_a_failure_and_other_skips_are_not(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")

    result = _run(pytester, skip="pass")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.parseoutcomes()["skipped"] == 1
    result.stdout.fnmatch_lines(["*in CI it must run (*libreoffice is not installed*"])


def test_in_ci_a_skip_from_within_the_test_is_a_failure_too(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr("shutil.which", lambda name: name)

    result = _run(pytester, skip="pytest.skip('no office')")
    result.assert_outcomes(failed=1, skipped=1)
