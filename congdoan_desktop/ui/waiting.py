"""The line before the database thread: urgent work goes first, and is let in where what runs can be left.

Urgent is what an officer waits for with the hands on the keys, a save. It is served between two tasks; in a long task
that shows its progress, at a step or before a transaction while none is open; and a task that only reads is broken off
for it and begun again. A transaction that writes is left only where whoever asked for it does it again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from congdoan_desktop.turns import GaveWay, Turns

if TYPE_CHECKING:
    from congdoan_desktop.ui.tasks import Task

_REPEATS = 3
"""So often a task is broken off; then it is let through, or somebody who saves every second would never see it."""
_TOO_DEAR_S = 5.0
"""What has run for longer is not thrown away; its transaction ends first."""


@dataclass(slots=True)
class _Run:
    """What the database thread is doing."""

    task: Task
    began: float = field(default_factory=time.monotonic)
    reading: bool = False
    writing: bool = False
    leaving: bool = False
    wrote: bool = False

    @property
    def repeatable(self) -> bool:
        """It has changed nothing, and little is lost."""
        if self.task.changes or self.wrote or self.task.repeats >= _REPEATS:
            return False
        return time.monotonic() - self.began < _TOO_DEAR_S


class Waiting(Turns):
    """What waits, in order. Tasks are put in from the main thread; all else happens on the database thread.

    `serve` runs a task there and then.
    """

    def __init__(self, serve: Callable[[Task], object]) -> None:
        self._serve = serve
        self._line: list[Task] = []
        self._lock = threading.Lock()
        self._now: _Run | None = None

    def put(self, task: Task, *, again: bool = False) -> None:
        """At the end of the line, or `again` at its head."""
        with self._lock:
            self._line.insert(0 if again else len(self._line), task)

    def next(self) -> Task | None:
        return self._urgent(take=True) or self._first()

    @contextmanager
    def on(self, task: Task) -> Iterator[None]:
        """The thread works on the task, perhaps in the midst of another one."""
        outer, self._now = self._now, _Run(task)
        try:
            yield
        finally:
            self._now = outer

    def step(self) -> None:
        """A step of a task that shows its progress. Raises: GaveWay."""
        now = self._now
        if now is None:
            return
        if not (now.reading or now.writing):
            self._let_in(now)
        elif self.wanted():
            raise GaveWay

    # Asked by the database

    def begin(self, *, writes: bool, leaves: bool = False) -> None:
        if (now := self._now) is not None:
            self._let_in(now, always=leaves)
            now.writing, now.reading, now.leaving = writes, not writes, leaves
            now.wrote |= writes

    def end(self) -> None:
        if self._now is not None:
            self._now.writing = self._now.reading = self._now.leaving = False

    def wanted(self) -> bool:
        now = self._now
        if now is None or not (now.leaving or now.reading) or self._urgent() is None:
            return False
        return now.leaving or now.repeatable

    def _let_in(self, now: _Run, *, always: bool = False) -> None:
        """No transaction is open."""
        if self._urgent() is None:
            return
        if now.task.with_progress or always:
            while (task := self._urgent(take=True)) is not None:
                self._serve(task)
        elif now.repeatable:
            raise GaveWay

    def _urgent(self, *, take: bool = False) -> Task | None:
        """The first urgent task, which overtakes those that read; what people wrote happens in their order."""
        with self._lock:
            for at, task in enumerate(self._line):
                if task.urgent:
                    return self._line.pop(at) if take else task
                if task.changes:
                    return None
        return None

    def _first(self) -> Task | None:
        with self._lock:
            return self._line.pop(0) if self._line else None
