"""Trains and measures the Norwegian pipeline: ``python -m checker.language.train --treebank DIR --out DIR``.

``--measure MODEL`` in place of ``--out`` prints the figures of a pipeline as it is, and writes nothing.

Writes into the ``--out`` folder: ``model/`` (to be put in ``checker/language/model``), and the word tables
``data/*.txt.xz`` (to be put in ``checker/language/data``), which dictionary forms and written form rest on.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import spacy

from checker.language import components
from checker.language.train.card import Making, assembled, write_model
from checker.language.train.corpus import training_sentences
from checker.language.train.evaluate import measure, table_of
from checker.language.train.form_weights import write_form_weights
from checker.language.train.learn import learn, training_config
from checker.language.train.lemma_table import write_lemma_table
from checker.language.train.treebank import Treebank, read_treebank

COMMAND = "python -m checker.language.train --treebank DIR --out DIR"


@click.command()
@click.option(
    "--treebank", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--measure",
    "measured",
    type=click.Path(exists=True, path_type=Path),
    help="Print the figures of this pipeline; don't train, write nothing.",
)
@click.option("--limit", default=0, help="Train on so many sentences of each form only, for a trial.")
@click.option("--steps", default=None, type=int, help="Train so many steps instead of the configuration's.")
@click.option(
    "--start",
    type=click.Path(exists=True, path_type=Path),
    help="Go on from a trained network, at a lower rate, in place of a new one.",
)
@click.option("--tables-only", is_flag=True, help="Write the word tables and stop.")
@click.option("--note", default="", help="A sentence for the card on how the network came about.")
@click.option(
    "--network", type=click.Path(exists=True, path_type=Path), help="Take a trained network; don't train."
)
def main(  # noqa: PLR0917 (click passes them by name)
    folder: Path,
    out: Path | None,
    measured: Path | None,
    limit: int,
    steps: int | None,
    start: Path | None,
    tables_only: bool,
    note: str,
    network: Path | None,
) -> None:
    """Train the pipeline on the treebank, measure it, and write it with its card."""
    if (out is None) == (measured is None):
        raise click.UsageError("give either --out or --measure")
    treebanks = read_treebank(folder)
    if measured is not None:
        click.echo(table_of(measure(spacy.load(measured), treebanks)))
    if out is None:
        return
    write_tables(treebanks, out / "data")
    if tables_only:
        return
    trained = (
        spacy.load(network)
        if network
        else learn(training_config(folder, limit=limit, total_steps=steps, start=start), out)
    )
    nlp = assembled(trained)
    figures = measure(nlp, treebanks)
    counts = {form: len(training_sentences(treebank)) for form, treebank in treebanks.items()}
    making = Making(COMMAND, note, datetime.now(UTC).date().isoformat(), counts)
    write_model(nlp, figures, making, out / "model")
    shares = {form: dict(of_form.shares) for form, of_form in figures.items()}
    (out / "figures.json").write_text(json.dumps(shares, indent=1), encoding="utf-8")
    click.echo(table_of(figures))


def write_tables(treebanks: dict[str, Treebank], folder: Path) -> None:
    """Write the word tables, from the train and dev parts."""
    folder.mkdir(parents=True, exist_ok=True)
    seen = {form: (*treebank.train, *treebank.dev) for form, treebank in treebanks.items()}
    for form, sentences in seen.items():
        write_lemma_table(sentences, form, folder / f"lemmas_{form}.txt.xz")
    write_form_weights(seen, folder / "written_form.txt.xz")


__all__ = ["components", "main"]

if __name__ == "__main__":
    main()
