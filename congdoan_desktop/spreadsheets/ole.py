"""The compound file around .xls: its streams by name, read in bounded memory ([MS-CFB], sections 2.2 to 2.6)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from congdoan_desktop.spreadsheets.refusals import damaged

_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, not places."""
_ENTRY = 128
_MOST_ENTRIES = 10_000


class CompoundFile:
    """Streams of one file; `names` are those of all storages together."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        file.seek(0)
        head = file.read(512)
        if len(head) < 512:
            raise damaged()
        self._sector = 1 << struct.unpack_from("<H", head, 30)[0]
        self._small = 1 << struct.unpack_from("<H", head, 32)[0]
        if self._sector not in (512, 4096) or self._small != 64:
            raise damaged()
        self._cutoff = struct.unpack_from("<I", head, 56)[0]
        self._table = self._sector_table(head)
        self._small_table = self._numbers(self._chain(struct.unpack_from("<I", head, 60)[0]))
        self._entries = self._directory(struct.unpack_from("<I", head, 48)[0])

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Raises: KeyError, and SheetRefused when the stream is cut."""
        start, size = self._entries[name]
        if size > self._size:
            raise damaged()
        data = self._large_stream(start) if size >= self._cutoff else self._small_stream(start)
        if len(data) < size:
            raise damaged()
        return data[:size]

    def _large_stream(self, start: int) -> bytes:
        return b"".join(map(self._read, self._chain(start)))

    def _small_stream(self, start: int) -> bytes:
        root = self._large_stream(self._root)
        places = _chain(self._small_table, start)
        return b"".join(root[at * self._small : (at + 1) * self._small] for at in places)

    def _sector_table(self, head: bytes) -> tuple[int, ...]:
        """Which sector follows which; the places of the table itself stand in the header and in further sectors."""
        places = [place for place in struct.unpack_from("<109I", head, 76) if place < _LAST]
        more, left = struct.unpack_from("<II", head, 68)
        seen: set[int] = set()
        while more < _LAST and left and more not in seen:
            seen.add(more)
            numbers = self._numbers([more])
            places += [place for place in numbers[:-1] if place < _LAST]
            more, left = numbers[-1], left - 1
        if len(places) * self._sector > self._size:  # the same sector again and again: a file can hold each but once
            raise damaged()
        return self._numbers(places)

    def _directory(self, start: int) -> dict[str, tuple[int, int]]:
        data = self._large_stream(start)
        found: dict[str, tuple[int, int]] = {}
        self._root = _LAST
        for at in range(0, min(len(data) - _ENTRY + 1, _MOST_ENTRIES * _ENTRY), _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", data, at + 116)
            if kind == 5:
                self._root = first
            elif kind == 2:
                found.setdefault(name, (first, size))
        return found

    def _chain(self, start: int) -> list[int]:
        return _chain(self._table, start)

    def _numbers(self, places: list[int]) -> tuple[int, ...]:
        data = b"".join(map(self._read, places))
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _read(self, place: int) -> bytes:
        offset = (place + 1) * self._sector
        if offset >= self._size:
            raise damaged()
        self._file.seek(offset)
        return self._file.read(self._sector)


def _chain(table: tuple[int, ...], start: int) -> list[int]:
    """Raises: SheetRefused for a chain that runs in a circle or out of the table."""
    found: list[int] = []
    while start < _LAST:
        if start >= len(table) or len(found) > len(table):
            raise damaged()
        found.append(start)
        start = table[start]
    return found


@contextmanager
def opened(path: Path) -> Iterator[CompoundFile]:
    """Raises: SheetRefused."""
    with path.open("rb") as file:
        yield CompoundFile(file)
