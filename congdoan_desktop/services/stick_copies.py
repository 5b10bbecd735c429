"""Copies of what lies on a stick, so that no file is read from it twice while it stays as it is.

A stick is slow and may be pulled: each file is read once, into our quarantine, and what was found in it is remembered.
Whether a file has changed is told by its size and time; a copy that is used although they lie is still verified like
any other. The copies of one stick are kept, those of the one before go.
"""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.packages.names import LARGEST_PACKAGE, SUFFIX

_LARGEST_KEPT = 8 * 1024 * 1024
_ROOM = 256 * 1024 * 1024
"""Larger files, and what comes when so much is kept, is read from the stick each time."""

Stamp = tuple[int, int]


@dataclass
class _Entry:
    """A file as it was read: its stamp, our copy where it is kept, what was found and under which circumstances."""

    stamp: Stamp
    copy: Path | None = None
    found: tuple[Hashable, Any] | None = None


@dataclass
class StickCopies:
    """`folder` is the quarantine; opening the office has removed what an earlier process left there."""

    folder: Path
    _entries: dict[Path, _Entry] = field(default_factory=dict)
    _place: Path | None = None
    _kept: int = 0

    def settle_on(self, place: Path) -> None:
        """From now on files of this stick are read; those of another one are forgotten."""
        if place != self._place:
            self.forget()
            self._place = place

    def read(self, path: Path) -> bytes:
        """The bytes of a file, at most one more than a package may have. Raises: OSError."""
        entry = self._entry(path)
        if entry.copy is not None and entry.copy.is_file():
            return entry.copy.read_bytes()
        with path.open("rb") as source:
            data = source.read(LARGEST_PACKAGE + 1)
        if self._place in path.parents and len(data) <= _LARGEST_KEPT and self._kept + len(data) <= _ROOM:
            self._keep(entry, data)
        return data

    def _keep(self, entry: _Entry, data: bytes) -> None:
        """A disk that takes no copy does no harm: the stick is read once more then."""
        copy = self.folder / f"{new_id()}{SUFFIX}"
        try:
            copy.write_bytes(data)
        except OSError:
            _remove(copy)
        else:
            entry.copy, self._kept = copy, self._kept + len(data)

    def found(self, path: Path, under: Hashable) -> Any:
        """What `remember` was told of the file under the same circumstances, else None. Raises: OSError."""
        entry = self._entry(path)
        return entry.found[1] if entry.found is not None and entry.found[0] == under else None

    def remember(self, path: Path, under: Hashable, found: Any) -> None:
        """`under`: what beside the file decides, the list of keys for instance."""
        with suppress(OSError):
            self._entry(path).found = under, found

    def forget(self) -> None:
        for entry in self._entries.values():
            _remove(entry.copy)
        self._entries.clear()
        self._kept = 0

    def _entry(self, path: Path) -> _Entry:
        about = path.stat()
        stamp = about.st_size, about.st_mtime_ns
        held = self._entries.get(path)
        if held is None or held.stamp != stamp:
            if held is not None and held.copy is not None:
                _remove(held.copy)
                self._kept -= held.stamp[0]
            held = self._entries[path] = _Entry(stamp)
        return held


def _remove(copy: Path | None) -> None:
    if copy is not None:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
