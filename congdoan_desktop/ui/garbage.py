"""Reference cycles are collected on the main thread alone.

Python collects on whichever thread allocates, and that is mostly the database thread. A widget or timer that died in a
cycle would be destroyed there, while the main thread may be sending it an event: measured as a crash. On the main
thread automatic collection is no better: it can start inside a destructor of Qt, which then waits for its own lock.
So in a process with a window collection happens here, from the event loop, and nowhere else.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class MainThreadCollector(QObject):
    """Takes over from Python's automatic collection, for the rest of the process."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """The oldest generation that is due by Python's own thresholds, if any."""
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
