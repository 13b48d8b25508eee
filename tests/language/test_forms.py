"""Which language a text is in."""

from __future__ import annotations

import pytest

from checker.language import form_of
from checker.language.forms import foreign_by_votes, votes_of
from checker.language.words import word_lists

BOKMAAL = [
    "Rektor besøker alle klassene hver høst og gir tilbakemelding til lærerne.",
    "Avdelingslederne følger opp funnene i teamet, og rutinen evalueres i juni.",
    "Vi har ikke hatt skolevandring de siste årene.",
    "Skolens ledelse observerer undervisning",
    "Hvem har ansvaret for klasseledelse?",
]
NYNORSK = [
    "Rektor vitjar alle klassane kvar haust og gir tilbakemelding til lærarane.",
    "Avdelingsleiarane følgjer opp funna i teamet, og rutinen blir evaluert i juni.",
    "Me har ikkje hatt skulevandring dei siste åra.",
    "Leiinga på skulen observerer undervisning",
    "Kven har ansvaret for klasseleiing?",
]
OTHERS = {
    "en": "The school leaders visit all classrooms twice a year and give feedback to the teachers.",
    "se": "Skuvllas lea plána mii muitala mo oahppit galget oažžut buori oahppanbirrasa, ja rektor galgá "
    "evalueret plána jahkásaččat.",
    "sv": "Rektor besöker alla klasser två gånger om året och ger återkoppling till lärarna efter lektionen.",
    "pl": "Dyrektor odwiedza wszystkie klasy dwa razy i rozmawia z nauczycielami, a plan jest oceniany.",
    "ar": "يزور مدير المدرسة جميع الصفوف مرتين في السنة",
}


@pytest.mark.parametrize("text", BOKMAAL)
def test_bokmaal_is_told_by_its_words(text: str) -> None:
    assert form_of(text) == "nb"


@pytest.mark.parametrize("text", NYNORSK)
def test_nynorsk_is_told_by_its_words(text: str) -> None:
    assert form_of(text) == "nn"


@pytest.mark.parametrize("text", ["", "2026", "A, B, C", "98 76 54 32"])
def test_texts_that_do_not_tell_have_no_form(text: str) -> None:
    assert form_of(text) is None


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_other_languages_are_told_by_stop_words_or_script(language: str, text: str) -> None:
    assert language == foreign_by_votes(votes_of(text))


@pytest.mark.parametrize("text", BOKMAAL + NYNORSK)
def test_norwegian_is_not_taken_for_another_language(text: str) -> None:
    assert foreign_by_votes(votes_of(text)) is None


def test_no_word_is_listed_for_both_forms() -> None:
    lists = word_lists("languages")["stop_words"]

    assert set() == set(lists["nb"]) & set(lists["nn"])
