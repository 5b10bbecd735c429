"""How a process at work is killed: after a time, or just before one of its operations on files.

The work runs in a child forked from this process, so that the libraries are read once. It waits until the killer is
ready. With strace the kernel itself delivers SIGKILL at a system call, wherever it is made: SQLCipher's own writes are
struck as well as Python's.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

OPERATIONS = (
    "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink", "unlinkat",
    "mkdir", "mkdirat",
)  # fmt: skip
"""The system calls that change files or make changes durable."""
_TRACED = ",".join(f"?{name}" for name in OPERATIONS)
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")
_ANY_TRACER = 0x59616D61, ctypes.c_ulong(-1)  # PR_SET_PTRACER, PR_SET_PTRACER_ANY

Act = Callable[[], Iterable[str]]
"""The work; it acknowledges with a line for each thing done."""
Strike = Callable[["Child"], None]
"""Lets the child begin and waits until it is dead or done."""


@dataclass(frozen=True, slots=True)
class Child:
    """A forked process that begins its work when a byte comes through `gate`, and says lines into `told`."""

    pid: int
    gate: int
    told: BinaryIO
    heard: list[bytes] = field(default_factory=list)

    def begin(self) -> None:
        os.write(self.gate, b".")

    def hear(self, lines: int) -> None:
        """Wait until it has said so many more, or is dead."""
        self.heard.extend(self.told.readline() for _ in range(lines))


@dataclass(frozen=True, slots=True)
class Moment:
    """The `number`-th call (from 1) of a system call in the course of the work."""

    call: str
    number: int


def struck(act: Act, strike: Strike) -> tuple[list[str], bool]:
    """What the work had acknowledged when it was killed, and whether it was: it may have been quicker."""
    child = _forked(act)
    with child.told:
        strike(child)
        os.close(child.gate)
        said = [*child.heard, *child.told.readlines()]
    _, status = os.waitpid(child.pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the work failed by itself")
    return [line.decode().strip() for line in said if line.endswith(b"\n")], os.WIFSIGNALED(status)


def after(seconds: float, lines: int = 0) -> Strike:
    """Kill when so many lines were acknowledged and some time more has passed."""

    def strike(child: Child) -> None:
        child.begin()
        child.hear(lines)
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)

    return strike


def at(moment: Moment, strace: str) -> Strike:
    """Kill at the moment, before the call is carried out."""
    return _traced(strace, ["-o", os.devnull, "-e", f"inject={moment.call}:signal=KILL:when={moment.number}"])


def recorded(act: Act, strace: str, trace: Path) -> list[Moment]:
    """Every moment of the undisturbed work at which it can be struck."""
    _, killed = struck(act, _traced(strace, ["-o", str(trace)]))
    assert not killed
    counted: Counter[str] = Counter()
    found = []
    for line in trace.read_text("utf-8", "replace").splitlines():
        call = _CALL.match(line)
        if call and call[1] in OPERATIONS:
            counted[call[1]] += 1
            found.append(Moment(call[1], counted[call[1]]))
    return found


def quiet(child: Child) -> None:
    """No strike at all."""
    child.begin()


def _traced(strace: str, options: list[str]) -> Strike:
    def strike(child: Child) -> None:
        command = [strace, "-f", "-e", f"trace={_TRACED}", *options, "-p", str(child.pid)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            child.begin()
            tracer.stderr.read()
        assert "attached" in said, said

    return strike


def _forked(act: Act) -> Child:
    gate, opened = os.pipe()
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        for end in (opened, told):
            os.close(end)
        _work(act, gate, tell)
    for end in (gate, tell):
        os.close(end)
    return Child(pid, opened, os.fdopen(told, "rb"))


def _work(act: Act, gate: int, tell: int) -> None:
    """Ends the process without the rites of an interpreter: it is a copy of the one that kills."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(*_ANY_TRACER, 0, 0, 0)  # where the system lets only ancestors trace
        os.read(gate, 1)
        for line in act():
            os.write(tell, f"{line}\n".encode())
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)
