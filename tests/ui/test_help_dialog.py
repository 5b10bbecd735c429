"""F1 shows the guide's section of the page, with its pictures, and its links lead on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop import paths
from congdoan_desktop.ui.help_dialog import CONTENTS, KEYS, SECTIONS, HelpDialog
from congdoan_desktop.ui.pages import PAGES

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
