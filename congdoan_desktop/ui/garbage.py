"""Reference cycles are collected on the main thread alone.

Python collects on whichever thread allocates, and that is mostly the database thread. A widget or timer that died in a
cycle would be destroyed there, while the main thread may be sending it an event: measured as a crash. On the main
thread automatic collection is no better: it can start inside a destructor of Qt, which then waits for its own lock.
So in a process with a window collection happens here, from the event loop, and nowhere else; not while somebody waits,
for the oldest generation takes a tenth of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
_MOST_LEFT_OUT = 6
"""So often in a row it is put off; who saves without a pause makes garbage too."""


class MainThreadCollector(QObject):
    """Takes over from Python's automatic collection, for the rest of the process. `awaited`: whether somebody waits."""

    def __init__(self, parent: QObject, awaited: Callable[[], bool]) -> None:
        super().__init__(parent)
        gc.disable()
        self._awaited = awaited
        self._left_out = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """The oldest generation that is due by Python's own thresholds, if any."""
        if self._left_out < _MOST_LEFT_OUT and self._awaited():
            self._left_out += 1
            return
        self._left_out = 0
        due = [
            age
            for age, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """No more collections; a process that goes on collects by itself, where no destructor is at work."""
        self._timer.stop()
