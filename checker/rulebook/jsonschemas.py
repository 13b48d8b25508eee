"""The JSON schemas that editors use for rule files, generated from the models.

``python -m checker.rulebook.jsonschemas`` writes them anew to ``rules/schema``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.rulebook.load import rules_root
from checker.rulebook.schema import (
    ColumnsFile,
    ConceptFile,
    ElementsFile,
    ObservationsFile,
    PackFile,
    RequirementFile,
    StanceFile,
    Strict,
)

MODELS: Mapping[str, type[Strict]] = {
    "columns": ColumnsFile,
    "concepts": ConceptFile,
    "elements": ElementsFile,
    "observations": ObservationsFile,
    "pack": PackFile,
    "requirement": RequirementFile,
    "stance": StanceFile,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Give each kind of rule file's JSON schema, by its file name."""
    return {f"{name}.schema.json": model.model_json_schema() for name, model in MODELS.items()}


def write_schemas(folder: Path) -> None:
    """Write the schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(rules_root() / "schema")
