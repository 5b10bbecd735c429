"""The ZIP container: for given content there is exactly one (FORMAT.md, section 3).

The reader computes every header from name and content and compares, so that nothing can hide in a field, a gap or a
second directory. General ZIP readers accept overlaps and duplicates which two programs then see differently.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from congdoan_desktop.packages.names import LARGEST, LARGEST_PACKAGE, parse_top
from congdoan_desktop.packages.refusals import PackageRefused, Reason, refusing

MOST_ENTRIES = 64
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _DATE = 20, 33  # 2.0 reads folders; 1 January 1980 is the first day a ZIP knows


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    crc: int
    size: int
    offset: int

    def local(self) -> bytes:
        fixed = (_VERSION, 0, 0, 0, _DATE, self.crc, self.size, self.size)
        return _LOCAL.pack(_LOCAL_MARK, *fixed, len(self.name), 0) + self.name

    def central(self) -> bytes:
        fixed = (_VERSION, _VERSION, 0, 0, 0, _DATE, self.crc, self.size, self.size)
        return _CENTRAL.pack(_CENTRAL_MARK, *fixed, len(self.name), 0, 0, 0, 0, 0, self.offset) + self.name


def pack(top: str, entries: Mapping[str, bytes]) -> bytes:
    """The container with these entries, named without the top folder.

    Raises: PackageRefused when it would be one that `unpack` refuses.
    """
    parts: list[bytes] = []
    written: list[_Entry] = []
    offset = 0
    for name in sorted(entries):
        content = entries[name]
        entry = _Entry(f"{top}/{name}".encode(), zlib.crc32(content), len(content), offset)
        _check_name(entry.name, entry.size)
        parts += [entry.local(), content]
        written.append(entry)
        offset += len(parts[-2]) + len(content)
    parts.append(_directory(written, offset))
    _check_limits(sum(map(len, parts)), len(written))
    return b"".join(parts)


def unpack(data: bytes) -> tuple[str, dict[str, bytes]]:
    """(top folder, name without it -> content).

    Raises: PackageRefused for anything that `pack` would not have written.
    """
    _check_limits(len(data), 1)
    top, found = "", {}
    read: list[_Entry] = []
    offset = 0
    while data.startswith(_LOCAL_MARK, offset):
        entry, content = _entry_at(data, offset)
        _check_limits(len(data), len(read) + 1)
        folder, name = _check_name(entry.name, entry.size)
        if read and (entry.name <= read[-1].name or folder != top):
            raise PackageRefused(Reason.CONTAINER, "entries not in order, or of two folders")
        top, found[name] = folder, content
        read.append(entry)
        offset += len(entry.local()) + len(content)
    _check_directory(data, offset, _directory(read, offset))
    if not read:
        raise PackageRefused(Reason.CONTAINER, "no entries")
    return top, found


def _entry_at(data: bytes, offset: int) -> tuple[_Entry, bytes]:
    if len(data) < offset + _LOCAL.size:
        raise PackageRefused(Reason.TRUNCATED, "inside a local header")
    crc, size, _, name_length, _ = _LOCAL.unpack_from(data, offset)[6:]
    start = offset + _LOCAL.size + name_length
    if len(data) < start:
        raise PackageRefused(Reason.TRUNCATED, "inside a name")
    entry = _Entry(data[offset + _LOCAL.size : start], crc, size, offset)
    if entry.local() != data[offset:start]:
        raise PackageRefused(Reason.CONTAINER, "a local header has other values than allowed")
    if len(data) < start + size:
        raise PackageRefused(Reason.TRUNCATED, "inside an entry")
    content = data[start : start + size]
    if zlib.crc32(content) != crc:
        raise PackageRefused(Reason.CHANGED, "CRC-32 of an entry")
    return entry, content


def _check_directory(data: bytes, offset: int, expected: bytes) -> None:
    rest = data[offset:]
    if rest == expected:
        return
    cut = expected.startswith(rest) or _LOCAL_MARK.startswith(rest)
    raise PackageRefused(Reason.TRUNCATED if cut else Reason.CONTAINER, "the central directory is not the one expected")


def _directory(entries: list[_Entry], offset: int) -> bytes:
    central = b"".join(entry.central() for entry in entries)
    return central + _END.pack(_END_MARK, 0, 0, len(entries), len(entries), len(central), offset, 0)


def _check_name(full: bytes, size: int) -> tuple[str, str]:
    top, _, name = full.decode("latin-1").partition("/")
    with refusing(Reason.NAMES):
        parse_top(top)
    if name not in LARGEST:
        raise PackageRefused(Reason.NAMES, "a name that the format does not know")
    if size > LARGEST[name]:
        raise PackageRefused(Reason.TOO_BIG, name)
    return top, name


def _check_limits(size: int, entries: int) -> None:
    if size > LARGEST_PACKAGE:
        raise PackageRefused(Reason.TOO_BIG, f"{size} bytes")
    if entries > MOST_ENTRIES:
        raise PackageRefused(Reason.TOO_BIG, f"more than {MOST_ENTRIES} entries")
