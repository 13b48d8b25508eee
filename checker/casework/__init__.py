"""Cases: reports that are worked with for weeks, and what persons decide on them."""

from checker.casework.case import Case, cases, delete_case, open_case
from checker.casework.decisions import (
    Basis,
    CaseInfo,
    Change,
    Conflict,
    Decision,
    Note,
    NoteKind,
    Quoted,
    RunRecord,
    Standing,
    State,
    Verdict,
)
from checker.casework.errors import (
    CaseDamagedError,
    CaseError,
    CaseFileError,
    CaseNameError,
    DecisionError,
    NoCaseError,
)
from checker.casework.places import cases_folder, checked_name
from checker.casework.reports import PackFiles

__all__ = [
    "Basis",
    "Case",
    "CaseDamagedError",
    "CaseError",
    "CaseFileError",
    "CaseInfo",
    "CaseNameError",
    "Change",
    "Conflict",
    "Decision",
    "DecisionError",
    "NoCaseError",
    "Note",
    "NoteKind",
    "PackFiles",
    "Quoted",
    "RunRecord",
    "Standing",
    "State",
    "Verdict",
    "cases",
    "cases_folder",
    "checked_name",
    "delete_case",
    "open_case",
]
