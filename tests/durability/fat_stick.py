"""A stick that can be pulled at any operation, with the little that FAT promises about what is then found on it.

Content that was not synced arrives as any first part, with zeros behind it, or not at all. A rename that was not
synced may be found as the old name, the new one, both or neither.
"""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

OLD, NEW, BOTH, NEITHER = "old", "new", "both", "neither"
STATES = (OLD, NEW, BOTH, NEITHER)
BEFORE, AMID, AFTER = "before", "amid", "after"
MOMENTS = (BEFORE, AMID, AFTER)
ERRORS = (errno.EIO, errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EROFS)
"""What systems answer when the stick is gone."""

Content = dict[Path, bytes]


@dataclass(frozen=True, slots=True)
class Cut:
    """When the stick is pulled: at which operation (counted from 0; None for never), and at which moment of it."""

    at: int | None = None
    moment: str = BEFORE


@dataclass
class FatStick:
    """A `FilePort`; `operations` records what was asked of it, `touched` of which paths. `faults` always fail."""

    cut: Cut = field(default_factory=Cut)
    error: int = errno.EIO
    safe: Content = field(default_factory=dict)
    faults: dict[str, OSError] = field(default_factory=dict)
    operations: list[str] = field(default_factory=list)
    touched: list[Path] = field(default_factory=list)
    unsynced: Content = field(default_factory=dict)
    renamed: dict[Path, Path] = field(default_factory=dict)
    free: int = 1 << 30
    _gone: bool = False

    def _do(
        self, name: str, path: Path, whole: Callable[[], None] = lambda: None, part: Callable[[], None] = lambda: None
    ) -> None:
        """Carry out an operation, or what the pulling of the stick leaves of it."""
        if self._gone:
            self._fail()
        self.touched.append(path)
        if name in self.faults:
            part()
            raise self.faults[name]
        number = len(self.operations)
        self.operations.append(name)
        if number != self.cut.at:
            whole()
            return
        self._gone = True
        {BEFORE: lambda: None, AMID: part, AFTER: whole}[self.cut.moment]()
        self._fail()

    def _fail(self) -> NoReturn:
        raise OSError(self.error, "gone")

    # What is seen while the stick is in

    def _seen(self) -> Content:
        seen = {**self.safe, **self.unsynced}
        for old, new in self.renamed.items():
            seen[new] = seen.pop(old)
        return seen

    def free_bytes(self, folder: Path) -> int:
        self._do("free", folder)
        return self.free

    def make_folder(self, folder: Path) -> None:
        self._do("folder", folder)

    def write_unsynced(self, path: Path, data: bytes) -> None:
        self._do("write", path, lambda: self.unsynced.update({path: data}), lambda: self.unsynced.update({path: data}))

    def write_synced(self, path: Path, data: bytes) -> None:
        self._do("write", path, lambda: self.safe.update({path: data}), lambda: self.unsynced.update({path: data}))

    def read_uncached(self, path: Path) -> bytes:
        self._do("read", path)
        if path not in self._seen():
            raise FileNotFoundError(errno.ENOENT, "no such file")
        return self._seen()[path]

    def rename(self, old: Path, new: Path) -> None:
        self._do("rename", new, lambda: self.renamed.update({old: new}), lambda: self.renamed.update({old: new}))

    def sync_folder(self, folder: Path) -> None:
        def settle() -> None:
            self.safe = self._seen()
            self.unsynced.clear()
            self.renamed.clear()

        self._do("sync", folder, settle)

    def names(self, folder: Path) -> list[str]:
        self._do("names", folder)
        return sorted(path.name for path in self._seen() if path.parent == folder)

    def remove(self, path: Path) -> None:
        self._do("remove", path, lambda: self._remove(path))

    def _remove(self, path: Path) -> None:
        seen = self._seen()
        seen.pop(path, None)
        self.safe, self.unsynced, self.renamed = seen, {}, {}

    # What is found when it is put in again

    def found(self, state: str, dice: random.Random) -> Content:
        """The files after the stick was pulled now, when FAT kept `state` of a rename under way."""
        content = {**self.safe, **{path: _torn(data, dice) for path, data in self.unsynced.items()}}
        for old, new in self.renamed.items():
            data = content.pop(old)
            content |= {old: data} if state in (OLD, BOTH) else {}
            content |= {new: data} if state in (NEW, BOTH) else {}
            if state == NEITHER:
                content.pop(new, None)
        return content


def _torn(data: bytes, dice: random.Random) -> bytes:
    arrived = dice.choice((0, len(data), dice.randrange(len(data) + 1)))
    return data[:arrived] + (bytes(len(data) - arrived) if dice.random() < 0.5 else b"")


def operations_of(act: Callable[[FatStick], object], safe: Content) -> list[str]:
    """What an act asks of a stick that is left in."""
    stick = FatStick(safe=dict(safe))
    act(stick)
    return stick.operations


def cuts(operations: list[str]) -> list[Cut]:
    """Every moment of every operation."""
    return [Cut(number, moment) for number in range(len(operations)) for moment in MOMENTS]


def again(content: Content) -> FatStick:
    """The stick put in again."""
    return FatStick(safe=dict(content))
