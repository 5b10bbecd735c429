"""F1 shows the guide's section of the page, with its pictures, and its links lead on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop import paths
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.help_dialog import CONTENTS, KEYS, SECTIONS, TAB_SECTIONS, HelpDialog
from congdoan_desktop.ui.pages import PAGES
from congdoan_desktop.ui.pages.units.tabs import TABS
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given
from tests.ui.hands import Press, Show

GUIDE = paths.resources() / "help"


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1366, 697)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize("title", [entry.title for entry in PAGES])
def test_every_page_has_its_section(desk: QWidget, title: str) -> None:
    text = (GUIDE / f"{SECTIONS[title]}.md").read_text("utf-8")
    dialog = HelpDialog(desk, title)
    assert dialog.guide.toPlainText().splitlines()[0] == text.splitlines()[0].removeprefix("# ")


@pytest.mark.parametrize("tab", [tab.title for tab in TABS[1:]])
def test_every_tab_of_the_registry_has_its_section_with_a_picture(desk: QWidget, tab: str) -> None:
    dialog = HelpDialog(desk, "Đơn vị – đoàn viên", tab)
    assert dialog.guide.source().fileName() == f"{TAB_SECTIONS[tab]}.md"
    pictures = re.findall(r"pictures/[\w-]+\.png", (GUIDE / dialog.guide.source().fileName()).read_text("utf-8"))
    assert pictures
    assert all((GUIDE / picture).is_file() for picture in pictures)


def test_pictures_are_loaded_and_fit(desk: QWidget, qtbot: QtBot) -> None:
    dialog = HelpDialog(desk, "Báo cáo")
    dialog.show()
    qtbot.waitExposed(dialog)
    assert "￼" in dialog.guide.toPlainText()
    assert dialog.guide.document().size().height() > 500, "the picture has no height"
    assert not dialog.guide.horizontalScrollBar().isVisible()


def test_links_and_buttons_lead_through_the_guide(desk: QWidget) -> None:
    dialog = HelpDialog(desk, "Thiết lập")
    QTest.mouseClick(dialog.contents, Qt.MouseButton.LeftButton)
    assert dialog.guide.source().fileName() == f"{CONTENTS}.md"
    dialog.guide.setSource(QUrl("gui-nhan.md"))
    assert dialog.guide.toPlainText().startswith("Gửi – nhận bằng USB")
    QTest.mouseClick(dialog.keys, Qt.MouseButton.LeftButton)
    assert dialog.guide.source().fileName() == f"{KEYS}.md"
    QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.guide.source().fileName() == "gui-nhan.md"


@pytest.mark.parametrize(("tab", "section"), [("units", "don-vi"), ("members", "doan-vien"), ("import", "nhap-excel")])
def test_f1_opens_the_section_of_the_tab_in_sight(
    given: Given, runner: TaskRunner, show: Show, press: Press, tmp_path: Path, tab: str, section: str
) -> None:
    desk = Desk(runner, Preferences(tmp_path))
    desk.enter(given.office)
    show(desk.window)
    desk.go("units", tab)
    assert runner.wait_idle()
    press(Qt.Key.Key_F1)
    dialog = desk.window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.guide.source().fileName() == f"{section}.md"
    dialog.close()
    desk._later.stop()
