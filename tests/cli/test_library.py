from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import checker


def test_a_folder_can_be_checked_from_python(plans: Path, pack: Path) -> None:
    settings = checker.CheckSettings(as_of=date(2026, 11, 23), rules=(str(pack),), jobs=0)

    report = checker.check(plans, settings)
    assert [finding.status.value for finding in report.findings] == ["documented"] * 3


def test_rules_can_be_loaded_from_python(pack: Path) -> None:
    assert [requirement.id for requirement in checker.load_rules([str(pack)]).requirements] == [
        "PR-101",
        "PR-201",
    ]


def test_importing_the_package_loads_nothing_yet() -> None:
    code = (
        "import sys, checker; sys.exit(any(name in sys.modules for name in ('spacy', 'pydantic', 'click')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_public_names_exist_and_others_do_not() -> None:
    assert [name for name in checker.__all__ if not hasattr(checker, name)] == []
    assert set(checker.__all__) <= set(dir(checker))
    with pytest.raises(AttributeError):
        _ = checker.nothing
