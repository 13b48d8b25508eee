"""Which pipelines are loaded."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from checker.language import components, describe_models, load_pipelines
from checker.model import UsageError
from checker.texts import load_texts


def test_both_forms_have_a_pipeline_with_name_version_and_checksum() -> None:
    info = load_pipelines().info()

    assert [form for form, _ in info] == ["nb", "nn"]
    for _, model in info:
        assert model.name
        assert model.version
        assert len(model.sha256) == 64


def test_the_package_tells_spacy_of_each_component() -> None:
    """Any Norwegian pipeline may have them once the package is installed, without importing it."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    told = project["project"]["entry-points"]["spacy_factories"]
    nlp = spacy.blank("nb")

    assert sorted(name for name in nlp.factory_names if name.startswith("skolesjekk_")) == sorted(told)
    for name, place in told.items():
        module, function = place.split(":")
        made = getattr(import_module(module), function)(nlp, name)
        assert type(nlp.add_pipe(name)) is type(made)


def test_the_checksum_is_the_same_each_time() -> None:
    assert load_pipelines().info() == load_pipelines().info()


@pytest.mark.parametrize("name", ["en_core_web_sm", "nb_core_news_none", "os"])
def test_only_an_installed_official_norwegian_model_can_be_named(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_pipelines(model_nb=name)

    assert name in load_texts("nn")(caught.value.key, **caught.value.fields)


def test_the_description_says_what_is_in_use_and_why() -> None:
    descriptions = describe_models(load_pipelines())

    assert [description.form for description in descriptions] == ["nb", "nn"]
    for description in descriptions:
        assert description.reason in load_texts("nb")
        assert "skolesjekk_lemmatizer" in description.components


def test_the_components_work_in_any_norwegian_pipeline() -> None:
    nlp = spacy.blank("nb")
    for name in ("skolesjekk_form", "skolesjekk_sentences", "skolesjekk_lemmatizer"):
        nlp.add_pipe(name)
    doc = nlp("Rektor vitjar klassane kl. 9. Avdelingsleiarane følgjer opp.")

    assert components.make_form is not None
    assert doc._.written_form == "nn"
    assert [s.text for s in doc.sents] == ["Rektor vitjar klassane kl. 9.", "Avdelingsleiarane følgjer opp."]
    assert "avdelingsleiar" in [token.lemma_ for token in doc]


def official(words: str, pos: str, deps: str) -> Doc:
    """A document with labels as the official models give them, all tokens hanging on the first."""
    nlp = spacy.blank("nb")
    count = len(words.split())
    doc = Doc(nlp.vocab, words=words.split(), pos=pos.split(), deps=deps.split(), heads=[0] * count)
    return components.OfficialLabels()(doc)


def test_a_relative_word_of_an_official_model_is_a_marker() -> None:
    doc = official("elever som leser", "NOUN PRON VERB", "ROOT nsubj acl:relcl")

    assert [(token.pos_, token.dep_) for token in doc] == [
        ("NOUN", "ROOT"),
        ("SCONJ", "mark"),
        ("VERB", "acl:relcl"),
    ]


def test_a_particle_of_an_official_model_is_an_adverb() -> None:
    doc = official("følger opp elevene", "VERB ADP NOUN", "ROOT compound:prt obj")

    assert (doc[1].pos_, doc[1].dep_) == ("ADV", "advmod")
    assert (doc[2].pos_, doc[2].dep_) == ("NOUN", "obj")


def test_a_possessive_of_an_official_model_is_an_attribute_and_other_labels_stay() -> None:
    doc = official("plan skolens som den", "NOUN NOUN SCONJ PRON", "ROOT nmod:poss mark nsubj")

    assert [token.dep_ for token in doc] == ["ROOT", "nmod", "mark", "nsubj"]
    assert [token.pos_ for token in doc] == ["NOUN", "NOUN", "SCONJ", "PRON"]


def test_an_official_model_is_used_for_bokmaal_with_our_parts_and_never_for_nynorsk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "nb_core_news_handmade"
    package.mkdir()
    (package / "__init__.py").write_text(
        "import spacy\n\n\ndef load(**options):\n    return spacy.blank('nb', meta={'name': 'handmade'})\n",
        encoding="utf-8",
    )
    described = tmp_path / "nb_core_news_handmade-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: nb_core_news_handmade\nVersion: 1.0\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    pipelines = load_pipelines(model_nb="nb_core_news_handmade")
    ours: Language = load_pipelines().nn.nlp

    assert "skolesjekk_official_labels" in pipelines.nb.nlp.pipe_names
    assert pipelines.nn.nlp.pipe_names == ours.pipe_names
    assert [d.origin for d in describe_models(pipelines)] == ["official", "own"]
