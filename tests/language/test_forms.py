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
    "da": "Skolens ledelse besøger alle klasserne to gange om året, og lærerne får vejledning efter hvert besøg. "
    "Forældrene bliver inviteret til et møde, hvor de kan give deres mening om, hvad der er vigtigt.",
    "sma": "Skuvle edtja soejkesjem darjodh, jïh learohkh edtjieh hijven learoebyjresem åadtjodh. "
    "Lohkehtæjjah leah dïedtem utnieh fïerhten jaepien.",
    "smj": "Skåvllå galggá plánav åvddånahttet aktan oahppij ja æjgádij. Oahppe galggi buorre birrasav oadtjot, "
    "ja rektor le åvdåsvásstediddje juohkka jagen.",
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


DANISH = [
    "Skolens ledelse observerer undervisningen i alle klasser og giver lærerne feedback efter timen.",
    "Eleverne skal opleve, at de bliver set og hørt af de voksne på skolen.",
    "Ved ugens begyndelse gennemgår teamet, hvad der er aftalt om reglerne i klassen.",
    "Handleplanen revideres hvert år i samarbejde med forældrene og skolebestyrelsen.",
]


@pytest.mark.parametrize("text", DANISH)
def test_danish_is_not_taken_for_bokmaal(text: str) -> None:
    assert foreign_by_votes(votes_of(text)) == "da"


@pytest.mark.parametrize(
    "text",
    [
        "Ali Hassan, Maria de la Cruz, Per Den Store, Ida By, Jon Rosa, Else Marie Li",
        "5A 23 elever 5B 21 elever 5C 24 elever, til sammen 68",
        "Navn Telefon Rolf 98 76 54 32 Ved 22 33 44 55 Li 11 22 33 44",
        "Mandag Tirsdag Onsdag Torsdag Fredag 08.15 09.00 Norsk Matematikk Engelsk Gym",
        "Efter Olsen, Arbejde Jensen og Af Geijerstam deltok på møtet om skolens plan for klasseledelse.",
    ],
)
def test_names_and_numbers_are_not_another_language(text: str) -> None:
    assert foreign_by_votes(votes_of(text)) is None


def test_no_word_is_listed_for_both_forms() -> None:
    lists = word_lists("languages")["stop_words"]

    assert set() == set(lists["nb"]) & set(lists["nn"])
