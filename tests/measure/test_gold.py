from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.measure import Gold, GoldError, Split, load_gold, load_split
from checker.model import ElementKind, Level, Status, UsageError
from checker.texts import LANGUAGES, load_texts

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
Write = Callable[[Any], Path]


def test_a_key_gives_findings_documents_and_the_owners_folder(gold: Gold) -> None:
    assert gold.as_of == date(2026, 11, 23)
    assert gold.schools == ("Ås skole", "Li skule", "Tom skole", "Kommunen")
    assert gold.owner == "Kommunen"
    li = next(f for f in gold.findings if (f.school, f.requirement) == ("Li skule", "KL-102"))
    assert li.missing == (ElementKind.FOLLOWUP,)
    assert li.accepts(Status.MENTIONED)
    assert not li.accepts(Status.DOCUMENTED)
    assert next(f for f in gold.findings if f.requirement == "KL-201").level == Level.OWNER
    assert gold.documents[0].observations == ("DOC-02",)


def test_names_in_a_key_are_compared_in_one_unicode_form(key: dict[str, Any], write_key: Write) -> None:
    decomposed = "A\u030as skole"
    key["schools"] = {decomposed: key["schools"]["Ås skole"]}

    assert load_gold(write_key(key)).schools[0] == "Ås skole"


def test_the_corpus_key_can_be_read_and_every_school_is_on_one_side() -> None:
    gold = load_gold(CORPUS / "gold" / "tverrmark.json")
    split = load_split(CORPUS / "gold" / "split.json", gold.name)

    assert len(gold.findings) == 128
    assert sorted(gold.schools) == sorted((*split.tuned, *split.untuned))
    cited = {f"{f.school}/{quote.document}" for f in gold.findings for quote in f.evidence}
    assert cited <= {document.path for document in gold.documents}


def test_without_a_split_no_school_counts_as_tuned_on(tmp_path: Path) -> None:
    assert load_split(tmp_path / "split.json", "fasit") == Split()
    assert not Split().is_tuned("Ås skole")


def test_a_municipality_that_the_split_does_not_name_is_untuned(
    write_key: Write, key: dict[str, Any]
) -> None:
    path = write_key(key).parent / "split.json"

    assert load_split(path, "annen") == Split()


def test_a_school_on_both_sides_of_the_split_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "split.json"
    path.write_text('{"fasit": {"tuned": ["A"], "untuned": ["A"]}}', encoding="utf-8")

    with pytest.raises(GoldError) as caught:
        load_split(path, "fasit")

    assert caught.value.key == "measure.split.both_sides"
    assert caught.value.fields["school"] == "A"


def _set(*path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(key: dict[str, Any]) -> None:
        for step in path[:-1]:
            key = key[step]
        key[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "key_of_sentence", "place"),
    [
        (
            _set("schools", "Ås skole", "KL-102", "status", value="dokumentert"),
            "measure.file.not_one_of",
            "schools → Ås skole → findings → KL-102 → status",
        ),
        (
            _set("schools", "Ås skole", "KL-102", "mising", value=[]),
            "measure.file.unknown_key",
            "schools → Ås skole → findings → KL-102 → mising",
        ),
        (
            _set("schools", "Li skule", "KL-102", "missing", value=["follow-up"]),
            "measure.file.not_one_of",
            "schools → Li skule → findings → KL-102 → missing → 1",
        ),
        (
            _set("owner", "KL-201", value={}),
            "measure.file.key_missing",
            "owner → findings → KL-201 → status",
        ),
        (_set("as_of", value="i dag"), "measure.file.wrong_value", "as_of"),
        (
            _set("schools", "Ås skole", "KL102", value={"status": "missing"}),
            "measure.file.wrong_value",
            "schools → Ås skole → findings → KL102 → [key]",
        ),
    ],
)
def test_a_faulty_entry_is_named_by_its_place(
    change: Callable[[dict[str, Any]], None],
    key_of_sentence: str,
    place: str,
    key: dict[str, Any],
    write_key: Write,
) -> None:
    change(key)

    with pytest.raises(GoldError) as caught:
        load_gold(write_key(key))

    assert caught.value.key == key_of_sentence
    assert caught.value.fields["place"] == place
    for language in LANGUAGES:
        assert place in load_texts(language)(caught.value.key, **caught.value.fields)


@pytest.mark.parametrize(
    ("text", "key_of_sentence"),
    [
        ('{"as_of": ', "measure.file.not_json"),
        ('{"as_of": "2026-11-23", "as_of": "2026-11-24", "schools": {}}', "measure.file.duplicate_key"),
        ("[]", "measure.file.wrong_value"),
    ],
)
def test_a_file_that_is_no_key_is_wrong_usage(text: str, key_of_sentence: str, write_key: Write) -> None:
    with pytest.raises(UsageError) as caught:
        load_gold(write_key(text))

    assert caught.value.key == key_of_sentence
    assert load_texts("nb")(caught.value.key, **caught.value.fields)


def test_a_key_that_does_not_exist_or_is_not_utf8_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(GoldError) as absent:
        load_gold(tmp_path / "nei.json")
    latin = tmp_path / "latin.json"
    latin.write_bytes('{"as_of": "å"}'.encode("latin-1"))
    with pytest.raises(GoldError) as wrong:
        load_gold(latin)

    assert absent.value.key == "measure.file.unreadable"
    assert wrong.value.key == "measure.file.not_utf8"
