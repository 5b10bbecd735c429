"""What the tests of the window share: a dressed application, hands that type, silence of Qt, pictures of failures."""

from __future__ import annotations

import gc
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QtMsgType
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given

FAILURES = Path(__file__).resolve().parent.parent.parent / "build" / "failures"
_KNOWN = ("This plugin does not support",)  # what the offscreen platform says of itself

Type = Callable[[str], None]
Press = Callable[..., None]
Click = Callable[..., None]
_PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="session", autouse=True)
def settled_heap() -> None:
    """What the imports left is never garbage; frozen, it costs the collection after each test nothing."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, settled_heap: None) -> Iterator[QApplication]:
    """Every test begins in the light palette at 100 %."""
    if not qapp.property("congdoanTheme") or theme.current().dark or theme.current().scale != 100:
        theme.apply(qapp)
    yield qapp
    for widget in qapp.topLevelWidgets():
        widget.close()
    # Whatever is left would be dressed again by every later `theme.apply`.
    for widget in qapp.topLevelWidgets():
        if widget.windowType() is Qt.WindowType.Window:  # a pop-up belongs to whoever opens it
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()  # the window's collector has switched the automatic one off (ui/garbage.py)


@pytest.fixture(autouse=True)
def quiet_qt(qtlog: Any) -> Iterator[None]:
    """A warning of Qt fails the test."""
    yield
    loud = [r.message for r in qtlog.records if r.type != QtMsgType.QtDebugMsg and not r.message.startswith(_KNOWN)]
    assert loud == []


@pytest.fixture
def runner() -> Iterator[TaskRunner]:
    made = TaskRunner(on_error=_unexpected, on_bug=_unexpected)
    yield made
    made.shutdown()


@pytest.fixture(scope="session")
def filled_office(tmp_path_factory: pytest.TempPathFactory, cheap_kdf: KdfCost) -> tuple[Path, str]:
    """The folder of a union's office with records in it, made once, and the id of its campaign."""
    folder = tmp_path_factory.mktemp("filled") / "union"
    return folder, entry_office.found(folder, cheap_kdf)


@pytest.fixture
def given(filled_office: tuple[Path, str], tmp_path: Path, runner: TaskRunner) -> Iterator[Given]:
    """A copy of that office, open on the runner's thread."""
    folder, campaign = filled_office
    shutil.copytree(folder, tmp_path / "union")
    opened = entry_office.open_in(runner, tmp_path / "union", campaign)
    yield opened
    runner.wait_idle()
    runner.run(opened.office.close)
    runner.shutdown()  # what a timer asks for from now on is not answered


def _unexpected(*what: object) -> None:
    raise AssertionError(what)


@pytest.fixture
def type_keys() -> Type:
    """Types as UniKey does: "<" is a Backspace, everything else a key press that carries its letter.

    Keys go where the system would send them: to an open pop-up, else to the widget with the focus.
    """

    def press(keys: str) -> None:
        for letter in keys:
            goal = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert goal is not None
            key = Qt.Key.Key_Backspace if letter == "<" else _key(letter)
            text = "" if letter == "<" else letter
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(goal, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    return press


@pytest.fixture
def press() -> Press:
    """Press a key where the system would send it; `on` gets the focus first."""

    def pressed(key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN, on: QWidget | None = None) -> None:
        if on is not None:
            on.setFocus()
        popup = QApplication.activePopupWidget()
        inside = popup.focusWidget() if popup else None
        goals = (inside, popup, QApplication.focusWidget(), QApplication.activeWindow())
        goal = next(goal for goal in goals if isinstance(goal, QWidget))
        QTest.keyClick(goal, key, modifier)

    return pressed


@pytest.fixture
def click() -> Click:
    """Click the left part of a widget, or the point given."""

    def clicked(widget: QWidget, at: QPoint | None = None) -> None:
        place = QPoint(min(12, widget.width() // 2), widget.height() // 2) if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _PLAIN, place)

    return clicked


def _key(letter: str) -> Qt.Key:
    return Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[QWidget], QWidget]]:
    """Show a widget and wait until it is the active window; it lives until the test ends."""
    kept = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        theme.dress(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    yield shown
    kept.clear()


@pytest.fixture
def window(
    given: Given, show: Callable[[QWidget], QWidget], runner: TaskRunner, tmp_path: Path
) -> Iterator[MainWindow]:
    """The program's own window over the filled office."""
    desk = Desk(runner, Preferences(tmp_path))
    desk.enter(given.office)
    show(desk.window)
    assert runner.wait_idle()
    yield desk.window
    desk._later.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test leaves pictures of its windows in build/failures."""
    report = yield
    if report.when == "call" and report.failed and isinstance(app := QApplication.instance(), QApplication):
        FAILURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", item.name)[:80]
        for number, widget in enumerate(w for w in app.topLevelWidgets() if w.isVisible()):
            widget.grab().save(str(FAILURES / f"{name}-{number}.png"))
    return report
