"""The errors of measuring.

* UsageError
    * MeasureError              a file or figure that can't be measured with
        * GoldError             a faulty answer key or split
        * PassageFileError      a faulty set of labelled passages
        * MinimumError          a floor that names no figure, or no number
        * ReportFileError       a file that is no report
        * VerdictError          verdicts that can't be read, or are of another sample
"""

from __future__ import annotations

from checker.model import UsageError


class MeasureError(UsageError):
    """Something that was given to measure with can't be used."""


class GoldError(MeasureError):
    """The answer key, or the split beside it, can't be read or is not as the corpus' README says."""


class PassageFileError(MeasureError):
    """A file of labelled passages can't be read or has an entry that is not as it should be."""


class MinimumError(MeasureError):
    """A floor names a figure that does not exist, or has no number from 0 to 1."""


class ReportFileError(MeasureError):
    """A file that should be a report (``gaps.json``) is none."""


class VerdictError(MeasureError):
    """A file of verdicts on a sample can't be read, or is of another sample."""
