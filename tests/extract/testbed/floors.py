"""What the test-bed must reach, by measure."""

from __future__ import annotations

from collections.abc import Mapping

FLOORS: Mapping[str, float] = {
    "sentences": 1.0,
    "right page": 1.0,
    "text in its boxes": 1.0,
    "broken words": 1.0,
    "rows": 0.98,
    "merged cells": 1.0,
    "rows without lines": 0.70,
    "headings": 0.95,
    "false headings": 0.95,
    "columns line by line": 0.85,
    "once each": 1.0,
    "set apart": 1.0,
    "scans": 0.90,
}
"""Shares of what is right; ``false headings`` is the share of the headings found that are right."""
