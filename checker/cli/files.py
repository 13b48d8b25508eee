"""Files that a command writes beside the report."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from checker.model import OutputError


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Write data as JSON, whole or not at all.

    Raises:
        OutputError: the file can't be written.
    """
    write_whole(
        path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: the file can't be written.
    """
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        waiting.write_bytes(data)
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise OutputError(
            "cli.file.not_written", file=str(path), problem=error.strerror or str(error)
        ) from error
