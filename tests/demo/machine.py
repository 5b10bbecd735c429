"""One office's laptop: its data folder, the program on it, and the calendar on the wall."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from congdoan_desktop.clock import VIETNAM, Clock
from congdoan_desktop.ui.application import Program
from tests.demo.camera import WHOLE, Camera
from tests.demo.hands import CONTROL, Hands, Lost

_PATIENCE_S = 20
_REFRESH_MS = 350


class Calendar(Clock):
    """A clock that runs on from the day the story has come to; the plan is of 2024."""

    def __init__(self) -> None:
        self.turn_to(datetime(2024, 2, 20, 8, tzinfo=VIETNAM))

    def turn_to(self, moment: datetime) -> None:
        self._shown, self._since = moment, time.monotonic()

    def now(self) -> datetime:
        return (self._shown + timedelta(seconds=time.monotonic() - self._since)).replace(microsecond=0)


class Machine:
    """Starts and ends the program as an officer does; each start asks for the passphrase."""

    def __init__(self, folder: Path, calendar: Calendar, camera: Camera, passphrase: str) -> None:
        self.folder, self._calendar, self._camera, self._passphrase = folder, calendar, camera, passphrase
        self._program: Program | None = None

    @property
    def program(self) -> Program:
        assert self._program is not None
        return self._program

    @property
    def window(self) -> QWidget:
        assert self.program.window is not None
        return self.program.window

    def start(self) -> Hands:
        """First start or the unlock window, whatever the folder says."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._program = Program(self.folder, self._calendar)
        self._program.start()
        hands = Hands(self._program)
        self.front()
        hands.rest()
        return hands

    def unlock(self, picture: str = "") -> Hands:
        hands = self.start()
        hands.enter("passphrase")
        hands.type(self._passphrase)
        if picture:
            self.shoot(picture)
        door = self.window
        hands.click("open")
        self.wait_for_other_than(door)
        hands.rest()
        return hands

    def wait_for_other_than(self, before: QWidget) -> None:
        """Until the program shows its next window."""
        until = time.monotonic() + _PATIENCE_S
        while self.window is before:
            if time.monotonic() > until:
                raise Lost(f"“{before.windowTitle()}” stays")
            QTest.qWait(20)
        self.front()

    def front(self) -> None:
        """Sit down before this window: it is large, and has the focus."""
        self.window.resize(*WHOLE)
        self.window.activateWindow()
        if not QTest.qWaitForWindowActive(self.window):
            raise Lost("the window does not come to the front")

    def leave(self) -> None:
        """Close the window and the program. A process would end here; its widgets go now."""
        window = self.window
        window.close()
        self.program.shutdown()
        self._program = None
        QApplication.processEvents()
        window.deleteLater()
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)

    def shoot(self, name: str, size: tuple[int, int] = WHOLE) -> None:
        self._camera.take(self.window, name, size)


def page(hands: Hands, key: str) -> None:
    """Click a page in the navigation."""
    hands.click(f"nav_{key}")
    hands.rest(_REFRESH_MS)


def use_stick(hands: Hands, stick: Path) -> None:
    """On the page "Gửi – nhận": type where the stick is, once."""
    line = hands.find(QLineEdit, "stickPath")
    if line.text() != str(stick):
        hands.press(line)
        hands.key(Qt.Key.Key_A, CONTROL)
        hands.type(f"{stick}\n")
        hands.rest(100)


def write_to_stick(machine: Machine, hands: Hands, stick: Path, picture: str) -> None:
    """On the tab "Gửi bằng USB", until the program says that the stick may be taken out."""
    use_stick(hands, stick)
    machine.shoot(f"{picture}-san-sang")
    hands.click("write")
    hands.rest(100)
    assert hands.sees("Có thể rút USB")
    machine.shoot(f"{picture}-xong")
