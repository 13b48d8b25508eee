"""Tells which pipelines are installed without loading them."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from checker.model import ModelInfo

FORMS = ("nb", "nn")
RULES_NAME = "skolesjekk_rules"


def installed_models() -> tuple[tuple[str, ModelInfo], ...]:
    """Give what ``load_pipelines()`` would have in use for each written form: name, version and checksum."""
    folder = own_model()
    if folder is None:
        info = ModelInfo(RULES_NAME, version("skolesjekk"), checksum(data_folder()))
    else:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        info = ModelInfo(
            f"{meta['lang']}_{meta['name']}", str(meta["version"]), checksum(folder, data_folder())
        )
    return tuple((form, info) for form in FORMS)


def own_model() -> Traversable | None:
    """Give the folder of the trained pipeline in the package, None where it holds none."""
    folder = files("checker.language") / "model"
    return folder if (folder / "meta.json").is_file() else None


def data_folder() -> Traversable:
    """Give the folder of the word lists, which every pipeline's lemmas and sentences rest on."""
    return files("checker.language") / "data"


def checksum(*folders: Traversable | Path) -> str:
    """Give the SHA-256 over the names and contents of the folders' files, in order of name."""
    digest = hashlib.sha256()
    for folder in folders:
        for name, entry in _files_below(folder, ""):
            digest.update(json.dumps([name, hashlib.sha256(entry.read_bytes()).hexdigest()]).encode())
    return digest.hexdigest()


def _files_below(folder: Traversable | Path, prefix: str) -> list[tuple[str, Traversable | Path]]:
    found: list[tuple[str, Traversable | Path]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir():
            found.extend(_files_below(entry, f"{prefix}{entry.name}/"))
        else:
            found.append((prefix + entry.name, entry))
    return found
