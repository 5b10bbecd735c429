"""Every control of every page and dialog has a name, and nothing shows a window of its own while it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui.first_start import FirstStartWindow
from congdoan_desktop.ui.kit.paper_view import PaperView
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages import PAGES
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.tabbed import TabbedPage
from congdoan_desktop.ui.recovery_dialog import RecoveryDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.hands import CONTROL, Press, Show

KEYS = [entry.key for entry in PAGES]


class Flashes(QObject):
    """Windows that come into sight and are neither a window of ours nor a list or menu."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # the name is Qt's
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not popup and not isinstance(watched, (QDialog, MainWindow)):
                self.seen.append(f"{type(watched).__name__} {watched.objectName()} {watched.accessibleName()}")
        return False


@pytest.fixture
def flashes(qapp: QApplication) -> Iterator[Flashes]:
    made = Flashes()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def nameless(root: QWidget) -> list[str]:
    """Widgets that the Tab key reaches and a screen reader could not name."""
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_part(widget) and not widget.accessibleName()
    ]


def _is_part(widget: QWidget) -> bool:
    """A list inside a box, a line inside a spin box: read out with what holds them; a button reads its own words."""
    parent = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and widget.text():
        return True
    if widget.objectName().startswith("qt_") or isinstance(parent, (QComboBox, QAbstractScrollArea)):
        return True
    holder = parent.parentWidget() if parent is not None else None
    return isinstance(holder, QComboBox)


@pytest.mark.parametrize("key", KEYS)
def test_every_control_of_a_page_has_a_name(window: MainWindow, runner: TaskRunner, flashes: Flashes, key: str) -> None:
    page = window.show_page(key)
    assert runner.wait_idle()
    assert nameless(window) == []
    assert [w for w in page.findChildren(PaperView) if not w.number.accessibleName()] == []
    assert flashes.seen == []


@pytest.mark.parametrize("key", ["activities", "support"])
def test_every_control_of_the_dialogs_of_a_list_has_a_name(
    window: MainWindow, runner: TaskRunner, press: Press, flashes: Flashes, qtbot: QtBot, key: str
) -> None:
    page = window.show_page(key)
    assert runner.wait_idle()
    page = page.part("records") if isinstance(page, TabbedPage) else page
    assert isinstance(page, EntryPage)
    press(Qt.Key.Key_Down, on=page.table)
    press(Qt.Key.Key_H, CONTROL)
    assert runner.wait_idle()
    history = QApplication.activeModalWidget()
    assert isinstance(history, HistoryDialog)
    assert nameless(history) == []
    history.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_Delete, on=page.table)
    assert runner.wait_idle()
    asked = QApplication.activeModalWidget()
    assert asked is not None
    assert nameless(asked) == []
    assert flashes.seen == []


def _first_start(runner: TaskRunner, folder: Path) -> QWidget:
    return FirstStartWindow(runner, folder, entry_office.clock())


def _recovery(runner: TaskRunner, _folder: Path) -> QWidget:
    return RecoveryDialog(None, runner, ("bưởi",) * 12, lambda: b"")


@pytest.mark.parametrize("build", [_first_start, _recovery])
def test_every_control_before_the_office_has_a_name(
    runner: TaskRunner, tmp_path: Path, show: Show, build: Callable[[TaskRunner, Path], QWidget]
) -> None:
    made = build(runner, tmp_path / "new")
    show(made)
    assert nameless(made) == []
