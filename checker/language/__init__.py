"""Norwegian language: sentences, tokens, lemmas, parts of speech and written form, by spaCy."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from checker.language.installed import installed_models

if TYPE_CHECKING:
    from checker.language.annotated import AnnotatedBlock, AnnotatedDocument, Token, Unit
    from checker.language.annotation import Depth, annotate, deepened, with_languages
    from checker.language.ellipsis import shared_compounds
    from checker.language.forms import form_of
    from checker.language.lemmas import is_known_word, is_well_formed, lemmas_of
    from checker.language.pipelines import (
        ModelDescription,
        Pipelines,
        describe_models,
        load_pipelines,
    )
    from checker.language.seen import SeenUnits
    from checker.language.spelling import repaired

__all__ = [
    "AnnotatedBlock",
    "AnnotatedDocument",
    "Depth",
    "ModelDescription",
    "Pipelines",
    "SeenUnits",
    "Token",
    "Unit",
    "annotate",
    "deepened",
    "describe_models",
    "form_of",
    "installed_models",
    "is_known_word",
    "is_well_formed",
    "lemmas_of",
    "load_pipelines",
    "repaired",
    "shared_compounds",
    "with_languages",
]

# Read at first use: what only asks which models are installed should not load spaCy.
_HOMES = {
    "annotation": ("Depth", "annotate", "deepened", "with_languages"),
    "annotated": ("AnnotatedBlock", "AnnotatedDocument", "Token", "Unit"),
    "ellipsis": ("shared_compounds",),
    "forms": ("form_of",),
    "lemmas": ("is_known_word", "is_well_formed", "lemmas_of"),
    "pipelines": ("ModelDescription", "Pipelines", "describe_models", "load_pipelines"),
    "seen": ("SeenUnits",),
    "spelling": ("repaired",),
}


def __getattr__(name: str) -> Any:
    """Give a public name from the module that it lives in."""
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
