"""From Enter to the home page, and its floor, each in a process where it happens for the first time, as to an officer.

Both have read by Enter what the program reads behind its door, cryptography among it. The program waits in its event
loop, as it does for an officer: asking again and again would take one of two cores from Argon2id and half the
interpreter from the database thread. It is over when the table of targets has been painted with its rows. Prints one
JSON line: seconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from tests.bench.child import tell
from tests.bench.secret import PASSPHRASE

_TYPING_MS = 1500
"""A quick typist's passphrase."""
_LONGEST_MS = 30_000


class _RowsPainted(QObject):
    """Ends a loop once a table has been painted with rows."""

    def __init__(self, table: QTableView, loop: QEventLoop) -> None:
        super().__init__(loop)
        self._table, self._loop = table, loop
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # the name is Qt's
        if event.type() == QEvent.Type.Paint and self._table.isVisible() and self._table.model().rowCount():
            QTimer.singleShot(0, self._loop.quit)
        return False


def program(folder: Path) -> None:
    from congdoan_desktop.clock import Clock
    from congdoan_desktop.ui.application import Program, make_application
    from congdoan_desktop.ui.unlock import UnlockWindow

    make_application()
    program = Program(folder, Clock())
    program.start()
    _live(_TYPING_MS)
    assert isinstance(program.window, UnlockWindow)
    field = program.window.form.field("passphrase").control
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.insert(PASSPHRASE)
    loop = QEventLoop()
    QTimer.singleShot(_LONGEST_MS, loop, lambda: loop.exit(1))
    began = time.perf_counter()
    QTest.keyClick(field, Qt.Key.Key_Return)
    painted = _RowsPainted(_targets(), loop)
    if loop.exec() != 0:
        raise TimeoutError("the home page never showed its data")
    del painted
    tell(time.perf_counter() - began)


def _live(milliseconds: int) -> None:
    """Let the window wait. `QTest.qWait` would keep the interpreter from the database thread all the while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def _targets() -> QTableView:
    """The table of the home page, which is built while the key is computed, if not before."""
    found = (window.findChild(QTableView, "targets") for window in QApplication.topLevelWidgets())
    table = next((each for each in found if each is not None), None)
    assert isinstance(table, QTableView)
    return table


def floor(folder: Path) -> None:
    import cryptography.hazmat.primitives.ciphers.aead
    import cryptography.hazmat.primitives.kdf.argon2  # noqa: F401

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
