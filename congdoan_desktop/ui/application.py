"""The window's program: one application, one data folder, the door before it and the pages behind it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import door as doors
from congdoan_desktop.ui import excepthook
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner, show_bug
from congdoan_desktop.ui.unlock import UnlockWindow

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office
    from congdoan_desktop.services.opening import Founded, KdfCost
    from congdoan_desktop.ui.desk import Desk

_WARM_UP_MS = 150
_HEAVY = ("congdoan_desktop.services.opening", "congdoan_desktop.services.home")
_BEHIND_THE_DOOR = ("congdoan_desktop.ui.desk", "congdoan_desktop.ui.pages.home")
"""Read on the main thread, where classes of Qt belong; with the heavy ones there, each takes a few milliseconds."""


def run(folder: Path, *, clock: Clock | None = None, cost: KdfCost | None = None) -> int:
    """Show the window over a data folder until it is closed; the process's exit code."""
    from congdoan_desktop.ui.instance import Instance

    app = make_application()
    instance = Instance(folder)
    if not instance.claim():
        return 0
    program = Program(folder, clock or Clock(), cost)
    instance.wanted.connect(program.to_front)
    excepthook.install(show_bug)
    program.start()
    QTimer.singleShot(_WARM_UP_MS, instance, instance.listen)
    try:
        return app.exec()
    finally:
        program.shutdown()
        instance.release()


def make_application() -> QApplication:
    """The one QApplication, in the style that the stylesheet builds on, with Vietnamese numbers and dates."""
    existing = QApplication.instance()
    # Chosen here, so that no other is built first; and a style taken into Python's hands costs 5 ms of names.
    app = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("congdoan-desktop")
    app.setApplicationDisplayName("Công đoàn")
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    return app


class Program(QObject):
    """One run over one data folder: first start or unlocking, then the window with its pages."""

    def __init__(self, folder: Path, clock: Clock, cost: KdfCost | None = None) -> None:
        super().__init__()
        self.runner = TaskRunner(self)
        self.window: QWidget | None = None
        """What is in sight: the first-start window, the unlock window or the main window."""
        self._folder, self._clock, self._cost = folder, clock, cost
        self._preferences = Preferences(folder)
        self._desk: Desk | None = None
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(_WARM_UP_MS)
        self._warming.timeout.connect(self._warm_up)

    def start(self) -> None:
        """Show the door at once; the heavy libraries are read behind it, while the officer types."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._preferences.dress(app)
        self._show_door()
        self._warming.start()

    def to_front(self) -> None:
        """Bring our window before the others; a second start asks for it."""
        if self.window is None:
            return
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def shutdown(self) -> None:
        """Close the office on its thread, after what is still being written."""
        self._warming.stop()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self.runner.shutdown()

    def _show_door(self) -> None:
        try:
            door = doors.door(self._folder)
        except AppError as error:
            from congdoan_desktop.ui.kit import dialogs

            self._show_first_start()
            dialogs.show_error(self.window, error)
            return
        if door is None:
            self._show_first_start()
        else:
            self._show_unlock(door)

    def _show_first_start(self) -> None:
        from congdoan_desktop.ui.first_start import FirstStartWindow

        window = FirstStartWindow(self.runner, self._folder, self._clock, self._cost)
        window.founded.connect(self._founded)
        window.restored.connect(self._show_door)
        window.sample_asked.connect(self._show_sample)
        self._replace(window)

    def _show_unlock(self, door: doors.Door) -> None:
        last = self._preferences.officer
        window = UnlockWindow(self.runner, self._folder, door, self._clock, self._cost, last)
        window.opened.connect(self._opened)
        window.trying.connect(self._prepare)
        self._replace(window)

    def _founded(self, founded: Founded) -> None:
        from congdoan_desktop.ui.recovery_dialog import RecoveryDialog

        def sheet() -> bytes:
            from congdoan_desktop.services import sheets

            return sheets.recovery(founded.office, founded.recovery_words)

        dialog = RecoveryDialog(self.window, self.runner, founded.recovery_words, sheet)
        dialog.put_away.connect(lambda: self._enter(founded.office))
        dialog.open()

    def _opened(self, office: Office, slot: str) -> None:
        self._preferences.officer = slot
        self._enter(office)

    def _show_sample(self) -> None:
        from congdoan_desktop.ui.sample_dialog import SampleDialog

        dialog = SampleDialog(self.window, self.runner, self._folder, self._clock)
        dialog.opened.connect(self._enter)
        dialog.open()

    def _prepare(self) -> None:
        """Build the window while the passphrase is typed, or at the latest while the worker computes the key."""
        from congdoan_desktop.ui.desk import Desk

        if self._desk is None:
            self._desk = Desk(self.runner, self._preferences)
            QTimer.singleShot(0, self, self._draw_unseen)

    def _draw_unseen(self) -> None:
        """Styles and letters are then ready. In a turn of its own: the keys that came meanwhile go first."""
        if self._desk is not None and self._desk.window is not self.window:
            self._desk.window.grab()

    def _enter(self, office: Office) -> None:
        self._prepare()
        assert self._desk is not None
        self._desk.enter(office)
        self._replace(self._desk.window)

    def _replace(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _warm_up(self) -> None:
        def read(names: tuple[str, ...]) -> None:
            for name in names:
                import_module(name)

        def build(_read: object) -> None:
            read(_BEHIND_THE_DOOR)
            if isinstance(self.window, UnlockWindow):
                QTimer.singleShot(0, self, self._prepare)

        self.runner.run(read, _HEAVY, done=build)
