"""The kinds of machine that an offline folder can be made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PYTHONS = ("3.11", "3.12", "3.13")


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of machine.

    Args:
        platforms: its names in wheels, the ones wanted most first.
        start: name of the file to double-click.
        template: what that file is made from.
        markers: what requirements may ask of a machine (PEP 508), as it answers there.
    """

    platforms: tuple[str, ...]
    start: str
    template: str
    markers: Mapping[str, str]


def _posix(platform: str, system: str, machine: str) -> Mapping[str, str]:
    names = {"os_name": "posix", "sys_platform": platform, "platform_system": system}
    return MappingProxyType({**names, "platform_machine": machine})


_WINDOWS = MappingProxyType(
    {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
    }
)
_GLIBCS = (28, 27, 24, 17, 31, 34, 35, 39)
"""Versions of glibc (2.x) that wheels for Linux are built on, those that most machines have first."""

TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "windows": Target(("win_amd64",), "Start Skolesjekk.cmd", "start.cmd", _WINDOWS),
        "macos": Target(
            tuple(f"macosx_{version}_0_arm64" for version in (14, 13, 12, 11)),
            "Start Skolesjekk.command",
            "start.sh",
            _posix("darwin", "Darwin", "arm64"),
        ),
        "linux": Target(
            (
                *(f"manylinux_2_{version}_x86_64" for version in _GLIBCS),
                "manylinux2014_x86_64",
                "manylinux1_x86_64",
            ),
            "start-skolesjekk.sh",
            "start.sh",
            _posix("linux", "Linux", "x86_64"),
        ),
    }
)
"""Windows and Linux on x86-64, macOS on Apple's own processors."""
