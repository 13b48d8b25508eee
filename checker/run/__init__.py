"""Running: a folder of plans checked in worker processes, and single texts judged."""

from checker.run.alone import read_alone
from checker.run.check import CheckSettings, Progress, check
from checker.run.judge import ExampleResult, Judge

__all__ = ["CheckSettings", "ExampleResult", "Judge", "Progress", "check", "read_alone"]
