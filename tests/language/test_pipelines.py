"""Which pipelines are loaded."""

from __future__ import annotations

import pytest
import spacy

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
