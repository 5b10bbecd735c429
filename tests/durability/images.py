"""The disks that a power cut could leave.

The model is a journalling file system (ext4, NTFS) on a disk whose sectors of 512 bytes are written whole:

- What was written to a file since its last sync survives at random, call by call, and a surviving write may be torn:
  some of its sectors arrive, others do not.
- Creating, renaming and unlinking are journalled in order: some first part of what was done since the last sync of any
  kind survives. So an unlinked file may be back, and a new name may be missing.
- Content and name are apart: a renamed file may have its new name without its content.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.durability.operations import (
    Acknowledged,
    Created,
    Files,
    FolderSynced,
    Operation,
    Renamed,
    Resized,
    Synced,
    Unlinked,
    Written,
)
from tests.durability.recorder import Recording

SECTOR = 512
# From "nothing unsynced arrived" to "all of it did".
CHANCES = (0.0, 0.3, 0.5, 0.8, 1.0)
TORN = 0.3

Naming = Created | Renamed | Unlinked
Change = Written | Resized


@dataclass(frozen=True, slots=True)
class Image:
    """One disk after a cut: after which operation, what had been acknowledged by then, and the files found."""

    after: int
    acknowledged: tuple[str, ...]
    files: Files


@dataclass(slots=True)
class Node:
    """The content of a file apart from its name: what is safe, and what may still be lost."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.pending:
            apply(self.safe, change)
        self.pending.clear()

    def after_cut(self, dice: random.Random, chance: float) -> bytes:
        content = bytearray(self.safe)
        for change in self.pending:
            if dice.random() < chance:
                for part in torn(change, dice) if dice.random() < TORN else (change,):
                    apply(content, part)
        return bytes(content)


class Disk:
    """A disk while a recording runs over it: names and contents that are safe, and those that are not yet."""

    def __init__(self, before: Files) -> None:
        self._safe_names = {path: Node(bytearray(data)) for path, data in before.items()}
        self._names = dict(self._safe_names)
        self._namings: list[tuple[Naming, Node]] = []

    def do(self, operation: Operation) -> None:
        match operation:
            case Written() | Resized():
                self._names[operation.path].pending.append(operation)
            case Synced(path):
                self._names[path].sync()
                self._keep_names()
            case FolderSynced():
                self._keep_names()
            case Created() | Renamed() | Unlinked():
                node = Node() if isinstance(operation, Created) else self._names[operation.path]
                self._namings.append((operation, node))
                rename(self._names, operation, node)
            case Acknowledged():
                pass

    def after_cut(self, dice: random.Random) -> Files:
        """What could be found if the power went now."""
        chance = dice.choice(CHANCES)
        names = dict(self._safe_names)
        for operation, node in self._namings[: dice.randint(0, len(self._namings))]:
            rename(names, operation, node)
        return {path: node.after_cut(dice, chance) for path, node in names.items()}

    def _keep_names(self) -> None:
        self._safe_names = dict(self._names)
        self._namings.clear()


def rename(names: dict[Path, Node], operation: Naming, node: Node) -> None:
    """Carry out one change of names in `names`."""
    match operation:
        case Created(path):
            names[path] = node
        case Renamed(path, target):
            names.pop(path, None)
            names[target] = node
        case Unlinked(path):
            names.pop(path, None)


def apply(content: bytearray, change: Change) -> None:
    """Carry out one change of content; a gap before it reads as zeros."""
    size = change.offset if isinstance(change, Written) else change.size
    if len(content) < size:
        content.extend(bytes(size - len(content)))
    if isinstance(change, Written):
        content[size : size + len(change.data)] = change.data
    else:
        del content[size:]


def torn(change: Change, dice: random.Random) -> list[Change]:
    """The sectors of a write that arrived; cut at the sectors of the disk, not at those of the call."""
    if isinstance(change, Resized):
        return [change]
    start, end = change.offset, change.offset + len(change.data)
    edges = [start, *range(start - start % SECTOR + SECTOR, end, SECTOR), end]
    arrived = [piece for piece in pairwise(edges) if dice.random() < 0.5]
    return [Written(change.path, low, change.data[low - start : high - start]) for low, high in arrived]


def images(recording: Recording, count: int, seed: int) -> Iterator[Image]:
    """`count` disks after cuts at random operations, in the order of the cuts."""
    dice = random.Random(seed)
    cuts = sorted(dice.randint(0, len(recording.operations)) for _ in range(count))
    disk, done, acknowledged = Disk(recording.before), 0, list[str]()
    for cut in cuts:
        for operation in recording.operations[done:cut]:
            disk.do(operation)
            if isinstance(operation, Acknowledged):
                acknowledged.append(operation.text)
        done = cut
        yield Image(cut, tuple(acknowledged), disk.after_cut(dice))
