from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.model import Status

from .made import Run, check_words, write

REPORT = Path("skolesjekk-rapport/gaps.json")
TAMPERINGS = 20
"""Of each kind in turn; the same function with 200 is run by hand."""


@pytest.fixture
def verify(run: Run, pack: Path, plans: Path) -> Callable[..., Any]:
    write(plans / "Li skule" / "tidsplan.csv", "Tiltak;Ansvar;Tid\nSkulevandring;Rektor;i mars\n")
    ran = run(*check_words(plans, pack))
    assert ran.status == 0
    return lambda *more: run("verify", REPORT, plans, "--rules", pack, "--jobs", "0", *more)


def tamper(report: dict[str, Any], kind: int, chance: random.Random) -> None:
    """Change a quote, a page, a status, or a sum in a report."""
    quoted = [quote for finding in report["findings"] for quote in finding["evidence"]]
    if kind == 0:
        quote = chance.choice(quoted)
        place = chance.randrange(len(quote["quote"]))
        quote["quote"] = quote["quote"][:place] + "#" + quote["quote"][place + 1 :]
    elif kind == 1:
        chance.choice(quoted)["page"] = chance.randint(1, 99)
    elif kind == 2:
        finding = chance.choice(report["findings"])
        finding["status"] = chance.choice([status for status in Status if status != finding["status"]])
    else:
        document = chance.choice([document for document in report["documents"] if document["sha256"]])
        document["sha256"] = f"{chance.getrandbits(256):064x}"


def test_an_untouched_report_holds(verify: Callable[..., Any]) -> None:
    ran = verify()

    assert (ran.status, ran.err) == (0, "")
    assert "Rapporten stemmer: 4 dokumenter og 3 funn er kontrollert." in " ".join(ran.out.split())


def test_a_report_holds_where_the_folder_has_another_name(
    verify: Callable[..., Any], run: Run, plans: Path, pack: Path
) -> None:
    moved = plans.rename(plans.with_name("arkiv"))

    assert run("verify", REPORT, moved, "--rules", pack, "--jobs", "0").status == 0


def test_every_random_tampering_of_the_report_is_found(verify: Callable[..., Any]) -> None:
    sound = json.loads(REPORT.read_text(encoding="utf-8"))
    chance = random.Random(8)

    for number in range(TAMPERINGS):
        report = copy.deepcopy(sound)
        tamper(report, number % 4, chance)
        REPORT.write_text(json.dumps(report), encoding="utf-8")
        assert verify().status == 4, number


@pytest.mark.parametrize("name", ["Ås skole/plan.md", "Li skule/tidsplan.csv", "Skoleeier/oppfølging.docx"])
def test_a_file_exchanged_is_named(name: str, verify: Callable[..., Any], plans: Path) -> None:
    (plans / name).write_bytes((plans / name).read_bytes() + b" ")

    ran = verify()
    assert ran.status == 4
    assert f"{name}: filen er en annen" in " ".join(ran.out.split())


def test_a_file_gone_and_a_file_more_are_named(verify: Callable[..., Any], plans: Path) -> None:
    (plans / "Li skule" / "tidsplan.csv").unlink()
    write(plans / "Ås skole" / "a.txt", "Årsplan 2026–2027\n\nKlassen går en tur.\n")

    ran = verify("--lang", "en")
    assert ran.status == 4
    assert "Ås skole/a.txt: the file is not in the report." in ran.out
    assert "Li skule/tidsplan.csv: the file is not in the folder." in ran.out


def test_a_quote_that_does_not_stand_there_is_told_apart_from_the_status(verify: Callable[..., Any]) -> None:
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    finding = next(finding for finding in report["findings"] if finding["school"] == "Ås skole")
    finding["evidence"][0]["quote"] = "Rektor gjennomfører skolevandring i november."
    finding["status"] = "missing"
    REPORT.write_text(json.dumps(report), encoding="utf-8")

    words = " ".join(verify().out.split())
    assert "sitatet står ikke i Ås skole/plan.md: «Rektor gjennomfører skolevandring i november.»" in words
    assert "Ås skole, PR-101: «Ikke funnet» i rapporten, «Dokumentert» på nytt." in words


def test_other_rules_are_told(verify: Callable[..., Any], pack: Path) -> None:
    concepts = pack / "concepts" / "vandring.yaml"
    write(concepts, concepts.read_text(encoding="utf-8").replace("klasseromsbesøk", "timebesøk"))

    ran = verify()
    assert ran.status == 4
    assert "Kjøringen, rule_packs" in ran.out


@pytest.mark.parametrize(
    "change", [{"as_of": "i går"}, {"settings": {"language": "sv"}}, {"settings": {"depth": "x"}}]
)
def test_a_report_that_could_not_be_made_gives_2(change: dict[str, Any], verify: Callable[..., Any]) -> None:
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    report["run"].update(change)
    REPORT.write_text(json.dumps(report), encoding="utf-8")

    assert verify().status == 2
