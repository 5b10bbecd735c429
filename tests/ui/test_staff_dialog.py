"""The dialog of those who may open this computer's office."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import staff
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.staff_dialog import StaffDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given, ask

COLLEAGUE = NewOfficer("Lường Văn Đôi", "Phó Chủ tịch", "officer", "mật khẩu của Đôi", "mật khẩu của Đôi")


def names(given: Given, runner: TaskRunner) -> set[str]:
    return {one.name for one in ask(runner, lambda: staff.listing(given.office))}


def test_who_is_removed_is_named_before(given: Given, runner: TaskRunner, qtbot: QtBot, cheap_kdf: KdfCost) -> None:
    ask(runner, lambda: staff.add(given.office, COLLEAGUE, cost=cheap_kdf))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = StaffDialog(window, given.context)
    dialog.open()
    assert runner.wait_idle()
    table = dialog.list.table
    row = next(one for one in table.rows.rows() if one["name"] == COLLEAGUE.officer_name)  # type: ignore[index]
    table.action_clicked.emit(row, "act")
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, ConfirmDialog)
    assert "Lường Văn Đôi" in asked.windowTitle()
    asked.cancel.click()
    assert runner.wait_idle()
    assert COLLEAGUE.officer_name in names(given, runner)
    table.action_clicked.emit(row, "act")
    again = QApplication.activeModalWidget()
    assert isinstance(again, ConfirmDialog)
    again.yes.click()
    assert runner.wait_idle(30_000)
    assert COLLEAGUE.officer_name not in names(given, runner)
    dialog.reject()
