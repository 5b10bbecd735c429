"""Parts of a page are built while nobody does anything, and never under the hands of somebody who types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui.ahead import Ahead
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages.units.registry import RegistryPage
from congdoan_desktop.ui.pages.units.tabs import TABS
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given

PARTS = 3


class Parted(QWidget):
    """A page with a field and parts to build."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.built = QLineEdit(), 0
        QVBoxLayout(self).addWidget(self.field)

    def build_ahead(self) -> bool:
        self.built += self.built < PARTS
        return self.built < PARTS


@pytest.fixture
def window(qtbot: QtBot, runner: TaskRunner) -> MainWindow:
    window = MainWindow(runner)
    qtbot.addWidget(window)
    window.add_page("home", "house", "Trang chủ", QWidget)
    window.add_page("parted", "house", "Có phần", Parted)
    window.add_page("other", "house", "Trang khác", Parted)
    Ahead(window, runner, ["other"], quiet_ms=1)
    window.show()
    qtbot.waitActive(window)
    return window


def for_a_while() -> None:
    loop = QEventLoop()
    QTimer.singleShot(50, loop, loop.quit)
    loop.exec()


def test_all_parts_of_the_page_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    page = window.show_page("parted")
    assert isinstance(page, Parted)
    qtbot.waitUntil(lambda: page.built == PARTS)
    for_a_while()
    assert page.built == PARTS
    assert not window.build_page("other")


def test_pages_of_every_day_without_showing_them(window: MainWindow, qtbot: QtBot) -> None:
    home = window.show_page("home")
    qtbot.waitUntil(lambda: len(window.findChildren(Parted)) == 1)
    assert window.page_in_sight() is home
    assert window.build_page("parted")


def test_not_while_the_cursor_stands_in_a_field(window: MainWindow, qtbot: QtBot) -> None:
    page = window.show_page("parted")
    assert isinstance(page, Parted)
    page.field.setFocus()
    for_a_while()
    assert page.built == 0
    page.field.clearFocus()
    qtbot.waitUntil(lambda: page.built == PARTS)


def test_not_of_a_page_that_was_left(window: MainWindow) -> None:
    page = window.show_page("parted")
    assert isinstance(page, Parted)
    window.show_page("home")
    for_a_while()
    assert page.built == 0
    assert not window.build_page("other")


def test_tabs_built_ahead_are_those_that_are_shown(given: Given, qtbot: QtBot) -> None:
    page = RegistryPage(given.context)
    qtbot.addWidget(page)
    while page.build_ahead():
        pass
    built = {id(page.widget(at)) for at in range(page.count())}
    assert len(built) == len(TABS)
    shown = page.currentWidget()
    assert {id(page.part(tab.key)) for tab in TABS} == built
    assert page.part(TABS[0].key) is shown
