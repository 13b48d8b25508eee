"""Cases: reports that are worked with for weeks, and what persons decide on them."""

from checker.casework.case import Case, cases, delete_case, open_case
from checker.casework.cells import CellFault, WorkbookError
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
from checker.casework.exchange import export_case
from checker.casework.merging import Merged, import_case
from checker.casework.packs import pack_files
from checker.casework.places import cases_folder, checked_name
from checker.casework.readback import ReadBack, read_back
from checker.casework.reports import PackFiles
from checker.casework.shown import (
    decision_words,
    decisions_shown,
    fault_words,
    standing_words,
    states_words,
)
from checker.casework.source import Source, keep_source, source_of

__all__ = [
    "Basis",
    "Case",
    "CaseDamagedError",
    "CaseError",
    "CaseFileError",
    "CaseInfo",
    "CaseNameError",
    "CellFault",
    "Change",
    "Conflict",
    "Decision",
    "DecisionError",
    "Merged",
    "NoCaseError",
    "Note",
    "NoteKind",
    "PackFiles",
    "Quoted",
    "ReadBack",
    "RunRecord",
    "Source",
    "Standing",
    "State",
    "Verdict",
    "WorkbookError",
    "cases",
    "cases_folder",
    "checked_name",
    "decision_words",
    "decisions_shown",
    "delete_case",
    "export_case",
    "fault_words",
    "import_case",
    "keep_source",
    "open_case",
    "pack_files",
    "read_back",
    "source_of",
    "standing_words",
    "states_words",
]
