"""Writes the mails that Outlook saves (MSG): an OLE container with a stream for each property ([MS-CFB], [MS-OXMSG])."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5

Tree = dict[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    right: int = _FREE
    start: int = _END


def properties(
    *, subject: str = "", body: str = "", html: bytes = b"", sender: str = "", ansi: bool = False
) -> Tree:
    """Give the streams of a mail's properties."""
    kind, code = ("001E", "cp1252") if ansi else ("001F", "utf-16-le")
    found: Tree = {"__properties_version1.0": b"\x00" * 32}
    for tag, text in (("0037", subject), ("1000", body), ("0C1A", sender)):
        if text:
            found[f"__substg1.0_{tag}{kind}"] = text.encode(code)
    if html:
        found["__substg1.0_10130102"] = html
    return found


def attachment(name: str, data: bytes | Tree) -> Tree:
    """Give the storage of an attachment: a file, or a mail within the mail."""
    found: Tree = {"__substg1.0_3707001F": name.encode("utf-16-le")}
    found["__substg1.0_37010102" if isinstance(data, bytes) else "__substg1.0_3701000D"] = data
    return found


def msg(mail: Tree, *attachments: Tree) -> bytes:
    """Give the bytes of a mail with its attachments."""
    tree = dict(mail)
    for number, one in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = one
    return container(tree)


def container(tree: Tree) -> bytes:
    """Give an OLE container that holds a tree of storages and streams."""
    entries = [_Entry("Root Entry", _ROOT)]
    _enter(entries, 0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        """Write data into sectors and give the first."""
        if not data:
            return _END
        first = len(fat)
        count = -(-len(data) // _SECTOR)
        sectors.extend(data[_SECTOR * at : _SECTOR * (at + 1)].ljust(_SECTOR, b"\0") for at in range(count))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    mini, mini_fat = bytearray(), []
    for entry in entries:
        if entry.kind != _STREAM or not entry.data:
            continue
        if len(entry.data) >= _CUTOFF:
            entry.start = put(entry.data)
            continue
        entry.start = len(mini_fat)
        count = -(-len(entry.data) // _MINI)
        mini += entry.data.ljust(count * _MINI, b"\0")
        mini_fat += [*range(entry.start + 1, entry.start + count), _END]
    entries[0].data, entries[0].start = bytes(mini), put(bytes(mini))
    mini_start = put(_numbers(mini_fat))
    mini_count = -(-4 * len(mini_fat) // _SECTOR)
    directory = put(b"".join(_directory_entry(entry) for entry in entries))
    fat_count = 1
    while fat_count * _SECTOR // 4 < len(fat) + fat_count:
        fat_count += 1
    fat_start = len(fat)
    fat += [_FAT] * fat_count
    table = _numbers(fat)
    sectors += [table[_SECTOR * at : _SECTOR * (at + 1)] for at in range(fat_count)]
    head = struct.pack("<8s16sHHHHHHLLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0,
        fat_count, directory, 0, _CUTOFF, mini_start if mini_fat else _END, mini_count, _END, 0)  # fmt: skip
    places = [fat_start + at for at in range(fat_count)]
    return head + _numbers(places).ljust(436, b"\xff")[:436] + b"".join(sectors)


def _numbers(values: list[int]) -> bytes:
    data = struct.pack(f"<{len(values)}L", *values)
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\xff") if data else b""


def _enter(entries: list[_Entry], parent: int, tree: Tree) -> None:
    for name in sorted(tree, key=lambda one: (len(one), one.upper())):
        value = tree[name]
        is_stream = isinstance(value, bytes)
        entries.append(_Entry(name, _STREAM if is_stream else _STORAGE, value if is_stream else b""))
        entries[parent].children.append(len(entries) - 1)
        if not is_stream:
            _enter(entries, len(entries) - 1, value)
    children = entries[parent].children
    for one, following in pairwise(children):
        entries[one].right = following


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    child = entry.children[0] if entry.children else _FREE
    return struct.pack("<64sHBBLLL16sLQQLQ", name, len(name), entry.kind, 1, _FREE, entry.right, child, b"", 0, 0, 0,
        entry.start if entry.data else (0 if entry.kind == _STORAGE else _END), len(entry.data))  # fmt: skip
