from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from checker.language import load_pipelines, network
from checker.language.installed import own_model
from checker.language.network import for_reading

TEXTS = (
    "Rektor observerer undervisningen i alle klasser i uke 40 og gir tilbakemelding samme dag.",
    "",
    "Ja.",
    "Læraren får rettleiing av mentor kvar veke det første året, og samtalane blir skrivne ned.",
    "Se § 12-3 (og vedlegg 2) på https://www.skole.no!",
    "Ja.",
)
CLOSE = 1e-4
"""Far below what separates two labels, and far above what sums in another order come to."""


@pytest.fixture(scope="module")
def spacys_own() -> Language:
    """Our pipeline as spaCy runs it."""
    nlp = spacy.load(own_model())
    for layer in nlp.get_pipe("tok2vec").model.walk():
        layer.ops = NumpyOps(use_blis=False)
    return nlp


def docs_of(nlp: Language, texts: Sequence[str]) -> list[Doc]:
    return [nlp.make_doc(text) for text in texts]


def assert_same_rows(nlp: Language, fast: Model, texts: Sequence[str]) -> None:
    docs = docs_of(nlp, texts)
    expected, actual = nlp.get_pipe("tok2vec").model.predict(docs), fast.predict(docs)

    assert [rows.shape for rows in expected] == [rows.shape for rows in actual]
    for own, rows in zip(expected, actual, strict=True):
        np.testing.assert_allclose(rows, own, atol=CLOSE, rtol=0)


def test_rows_are_those_of_spacys_own_run(spacys_own):
    fast = for_reading(spacys_own.get_pipe("tok2vec").model)

    assert_same_rows(spacys_own, fast, TEXTS)
    assert_same_rows(spacys_own, fast, TEXTS[::-1])
    assert_same_rows(spacys_own, fast, TEXTS[:1])


@pytest.mark.parametrize(
    "length", [network.CHUNK_ROWS - 5, 2 * network.CHUNK_ROWS, 2 * network.CHUNK_ROWS + 9]
)
def test_rows_hold_for_texts_around_and_above_the_size_of_a_chunk(spacys_own, length):
    words = " ".join(TEXTS).split()
    text = " ".join(words[number % len(words)] for number in range(length))

    assert_same_rows(
        spacys_own, for_reading(spacys_own.get_pipe("tok2vec").model), [TEXTS[0], text, TEXTS[3]]
    )


def test_rows_hold_when_more_word_types_come_than_are_kept(spacys_own, monkeypatch):
    monkeypatch.setattr(network, "MOST_TYPES", 24)
    monkeypatch.setattr(network, "FIRST_TYPES", 2)
    fast = for_reading(spacys_own.get_pipe("tok2vec").model)

    for text in (*TEXTS, *TEXTS):
        assert_same_rows(spacys_own, fast, [text, "Elevene leser."])
    assert_same_rows(spacys_own, fast, TEXTS)


def test_the_kept_word_types_are_bounded(spacys_own, monkeypatch):
    monkeypatch.setattr(network, "MOST_TYPES", 24)
    monkeypatch.setattr(network, "FIRST_TYPES", 2)
    reading = network._network_of(spacys_own.get_pipe("tok2vec").model)
    for number in range(200):
        reading.rows_of(docs_of(spacys_own, [f"plan{number} mål{number}"]))

    assert len(reading._types.known) < 24
    assert len(reading._types.rows) <= 48


def test_a_models_rows_do_not_depend_on_what_came_before(spacys_own):
    model = spacys_own.get_pipe("tok2vec").model
    fresh, used = for_reading(model), for_reading(model)
    used.predict(docs_of(spacys_own, TEXTS[2:]))
    docs = docs_of(spacys_own, TEXTS[:1])

    np.testing.assert_allclose(used.predict(docs)[0], fresh.predict(docs)[0], atol=CLOSE, rtol=0)


def test_a_network_of_another_make_is_run_as_it_is():
    nlp = spacy.blank("nb")
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 32,
        "depth": 2, "embed_size": 100, "window_size": 2, "maxout_pieces": 3, "subword_features": True,
        "pretrained_vectors": None}})  # fmt: skip
    nlp.initialize()
    model = nlp.get_pipe("tok2vec").model

    assert for_reading(model) is model


def test_networks_of_our_make_in_other_sizes_give_the_same_rows():
    """The official pipelines without vectors are of this make, and so may be our own next one."""
    nlp = spacy.blank("nb")
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 32,
        "depth": 5, "embed_size": 100, "window_size": 1, "maxout_pieces": 2, "subword_features": True,
        "pretrained_vectors": None}})  # fmt: skip
    nlp.initialize()
    fast = for_reading(nlp.get_pipe("tok2vec").model)

    assert fast.name == "skolesjekk_network"
    assert_same_rows(nlp, fast, TEXTS)


def test_our_pipeline_is_read_by_it():
    model = load_pipelines().nb.nlp.get_pipe("tok2vec").model

    assert model.name == "skolesjekk_network"
