"""Processes that the bench starts and times from outside: our window and a bare one.

Each prints one JSON line: seconds since the parent's start signal, and its resident memory in MB.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class FirstPaint(QObject):
    """Calls back once, after the first paint event of a window has been dealt with."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # the name is Qt's
        if event.type() == QEvent.Type.Paint and self._then is not None:
            then, self._then = self._then, None
            QTimer.singleShot(0, then)
        return False


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def tell(seconds: float) -> None:
    sys.stdout.write(json.dumps({"seconds": seconds, "mb": resident_mb()}) + "\n")
    sys.stdout.flush()
    os._exit(0)


def bare(began: float) -> None:
    app = QApplication([])
    window = QWidget()
    layout = QVBoxLayout(window)
    for part in (QLabel("Công đoàn"), QLineEdit(), QPushButton("Mở sổ")):
        layout.addWidget(part)
    window.resize(1366, 697)
    painted = FirstPaint(window, lambda: tell(time.time() - began))
    window.show()
    app.exec()
    del painted


def unlock(began: float, folder: Path) -> None:
    """The whole way of an officer's start: arguments, log, second instance, window."""
    from congdoan_desktop import bootstrap
    from congdoan_desktop.ui import application

    class Watched(application.Program):
        def start(self) -> None:
            super().start()
            assert self.window is not None
            FirstPaint(self.window, lambda: tell(time.time() - began))

    application.Program = Watched  # type: ignore[misc]
    bootstrap.window(["--data", str(folder)])


def main() -> None:
    kind, began = sys.argv[1], float(sys.argv[2])
    if kind == "bare":
        bare(began)
    else:
        unlock(began, Path(sys.argv[3]))


if __name__ == "__main__":
    main()
