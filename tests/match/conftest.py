from __future__ import annotations

from pathlib import Path

import pytest

from checker.rulebook import load_rules
from checker.run import Judge

PACK = Path(__file__).parent.parent / "data" / "rules" / "prove"


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Judges by the small pack of the tests and the shared pack."""
    return Judge(load_rules([str(PACK)]))
