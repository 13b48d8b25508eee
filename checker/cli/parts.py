"""What commands are made of: click's command, group and option, speaking the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from checker.cli.values import Choice
from checker.cli.wrong import WrongUsageError, unknown_name
from checker.texts import LANGUAGES, Texts

WIDEST = 100


@dataclass(frozen=True, slots=True)
class Manual:
    """What the help of a command says beside its options.

    Args:
        summary: catalogue key of one sentence in the imperative.
        example: what one types, after the program's name.
        about: paragraphs below the options.
    """

    summary: str
    example: str = ""
    about: tuple[str, ...] = ()


class Option(click.Option):
    """An option whose help is a sentence of the catalogue, with its default where it has one."""

    def __init__(
        self, declarations: Sequence[str], *, text: str, standard: str = "", **attributes: Any
    ) -> None:
        super().__init__(declarations, **attributes)
        self.text = text
        self.standard = standard

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option as it is typed, and what it does."""
        names = ", ".join(sorted((*self.opts, *self.secondary_opts), key=len))
        typed = names if self.is_flag or self.count else f"{names} {self.metavar}"
        if self.multiple:
            typed += " …"
        return typed, f"{self.text} {self.standard}".strip()


class Command(click.Command):
    """A command whose help and refusals are in the reader's language."""

    def __init__(
        self,
        name: str,
        texts: Texts,
        manual: Manual,
        *,
        run: Callable[..., int],
        params: Sequence[click.Parameter] = (),
    ) -> None:
        super().__init__(
            name,
            callback=run,
            params=[*params, *common_options(texts)],
            short_help=texts(manual.summary),
            add_help_option=False,
            # Arguments too many are refused in parse_args, in the reader's language.
            context_settings={"allow_extra_args": True, "max_content_width": WIDEST},
        )
        self.texts = texts
        self.manual = manual

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; refuse arguments that the command has no place for."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # The parser does not always say which command it read for.
            error.ctx = error.ctx or ctx
            raise
        if rest and not ctx.resilient_parsing:
            raise WrongUsageError("cli.usage.extra", ctx, found=" ".join(rest))
        return rest

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, summary, example, options, and what more there is to say."""
        pieces = [f"[{self.texts('cli.metavar.options')}]", *_argument_names(self)]
        _write_head(ctx, formatter, self.texts, self.manual, pieces)
        _write_options(ctx, formatter, self.texts, self)
        for sentences in self.manual.about:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(sentences)


class Group(click.Group):
    """A command that holds others, in the order in which they were given."""

    def __init__(
        self,
        name: str,
        texts: Texts,
        manual: Manual,
        *,
        commands: Sequence[click.Command],
        params: Sequence[click.Parameter] = (),
    ) -> None:
        super().__init__(
            name,
            commands=commands,
            params=[*params, *common_options(texts)],
            short_help=texts(manual.summary),
            add_help_option=False,
            invoke_without_command=True,
            callback=_refuse_without_command,
            context_settings={"max_content_width": WIDEST},
        )
        self.order = tuple(command.name or "" for command in commands)
        self.texts = texts
        self.manual = manual

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands' names in the order in which a user needs them."""
        return list(self.order)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Give the command that is named, and the arguments for it."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is not None:
            return name, command, args[1:]
        if name.startswith("-"):
            raise click.NoSuchOption(name, ctx=ctx)
        raise unknown_name("cli.usage.no_command", name, self.order, ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, summary, example, the commands and the options."""
        _write_head(ctx, formatter, self.texts, self.manual, [self.texts("cli.metavar.command"), "…"])
        with formatter.section(self.texts("cli.help.commands")):
            formatter.write_dl([(name, self.commands[name].short_help or "") for name in self.order])
        _write_options(ctx, formatter, self.texts, self)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(
                self.texts("cli.help.more", command=f"{ctx.command_path} {self.order[0]} --help")
            )


def common_options(texts: Texts) -> tuple[Option, ...]:
    """Give the options that every command has; the language was read before the commands were built."""
    return (
        Option(
            ["--lang"],
            text=texts("cli.option.lang"),
            standard=default_words(texts, "nb"),
            metavar="|".join(LANGUAGES),
            type=Choice(LANGUAGES),
            expose_value=False,
        ),
        Option(["--debug"], text=texts("cli.option.debug"), is_flag=True, expose_value=False),
        Option(
            ["-h", "--help"],
            text=texts("cli.option.help"),
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
        ),
    )


def default_words(texts: Texts, value: str) -> str:
    """Give the words that name an option's default."""
    return texts("cli.help.default", value=value)


def _show_help(ctx: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    if is_wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


@click.pass_context
def _refuse_without_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        command = ctx.command
        names = ", ".join(command.list_commands(ctx)) if isinstance(command, click.Group) else ""
        raise WrongUsageError("cli.usage.missing_command", ctx, known=names)


def _argument_names(command: click.Command) -> list[str]:
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    return [name if param.required else f"[{name}]" for param in arguments if (name := param.metavar or "")]


def _write_head(
    ctx: click.Context, formatter: click.HelpFormatter, texts: Texts, manual: Manual, pieces: Sequence[str]
) -> None:
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{texts('cli.help.usage')}: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(texts(manual.summary))
        if manual.example:
            formatter.write_paragraph()
            formatter.write_text(f"{texts('cli.help.example')}:")
            with formatter.indentation():
                # write_text would break the line where it is long; what is typed stays on one.
                formatter.write(f"{'':{formatter.current_indent}}skolesjekk {manual.example}\n")


def _write_options(
    ctx: click.Context, formatter: click.HelpFormatter, texts: Texts, command: click.Command
) -> None:
    options = [param for param in command.params if isinstance(param, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
    with formatter.section(texts("cli.help.options")):
        formatter.write_dl(records)
