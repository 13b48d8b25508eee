"""Says where the cache lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_path

HOME_VARIABLE = "SKOLESJEKK_HOME"
FILE_NAME = "cache.sqlite3"


def home_folder(environment: Mapping[str, str]) -> Path:
    """Give the folder of the program's own files: what ``SKOLESJEKK_HOME`` names, else the system's for caches."""
    named = environment.get(HOME_VARIABLE)
    return Path(named) if named else user_cache_path("skolesjekk", appauthor=False)


def cache_file(environment: Mapping[str, str]) -> Path:
    """Give the place of the cache."""
    return home_folder(environment) / FILE_NAME
