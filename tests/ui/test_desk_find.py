"""The find box of the window finds people, unions and workplaces, and opens them in their tab."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.pages.members import MembersPage
from congdoan_desktop.ui.pages.units import RegistryPage
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given
from tests.ui.hands import CONTROL, Press, Show, Type


def test_somebody_is_found_from_anywhere(
    given: Given, show: Show, runner: TaskRunner, tmp_path: Path, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    desk = Desk(runner, Preferences(tmp_path))
    desk.enter(given.office)
    show(desk.window)
    assert runner.wait_idle()
    box = desk.window.sidebar.find_box
    press(Qt.Key.Key_K, CONTROL)
    type_keys("sua")
    qtbot.waitUntil(lambda: box.list.is_open() and runner.idle)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    page = desk.window.show_page("units")
    assert isinstance(page, RegistryPage)
    part = page.part("members")
    assert isinstance(part, MembersPage)
    qtbot.waitUntil(lambda: part.editor.record is not None)
    assert part.editor.title.whole() == "Giàng Thị Sua"
    desk._later.stop()
