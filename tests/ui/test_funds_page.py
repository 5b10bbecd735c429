"""The tab "Quỹ" and signing in "Khoản chăm lo", driven with keys over a real office."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import funds, support
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.support import CarePage
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.care import TABS
from congdoan_desktop.ui.pages.support.funds import FundsPage
from congdoan_desktop.ui.pages.support.page import SupportPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import TEA, Given
from tests.ui.hands import CONTROL, Press, Show, Type, modal, open_page


@pytest.fixture
def page(given: Given, show: Show) -> FundsPage:
    return open_page(FundsPage, given.context, show)


def enter(page: FundsPage, press: Press, type_keys: Type, amount: str, runner: TaskRunner) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.field("fund").set_value("quy_xa_hoi")
    page.form.go_to("amount")
    type_keys(amount)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()


def test_every_tab_of_the_page_can_be_shown(given: Given, show: Show) -> None:
    page = open_page(CarePage, given.context, show)
    for tab in TABS:
        assert page.part(tab.key).isVisible()
        assert given.context.runner.wait_idle()


def test_a_contribution_is_entered_and_the_balance_follows(
    page: FundsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    assert "Quỹ Xã hội Công đoàn −18.000.000 đ" in page.subtitle.text()
    enter(page, press, type_keys, "20 triệu", runner)
    assert "Quỹ Xã hội Công đoàn 2.000.000 đ" in page.subtitle.text()
    (row,) = entry_office.ask(runner, lambda: funds.listing(given.office))
    assert (row.record.amount, row.record.on) == (20_000_000, date(2024, 7, 29))
    assert row.unit_name == "CĐ xã Than Uyên"


def test_deleting_and_undoing_move_the_balance(
    page: FundsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    enter(page, press, type_keys, "20000000", runner)
    page.table.selectRow(0)
    row = page.table.selected_row()
    assert isinstance(row, dict)
    page._delete(str(row["id"]), "khoản thu", "ghi nhầm")
    assert runner.wait_idle()
    assert "−18.000.000 đ" in page.subtitle.text()
    press(Qt.Key.Key_Z, CONTROL, on=page)
    assert runner.wait_idle()
    assert "Công đoàn 2.000.000 đ" in page.subtitle.text()


def test_nothing_is_saved_without_an_amount(page: FundsPage, given: Given, runner: TaskRunner, press: Press) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.field("fund").set_value("quy_xa_hoi")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert "lớn hơn 0" in page.form.field("amount").finding_text()
    assert entry_office.ask(runner, lambda: funds.listing(given.office)) == []


def test_the_statement_is_shown_as_a_paper(page: FundsPage, runner: TaskRunner, qtbot: QtBot) -> None:
    page.statement_button.click()
    assert runner.wait_idle()
    asked = modal(AskDialog, qtbot)
    asked.form.field("fund").set_value("quy_xa_hoi")
    asked.yes.click()
    assert runner.wait_idle()
    shown = modal(PaperDialog, qtbot)
    assert shown.made.title == "Sao kê Quỹ Xã hội Công đoàn"
    shown.reject()


def test_the_records_in_sight_are_marked_as_signed(given: Given, show: Show, runner: TaskRunner, qtbot: QtBot) -> None:
    page = open_page(SupportPage, given.context, show)
    page._unit.choose(given.units[TEA])
    page.reload()
    assert runner.wait_idle()
    button = page.findChild(QPushButton, "mark_signed")
    assert button is not None
    button.click()
    asked = modal(AskDialog, qtbot)
    asked.yes.click()
    assert runner.wait_idle()
    signed = [
        row.unit_name for row in entry_office.ask(runner, lambda: support.listing(given.office)) if row.record.signed
    ]
    assert signed == [TEA]
