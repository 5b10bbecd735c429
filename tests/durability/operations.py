"""What a process did to the files of one folder, in the order in which the calls returned.

Paths are relative to the folder. `Acknowledged` is what the process told the outside world: from there on a user may
believe that the work is safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TOP = Path()
"""The watched folder itself, as a relative path."""


@dataclass(frozen=True, slots=True)
class Created:
    """A name that was not there now leads to an empty file."""

    path: Path


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """fsync or fdatasync of a file returned."""

    path: Path


@dataclass(frozen=True, slots=True)
class FolderSynced:
    path: Path


@dataclass(frozen=True, slots=True)
class Renamed:
    path: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Unlinked:
    path: Path


@dataclass(frozen=True, slots=True)
class Acknowledged:
    text: str


Operation = Created | Written | Resized | Synced | FolderSynced | Renamed | Unlinked | Acknowledged
Files = dict[Path, bytes]
"""The content of a folder: relative path to bytes."""


def files_of(folder: Path) -> Files:
    """Everything under `folder` as it is now."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
