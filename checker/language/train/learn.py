"""Trains the network: shared word vectors, morphologizer and parser."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config_from_str
from thinc.api import Config

from checker.language.train import corpus

NETWORK = ("tok2vec", "morphologizer", "parser")
GENTLE_RATE = 0.0006
"""Learning rate where a trained network is trained on."""


def training_config(
    folder: Path, *, limit: int = 0, total_steps: int | None = None, start: Path | None = None
) -> Config:
    """Give spaCy's configuration.

    Args:
        limit: train on so many sentences a form, for a trial; 0 for all.
        start: a trained network to go on from, at a lower rate, in place of a new one.
    """
    text = (files("checker.language.train") / "config.cfg").read_text(encoding="utf-8")
    overrides: dict[str, object] = {"paths.folder": folder.as_posix(), "settings.limit": limit}
    if total_steps is not None:
        overrides["settings.total_steps"] = total_steps
    if start is not None:
        overrides["training.optimizer.learn_rate.initial_rate"] = GENTLE_RATE
    config = load_config_from_str(text, overrides=overrides, interpolate=False)
    if start is not None:
        config["components"] = {name: {"source": str(start)} for name in NETWORK}
    return config


def learn(config: Config, out: Path) -> Language:
    """Train by the configuration; the last state is kept, not the one that does best on dev."""
    out.mkdir(parents=True, exist_ok=True)
    train(init_nlp(config, use_gpu=-1), out, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    return spacy.load(out / "model-last")


__all__ = ["corpus", "learn", "training_config"]
