"""Nynorsk paragraphs of the law in bokmål plans are quotations; a teacher's own nynorsk in one is not.

The law itself is nynorsk, and a plan has a paragraph of it without saying whose words they are.
"""

from __future__ import annotations

import pytest

from checker.model import Stance, Status
from checker.rulebook import load_rules
from checker.run import Judge

PLAN = """# Virksomhetsplan

Planen er laget av ledelsen sammen med lærerne, og den gjelder for alle som arbeider ved skolen.

Skolen ligger ved elva og har store uteområder som brukes mye i friminuttene. Foreldrene møter på foreldremøter, og
de fleste av lærerne har vært ved skolen i mange år.

## Undervisning

{paragraph}
"""
RETTLEIING = (
    "Kommunen skal sørgje for at lærarar som er nyutdanna og nytilsette i grunnskolen, får rettleiing."
)
LAW = {
    "KL-402": [
        RETTLEIING,
        "Departementet kan gi føresegner om rettleiinga. Nyutdanna lærarar skal få rettleiing av ein rettleiar.",
    ],
    "KL-601": [
        "Skolen skal ha ordensreglar for elevane. Reglane skal ha føresegner om rettane og pliktene til elevane så "
        "langt dei ikkje er fastsette i lov eller på annan måte.",
    ],
}
OWN = {
    "KL-402": [
        "Kvar nyutdanna lærar får rettleiing av ein mentor annankvar veke det første året. Kommunen skal betale "
        "mentoren, og alle nye i grunnskolen er med.",
        "Rektor skal sørgje for at nyutdanna lærarar får rettleiing i klasseleiing kvar veke det første året.",
    ],
    "KL-102": [
        "Rektor vitjar alle klassane kvar haust og gir læraren skriftleg tilbakemelding på korleis timen blir leidd. "
        "Læraren har rett til å få sjå det som er skrive, og rektor har plikt til å ta vare på det.",
        "På ungdomstrinnet skal avdelingsleiar gå skulevandring i alle klassane og ha samtale med læraren etterpå om "
        "klasseleiinga. Samtalen blir skriven ned, så langt det er mogleg same dag.",
    ],
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load_rules())


def cases(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(requirement, text) for requirement, found in texts.items() for text in found]


@pytest.mark.parametrize(("requirement", "paragraph"), cases(LAW))
def test_the_laws_words_in_a_bokmal_plan_are_quoted(judge: Judge, requirement: str, paragraph: str) -> None:
    found = judge.findings(PLAN.format(paragraph=paragraph), title="")[requirement]

    assert found.status in {Status.MENTIONED, Status.MISSING}
    assert {Stance.QUOTED} == {passage.stance for passage in found.considered if passage.stance}


@pytest.mark.parametrize(("requirement", "paragraph"), cases(OWN))
def test_own_nynorsk_in_a_bokmal_plan_is_a_practice(judge: Judge, requirement: str, paragraph: str) -> None:
    found = judge.findings(PLAN.format(paragraph=paragraph), title="")[requirement]

    assert found.status in {Status.DOCUMENTED, Status.PARTIAL}


def test_the_same_paragraph_in_a_nynorsk_plan_is_judged_by_its_words(judge: Judge) -> None:
    plan = "# Verksemdsplan\n\nPlanen er laga av leiinga saman med lærarane, og han gjeld for alle.\n\n{paragraph}\n"
    found = judge.findings(plan.format(paragraph=RETTLEIING), title="")["KL-402"]

    assert Stance.QUOTED not in {passage.stance for passage in found.considered}


def test_a_list_of_bokmal_rules_is_not_touched(judge: Judge) -> None:
    paragraph = (
        "Rektor har plikt til å observere alle lærerne, og de har rett til tilbakemelding om klasseledelse."
    )
    found = judge.findings(PLAN.format(paragraph=paragraph), title="")["KL-102"]

    assert Stance.QUOTED not in {passage.stance for passage in found.considered}
