"""The whole window without a mouse: pages by number, and support records typed in a row."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import support
from congdoan_desktop.services.support_list import SupportRow
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages import PAGES
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.support import CarePage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given
from tests.ui.hands import CONTROL, Press, Type

IN_A_ROW = 20


def page_in_sight(window: MainWindow) -> QWidget:
    page = window.show_page(window.current_page())
    return page.part("records") if isinstance(page, CarePage) else page


def supports(given: Given, runner: TaskRunner) -> list[SupportRow]:
    found: list[SupportRow] = entry_office.ask(runner, lambda: support.listing(given.office))
    return found


def enter(press: Press, type_keys: Type, *texts: str) -> None:
    """Type into one field after another, Enter between them."""
    for text in texts:
        type_keys(text)
        QApplication.processEvents()  # a list that opens becomes the active window for a moment
        press(Qt.Key.Key_Return)


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1), ids=[entry.key for entry in PAGES])
def test_a_page_comes_with_its_number_and_takes_the_keys(
    window: MainWindow, runner: TaskRunner, press: Press, number: int
) -> None:
    press(Qt.Key(Qt.Key.Key_0 + number), CONTROL)
    assert runner.wait_idle()
    page = page_in_sight(window)
    assert window.current_page() == PAGES[number - 1].key
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)
    assert focused.accessibleName()


def test_records_in_a_row_without_the_mouse(
    window: MainWindow, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    before = len(supports(given, runner))
    press(Qt.Key.Key_4, CONTROL)
    assert runner.wait_idle()
    press(Qt.Key.Key_N, CONTROL)
    enter(press, type_keys, "Lý Thị Một")
    assert runner.wait_idle()  # offscreen, the unions' list would be the active window while keys wait for the answer
    enter(press, type_keys, "dien luc", "1990", "", "", "20/7", "om", "tham", "quy xa", "500000")
    for number in range(2, IN_A_ROW + 1):
        press(Qt.Key.Key_Return, CONTROL)
        type_keys(f"Lý Thị {number}")  # not waiting for the record before: nobody does
        assert runner.wait_idle()
        QApplication.processEvents()
        page = page_in_sight(window)
        assert isinstance(page, EntryPage)
        assert page.form.values()["name"] == f"Lý Thị {number}"
        page.form.go_to("cash")
        type_keys(f"{number}00000")
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    entered = [row for row in supports(given, runner) if row.person.startswith("Lý Thị")]
    assert len(entered) == IN_A_ROW
    assert len(supports(given, runner)) == before + IN_A_ROW
    assert {row.unit_name for row in entered} == {"Điện lực"}
    assert {(row.record.cause, row.record.kind, row.record.fund) for row in entered} == {
        ("om_dau", "tham_hoi", "quy_xa_hoi")
    }
    assert {row.record.on for row in entered} == {date(2024, 7, 20)}
    assert sorted(row.record.cash for row in entered) == sorted([500_000, *(n * 100_000 for n in range(2, 21))])


def test_letters_typed_on_after_saving_stay_in_the_record(
    window: MainWindow, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_4, CONTROL)
    assert runner.wait_idle()
    page = page_in_sight(window)
    assert isinstance(page, EntryPage)
    press(Qt.Key.Key_Down, on=page.table)
    press(Qt.Key.Key_Return)
    page.form.go_to("note")
    type_keys("Đã gặp")
    press(Qt.Key.Key_S, CONTROL)
    type_keys(" gia đình")
    qtbot.waitUntil(lambda: page.form.values()["note"] == "Đã gặp gia đình")
    assert page.editor.record


@pytest.mark.parametrize(
    ("field", "typed", "chosen"),
    [
        ("fund", "quy xa", "quy_xa_hoi"),
        ("fund", "quy tuong", "quy_tuong_ho"),
        ("cause", "hieu", "hieu"),
        ("cause", "tai nan k", "tai_nan"),
    ],
)
def test_a_choice_is_made_by_its_letters(
    window: MainWindow, runner: TaskRunner, press: Press, field: str, typed: str, chosen: str
) -> None:
    window.show_page("support")
    assert runner.wait_idle()
    page = page_in_sight(window)
    assert isinstance(page, EntryPage)
    press(Qt.Key.Key_N, CONTROL)
    page.form.go_to(field)
    goal = QApplication.focusWidget()
    assert goal is not None
    QTest.keyClicks(goal, typed)
    assert QApplication.activePopupWidget() is None
    assert page.form.values()[field] == chosen
