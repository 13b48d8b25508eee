"""A folder with the whole program in it, for a machine without network: unpack, double-click, work."""

from checker.offline.build import OfflineError, build_offline
from checker.offline.targets import TARGETS, Target

__all__ = ["TARGETS", "OfflineError", "Target", "build_offline"]
