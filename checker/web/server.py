"""Starts the server: on this machine's own address only, at a free port, with a secret of its own."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from checker.model import UsageError
from checker.texts import Texts
from checker.web.app import application
from checker.web.guard import TOKEN, Access
from checker.web.site import Site

ADDRESS = "127.0.0.1"
SECONDS_TO_END = 3


class PortTakenError(UsageError):
    """The port is in use, or not for us."""


def serve(
    texts: Texts,
    *,
    home: Path,
    folder: Path | None = None,
    port: int = 0,
    jobs: int | None = None,
    ready: Callable[[str], None],
) -> None:
    """Show the pages until the user stops the program.

    Args:
        texts: the language of the start page.
        home: the folder of the program's own files.
        folder: what the start page proposes to check.
        port: 0 takes a free one.
        jobs: worker processes of a run; None takes one a core.
        ready: told the address to open, secret included, as soon as it answers.

    Raises:
        PortTakenError: the port can't be had.
    """
    with _listening(port) as listener:
        number = listener.getsockname()[1]
        access = Access(hosts=frozenset({f"{ADDRESS}:{number}", f"localhost:{number}"}))
        site = Site(texts, access, home, jobs, folder)
        config = uvicorn.Config(
            application(site),
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=SECONDS_TO_END,
        )
        ready(f"http://{ADDRESS}:{number}/?{TOKEN}={access.secret}")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    """Give a socket that listens; whoever comes before the server answers waits there."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind((ADDRESS, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTakenError("web.port_taken", port=port, problem=error.strerror or str(error)) from error
    return listener
