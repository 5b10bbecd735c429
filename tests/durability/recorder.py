"""Run a process under strace and read what it did to one folder.

The process is the shipped program with the libraries it ships: SQLCipher brings its own SQLite, so a recorder inside
another library would test that library. With `-xx` strace writes every string and path as hexadecimal, so a line has
no ambiguity. A call that could change the folder in a way not understood here is an error, never ignored.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.durability.operations import (
    TOP,
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
    files_of,
)

UNDERSTOOD = ("openat", "lseek", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "unlink")
# Traced in order to be refused when they touch the folder.
REFUSED = (
    "open", "creat", "writev", "pwritev", "pwritev2", "truncate", "fallocate", "renameat", "renameat2", "unlinkat",
    "link", "linkat", "symlink", "symlinkat", "sendfile", "copy_file_range", "splice",
)  # fmt: skip
LINE = re.compile(r"^(?P<thread>\d+)\s+(?P<rest>.*)$", re.DOTALL)
STARTED = re.compile(r"^(?P<head>.*) <unfinished \.\.\.>$", re.DOTALL)
RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(?P<tail>.*)$", re.DOTALL)
CALL = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\)\s+=\s+(?P<result>-?\d+)", re.DOTALL)
DELETED = " (deleted)"  # what the kernel adds to the path of an open file that lost its name
FILE = re.compile(r"^(?P<number>\d+|AT_FDCWD)<(?P<path>(?:\\x[0-9a-f]{2})*)>$")


class NotUnderstoodError(Exception):
    """The process did something to the folder that this recorder cannot place."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The folder before, and all that was done to it."""

    before: Files
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that returned."""

    name: str
    arguments: tuple[str, ...]
    result: int


def record(command: list[str], folder: Path, acks: Path, *, strace: str, trace: Path) -> Recording:
    """Run `command` until it ends and read what it did to `folder`.

    The process acknowledges by writing lines, each in one call, to the file `acks` outside the folder; `trace` is where
    strace leaves its output. Raises: subprocess.CalledProcessError, NotUnderstoodError.
    """
    folder, acks = folder.resolve(), acks.resolve()
    before = files_of(folder)
    calls = ",".join(("?" + name) for name in (*UNDERSTOOD, *REFUSED))
    options = [
        "-f",
        "--seccomp-bpf",
        "-y",
        "-xx",
        "-s",
        "1048576",
        "-o",
        str(trace),
        "-e",
        f"trace={calls}",
        "-e",
        "signal=none",
    ]
    subprocess.run([strace, *options, "--", *command], check=True)
    with trace.open(encoding="ascii") as lines:
        return Recording(before, tuple(Reader(folder, acks, before).read(lines)))


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """The calls that returned, in that order; a call that another thread interrupted is put together again."""
    waiting: dict[str, str] = {}
    for line in lines:
        split = LINE.match(line.rstrip("\n"))
        if split is None:
            raise NotUnderstoodError(line[:200])
        thread, rest = split["thread"], split["rest"]
        if started := STARTED.match(rest):
            waiting[thread] = started["head"]
            continue
        if resumed := RESUMED.match(rest):
            rest = waiting.pop(thread) + resumed["tail"]
        if call := CALL.match(rest):
            yield Call(call["name"], tuple(call["arguments"].split(", ")), int(call["result"]))


def unhex(text: str) -> bytes:
    """The bytes of a string as `strace -xx` writes it, with or without its quotes.

    Raises: NotUnderstoodError for a string that strace cut short.
    """
    if text.endswith("..."):
        raise NotUnderstoodError("a string longer than strace was told to keep")
    return bytes.fromhex(text.strip('"').replace("\\x", ""))


class Reader:
    """Turns calls into operations; keeps sizes and file positions, which the calls leave out."""

    def __init__(self, folder: Path, acks: Path, before: Files) -> None:
        self._folder = folder
        self._acks = acks
        self._sizes = {path: len(data) for path, data in before.items()}
        self._positions: dict[str, int | None] = {}
        self._appending: set[str] = set()

    def read(self, lines: Iterable[str]) -> Iterator[Operation]:
        """Raises: NotUnderstoodError."""
        for call in calls(lines):
            if call.result >= 0:
                yield from self._operations(call)

    def _operations(self, call: Call) -> Iterator[Operation]:
        match call.name:
            case "openat":
                yield from self._opened(call)
            case "rename":
                yield from self._renamed(call)
            case "unlink":
                yield from self._unlinked(call)
            case name if name in UNDERSTOOD:
                yield from self._on_open_file(call)
            case _:
                self._refuse(call)

    def _opened(self, call: Call) -> Iterator[Operation]:
        base = FILE.match(call.arguments[0])
        name = _path(call.arguments[1])
        path = self._inside(name if base is None else _path(base["path"]) / name)
        if path is None:
            return
        flags = set(call.arguments[2].split("|"))
        descriptor = f"{call.result}:{path}"
        # After reading, which is not traced, the position of a descriptor that may also write is unknown.
        self._positions[descriptor] = None if "O_RDWR" in flags else 0
        self._appending.discard(descriptor)
        if "O_APPEND" in flags:
            self._appending.add(descriptor)
        if "O_CREAT" in flags and path not in self._sizes:
            self._sizes[path] = 0
            yield Created(path)
        elif "O_TRUNC" in flags:
            self._sizes[path] = 0
            yield Resized(path, 0)

    def _on_open_file(self, call: Call) -> Iterator[Operation]:
        file = FILE.match(call.arguments[0])
        if file is None:
            return
        absolute = _path(file["path"])
        if absolute == self._acks and call.name == "write":
            yield Acknowledged(unhex(call.arguments[1]).decode().strip())
        path = self._inside(absolute)
        if path is None or path.name.endswith(DELETED):
            return
        match call.name:
            case "lseek":
                self._positions[f"{file['number']}:{path}"] = call.result
            case "write" | "pwrite64":
                yield self._written(call, f"{file['number']}:{path}", path)
            case "ftruncate":
                self._sizes[path] = int(call.arguments[1])
                yield Resized(path, self._sizes[path])
            case _:
                yield Synced(path) if path in self._sizes else FolderSynced(path)

    def _written(self, call: Call, descriptor: str, path: Path) -> Written:
        data = unhex(call.arguments[1])[: call.result]
        offset = int(call.arguments[3]) if call.name == "pwrite64" else self._moved(descriptor, path, len(data))
        self._sizes[path] = max(self._sizes[path], offset + len(data))
        return Written(path, offset, data)

    def _moved(self, descriptor: str, path: Path, count: int) -> int:
        if descriptor in self._appending:
            return self._sizes[path]
        offset = self._positions.get(descriptor)
        if offset is None:
            raise NotUnderstoodError(f"write at an unknown position of {path}")
        self._positions[descriptor] = offset + count
        return offset

    def _renamed(self, call: Call) -> Iterator[Operation]:
        old, new = self._inside(_path(call.arguments[0])), self._inside(_path(call.arguments[1]))
        if old is None and new is None:
            return
        if old is None or new is None or old not in self._sizes:
            raise NotUnderstoodError(f"rename across the folder's border, or of a folder: {old} to {new}")
        self._sizes[new] = self._sizes.pop(old)
        yield Renamed(old, new)

    def _unlinked(self, call: Call) -> Iterator[Operation]:
        path = self._inside(_path(call.arguments[0]))
        if path in self._sizes:  # a socket or a pipe has no content to lose
            del self._sizes[path]
            yield Unlinked(path)

    def _refuse(self, call: Call) -> None:
        named = [FILE.sub(r"\g<path>", argument) for argument in call.arguments if "\\x" in argument]
        if any(self._inside(_path(text)) is not None for text in named):
            raise NotUnderstoodError(f"{call.name} in the folder")

    def _inside(self, path: Path) -> Path | None:
        if path == self._folder:
            return TOP
        return path.relative_to(self._folder) if path.is_relative_to(self._folder) else None


def _path(text: str) -> Path:
    return Path(unhex(text).decode("utf-8", "surrogateescape"))
