"""``skolesjekk cache``: what is kept of earlier runs, and how it is wiped."""

from __future__ import annotations

import os

import click

from checker.cli.parts import Command, Group, Manual
from checker.cli.screen import say, tell
from checker.model import OutputError
from checker.texts import Texts

DONE = 0


def cache_command(texts: Texts) -> click.Command:
    """Give the command that holds those about the cache."""
    commands = [_info_command(texts), _clear_command(texts)]
    return Group("cache", texts, Manual("cli.cache.summary", "cache info"), commands=commands)


def _info_command(texts: Texts) -> click.Command:
    def run() -> int:
        from checker.store import MEGABYTE, Store, cache_file

        path = cache_file(os.environ)
        if not path.exists():
            say(texts("cli.cache.none", path=path))
            return DONE
        with Store(path, tell=lambda key, fields: tell(texts(key, **fields))) as store:
            info = store.info()
        say(texts("cli.cache.file", path=path, size=f"{info.file_bytes / MEGABYTE:.1f}"))
        for layer, count, size in info.layers:
            say(f"  {texts(f'cli.cache.layer.{layer}', count=count, size=f'{size / MEGABYTE:.1f}')}")
        return DONE

    return Command("info", texts, Manual("cli.cache.info.summary", "cache info"), run=run)


def _clear_command(texts: Texts) -> click.Command:
    def run() -> int:
        from checker.store import cache_file, remove_cache

        path = cache_file(os.environ)
        if not path.exists():
            say(texts("cli.cache.none", path=path))
            return DONE
        try:
            remove_cache(path)
        except OSError as error:
            raise OutputError("cli.cache.not_cleared", path=str(path), problem=error.strerror or "") from None
        say(texts("cli.cache.cleared", path=path))
        return DONE

    return Command("clear", texts, Manual("cli.cache.clear.summary", "cache clear"), run=run)
