"""Sentences by punctuation, in both written forms."""

from __future__ import annotations

import time

import pytest

from checker.language.sentences import sentence_spans

ONE_SENTENCE = [
    "Ansvarlig: rektor",
    "Frist: 15. august",
    "Ansvarleg: rektor og avd.leiarane",
    "Rektor gjennomfører bl.a. Vandring og f.eks. Veiledning.",
    "Vi følger planen, jf. Opplæringsloven § 12-4.",
    "Møtet er kl. 14.15 den 15. august.",
    "Møtet er 15. August på rom 3.",
    "8.–10. trinn og 1.–4. og 5.–7. trinn har felles plan.",
    "Elevar på 8. Trinn får tilbod.",
    "Avd. Leiar og insp. Hansen har ansvaret.",
    "Ca. 20 elevar, nr. 3 i rekka, pr. 1. oktober.",
    "1. Rektor vitjar alle klassane.",
    "§ 3. Skolen skal ha rutinar.",
    "Skrivet frå K. Olsen er lese.",
    "Se www.skolen.no og post@skolen.no for mer.",
    "Vi har f.eks. samtaler, evt. møter, dvs. m.m. og osv. i planen.",
    "Skolen har 4.5 årsverk og versjon 2.1.3 av planen.",
    "Kostnad: kr. 500 per elev",
    "Team-/avdelingsleder tar ansvar (jf. kap. 3) for dette.",
    "Plan for\nskolemiljø",
    "Ansvarlig: Rektor og avdelingslederne.",
    "Tiltak ved brudd på reglene: Kontaktlærer snakker med eleven.",
    "Vi skal sikre disse: Trygghet, arbeidsro og trivsel",
    "Dette gjør vi: samtaler, møter og vandring.",
]

SEVERAL = [
    ("Rektor vandrer. Inspektør vandrer.", ["Rektor vandrer.", "Inspektør vandrer."]),
    ("Vi har samtaler, møter osv. Rektor leder.", ["Vi har samtaler, møter osv.", "Rektor leder."]),
    ("Elevar, lærarar m.m. Alle deltek.", ["Elevar, lærarar m.m.", "Alle deltek."]),
    ("«Vi leder klassen.» Slik er det.", ["«Vi leder klassen.»", "Slik er det."]),
    ("Det heiter «leiing». Alle veit det.", ["Det heiter «leiing».", "Alle veit det."]),
    ("Kven har ansvaret? Rektor!", ["Kven har ansvaret?", "Rektor!"]),
    ("Planen gjelder for 2026. Rektor reviderer den.", ["Planen gjelder for 2026.", "Rektor reviderer den."]),
    ("Se § 12. Skolen skal følge opp.", ["Se § 12.", "Skolen skal følge opp."]),
    ("Dette er slutt.Neste begynner her.", ["Dette er slutt.", "Neste begynner her."]),
    ("Vi øver (se plan). Så evaluerer vi.", ["Vi øver (se plan).", "Så evaluerer vi."]),
    ("Møtet varer 15 min. Deretter skriver vi.", ["Møtet varer 15 min.", "Deretter skriver vi."]),
    ("Mål: • Trygge elevar • Gode timar", ["Mål:", "• Trygge elevar", "• Gode timar"]),
    ("Ansvar: rektor\nFrist: juni", ["Ansvar: rektor", "Frist: juni"]),
    ("Ansvarlig: Rektor. Frist: 15. august.", ["Ansvarlig: Rektor.", "Frist: 15. august."]),
    ("Slik gjør vi det: Rektor leder møtet.", ["Slik gjør vi det:", "Rektor leder møtet."]),
    ("Lova seier det slik: «Skulen skal følgje med.»", ["Lova seier det slik:", "«Skulen skal følgje med.»"]),
    ("Verdiane på skulen vår: – Alle blir sett.", ["Verdiane på skulen vår:", "– Alle blir sett."]),
]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_abbreviations_ordinals_and_labels_do_not_end_a_sentence(text: str) -> None:
    assert [text] == split(text)


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_a_text_is_split_into_its_sentences(text: str, expected: list[str]) -> None:
    assert expected == split(text)


@pytest.mark.parametrize(
    "text", ["." * 200_000, " " * 200_000 + "x", "jf. A " * 10_000, "1. a «" * 10_000, "A: " * 60_000 + "A."]
)
def test_a_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    began = time.perf_counter()
    sentence_spans(text)

    assert time.perf_counter() - began < 5


def test_spans_leave_out_white_space_and_empty_texts_have_none() -> None:
    assert split("  \n ") == []
    assert split("  Rektor leder. \n") == ["Rektor leder."]
