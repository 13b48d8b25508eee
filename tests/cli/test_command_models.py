from __future__ import annotations

import pytest

from checker.language import describe_models, load_pipelines
from checker.texts import load_texts

from .made import Run


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_models_says_what_each_written_form_is_read_with_and_why(language: str, run: Run) -> None:
    ran = run("models", "--lang", language)

    assert ran.status == 0
    for model in describe_models(load_pipelines()):
        assert f"{model.info.name} {model.info.version}" in ran.out
        assert load_texts(language)(model.reason) in ran.out
    assert ran.out.index("bokmål: ") < ran.out.index("nynorsk: ")
