"""Norwegian language: sentences, tokens, lemmas, parts of speech and written form, by spaCy."""

from checker.language.annotate import Depth, annotate, deepened, with_languages
from checker.language.annotated import AnnotatedBlock, AnnotatedDocument, Token, Unit
from checker.language.ellipsis import shared_compounds
from checker.language.forms import form_of
from checker.language.lemmas import is_known_word, is_well_formed, lemmas_of
from checker.language.pipelines import (
    ModelDescription,
    Pipelines,
    describe_models,
    load_pipelines,
)
from checker.language.spelling import repaired

__all__ = [
    "AnnotatedBlock",
    "AnnotatedDocument",
    "Depth",
    "ModelDescription",
    "Pipelines",
    "Token",
    "Unit",
    "annotate",
    "deepened",
    "describe_models",
    "form_of",
    "is_known_word",
    "is_well_formed",
    "lemmas_of",
    "load_pipelines",
    "repaired",
    "shared_compounds",
    "with_languages",
]
