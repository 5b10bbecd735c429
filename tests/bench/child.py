"""Processes that the bench starts and times from outside: our window and a bare one.

Each prints one JSON line: seconds since the parent's start signal, and its resident memory in MB. Neither reads
anything in before its turn: our program turns automatic garbage collection off before it reads PySide in, and PySide
then makes every import dearer. Read in here for both, it would do to our program what happens to no officer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def tell(seconds: float) -> None:
    sys.stdout.write(json.dumps({"seconds": seconds, "mb": resident_mb()}) + "\n")
    sys.stdout.flush()
    os._exit(0)


def bare(began: float) -> None:
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

    from tests.bench.painted import FirstPaint

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
    from congdoan_desktop import bootstrap, logs

    kept_in = logs.kept_in

    @contextmanager
    def then_watched(data: Path) -> Iterator[Path]:
        with kept_in(data) as log:
            _watch(began)
            yield log

    logs.kept_in = then_watched
    bootstrap.window(["--data", str(folder)])


def _watch(began: float) -> None:
    """Called where the program reads its window in, which is the last step before PySide."""
    from congdoan_desktop.ui import application
    from tests.bench.painted import FirstPaint

    class Watched(application.Program):
        def start(self) -> None:
            super().start()
            assert self.window is not None
            FirstPaint(self.window, lambda: tell(time.time() - began))

    application.Program = Watched  # type: ignore[misc]


def main() -> None:
    kind, began = sys.argv[1], float(sys.argv[2])
    if kind == "bare":
        bare(began)
    else:
        unlock(began, Path(sys.argv[3]))


if __name__ == "__main__":
    main()
