"""The shipped window with somebody typing in it: `typist.py FOLDER PAGE FIELD [forgetful]`, until it is killed.

Prints a line for each thing typed: the time on the machine's monotonic clock and what now stands in the field. With
`forgetful` drafts are kept only after a minute, as a program would that saves now and then.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from congdoan_desktop.clock import Clock
from congdoan_desktop.ui.application import Program, make_application
from congdoan_desktop.ui.kit import form as forms
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.tabbed import TabbedPage
from congdoan_desktop.ui.unlock import UnlockWindow
from tests.services.conftest import PASSPHRASE

LETTERS = "Hội thi cán bộ công đoàn giỏi "
EVERY_MS = 40
_LOOK_EVERY_MS = 10


class Typist(QObject):
    """Unlocks, opens the page's empty form and types into one field with key events, one letter at a time."""

    def __init__(self, program: Program, page: str, field: str) -> None:
        super().__init__()
        self._program, self._page, self._field = program, page, field
        self._form: forms.Form | None = None
        self._typed = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._unlock)
        self._timer.start(_LOOK_EVERY_MS)

    def _next(self, step: object, every: int = _LOOK_EVERY_MS) -> None:
        self._timer.timeout.disconnect()
        self._timer.timeout.connect(step)
        self._timer.start(every)

    def _unlock(self) -> None:
        window = self._program.window
        if isinstance(window, UnlockWindow):
            window.form.field("passphrase").set_value(PASSPHRASE)
            window.open_button.click()
            self._next(self._open)

    def _open(self) -> None:
        window = self._program.window
        if isinstance(window, MainWindow) and self._program.runner.idle:
            page = window.show_page(self._page)
            page = page.part("records") if isinstance(page, TabbedPage) else page
            assert isinstance(page, EntryPage)
            page.open_object("new")
            self._next(partial(self._begin, page))

    def _begin(self, page: EntryPage) -> None:
        if page.editor.record == "":
            self._form = page.form
            page.form.go_to(self._field)
            self._next(self._type, EVERY_MS)

    def _type(self) -> None:
        assert self._form is not None
        letter = LETTERS[self._typed % len(LETTERS)]
        self._typed += 1
        goal = QApplication.focusWidget()
        assert goal is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(goal, event)
        sys.stdout.write(f"{time.monotonic()} {self._form.raw()[self._field]}\n")
        sys.stdout.flush()


def main(folder: str, page: str, field: str, how: str = "") -> None:
    if how == "forgetful":
        setattr(forms, "_DRAFT_AFTER_MS", 60_000)  # noqa: B010 - mypy forbids the plain way
    app = make_application()
    program = Program(Path(folder), Clock())
    program.start()
    typist = Typist(program, page, field)
    app.exec()
    del typist


if __name__ == "__main__":
    main(*sys.argv[1:])
