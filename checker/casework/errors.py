"""What a case can refuse.

* SkolesjekkError
    * UsageError
        * CaseError               a case that can't be used so; one of
            * CaseNameError       a name that no case may have
            * NoCaseError         there is no case of that name, or it was deleted
            * CaseDamagedError    the case's file is no case, or was made by a newer version
            * DecisionError       a decision or note that lacks something, or is about nothing in the report
            * CaseFileError       a file that is no exported case
"""

from __future__ import annotations

from checker.model import UsageError


class CaseError(UsageError):
    """A case that can't be used in the way that was asked for."""


class CaseNameError(CaseError):
    """A name that no case may have."""


class NoCaseError(CaseError):
    """There is no case of that name, or it was deleted meanwhile."""


class CaseDamagedError(CaseError):
    """The case's file can't be read, or was made by a newer version of the program."""


class DecisionError(CaseError):
    """A decision or a note that lacks something, or is about nothing in the case's report."""


class CaseFileError(CaseError):
    """A file that is no exported case, or that was changed since."""
