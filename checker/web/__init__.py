"""The local web page: a folder is dropped, its gaps are looked at, decided, and taken out as files."""

from checker.web.app import application
from checker.web.guard import Access
from checker.web.server import PortTakenError, serve
from checker.web.site import Site

__all__ = ["Access", "PortTakenError", "Site", "application", "serve"]
