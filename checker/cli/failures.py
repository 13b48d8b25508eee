"""Faults in words: what is wrong, where, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

import click

from checker.cli.wrong import WrongUsageError, WrongValueError
from checker.model import Fault, RulePackError, SkolesjekkError
from checker.texts import Texts

SOURCE_WIDTH = 100


def error_words(error: SkolesjekkError, texts: Texts) -> str:
    """Give the sentence of an error; of a rule pack's all faults, then how many."""
    sentence = sentence_of(error.key, error.fields, texts)
    if isinstance(error, RulePackError):
        return "\n".join([*fault_lines(error.faults, texts), sentence])
    return sentence


def fault_lines(faults: Iterable[Fault], texts: Texts) -> list[str]:
    """Give each fault as ``file:line:column: sentence``, the line itself, and a caret below its place."""
    lines: list[str] = []
    for fault in faults:
        sentence = sentence_of(fault.key, dict(fault.fields), texts)
        lines.append(f"{fault.file}:{fault.line}:{fault.column}: {sentence}")
        if fault.source_line.strip():
            lines.extend(_pointed_at(fault.source_line, fault.column))
    return lines


def sentence_of(key: str, fields: Mapping[str, object], texts: Texts) -> str:
    """Give a sentence of the catalogue; a field that is itself a key of the catalogue is put into words.

    Example:
        >>> from checker.texts import load_texts
        >>> sentence_of("rules.bad_term", {"term": "*", "problem": "rules.term.empty"}, load_texts("nb"))
        'uttrykket «*» kan ikke leses: tomt uttrykk'
    """
    if key not in texts:
        return " ".join([key, *(f"{name}={value}" for name, value in fields.items())])
    worded = {name: texts(str(value)) if str(value) in texts else value for name, value in fields.items()}
    return texts(key, **worded)


def usage_words(error: click.UsageError, texts: Texts) -> str:
    """Give the sentence for a command line that can't be carried out, and where the command's help is."""
    sentence = _usage_sentence(error, texts)
    if error.ctx is None:
        return sentence
    return f"{sentence}\n{texts('cli.usage.hint', command=error.ctx.command_path)}"


def _usage_sentence(error: click.UsageError, texts: Texts) -> str:
    if isinstance(error, WrongUsageError):
        return sentence_of(error.key, error.fields, texts)
    if isinstance(error, click.MissingParameter):
        key = (
            "cli.usage.missing_argument"
            if isinstance(error.param, click.Argument)
            else "cli.usage.missing_option"
        )
        return texts(key, name=_parameter_name(error.param))
    if isinstance(error, WrongValueError):
        return f"{_parameter_name(error.param)}: {sentence_of(error.key, error.fields, texts)}"
    if isinstance(error, click.NoSuchOption):
        near = difflib.get_close_matches(error.option_name, error.possibilities or (), n=1)
        if near:
            return texts("cli.usage.no_option_near", found=error.option_name, near=near[0])
        return texts("cli.usage.no_option", found=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        key = "cli.usage.no_value" if _is_flag(error) else "cli.usage.value_missing"
        return texts(key, name=error.option_name)
    return texts("cli.usage.other", problem=error.format_message())


def _parameter_name(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _is_flag(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.params if error.ctx is not None else []
    return any(
        isinstance(param, click.Option) and param.is_flag and error.option_name in param.opts
        for param in params
    )


def _pointed_at(line: str, column: int) -> tuple[str, str]:
    """Give a line, cut to its neighbourhood where it is long, and a caret below the column."""
    start = max(0, column - SOURCE_WIDTH // 2) if len(line) > SOURCE_WIDTH else 0
    shown = line[start : start + SOURCE_WIDTH].replace("\t", " ")
    return f"    {shown}", f"    {'':{max(0, column - 1 - start)}}^"
