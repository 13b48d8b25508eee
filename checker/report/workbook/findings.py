"""The sheets with one row a finding: the gap list, what can't be assessed, and what is documented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from checker.model import Status
from checker.report.rows import ASSESSMENTS, Column, gap_columns, row_key
from checker.report.view import FindingView
from checker.report.workbook.book import A3, Book, fit_row, new_sheet, set_head_row, write_text

_PRINT_PERCENT = 67
_FROZEN = 2
_EARLIEST = date(2000, 1, 1)


def findings_sheet(opened: Book, name: str, findings: Sequence[FindingView]) -> None:
    """Write a sheet with one row a finding, and a hidden key in the last column."""
    sheet = new_sheet(opened, opened.say(f"report.sheet.{name}"), paper=A3)
    columns = gap_columns()
    for number, column in enumerate(columns):
        head = opened.head_own_hand if column.own_hand else opened.head
        write_text(sheet, 0, number, opened.say(f"report.column.{column.key}"), head)
        sheet.set_column(number, number, column.width)
    write_text(sheet, 0, len(columns), opened.say("report.column.key"), opened.head)
    sheet.set_column(len(columns), len(columns), 10, None, {"hidden": True})
    for row, finding in enumerate(findings, start=1):
        _write_row(opened, sheet, row, finding, columns)
    if not findings:
        write_text(sheet, 1, 0, opened.say("report.none"), opened.body)
    _offer_answers(opened, sheet, columns, max(len(findings), 1))
    set_head_row(sheet, len(findings), len(columns) + 1, frozen_columns=_FROZEN)
    _set_print(sheet, columns)


def _write_row(opened: Book, sheet: Any, row: int, finding: FindingView, columns: Sequence[Column]) -> None:
    cells = [column.cell(finding, opened.view.texts) for column in columns]
    for number, column in enumerate(columns):
        if column.key == "assessed" and finding.decided.day is not None:
            noon = datetime.combine(finding.decided.day, datetime.min.time())
            sheet.write_datetime(row, number, noon, opened.own_day)
        else:
            write_text(sheet, row, number, cells[number], _format(opened, column, finding))
    write_text(sheet, row, len(columns), row_key(finding).text(), opened.body)
    fit_row(sheet, row, cells, [column.width for column in columns])


def _format(opened: Book, column: Column, finding: FindingView) -> Any:
    if column.key == "status":
        return opened.statuses[finding.finding.status]
    if column.key == "assessed":
        return opened.own_day
    return opened.own_hand if column.own_hand else opened.body


def _offer_answers(opened: Book, sheet: Any, columns: Sequence[Column], count: int) -> None:
    """Let the auditor choose from lists, and write a day as a day."""
    lists = {
        "assessment": [opened.say(f"report.assessment.{answer}") for answer in ASSESSMENTS],
        "own_status": [opened.say(f"status.{status}") for status in Status],
    }
    for number, column in enumerate(columns):
        if column.key in lists:
            rule: dict[str, object] = {"validate": "list", "source": lists[column.key]}
        elif column.key == "assessed":
            rule = {"validate": "date", "criteria": ">=", "value": _EARLIEST}
        else:
            continue
        rule["input_message"] = opened.say(f"report.prompt.{column.key}")
        rule["error_message"] = opened.say(f"report.prompt.{column.key}.wrong")
        sheet.data_validation(1, number, count, number, rule)


def _set_print(sheet: Any, columns: Sequence[Column]) -> None:
    """Print three pages side by side: what was found, what the auditor writes, and the rest."""
    own = [number for number, column in enumerate(columns) if column.own_hand]
    sheet.fit_page = False
    sheet.set_print_scale(_PRINT_PERCENT)
    sheet.print_across()
    sheet.repeat_columns(0, _FROZEN - 1)
    sheet.set_v_pagebreaks([own[0], own[-1] + 2])
