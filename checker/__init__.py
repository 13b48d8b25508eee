"""Skolesjekk: a rule-based checker of school plans."""

__version__ = "0.1.0"
