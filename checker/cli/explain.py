"""``skolesjekk explain``: why a finding has its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.parts import Command, Manual, Option
from checker.cli.reading import folder_argument, reading_options, taken_out
from checker.cli.screen import progress_bar, results, tell
from checker.cli.wrong import WrongUsageError, unknown_name
from checker.model import FolderError, Level, School
from checker.report import print_finding
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.rulebook import Requirement, Rulebook
    from checker.run import CheckSettings

DONE = 0


def explain_command(texts: Texts) -> click.Command:
    """Give the command that shows all that was considered for one requirement at one school."""
    manual = Manual(
        "cli.explain.summary", 'explain tverrmark --school "Sagbekken skole" --requirement KL-102'
    )
    params: list[click.Parameter] = [
        folder_argument(texts),
        Option(
            ["--school"],
            text=texts("cli.option.which_school"),
            metavar=texts("cli.metavar.name"),
            required=True,
        ),
        Option(
            ["--requirement"],
            text=texts("cli.option.requirement"),
            metavar=texts("cli.metavar.id"),
            required=True,
        ),
        *reading_options(texts).values(),
    ]

    @click.pass_context
    def run(ctx: click.Context, /, folder: Path, school: str, requirement: str, **values: Any) -> int:
        from checker.rulebook import load_rules
        from checker.run import check

        settings = taken_out(values).settings(texts.language)
        wanted = _requirement(requirement, load_rules(settings.rules), ctx)
        settings, schools = _schools(folder, school, settings)
        about = _school(school, wanted, schools, ctx)
        with progress_bar(texts) as progress:
            report = check(folder, settings, progress=progress, tell=tell)
        for finding in report.findings:
            if (finding.school, finding.requirement) == (about.id, wanted.id):
                print_finding(finding, report, results())
        return DONE

    return Command("explain", texts, manual, run=run, params=params)


def _requirement(asked: str, rulebook: Rulebook, ctx: click.Context) -> Requirement:
    """Give the requirement that is asked for, before the documents are read."""
    found = rulebook.requirement(asked.strip().upper())
    if found is None:
        known = [requirement.id for requirement in rulebook.requirements]
        raise unknown_name("cli.unknown.requirement", asked, known, ctx)
    return found


def _schools(folder: Path, asked: str, settings: CheckSettings) -> tuple[CheckSettings, Sequence[School]]:
    """Give the folder's schools; where nothing in it looks like one, it is the asked school's own."""
    try:
        return settings, _taken_in(folder, settings)
    except FolderError as error:
        if error.key != "intake.folder.no_school":
            raise
    settings = replace(settings, school_name=asked)
    return settings, _taken_in(folder, settings)


def _taken_in(folder: Path, settings: CheckSettings) -> Sequence[School]:
    from checker.intake import take_in

    intake = take_in(
        folder,
        school_list=settings.school_list,
        school_name=settings.school_name,
        depth=settings.depth,
        exclude=settings.exclude,
    )
    return intake.schools


def _school(asked: str, requirement: Requirement, schools: Sequence[School], ctx: click.Context) -> School:
    """Give the school that is asked for, by id or name; refuse one the requirement is not about."""
    wanted = " ".join(asked.split()).casefold()
    for school in schools:
        if wanted in {school.id.casefold(), school.name.casefold()}:
            if school.level is requirement.level:
                return school
            of_level = ", ".join(other.id for other in schools if other.level is requirement.level)
            key = "cli.explain.owners" if requirement.level is Level.OWNER else "cli.explain.schools"
            raise WrongUsageError(key, ctx, requirement=requirement.id, school=school.name, known=of_level)
    known = [school.id for school in schools if school.level is requirement.level]
    names = {school.name: school.id for school in schools if school.id in known}
    raise unknown_name("cli.unknown.school", asked, known, ctx, also=names)
