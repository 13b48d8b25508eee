"""The cache: what was worked out of files before, kept in one file a user."""

from checker.store.database import MEGABYTE, Layer, Store, StoreInfo, remove_cache
from checker.store.known import KnownFiles
from checker.store.places import cache_file, home_folder
from checker.store.values import Codec, key_of

__all__ = [
    "MEGABYTE",
    "Codec",
    "KnownFiles",
    "Layer",
    "Store",
    "StoreInfo",
    "cache_file",
    "home_folder",
    "key_of",
    "remove_cache",
]
