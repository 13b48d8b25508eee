"""Prints what in a report does not hold, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from checker.measure.verification import Fault
from checker.report import one_line
from checker.texts import Texts


def print_faults(faults: Sequence[Fault], report: dict[str, Any], console: Console, texts: Texts) -> None:
    """Print a line for each fault, or what was found to hold."""
    if not faults:
        documents, findings = len(report["documents"]), len(report["findings"])
        console.print(Text(texts("measure.verify.holds", documents=documents, findings=findings)))
        return
    console.print(Text(texts("measure.verify.faults", count=len(faults))))
    for fault in faults:
        console.print(Text(f"- {fault_words(fault, texts)}"))


def fault_words(fault: Fault, texts: Texts) -> str:
    """Give a fault as a sentence."""
    fields = {name: one_line(value) for name, value in fault.fields}
    for name in ("was", "now"):
        key = f"status.{fields.get(name)}"
        fields.update({name: texts(key)} if key in texts else {})
    if fields.get("page"):
        fields["page"] = f", {texts('report.where.page', page=fields['page'])}"
    return texts(f"measure.verify.fault.{fault.kind}", **fields)
