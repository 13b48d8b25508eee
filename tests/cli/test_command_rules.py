from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli.failures import fault_lines
from checker.cli.rules_lint import examples_lacking
from checker.model import Fault, Status
from checker.texts import load_texts

from .made import PACK, REQUIREMENT, Run, write


def test_list_shows_packs_and_requirements(run: Run, pack: Path) -> None:
    ran = run("rules", "list", "--rules", pack, "--lang", "nn")

    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert ran.status == 0
    assert lines[0] == "prove 1.2.3"
    assert lines[2:] == [
        "PR-101 Skulevandring skule Q1 1 3 4",
        "PR-201 Oppfølging frå skuleeigar skuleeigar Q1 1 3 4",
    ]


def test_the_packs_that_come_with_the_program_are_listed(run: Run) -> None:
    out = run("rules", "list").out

    assert out.startswith("klasseledelse ")
    assert "KL-102 " in out


def test_show_tells_what_a_requirement_looks_for(run: Run, pack: Path) -> None:
    ran = run("rules", "show", "pr-101", "--rules", pack)

    assert ran.status == 0
    for line in (
        "PR-101 Skolevandring",
        "  Det som kreves: ansvar, tid",
        "  Hvorfor: Noen ser timene.",
        "  Revisjonskriterium: Internkontroll (kommuneloven § 25-1)",
        "  Spørsmål til skolen: Hvem ser timene?",
        "    i samme setning, punkt eller rad: vandring",
        "    høyst så mange ord fra hverandre: 9",
        "  vandring: skolevandring, klasseromsbesøk, skulevandring",
        "    men ikke: vandring i fjellet",
        "  tur (nynorsk): Ikke funnet",
        "    Klassen går ein tur i mars.",
    ):
        assert line in ran.out.splitlines()


@pytest.mark.parametrize(("requirement", "language"), [("KL-102", "nn"), ("KL-601", "en")])
def test_requirements_that_come_with_the_program_can_be_shown(
    requirement: str, language: str, run: Run
) -> None:
    ran = run("rules", "show", requirement, "--lang", language)

    assert ran.status == 0
    assert ran.out.startswith(requirement)


def test_show_of_an_unknown_requirement_gives_2_and_a_suggestion(run: Run, pack: Path) -> None:
    ran = run("rules", "show", "PR-110", "--rules", pack)

    assert ran.status == 2
    assert "Mente du «PR-101»? Kravene er: PR-101, PR-201." in ran.err


def test_lint_says_so_where_there_is_no_fault(run: Run, pack: Path) -> None:
    ran = run("rules", "lint", pack)

    assert (ran.status, ran.out) == (0, f"Ingen feil i {pack}. Advarsler: 0.\n")


def test_lint_tells_every_fault_with_place_line_and_caret(run: Run, pack: Path) -> None:
    write(pack / "requirements" / "PR-101.yaml", REQUIREMENT + "abot: [vandring]\n")
    write(pack / "pack.yaml", PACK + "use: [felles]\n")

    ran = run("rules", "lint", pack)
    assert (ran.status, ran.err) == (4, "")
    assert ran.out.splitlines() == [
        "prove/pack.yaml:5:1: ukjent nøkkel «use»; mente du «uses»?",
        "    use: [felles]",
        "    ^",
        "prove/requirements/PR-101.yaml:21:1: ukjent nøkkel «abot»; mente du «about»?",
        "    abot: [vandring]",
        "    ^",
        "Feil i alt: 2.",
    ]


def test_lint_puts_a_terms_problem_into_words(run: Run, pack: Path) -> None:
    write(pack / "concepts" / "tom.yaml", "concepts:\n  tom:\n    nb: ['a ...']\n")

    nb, nn = (run("rules", "lint", pack, "--lang", language) for language in ("nb", "nn"))
    assert (nb.status, nn.status) == (4, 4)
    assert nb.out.startswith(
        "prove/concepts/tom.yaml:3:10: uttrykket «a ...» kan ikke leses: «...» må stå mellom to ord\n"
    )
    assert "uttrykket «a ...» kan ikkje lesast: «...» må stå mellom to ord" in nn.out
    assert nb.out.endswith("Feil i alt: 1.\n")


def test_lint_warns_where_an_example_is_lacking(run: Run, pack: Path) -> None:
    one_sided = REQUIREMENT.replace("name: tur, form: nn", "name: tur, form: nb")
    write(pack / "requirements" / "PR-101.yaml", one_sided)

    ran = run("rules", "lint", pack)
    assert ran.status == 0
    assert "PR-101.yaml:16:1: mangler et eksempel som ikke skal gi noe funn på nynorsk; skriv ett" in ran.out
    assert ran.out.endswith("Advarsler: 1.\n")


def test_examples_are_wanted_on_both_sides_in_both_forms() -> None:
    assert examples_lacking([("nb", Status.DENIED)]) == [
        ("cli.lint.nothing", "cli.form.nb"),
        ("cli.lint.something", "cli.form.nn"),
        ("cli.lint.nothing", "cli.form.nn"),
    ]


def test_test_counts_examples_that_come_out_right(run: Run, pack: Path) -> None:
    ran = run("rules", "test", pack)

    assert (ran.status, ran.out) == (0, "Eksempler: 8. Feil: 0. Kjente feil (todo): 0.\n")


def test_test_tells_what_was_expected_and_what_came(run: Run, pack: Path) -> None:
    wrong = REQUIREMENT.replace(
        "skulevandring i mars., expect: {status: documented}", "skulevandring., expect: {status: planned}"
    )
    write(pack / "requirements" / "PR-101.yaml", wrong)

    ran = run("rules", "test", pack)
    assert ran.status == 4
    assert ran.out.splitlines() == [
        "PR-101 i mars (nynorsk): skulle gitt Planlagt, ga Delvis dokumentert (uten tid)",
        "Eksempler: 8. Feil: 1. Kjente feil (todo): 0.",
    ]


def test_test_counts_what_is_known_to_be_wrong_and_tells_when_it_is_mended(run: Run, pack: Path) -> None:
    known = "skulevandring., expect: {status: planned}, todo: true"
    path = pack / "requirements" / "PR-101.yaml"
    write(path, REQUIREMENT.replace("skulevandring i mars., expect: {status: documented}", known))
    still_wrong = run("rules", "test", pack, "--lang", "en")
    write(
        path,
        REQUIREMENT.replace(
            "oktober., expect: {status: documented}", "oktober., expect: {status: documented}, todo: true"
        ),
    )
    mended = run("rules", "test", pack, "--lang", "en")

    assert (still_wrong.status, still_wrong.out) == (
        0,
        "Examples: 8. Wrong: 0. Known to be wrong (todo): 1.\n",
    )
    assert mended.status == 4
    assert "PR-101 i oktober (bokmål): comes out right now; take “todo” away" in mended.out


def test_a_caret_stands_below_its_place_in_a_long_line() -> None:
    line = "x" * 300 + "!" + "y" * 300
    lines = fault_lines([Fault("a.yaml", 1, 301, "rules.unknown_file", (), line)], load_texts("nb"))

    shown, caret = lines[1:]
    assert shown[caret.index("^")] == "!"
    assert len(shown) < 120


def test_coverage_tells_what_the_examples_and_a_folder_meet(run: Run, pack: Path, tmp_path: Path) -> None:
    write(tmp_path / "by" / "Ås skole" / "plan.md", "Rektor gjør klasseromsbesøk i oktober.\n")

    ran = run("rules", "coverage", tmp_path / "by", "--rules", pack, "--full", "--json", tmp_path / "c.json")

    data = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert ran.status == 0
    assert "  vandring: klasseromsbesøk (by/Ås skole/plan.md)" in ran.out.splitlines()
    assert data["texts"] == {"document": 1, "example": 8}
    assert [(use["pattern"], use["fired"]) for use in data["patterns"]] == [("walks", 1), ("walks", 0)]


def test_coverage_that_cannot_be_written_is_told(run: Run, pack: Path, tmp_path: Path) -> None:
    ran = run("rules", "coverage", "--rules", pack, "--json", tmp_path / "none" / "c.json")

    assert ran.status == 2
    assert "c.json" in ran.err
