"""Puts the trained network and our own components together, and writes the model's card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from spacy.language import Language

from checker.language.pipelines import blank_pipeline
from checker.language.train.evaluate import Figures, table_of
from checker.language.words import word_lists

NAME = "nn_skolesjekk"
VERSION = "1.0.0"
LICENCE = "CC BY-SA 4.0"


@dataclass(frozen=True, slots=True)
class Making:
    """How a model was made: command, note, day, and the number of training sentences by written form."""

    command: str
    note: str
    date: str
    sentences: Mapping[str, int]


def assembled(network: Language) -> Language:
    """Give a pipeline of our tokeniser, form and sentences, the trained network, and our lemmatizer."""
    nlp = blank_pipeline(network.vocab)
    nlp.add_pipe("skolesjekk_form")
    nlp.add_pipe("skolesjekk_sentences")
    for name in ("tok2vec", "morphologizer", "parser"):
        nlp.add_pipe(name, source=network)
    nlp.add_pipe("skolesjekk_lemmatizer")
    return nlp


def write_model(nlp: Language, figures: Mapping[str, Figures], making: Making, out: Path) -> None:
    """Write the pipeline with figures and sources in ``meta.json``, and ``README.md``."""
    sources = word_lists("sources")["sources"]
    nlp.meta.update(
        name=NAME,
        version=VERSION,
        description=" ".join(word_lists("sources")["description"].split()),
        license=LICENCE,
        sources=sources,
        performance={
            f"{form}: {name}": round(share, 4)
            for form in figures
            for name, share in figures[form].shares.items()
        },
        trained=making.date,
        command=making.command,
        note=making.note,
    )
    nlp.to_disk(out)
    _write_strings(nlp, out / "vocab" / "strings.json")
    (out / "README.md").write_text(_card(figures, making, sources), encoding="utf-8")


def _write_strings(nlp: Language, path: Path) -> None:
    """Write the strings that the pipeline needs, its labels, in place of all words that it was trained on."""
    labels = [label for name in ("morphologizer", "parser") for label in nlp.get_pipe(name).labels]
    needed = sorted({*blank_pipeline().vocab.strings, *labels})
    path.write_text(json.dumps(needed, ensure_ascii=False, indent=0), encoding="utf-8")


def _card(figures: Mapping[str, Figures], making: Making, sources: list[dict[str, str]]) -> str:
    template = (files("checker.language.train") / "card.md").read_text(encoding="utf-8")
    listed = "\n".join(f"- {s['name']} ({s['author']}): {s['use']} Licence: {s['license']}" for s in sources)
    return template.format(
        name=f"nb_{NAME}",
        version=VERSION,
        licence=LICENCE,
        date=making.date,
        command=making.command,
        note=f"\n{making.note}\n" if making.note else "",
        sentences=", ".join(f"{count} {form}" for form, count in sorted(making.sentences.items())),
        table=table_of(figures),
        sources=listed,
    )
