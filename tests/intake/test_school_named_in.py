"""Which school a file name or a first page names."""

from __future__ import annotations

import unicodedata

import pytest

from checker.intake import school_named_in
from checker.model import Level, School


def schools(*names: str) -> list[School]:
    return [School(name, name, Level.SCHOOL) for name in names]


SCHOOLS = schools(
    "Solvang skole",
    "Fjellgota skule",
    "Lomtjønna skole",
    "Nedre Tverrå skole",
    "Øvre Tverrå skole",
    "Vik skule",
    "Storåsen barneskole",
    "Storåsen ungdomsskole",
    "Haugen barne- og ungdomsskole",
    "Årnes oppvekstsenter",
)


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("Virksomhetsplan Solvang skole.pdf", "Solvang skole"),
        ("Solvang sk. plan.docx", "Solvang skole"),
        ("Plan for Solvang-skolen.docx", "Solvang skole"),
        ("solvangskolen_plan.docx", "Solvang skole"),
        ("SolvangSkole2026.docx", "Solvang skole"),
        ("virksomhetsplan_solvang_2026.pdf", "Solvang skole"),
        ("SOLVANG SKOLES ORDENSREGLEMENT.pdf", "Solvang skole"),
        ("Verksemdsplan Fjellgota.pdf", "Fjellgota skule"),
        ("Fjellgotaskulen.docx", "Fjellgota skule"),
        ("Fjelgota skule.docx", "Fjellgota skule"),
        (unicodedata.normalize("NFD", "Lomtjønna plan Årnes").split()[0], "Lomtjønna skole"),
        ("Lomtjonna skole.pdf", "Lomtjønna skole"),
        (unicodedata.normalize("NFD", "Årnes_oppvekstsenter.pdf"), "Årnes oppvekstsenter"),
        ("Aarnes skule.pdf", "Årnes oppvekstsenter"),
        ("Nedre Tverrå.pdf", "Nedre Tverrå skole"),
        ("nedre-tverraa-plan.pdf", "Nedre Tverrå skole"),
        ("Vik skule.pdf", "Vik skule"),
        ("Vik.pdf", "Vik skule"),
        ("Storåsen ungdomsskole.pdf", "Storåsen ungdomsskole"),
        ("Storåsen barneskule.pdf", "Storåsen barneskole"),
        ("Haugen skole plan.pdf", "Haugen barne- og ungdomsskole"),
        ("Haugen ungdomsskole plan.pdf", "Haugen barne- og ungdomsskole"),
        ("plan.pdf", None),
        ("Skolens plan for skole og skule.pdf", None),
        ("Barneskole.pdf", None),
        ("oppvekstsenter ungdomsskule.docx", None),
        ("Tverrå.pdf", None),
        ("Tverrå skole.pdf", None),
        ("Storåsen skole.pdf", None),
        ("Storåsen.pdf", None),
        ("Solvang skole og Fjellgota skule.pdf", None),
        ("Solhaug skole.pdf", None),
        ("Sølvang skole og Vika skole.pdf", None),
        ("Solvang kommune.pdf", None),
        ("Solvang barnehage.pdf", None),
        ("Solvang kulturskole.pdf", None),
        ("Solbakken.pdf", None),
        ("", None),
    ],
)
def test_the_school_that_a_file_name_names(text, school):
    expected = school if text != "Sølvang skole og Vika skole.pdf" else "Solvang skole"

    assert school_named_in(text, SCHOOLS) == expected


PAGE = "Årsplan for læringsmiljøet. " + "Planen gjelder alle trinn og evalueres hver vår av rektor. " * 8


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("Virksomhetsplan for Solvang\n2026–2027\n" + PAGE, "Solvang skole"),
        (PAGE + "Vedtatt av rektor ved Solvang skole.", "Solvang skole"),
        (PAGE + "Vedteken av rektor ved Fjellgotaskulen.", "Fjellgota skule"),
        (PAGE + "Hilsen Kari Solvang", None),
        (PAGE + "Solvang skole samarbeider med Fjellgota skule.", None),
        ("Vik " + PAGE, None),
        ("Vik skule " + PAGE, "Vik skule"),
        (PAGE, None),
    ],
)
def test_the_school_that_a_first_page_names(text, school):
    assert school_named_in(text, SCHOOLS) == school


def test_a_name_within_a_longer_name_is_not_meant():
    both = schools("Tverrå skole", "Nedre Tverrå skole")

    assert school_named_in("Nedre Tverrå skole.pdf", both) == "Nedre Tverrå skole"
    assert school_named_in("Tverrå skole.pdf", both) == "Tverrå skole"


def test_the_exact_name_goes_before_one_that_is_alike():
    both = schools("Sandneset skole", "Sandnes skole")

    assert school_named_in("Sandnes skole.pdf", both) == "Sandnes skole"
    assert school_named_in("Sandneset skole.pdf", both) == "Sandneset skole"


def test_the_name_and_the_folder_both_count():
    school = School("Solvang", "Bergheim skule", Level.SCHOOL, folder="Solvang")

    assert school_named_in("Bergheim.pdf", [school]) == school_named_in("Solvang.pdf", [school]) == "Solvang"


def test_the_owner_is_not_named():
    owner = School("Skoleeier", "Tverrmark kommune", Level.OWNER)

    assert school_named_in("Tverrmark kommune.pdf", [owner]) is None


def test_no_schools_are_no_school():
    assert school_named_in("Solvang skole.pdf", []) is None
