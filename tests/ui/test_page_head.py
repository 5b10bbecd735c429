"""The head of a page: neither title nor buttons are cut, whatever the size of letters."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.page import PageFrame
from tests.ui.hands import Show

WORDS = ("Chép sang Excel", "In biên bản", "Vào, ra, chuyển")


@pytest.fixture
def page(show: Show) -> PageFrame:
    frame = PageFrame("Đơn vị – đoàn viên", "danh-sach-dai.xlsx " * 9)
    frame.add_search("Tìm tên, số giấy tờ, điện thoại", 300)
    for words in WORDS:
        frame.add_action(Button(words, "table"))
    frame.set_primary(Button("Thêm người", "plus", "primary"))
    frame.resize(1158, 500)
    show(frame)
    return frame


def is_whole(page: PageFrame) -> bool:
    buttons = page.findChildren(Button)
    return page.title.text() == page.title.whole() and all(b.width() >= b.sizeHint().width() for b in buttons)


def test_title_and_buttons_stand_on_one_line_where_there_is_room(page: PageFrame, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_whole(page))
    assert page.title.y() < page.findChildren(Button)[0].geometry().bottom()


def test_large_letters_put_the_buttons_below(page: PageFrame, qtbot: QtBot, dressed: QApplication) -> None:
    theme.apply(dressed, scale=150)
    page.resize(1022, 500)
    button = page.findChildren(Button)[0]
    qtbot.waitUntil(lambda: is_whole(page) and page.title.geometry().bottom() < button.y())
    page.resize(1900, 500)
    qtbot.waitUntil(lambda: page.title.geometry().bottom() > button.y())


def test_filters_without_room_stand_on_a_second_line(page: PageFrame, qtbot: QtBot, dressed: QApplication) -> None:
    chips = [
        page.add_filter(FilterChip(words, lambda _: None, icon="warning"))
        for words in ("Thiếu thông tin", "Sắp hết nhiệm kỳ", "Cả những người đã thôi", "Đảng viên", "Mâu thuẫn")
    ]
    columns = page.add_filter_action(Button("Cột", "columns", "flat"))
    for chip in (*chips, columns):
        chip.show()

    def lines() -> list[int]:
        return sorted({chip.y() for chip in chips})

    def whole() -> bool:
        return all(chip.width() >= chip.sizeHint().width() for chip in (*chips, columns))

    qtbot.waitUntil(lambda: whole() and len(lines()) == 1)
    theme.apply(dressed, scale=150)
    page.resize(1022, 500)
    qtbot.waitUntil(lambda: whole() and len(lines()) == 2)
    assert columns.y() < lines()[1]
    page.resize(1900, 500)
    qtbot.waitUntil(lambda: whole() and len(lines()) == 1)
    assert [chip.x() for chip in chips] == sorted(chip.x() for chip in chips)
