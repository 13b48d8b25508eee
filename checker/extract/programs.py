"""Runs outside programs within a time limit, and ends processes with all that they started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import psutil

_ROUNDS = 40
_ROUND_SECONDS = 0.05
_CLOCK_SLACK_SECONDS = 2.0
_WINDOWS_GROUP = 0x00000200 | 0x08000000
"""CREATE_NEW_PROCESS_GROUP and CREATE_NO_WINDOW."""


def run_program(
    command: Sequence[str],
    *,
    seconds: float,
    keeps_output: bool = False,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Give how a program ended; one that takes too long is ended with all that it started.

    Args:
        command: the program's place and its arguments; no shell sees them.
        seconds: how long it may take.
        keeps_output: its output is kept, else thrown away.
        env: the environment, where it is not this process's own.

    Raises:
        OSError: it can't be started.
        subprocess.TimeoutExpired: it took too long; it no longer runs.
    """
    target = subprocess.PIPE if keeps_output else subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=target,
        stderr=target,
        env=env,
        creationflags=_WINDOWS_GROUP if os.name == "nt" else 0,
        process_group=None if os.name == "nt" else 0,
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except BaseException:
        end_tree(process.pid)
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def end_tree(pid: int, *, since: float | None = None) -> None:
    """End a process and all that it started, those included whose own parent is gone already.

    Args:
        pid: the process; it may have ended, as long as nobody has asked for its end.
        since: when it was started, where it may have ended; nothing older is touched.
    """
    if since is None:
        with suppress(psutil.Error):
            since = psutil.Process(pid).create_time()
    for _ in range(_ROUNDS):
        members = _members(pid, since)
        for process in members:
            with suppress(psutil.Error):
                process.kill()
        if not members:
            return
        time.sleep(_ROUND_SECONDS)  # psutil's own wait would take the end of children from multiprocessing


def memory_of(pid: int, *, with_offspring: bool = True) -> int:
    """Give the bytes of memory that a process takes; 0 where it is gone.

    Args:
        with_offspring: what it has started counts too; to find that takes some milliseconds.
    """
    total = 0
    try:
        process = psutil.Process(pid)
        members = [process, *(process.children(recursive=True) if with_offspring else ())]
    except psutil.Error:
        return 0
    for member in members:
        with suppress(psutil.Error):
            total += member.memory_info().rss
    return total


def _members(pid: int, since: float | None) -> list[psutil.Process]:
    """Give the living processes of a process's family: its offspring, and who shares its session or group."""
    found = {}
    children: dict[int, list[int]] = defaultdict(list)
    for process in psutil.process_iter(["ppid", "create_time", "status"]):
        info = process.info
        is_older = since is not None and (info["create_time"] or 0.0) < since - _CLOCK_SLACK_SECONDS
        if process.pid == os.getpid() or is_older or info["status"] == psutil.STATUS_ZOMBIE:
            continue
        found[process.pid] = process
        children[info["ppid"]].append(process.pid)
    wanted = {pid, *_of_group(pid, found)}
    fresh = list(wanted)
    while fresh:
        fresh = [child for parent in fresh for child in children[parent] if child not in wanted]
        wanted.update(fresh)
    return [found[number] for number in sorted(wanted) if number in found]


def _of_group(pid: int, numbers: Iterable[int]) -> set[int]:
    """Give the processes of the session or group that a process leads; Windows knows neither."""
    members: set[int] = set()
    if sys.platform == "win32":
        return members
    if pid in {os.getsid(0), os.getpgid(0)} and pid != os.getpid():
        return members
    for number in numbers:
        with suppress(OSError):
            if pid in {os.getsid(number), os.getpgid(number)}:
                members.add(number)
    return members
