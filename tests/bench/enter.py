"""From Enter to the home page, and its floor, each in a process where it happens for the first time, as to an officer.

Nothing is imported here beforehand that the program would not have read by then. Prints one JSON line: seconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from tests.bench.child import tell
from tests.bench.secret import PASSPHRASE

_TYPING_MS = 1500
"""A quick typist's passphrase."""
_LONGEST_S = 30.0


def program(folder: Path) -> None:
    from congdoan_desktop.clock import Clock
    from congdoan_desktop.ui.application import Program, make_application
    from congdoan_desktop.ui.unlock import UnlockWindow

    app = make_application()
    program = Program(folder, Clock())
    program.start()
    QTest.qWait(_TYPING_MS)
    program.runner.wait_idle()
    assert isinstance(program.window, UnlockWindow)
    field = program.window.form.field("passphrase").control
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.insert(PASSPHRASE)
    began = time.perf_counter()
    QTest.keyClick(field, Qt.Key.Key_Return)
    while not _has_data(program.window):
        app.processEvents()
        if time.perf_counter() - began > _LONGEST_S:
            raise TimeoutError("the home page never showed its data")
    tell(time.perf_counter() - began)


def _has_data(window: QWidget | None) -> bool:
    table = window.findChild(QTableView, "targets") if window is not None else None
    return table is not None and table.model().rowCount() > 0 and table.isVisible()


def floor(folder: Path) -> None:
    from congdoan_desktop.storage import folder as folders
    from congdoan_desktop.storage import keyring as keyrings
    from congdoan_desktop.storage.engine import connect

    began = time.perf_counter()
    keyring = keyrings.load(folder / folders.KEYRING)
    key = keyring.open(keyring.slots[0].name, PASSPHRASE.encode())
    connection = connect(folder / folders.DATABASE, key)
    connection.execute("SELECT * FROM p_activity").fetchall()
    tell(time.perf_counter() - began)


if __name__ == "__main__":
    (program if sys.argv[1] == "program" else floor)(Path(sys.argv[2]))
