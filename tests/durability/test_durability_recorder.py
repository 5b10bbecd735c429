"""The recorder reads what strace writes: as a table of lines, and from a live process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.operations import (
    Acknowledged,
    Created,
    FolderSynced,
    Operation,
    Renamed,
    Resized,
    Synced,
    Unlinked,
    Written,
)
from tests.durability.recorder import NotUnderstoodError, Reader, record

FOLDER, ACKS = Path("/d"), Path("/acks")
BEFORE = {Path("old"): b"12345"}


def x(text: str) -> str:
    """A string as `strace -xx` writes it."""
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def fd(path: str, number: int = 3) -> str:
    return f"{number}<{x(path)}>"


def opened(path: str, flags: str, number: int = 3) -> str:
    return f'9 openat(AT_FDCWD<{x("/cwd")}>, "{x(path)}", {flags}, 0644) = {fd(path, number)}'


def read(*lines: str) -> list[Operation]:
    return list(Reader(FOLDER, ACKS, BEFORE).read(lines))


NEW = Created(Path("a"))
UNDERSTOOD: dict[str, tuple[list[str], list[Operation]]] = {
    "opened for reading": ([opened("/d/old", "O_RDONLY")], []),
    "created": ([opened("/d/a", "O_RDWR|O_CREAT")], [NEW]),
    "opened once more": ([opened("/d/old", "O_RDWR|O_CREAT")], []),
    "emptied": ([opened("/d/old", "O_WRONLY|O_CREAT|O_TRUNC")], [Resized(Path("old"), 0)]),
    "relative path": ([f'9 openat({fd("/d")}, "{x("a")}", O_RDWR|O_CREAT, 0644) = {fd("/d/a", 4)}'], [NEW]),
    "outside": ([opened("/e/a", "O_RDWR|O_CREAT"), f'9 write({fd("/e/a")}, "{x("hi")}", 2) = 2'], []),
    "name like the folder's": ([opened("/da", "O_RDWR|O_CREAT")], []),
    "failed": ([f'9 openat(AT_FDCWD<{x("/")}>, "{x("/d/a")}", O_RDWR|O_CREAT, 0644) = -1 EACCES (denied)'], []),
    "written at a position": (
        [f'9 pwrite64({fd("/d/old")}, "{x("hi")}", 2, 512) = 2'],
        [Written(Path("old"), 512, b"hi")],
    ),
    "written short": ([f'9 pwrite64({fd("/d/old")}, "{x("hi")}", 2, 0) = 1'], [Written(Path("old"), 0, b"h")]),
    "written one after another": (
        [opened("/d/a", "O_WRONLY|O_CREAT"), *[f'9 write({fd("/d/a")}, "{x("hi")}", 2) = 2'] * 2],
        [NEW, Written(Path("a"), 0, b"hi"), Written(Path("a"), 2, b"hi")],
    ),
    "appended": (
        [opened("/d/old", "O_WRONLY|O_APPEND"), f'9 write({fd("/d/old")}, "{x("6")}", 1) = 1'],
        [Written(Path("old"), 5, b"6")],
    ),
    "written after a seek": (
        [
            opened("/d/old", "O_RDWR"),
            f"9 lseek({fd('/d/old')}, 3, SEEK_SET) = 3",
            f'9 write({fd("/d/old")}, "{x("q")}", 1) = 1',
        ],
        [Written(Path("old"), 3, b"q")],
    ),
    "resized": ([f"9 ftruncate({fd('/d/old')}, 0) = 0"], [Resized(Path("old"), 0)]),
    "synced": ([f"9 fsync({fd('/d/old')}) = 0", f"9 fdatasync({fd('/d/old')}) = 0"], [Synced(Path("old"))] * 2),
    "sync failed": ([f"9 fsync({fd('/d/old')}) = -1 EIO (Input/output error)"], []),
    "folder synced": ([f"9 fsync({fd('/d')}) = 0"], [FolderSynced(Path())]),
    "renamed": ([f'9 rename("{x("/d/old")}", "{x("/d/ă b, c")}") = 0'], [Renamed(Path("old"), Path("ă b, c"))]),
    "unlinked": ([f'9 unlink("{x("/d/old")}") = 0'], [Unlinked(Path("old"))]),
    "socket unlinked": ([f'9 unlink("{x("/d/socket")}") = 0'], []),
    "nameless file": ([f'9 pwrite64({fd("/d/old (deleted)")}, "{x("hi")}", 2, 0) = 2'], []),
    "acknowledged": ([f'9 write({fd("/acks", 1)}, "{x("7")}\\x0a", 2) = 2'], [Acknowledged("7")]),
    "interrupted by a thread": (
        [
            f"9 fsync({fd('/d/old')} <unfinished ...>",
            f'8 write({fd("/acks", 1)}, "{x("7")}", 1) = 1',
            "9 <... fsync resumed>) = 0",
        ],
        [Acknowledged("7"), Synced(Path("old"))],
    ),
    "never returned": ([f"9 fsync({fd('/d/old')} <unfinished ...>", "9 +++ killed by SIGKILL +++"], []),
}
NOT_UNDERSTOOD = {
    "no process number": ["fsync(3) = 0"],
    "string cut short": [f'9 pwrite64({fd("/d/old")}, "{x("hi")}"..., 9, 0) = 9'],
    "position unknown after reading": [opened("/d/old", "O_RDWR"), f'9 write({fd("/d/old")}, "{x("q")}", 1) = 1'],
    "moved in": [f'9 rename("{x("/e/old")}", "{x("/d/a")}") = 0'],
    "moved out": [f'9 rename("{x("/d/old")}", "{x("/e/a")}") = 0'],
    "folder renamed": [f'9 rename("{x("/d/sub")}", "{x("/d/a")}") = 0'],
    "allocated": [f"9 fallocate({fd('/d/old')}, 0, 0, 4096) = 0"],
    "linked": [f'9 link("{x("/d/old")}", "{x("/d/a")}") = 0'],
}


@pytest.mark.parametrize(("lines", "operations"), UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_understood(lines: list[str], operations: list[Operation]) -> None:
    assert read(*lines) == operations


@pytest.mark.parametrize("lines", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_refused(lines: list[str]) -> None:
    with pytest.raises(NotUnderstoodError):
        read(*lines)


def test_refused_calls_elsewhere_are_nobodys_business() -> None:
    assert read(f"9 fallocate({fd('/e/old')}, 0, 0, 4096) = 0", f'9 link("{x("/e/o")}", "{x("/e/a")}") = 0') == []


PROCESS = """
import os, sys
folder, acks = sys.argv[1:]
with open(f"{folder}/ă.part", "wb") as file:
    file.write(b"whole")
    file.flush()
    os.fsync(file.fileno())
os.replace(f"{folder}/ă.part", f"{folder}/ă")
top = os.open(folder, os.O_RDONLY)
os.fsync(top)
told = os.open(acks, os.O_WRONLY | os.O_CREAT)
os.write(told, b"saved\\n")
os.unlink(f"{folder}/gone")
"""


def test_live_process(tool: Callable[[str], str], tmp_path: Path) -> None:
    folder, acks = tmp_path / "data", tmp_path / "acks"
    folder.mkdir()
    (folder / "gone").write_bytes(b"soon")
    command = [sys.executable, "-c", PROCESS, str(folder), str(acks)]
    recording = record(command, folder, acks, strace=tool("strace"), trace=tmp_path / "trace")
    part, final = Path("ă.part"), Path("ă")
    assert recording.before == {Path("gone"): b"soon"}
    assert recording.operations == (
        Created(part),
        Written(part, 0, b"whole"),
        Synced(part),
        Renamed(part, final),
        FolderSynced(Path()),
        Acknowledged("saved"),
        Unlinked(Path("gone")),
    )
