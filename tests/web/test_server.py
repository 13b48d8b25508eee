"""The command that shows the page."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from checker.texts import load_texts
from checker.web import PortTakenError, serve
from tests.web.browsing import serving


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_told_of(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTakenError):
            serve(load_texts("nb"), home=tmp_path, port=port, ready=lambda address: None)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_the_server_is_on_this_machine_only_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        os.kill(server.process.pid, signal.SIGINT)

        assert server.process.wait(60) == 0
    assert server.address.startswith("http://127.0.0.1:")
    assert "token=" in server.address
