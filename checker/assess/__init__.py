"""Assessing: findings from the passages of a school and its owner, and observations on documents."""

from checker.assess.copies import Shingles, copies_among, shingles_of
from checker.assess.findings import ReadDocument, finding_of
from checker.assess.observations import (
    Dating,
    dating_of,
    is_draft,
    is_expired,
    mask_personal,
    observations_of,
)
from checker.assess.review import only_gravest_reviews
from checker.assess.versions import superseded_among, version_of
from checker.assess.wording import worded

__all__ = [
    "Dating",
    "ReadDocument",
    "Shingles",
    "copies_among",
    "dating_of",
    "finding_of",
    "is_draft",
    "is_expired",
    "mask_personal",
    "observations_of",
    "only_gravest_reviews",
    "shingles_of",
    "superseded_among",
    "version_of",
    "worded",
]
