"""Assessing: findings from the passages of a school and its owner, and observations on documents."""

from checker.assess.findings import ReadDocument, finding_of

__all__ = ["ReadDocument", "finding_of"]
