"""Reading a treebank and making tables of it, on an archive of two sentences of our own."""

from __future__ import annotations

import gzip
import io
import lzma
import random
import tarfile
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from checker.language.train.__main__ import main
from checker.language.train.corpus import doc_of, example_of, monitoring_sentences, training_sentences, varied
from checker.language.train.evaluate import Figures, table_of
from checker.language.train.form_weights import write_form_weights
from checker.language.train.learn import training_config
from checker.language.train.lemma_table import write_lemma_table
from checker.language.train.treebank import Treebank, read_treebank

NB = """# text = Rektor besøker klassen.
1\tRektor\trektor\tNOUN\tsubst\tDefinite=Ind|Gender=Masc|Number=Sing\t2\tnsubj\t_\t_
2\tbesøker\tbesøke\tVERB\tverb\tMood=Ind|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_
3\tklassen\tklasse\tNOUN\tsubst\tDefinite=Def|Gender=Fem,Masc|Number=Sing\t2\tobj\t_\tSpaceAfter=No
4\t.\t$.\tPUNCT\tclb\t_\t2\tpunct\t_\t_

"""
NN = """# text = Klassen blir vitja
1\tKlassen\tklasse\tNOUN\tsubst\tGender=Masc\t3\tnsubj:pass\t_\t_
2\tblir\tbli\tAUX\tverb\tMood=Ind|Tense=Pres|VerbForm=Fin\t3\taux:pass\t_\t_
3\tvitja\tvitje\tVERB\tverb\tVerbForm=Part\t0\troot\t_\t_

"""
NDT_NN = """1\tKlassen\tklasse\tsubst\tsubst\tmask|appell|eint|bu\t2\tSUBJ\t_\tname=O
2\tblir\tbli\tverb\tverb\tpres\t0\tFINV\t_\tname=O
3\tvitja\tvitje\tverb\tverb\tperf-part|st-form\t2\tINFV\t_\tname=O
4\t|\t$|\tclb\tclb\t<overskrift>\t2\tIP\t_\tname=O

"""


def add_archive(folder: Path, name: str, text: str) -> None:
    data = text.encode("utf-8-sig")
    with tarfile.open(folder / name, "w:xz") as tar:
        info = tarfile.TarInfo("x/plan.conll")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for ndt, ud, text in (("nob", "bokmaal", NB), ("nno", "nynorsk", NN)):
        (tmp_path / f"silver-ud-{ndt}-train.conllu.xz").write_bytes(lzma.compress(text.encode() * 3))
        for part in ("dev", "test"):
            (tmp_path / f"no_{ud}-ud-{part}.conllu.gz").write_bytes(gzip.compress(text.encode() * 2))
    add_archive(tmp_path, "ndt-nob.tar.xz", "")
    add_archive(tmp_path, "ndt-nno.tar.xz", NDT_NN)
    return tmp_path


@pytest.fixture
def treebanks(folder: Path) -> dict[str, Treebank]:
    return read_treebank(folder)


def test_the_treebank_is_read_as_it_is(treebanks: dict[str, Treebank]) -> None:
    sentence = treebanks["nb"].train[0]

    assert {form: (len(t.train), len(t.dev), len(t.test)) for form, t in treebanks.items()} == {
        "nb": (3, 2, 2),
        "nn": (3, 2, 2),
    }
    assert sentence.text == "Rektor besøker klassen."
    assert sentence.heads == (1, 1, 1, 1)
    assert sentence.deps == ("nsubj", "ROOT", "obj", "punct")


def test_masculine_or_feminine_is_common_gender(treebanks: dict[str, Treebank]) -> None:
    assert treebanks["nb"].train[0].features[2] == "Definite=Def|Gender=Com|Number=Sing"


def test_nynorsk_has_its_lost_features_back(treebanks: dict[str, Treebank]) -> None:
    sentence = treebanks["nn"].test[0]

    assert sentence.features[0] == "Definite=Def|Gender=Masc|Number=Sing"
    assert sentence.features[2] == "VerbForm=Part|Voice=Pass"
    assert sentence.ends_block


def test_test_sentences_are_never_trained_on(treebanks: dict[str, Treebank]) -> None:
    treebank = treebanks["nb"]

    assert len(training_sentences(treebank)) + len(monitoring_sentences(treebank)) == 5


def test_an_example_holds_the_whole_annotation(treebanks: dict[str, Treebank]) -> None:
    nlp = spacy.blank("nb")
    doc = doc_of(treebanks["nb"].train[:2], nlp.vocab)
    example = example_of(treebanks["nn"].train[:1], nlp.vocab)

    assert [sentence.text for sentence in doc.sents] == ["Rektor besøker klassen."] * 2
    assert [token.dep_ for token in doc][:2] == ["nsubj", "ROOT"]
    assert [token.pos_ for token in example.reference] == ["NOUN", "AUX", "VERB"]
    assert not example.predicted.has_annotation("POS")


def test_variation_is_the_same_each_time_and_keeps_words_and_heads_in_step(
    treebanks: dict[str, Treebank],
) -> None:
    sentences = treebanks["nb"].train * 30
    first, second = (list(varied(sentences, random.Random(1))) for _ in range(2))

    assert first == second
    assert {len(s.words) for group in first for s in group} == {3, 4}
    assert all(max(s.heads) < len(s.words) == len(s.deps) for group in first for s in group)


def test_the_tables_hold_words_with_lemmas_and_weights(
    treebanks: dict[str, Treebank], tmp_path: Path
) -> None:
    write_lemma_table(treebanks["nb"].train, "nb", tmp_path / "lemmas")
    write_form_weights({form: treebank.train for form, treebank in treebanks.items()}, tmp_path / "form")
    lemmas, weights = (
        lzma.decompress((tmp_path / n).read_bytes()).decode().splitlines() for n in ("lemmas", "form")
    )

    assert "w\tbesøker\tbesøke\tVERB\t*\t3" in lemmas
    assert any(line.startswith("w\tbesøker\t") and float(line.split("\t")[2]) > 0 for line in weights)
    assert any(line.startswith("w\tvitja\t") and float(line.split("\t")[2]) < 0 for line in weights)


def test_the_configuration_takes_folder_limit_and_steps(folder: Path) -> None:
    config = training_config(folder, limit=5, total_steps=12).interpolate()

    assert config["corpora"]["train"]["limit"] == 5
    assert config["training"]["max_steps"] == 12
    assert config["training"]["optimizer"]["learn_rate"]["total_steps"] == 12


def test_the_table_of_figures_names_what_was_scored() -> None:
    figures = {form: Figures({"UPOS": 0.9712}, {"UPOS": 812}) for form in ("nb", "nn")}

    assert table_of(figures).splitlines()[-1] == "| UPOS | 97.1 | 812 | 97.1 | 812 |"


MODEL = Path(__file__).parents[2] / "checker" / "language" / "model"


def test_a_pipeline_can_be_measured_without_training_and_nothing_is_written(folder: Path) -> None:
    before = sorted(folder.iterdir())
    result = CliRunner().invoke(main, ["--treebank", str(folder), "--measure", str(MODEL)])

    assert result.exit_code == 0
    assert "| UPOS | " in result.output
    assert "| sentences, F | " in result.output
    assert before == sorted(folder.iterdir())


def test_one_of_training_and_measuring_must_be_asked_for(folder: Path) -> None:
    for wanted in ([], ["--out", str(folder), "--measure", str(MODEL)]):
        assert CliRunner().invoke(main, ["--treebank", str(folder), *wanted]).exit_code == 2
