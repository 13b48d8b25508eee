from __future__ import annotations

from random import Random

import pytest

from checker.measure import Expected, LabelledText
from checker.measure.sweep import (
    OPERATORS,
    Operator,
    Source,
    Task,
    passage_sources,
    sweep,
    sweep_dict,
    sweep_file,
    variants_of,
)
from checker.measure.sweep.__main__ import falls_short, sweep_lines
from checker.measure.sweep.settings import SweepFile
from checker.measure.sweep.vocabulary import other_role
from checker.measure.sweep.wording import clause_of
from checker.model import Level, Status

VISIT = "Rektor går skolevandring i alle klasser i uke 38."
VISIT_NN = "Rektor gjennomfører skulevandring kvar haust."


def changed(how: str, text: str, form: str = "nb", kind: str = "", rate: float = 1.0) -> str:
    return OPERATORS[how](text, Task(form, kind, rate, Random(1)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "form", "kind", "before", "after"),
    [
        ("confusion", "nb", "rn_to_m", "Lærerne går.", "Læreme går."),
        ("confusion", "nb", "l_to_1", "Plan", "P1an"),
        ("confusion", "nn", "o_slash", "Rektor fører liste", "Rektor forer liste"),
        ("confusion", "nb", "a_ring", "Rektor går", "Rektor gar"),
        ("capitals", "nb", "headings", "# Plan\nRektor går", "# PLAN\nRektor går"),
        ("adverbial_first", "nb", "", VISIT, "I uke 38 går rektor skolevandring i alle klasser."),
        ("adverbial_first", "nn", "", VISIT_NN, "Kvar haust gjennomfører rektor skulevandring."),
        (
            "adverbial_last",
            "nb",
            "",
            "Hver høst går rektor skolevandring.",
            "Rektor går skolevandring hver høst.",
        ),
        (
            "adverbial_last",
            "nn",
            "",
            "To gonger i året går rektor skulevandring.",
            "Rektor går skulevandring to gonger i året.",
        ),
        (
            "active_to_passive",
            "nn",
            "",
            VISIT_NN,
            "Skulevandring blir gjennomført av rektor kvar haust.",
        ),
        (
            "active_to_passive",
            "nb",
            "",
            "Vi evaluerer standarden for klasseledelse i juni.",
            "Standarden for klasseledelse evalueres av oss i juni.",
        ),
        (
            "passive_to_active",
            "nb",
            "",
            "Skolevandring gjennomføres hver høst av rektor i alle klasser.",
            "Rektor gjennomfører skolevandring hver høst i alle klasser.",
        ),
        ("other_form", "nb", "nn", "Lærerne får besøk hver uke.", "Lærarane får vitjing kvar veke."),
        ("other_form", "nn", "nb", "Korleis leier rektor skulen?", "Hvordan leder rektor skolen?"),
        ("numbered_headings", "nb", "", "# Skolevandring\nx", "# 3.1 Skolevandring\nx"),
        ("sentences_to_list", "nb", "", "Rektor går. Alle ser.", "- Rektor går.\n- Alle ser."),
        ("list_to_sentences", "nb", "", "- Rektor går\n- Alle ser.", "Rektor går. Alle ser."),
        (
            "list_to_sentences",
            "nb",
            "",
            "Rektor skal:\n\n- Gå runde\n- Skrive logg.",
            "Rektor skal: gå runde; skrive logg.",
        ),
        (
            "row_to_sentence",
            "nb",
            "",
            "| Tiltak | Ansvar |\n|---|---|\n| Skolevandring | Rektor |",
            "Skolevandring. Ansvar: Rektor.\n",
        ),
        (
            "sentence_to_row",
            "nb",
            "",
            VISIT,
            "| Aktivitet | Ansvar | Når |\n|---|---|---|\n"
            "| Går skolevandring i alle klasser | Rektor | I uke 38 |",
        ),
    ],
)
def test_an_operator_writes_a_text_otherwise(how: str, form: str, kind: str, before: str, after: str) -> None:
    assert changed(how, before, form, kind) == after


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("adverbial_first", "Rektor skal gå skolevandring, men ikke i uke 38."),
        ("active_to_passive", "Lærerne observerer hverandre i oktober."),
        ("active_to_passive", "Rektor leder møtet og skriver referat."),
        ("heading_added", "# Plan\n\nRektor går."),
        ("other_role", "Vi samtaler om ledelsen av klassen."),
        ("sentences_to_list", "| Rektor går. Alle ser. | x |"),
        ("clause_inside", "Hver høst går rektor."),
    ],
)
def test_an_operator_leaves_what_it_cannot_write_otherwise_safely(how: str, text: str) -> None:
    assert changed(how, text) == text


def test_a_text_with_an_unknown_word_is_not_put_in_the_other_form() -> None:
    assert changed("other_form", "Hver lærer får xyzzyplikt.", kind="nn") == "Hver lærer får xyzzyplikt."


def test_a_role_becomes_another_of_its_kind_everywhere() -> None:
    text = other_role("Rektor går. Så skriver rektor.", Task("nb", chance=Random(3)))
    first, second = text.removesuffix(".").split(". ")

    assert "ektor" not in text
    assert first.split()[0].casefold() == second.split()[-1].casefold()


@pytest.mark.parametrize("kind", ["neighbour", "dropped", "doubled"])
def test_a_typing_error_spares_short_words_and_first_letters(kind: str) -> None:
    text = changed("typo", "Rektor observerer alle", kind=kind)

    assert text != "Rektor observerer alle"
    assert text.endswith(" alle")
    assert text.startswith("R")


def test_a_rate_is_the_share_of_places_and_at_least_one() -> None:
    words = " ".join(["skolevandring"] * 20)

    changed_words = changed("typo", words, kind="doubled", rate=0.1).split()

    assert sum(word != "skolevandring" for word in changed_words) == 2
    assert changed("typo", "skolevandring", kind="doubled", rate=0.1) != "skolevandring"


def test_a_clause_with_a_comma_is_not_taken_apart() -> None:
    assert clause_of("Rektor går, men ikke i uke 38.", "nb") is None
    assert clause_of("Rektor skal gå skolevandring.", "nb") is None


def test_every_operator_of_the_file_is_there_and_the_same_twice() -> None:
    settings = sweep_file()
    source = Source("a", "nb", f"# Plan\n\n{VISIT} Alle ser.", (("KL-102", Expected(Status.PARTIAL)),))

    once = [variants_of(source, operator, seed=settings.seed) for operator in settings.operators]

    assert once == [variants_of(source, operator, seed=settings.seed) for operator in settings.operators]
    assert {operator.how for operator in settings.operators} == set(OPERATORS)


def test_a_verdict_counts_as_kept_only_where_the_status_is_the_same() -> None:
    settings = SweepFile(seed=1, operators=(Operator(id="upper", how="capitals", kind="upper"),))
    sources = [
        Source("good", "nb", "alle", (("KL-102", Expected(Status.PARTIAL)),)),
        Source("lost", "nn", "nokon", (("KL-102", Expected(Status.DOCUMENTED)),)),
        Source("none", "nb", "ingen", (("KL-102", Expected(Status.MISSING)),)),
        Source("wrong", "nb", "feil", (("KL-102", Expected(Status.DENIED)),)),
    ]
    statuses = {"alle": Status.PARTIAL, "ALLE": Status.PARTIAL, "nokon": Status.DOCUMENTED}

    judged, variations = sweep(
        sources, lambda _, text: {"KL-102": statuses.get(text, Status.MISSING)}, settings
    )
    data = sweep_dict(judged, variations, settings)

    assert data["texts"] == {"right": 3, "wrong": 1}
    assert data["total"]["positive"] == {"value": 0.5, "n": 2, "low": 0.0945, "high": 0.9055}
    assert data["total"]["negative"]["n"] == 1
    assert data["turns"] == [{"before": "documented", "after": "missing", "count": 1}]
    assert [failure["source"] for failure in data["failures"]] == ["lost"]
    assert falls_short(data, {"positive": 0.6, "negative": 0.0})
    assert not falls_short(data, {"positive": 0.5, "negative": 1.0})
    assert any(line.startswith("upper") and "50.0 %" in line for line in sweep_lines(data))


def test_texts_that_are_kept_apart_are_not_swept() -> None:
    texts = [
        LabelledText("a-nn-1", "x", Level.SCHOOL, "x", (), twin_of="KL-101", written_form="nn"),
        LabelledText("a-nb-2", "x", Level.SCHOOL, "x", (), twin_of="KL-101", is_held=True),
    ]

    (source,) = passage_sources(texts)

    assert (source.id, source.form, source.expect) == (
        "a-nn-1",
        "nn",
        (("KL-101", Expected(Status.MISSING)),),
    )
