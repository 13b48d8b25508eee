"""The command line: each command reads its options, calls one public function and prints what it gives."""

from checker.cli.program import main

__all__ = ["main"]
