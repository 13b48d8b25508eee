"""``skolesjekk extract``: one file as it was read."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.parts import Command, Manual, Option, default_words
from checker.cli.screen import print_data, say
from checker.cli.values import Choice
from checker.model import Document, OutputError, Problem, ReadStatus, UsageError
from checker.report import document_dict, document_markdown
from checker.texts import Texts

if TYPE_CHECKING:
    from checker.language import Pipelines

FORMATS = ("json", "markdown")
DONE, UNREADABLE = 0, 1


def extract_command(texts: Texts) -> click.Command:
    """Give the command that reads one file and prints what was found in it."""
    manual = Manual(
        "cli.extract.summary", "extract plan.pdf --format markdown", about=(texts("cli.extract.exit_status"),)
    )
    params: list[click.Parameter] = [
        click.Argument(["file"], metavar=texts("cli.metavar.file"), type=click.Path(path_type=Path)),
        Option(
            ["--format", "written_as"],
            text=texts("cli.option.written_as"),
            standard=default_words(texts, FORMATS[0]),
            metavar="|".join(FORMATS),
            type=Choice(FORMATS),
            default=FORMATS[0],
        ),
        Option(
            ["--draw"],
            text=texts("cli.option.draw"),
            metavar="OUT.png",
            type=click.Path(path_type=Path),
        ),
        Option(["--rendered-pages"], text=texts("cli.option.rendered_pages"), is_flag=True),
    ]

    def run(file: Path, written_as: str, draw: Path | None, rendered_pages: bool) -> int:
        from checker.extract import find_readers, with_rendered_pages
        from checker.language import load_pipelines
        from checker.run import read_alone

        if not file.exists():
            raise UsageError("cli.extract.no_file", file=str(file))
        if file.is_dir():
            raise UsageError("cli.extract.folder", file=str(file))
        if draw is not None and draw.suffix.lower() != ".png":
            raise UsageError("cli.extract.draw_png", file=str(draw))
        path = unicodedata.normalize("NFC", file.name)
        readers = find_readers(builtin_only=False)
        document = read_alone(file, path=path, readers=readers)
        if rendered_pages and document.blocks:
            document = with_rendered_pages(document, file.read_bytes(), readers=readers)
        if draw is not None:
            _draw(file, document, draw, texts)
        document = with_languages(document, load_pipelines())
        if written_as == "markdown":
            say(document_markdown(document, texts))
        else:
            print_data(json.dumps(document_dict(document, texts), ensure_ascii=False, indent=1))
        return UNREADABLE if document.status is ReadStatus.UNREADABLE else DONE

    return Command("extract", texts, manual, run=run, params=params)


def _draw(file: Path, document: Document, place: Path, texts: Texts) -> None:
    """Write the pictures of the pages with what was read of them, one a page.

    Raises:
        UsageError: the file is no PDF, or one that can't be opened.
        OutputError: a picture can't be written.
    """
    from checker.extract import drawn_pages

    if document.format != "pdf":
        raise UsageError("cli.extract.draw_pdf", file=file.name, format=document.format)
    if document.problem in {Problem.ENCRYPTED, Problem.DAMAGED} and not document.blocks:
        raise UsageError("cli.extract.draw_unread", file=file.name)
    is_one = document.pages == 1
    for number, picture in enumerate(drawn_pages(file.read_bytes(), document), start=1):
        name = place if is_one else place.with_name(f"{place.stem}-{number}{place.suffix}")
        try:
            picture.save(name, "PNG")
        except OSError as error:
            raise OutputError(
                "cli.file.not_written", file=str(name), problem=error.strerror or str(error)
            ) from error
        say(texts("cli.extract.drawn", file=str(name)), err=True)


def with_languages(document: Document, pipelines: Pipelines) -> Document:
    """Give the document, and what is within it, with the language of each block."""
    from checker.language import annotate

    inner = tuple(with_languages(part, pipelines) for part in document.attachments)
    return replace(annotate(document, pipelines).document, attachments=inner)
