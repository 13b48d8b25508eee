from __future__ import annotations

from pathlib import Path

import pytest

from .made import Run, write

SENTENCES = [
    ([], "nb", "Skriv hva som skal gjøres. Velg en av kommandoene check,"),
    ([], "en", "Say what is to be done. Choose one of the commands check,"),
    (["rules"], "nn", "Skriv kva som skal gjerast. Vel ein av kommandoane list, show, lint, test, coverage."),
    (["chek"], "nb", "Ukjent kommando «chek». Mente du «check»?"),
    (["xyz"], "nn", "Ukjend kommando «xyz». Vel ein av check,"),
    (["--vers"], "nb", "Ukjent valg --vers. Mente du --version?"),
    (["check", "--oot", "x", "y"], "nb", "Ukjent valg --oot. Mente du --out?"),
    (["check", "--qqq", "y"], "en", "Unknown option --qqq."),
    (["check"], "nb", "MAPPE mangler."),
    (["check"], "en", "FOLDER is lacking."),
    (["explain", "x", "--school", "y"], "nn", "--requirement må oppgjevast."),
    (["check", "a", "b"], "nb", "For mye på kommandolinjen: b. Sett anførselstegn"),
    (["check", "--out"], "nb", "--out mangler en verdi bak seg."),
    (["check", "--all-evidence=1", "a"], "nb", "--all-evidence skal ikke ha noen verdi bak seg."),
    (["check", "a", "--as-of", "1.2.2026"], "nb", "--as-of: «1.2.2026» er ingen dato."),
    (
        ["check", "a", "--jobs", "mange"],
        "nb",
        "--jobs: «mange» kan ikke brukes. Skriv et helt tall fra 0 til",
    ),
    (["check", "a", "--depth", "3"], "en", "--depth: “3” can't be used. Write a whole number from 1 to 2."),
    (["check", "a", "--format", "json,pdf"], "nb", "--format: «pdf» kan ikke brukes. Velg blant: json,"),
    (["check", "a", "--format", ","], "nb", "--format: «,» kan ikke brukes."),
    (
        ["check", "a", "--readers", "word"],
        "nb",
        "--readers: «word» kan ikke brukes. Velg blant: auto, builtin.",
    ),
    (
        ["check", "a", "--fail-on", "documented"],
        "nb",
        "--fail-on: «documented» kan ikke brukes. Velg blant: partial,",
    ),
    (["check", "ingensteds"], "nb", "Finner ikke mappen ingensteds."),
    (["check", "ingensteds"], "nn", "Finn ikkje mappa ingensteds."),
    (["extract", "ingensteds.pdf"], "en", "Can't find the file “ingensteds.pdf”."),
    (["evaluate", "x", "--gold", "ingensteds.json"], "nb", "Kan ikke lese «ingensteds.json»."),
    (["rules", "lint", "ingensteds"], "nb", "Fant ingen regelpakke «ingensteds»."),
    (["rules", "test", "ingensteds"], "nn", "Fann ingen regelpakke «ingensteds»."),
]


@pytest.mark.parametrize(("arguments", "language", "sentence"), SENTENCES)
def test_wrong_usage_is_told_in_one_sentence(
    arguments: list[str], language: str, sentence: str, run: Run
) -> None:
    ran = run("--lang", language, *arguments)

    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith(sentence)
    assert "Traceback" not in ran.err
    assert [*Path().iterdir()] == []


def test_a_language_that_there_is_none_of_is_refused_in_bokmal(run: Run) -> None:
    ran = run("check", "a", "--lang", "sv")

    assert ran.status == 2
    assert ran.err.startswith("--lang: «sv» kan ikke brukes. Velg blant: nb, nn, en.")


def test_wrong_usage_says_where_the_commands_help_is(run: Run) -> None:
    assert run("rules", "show").err == "KRAV mangler.\nHjelp: skolesjekk rules show --help\n"


def test_a_folder_name_that_looks_like_an_option_can_be_given(run: Run) -> None:
    write(Path("--debug") / "Ås skole" / "tom.txt", "")

    ran = run("check", "--jobs", "0", "--rules", "nowhere", "--", "--debug")
    assert ran.err.startswith("Fant ingen regelpakke «nowhere».")
    assert "Traceback" not in ran.err


def test_debug_shows_where_a_fault_arose(run: Run) -> None:
    ran = run("check", "ingensteds", "--debug")

    assert ran.status == 2
    assert "Traceback" in ran.err
    assert ran.err.rstrip().endswith("Sjekk at stien er riktig skrevet.")


def test_control_characters_in_names_do_not_reach_the_terminal(run: Run) -> None:
    ran = run("check", "a\x1b[31mb\u202ec")

    assert ran.err.startswith("Finner ikke mappen a[31mbc.")


def test_the_programs_own_fault_is_told_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("checker.language.load_pipelines", broken)
    ran = run("models")

    assert ran.status == 70
    assert ran.err.startswith("Programmet har en feil og måtte stoppe (RuntimeError: boom).")
    assert "Traceback" not in ran.err
    assert "Traceback" in run("models", "--debug").err
