"""What an officer may open next is built before, in turns of some 50 ms, while nobody types or asks for anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.tasks import TaskRunner

QUIET_MS = 1500
"""After a page was shown."""
_BETWEEN_MS = 250
_WRITTEN_IN = (QLineEdit, QPlainTextEdit, QTextEdit)


class Ahead(QObject):
    """Asks the page in sight to `build_ahead`, where it has parts, until all are there; then the pages of `keys`."""

    def __init__(
        self, window: MainWindow, runner: TaskRunner, keys: Sequence[str] = (), quiet_ms: int = QUIET_MS
    ) -> None:
        super().__init__(window)
        self._window, self._runner, self._keys, self._quiet_ms = window, runner, keys, quiet_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        window.page_shown.connect(lambda _: self._timer.start(self._quiet_ms))

    def _turn(self) -> None:
        if not self._at_rest():
            self._timer.start(self._quiet_ms)
        elif self._build():
            self._timer.start(min(_BETWEEN_MS, self._quiet_ms))

    def _build(self) -> bool:
        """One thing; False when nothing is left."""
        build = getattr(self._window.page_in_sight(), "build_ahead", None)
        return bool(build and build()) or any(self._window.build_page(key) for key in self._keys)

    def _at_rest(self) -> bool:
        elsewhere = QApplication.activeModalWidget() is not None or not self._window.isVisible()
        return self._runner.idle and not elsewhere and not isinstance(QApplication.focusWidget(), _WRITTEN_IN)
