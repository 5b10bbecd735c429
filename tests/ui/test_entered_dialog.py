"""The grid of figures that CĐCS counted themselves, filled by keys, out of the ledger of a campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.periods import free
from congdoan_desktop.services import campaigns, entered
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.campaigns.entered_dialog import EnteredDialog
from congdoan_desktop.ui.pages.campaigns.entered_grid import NUMERATOR, SAID
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SHORT_NAMES, Given, ask, campaign_of_july, child
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page

OVER = free(date(2024, 4, 15), date(2024, 6, 30))
"""Counted from the plan's first day to the last month that is over on 29 July."""


@pytest.fixture
def dialog(given: Given, runner: TaskRunner, show: Show, click: Click, qtbot: QtBot) -> EnteredDialog:
    target = Target("", "Trên 98% CNVCLĐ được học tập", "I03", "gt", 98, "%", "Trên 98%")
    plan = replace(campaign_of_july(), number="40/KH-CĐX", targets=(target,))
    made = ask(runner, lambda: campaigns.add(given.office, plan)).ids[0]
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(made)
    assert runner.wait_idle()
    click(child(page, Button, "enter_figures"))
    assert runner.wait_idle()
    found = modal(EnteredDialog, qtbot)
    assert isinstance(found, EnteredDialog)
    return found


def held(given: Given, runner: TaskRunner) -> dict[str, EnteredFigure]:
    rows = ask(runner, lambda: entered.listing(given.office, "I03", OVER))
    return {row.unit_name: row.figure for row in rows if row.figure}


def is_at(dialog: EnteredDialog, row: int) -> bool:
    return dialog.grid.currentIndex().row() == row


def test_a_column_is_typed_down_and_saved(
    dialog: EnteredDialog, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    names = [line.row.unit_name for line in dialog.model.lines]
    assert sorted(names) == sorted(SHORT_NAMES)
    for row, typed in enumerate(("1200", "40")):
        type_keys(typed)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(partial(is_at, dialog, row + 1))
    type_keys("7")  # and the cell is still open
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    found = held(given, runner)
    assert {name: figure.numerator for name, figure in found.items()} == {names[0]: 1200, names[1]: 40, names[2]: 7}
    assert all((figure.starts, figure.ends) == (OVER.starts, OVER.ends) for figure in found.values())
    assert "Đã lưu 3 số liệu" in dialog.banner.text()
    assert dialog.model.index(0, NUMERATOR).data() == "1.200"


def test_cells_are_pasted_out_of_excel_and_what_is_wrong_is_said(
    dialog: EnteredDialog, given: Given, runner: TaskRunner, press: Press
) -> None:
    QGuiApplication.clipboard().setText("38\t40\r\n51\t50\r\nnhiều\t9\r\n")
    press(Qt.Key.Key_V, CONTROL)
    assert [dialog.model.index(row, SAID).data() for row in range(4)][0::3] == ["", ""]
    assert "lớn hơn mẫu số" in dialog.model.index(1, SAID).data()
    assert dialog.model.index(2, SAID).data()
    press(Qt.Key.Key_S, CONTROL)
    assert "Còn 1 dòng chưa đúng" in dialog.banner.text()
    assert held(given, runner) == {}
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_Right, Qt.Key.Key_Delete):
        press(key)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert sorted((f.numerator, f.denominator) for f in held(given, runner).values()) == [(38, 40), (51, 50)]


def test_what_was_typed_is_not_lost_by_one_key(
    dialog: EnteredDialog, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    type_keys("5")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.grid.currentIndex().row() == 1)
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "chưa lưu" in dialog.banner.text()
    press(Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_who_thinks_better_of_closing_is_still_asked_before_figures_go(
    dialog: EnteredDialog, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    type_keys("12")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(partial(is_at, dialog, 1))
    dialog.reject()
    assert dialog.isVisible()
    dialog.period.set_value(next(one for one in dialog._periods if one != dialog._shown))
    dialog.period.edited.emit()
    assert "Lưu (Ctrl+S) rồi chọn kỳ khác" in dialog.banner.text()
    dialog.reject()
    assert not dialog.isVisible()
