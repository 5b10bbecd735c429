"""The message inside a page: dressed for what it says now, whatever it said before."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import IconLabel
from tests.ui.hands import Show

COLOURS = (("bad", "bad"), ("ok", "ok"), ("warn", "warn"), ("info", "accent_text"))


@pytest.mark.parametrize(("tone", "token"), COLOURS)
@pytest.mark.parametrize("before", [tone for tone, _ in COLOURS])
def test_the_sentence_has_the_colour_of_its_tone(before: str, tone: str, token: str, qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    theme.dress(banner)
    banner.show_text(before, "Chưa ghi được.")
    banner.show_text(tone, "Đã ghi.")
    sentence = next(made for made in banner.findChildren(QLabel) if made.text() == "Đã ghi.")
    assert sentence.palette().color(QPalette.ColorRole.WindowText) == theme.current().color(token)


@pytest.mark.parametrize("rest", ["", "Thử lại lần nữa."])
def test_icon_and_cross_stand_at_the_height_of_the_sentence(rest: str, show: Show) -> None:
    banner, whole = Banner(), QWidget()
    column = QVBoxLayout(whole)
    column.addWidget(banner)
    column.addStretch(1)
    whole.resize(800, 200)
    show(whole)
    banner.show_text("ok", "Đã xoá.", rest, action="Hoàn tác", on_action=int)
    QApplication.processEvents()
    sentence = next(made for made in banner.findChildren(QLabel) if made.text() == "Đã xoá.")
    icon = banner.findChildren(IconLabel)[0]
    assert abs(icon.geometry().center().y() - sentence.geometry().center().y()) <= 3
