"""Which language pipelines are in use, and why."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.util import get_package_path
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from checker.language import components
from checker.language.installed import FORMS, RULES_NAME, checksum, data_folder, own_model
from checker.language.network import for_reading
from checker.language.words import word_lists
from checker.model import ModelInfo, UsageError

OFFICIAL_PREFIX = "nb_core_news_"


class Origin(StrEnum):
    """Where a pipeline comes from."""

    OWN = "own"
    RULES = "rules"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A spaCy pipeline with where it comes from."""

    nlp: Language
    origin: Origin
    info: ModelInfo


@dataclass(frozen=True, slots=True)
class Pipelines:
    """The pipelines for bokmål and nynorsk; both may be the same one."""

    nb: Pipeline
    nn: Pipeline

    def of(self, form: str | None) -> Pipeline:
        """Give the pipeline for a written form; bokmål's where it is neither."""
        return self.nn if form == "nn" else self.nb

    def info(self) -> tuple[tuple[str, ModelInfo], ...]:
        """Give name, version and checksum of the pipeline in use for each written form."""
        return tuple((form, self.of(form).info) for form in FORMS)


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What ``skolesjekk models`` says of the pipeline for a written form.

    Args:
        reason: key of the sentence (text catalogue) that says what is in use and why.
        components: names of the pipeline's parts, in order.
        gives: whether it gives parts of speech and sentence structure, not words and sentences only.
    """

    form: str
    info: ModelInfo
    origin: str
    reason: str
    components: tuple[str, ...]
    gives_structure: bool


def load_pipelines(*, model_nb: str | None = None, trained: bool = True) -> Pipelines:
    """Load the pipelines: our own trained one if the package holds it, else one of rules and word lists.

    Args:
        trained: whether our own trained one is used; without it there are words, sentences and lemmas only.
        model_nb: name of an installed official pipeline (``nb_core_news_*``) to use for bokmål only.

    Raises:
        UsageError: ``model_nb`` is no official Norwegian pipeline, or isn't installed.
    """
    own = (_own() if trained else None) or _rules()
    if model_nb is None:
        return Pipelines(own, own)
    return Pipelines(_official(model_nb), own)


def describe_models(pipelines: Pipelines) -> tuple[ModelDescription, ...]:
    """Say for each written form which pipeline is in use and why."""
    descriptions = []
    for form, info in pipelines.info():
        pipeline = pipelines.of(form)
        parts = tuple(pipeline.nlp.pipe_names)
        reason = f"language.models.{pipeline.origin.value}"
        descriptions.append(
            ModelDescription(form, info, pipeline.origin.value, reason, parts, "parser" in parts)
        )
    return tuple(descriptions)


def blank_pipeline(vocab: Vocab | None = None) -> Language:
    """Give a Norwegian tokeniser that knows the abbreviations, without components."""
    nlp = spacy.blank("nb", vocab=vocab if vocab is not None else True)
    lists = word_lists("abbreviations")
    for entry in [*lists["never_last"], *lists["may_end"]]:
        if " " not in entry:
            for text in dict.fromkeys((entry, entry.capitalize())):
                nlp.tokenizer.add_special_case(text, [{"ORTH": text}])
    return nlp


def _rules() -> Pipeline:
    nlp = blank_pipeline()
    nlp.add_pipe("skolesjekk_form")
    nlp.add_pipe("skolesjekk_sentences")
    nlp.add_pipe("skolesjekk_lemmatizer")
    return Pipeline(nlp, Origin.RULES, ModelInfo(RULES_NAME, version("skolesjekk"), checksum(data_folder())))


def _own() -> Pipeline | None:
    """Load the trained pipeline that lies in the package, if there is one."""
    folder = own_model()
    if folder is None:
        return None
    with as_file(folder) as path:
        nlp = _made_fast(spacy.load(path))
    return Pipeline(nlp, Origin.OWN, _model_info(nlp, folder))


def _made_fast(nlp: Language) -> Language:
    """Give the pipeline with its network run by our own code, where that knows it, and numpy's products.

    thinc's own matrix products take three times as long as numpy's.
    """
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            layer.ops = ops
        if isinstance(component, Tok2Vec):
            component.model = for_reading(component.model)
    return nlp


def _official(name: str) -> Pipeline:
    """Load an installed official pipeline, with our sentences and lemmas in place of its own."""
    if not name.startswith(OFFICIAL_PREFIX) or importlib.util.find_spec(name) is None:
        raise UsageError("language.no_such_model", name=name, prefix=OFFICIAL_PREFIX)
    path = get_package_path(name)
    nlp = _made_fast(spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"]))
    nlp.add_pipe("skolesjekk_form", first=True)
    nlp.add_pipe("skolesjekk_sentences", after="skolesjekk_form")
    nlp.add_pipe("skolesjekk_official_labels", last=True)
    nlp.add_pipe("skolesjekk_lemmatizer", last=True)
    return Pipeline(nlp, Origin.OFFICIAL, _model_info(nlp, path))


def _model_info(nlp: Language, folder: Traversable | Path) -> ModelInfo:
    meta = nlp.meta
    return ModelInfo(f"{meta['lang']}_{meta['name']}", str(meta["version"]), checksum(folder, data_folder()))


__all__ = [
    "ModelDescription",
    "Origin",
    "Pipeline",
    "Pipelines",
    "components",
    "describe_models",
    "load_pipelines",
]
