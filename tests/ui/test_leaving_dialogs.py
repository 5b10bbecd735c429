"""What somebody typed into a dialog is not lost by one Esc, one "Thôi" or one closed window.

The dialogs are those of `test_unikey.dialogs`, which finds whoever is missing.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import units
from congdoan_desktop.services.reviews import Look
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.kit.leaving import LeavingDialog
from congdoan_desktop.ui.kit.line_edit import SearchBox
from congdoan_desktop.ui.pages.handoff.review_dialog import ReviewDialog
from congdoan_desktop.ui.recovery_dialog import RecoveryDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given, ask
from tests.ui.hands import Click, Press, Show, Type, modal
from tests.ui.test_unikey import TODAY, dialogs, inputs, nothing, text_of


def test_every_dialog_asks_before_it_drops_what_was_typed(
    given: Given, runner: TaskRunner, show: Show, qtbot: QtBot, press: Press, type_keys: Type
) -> None:
    parent = show(QWidget())
    unit = ask(runner, lambda: units.own(given.office))
    asked = 0
    for dialog in dialogs(parent, given, unit):
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert runner.wait_idle()
        lines = [line for line in inputs(dialog) if not isinstance(line, SearchBox)]  # Esc clears what is looked for
        if not lines:
            dialog.done(0)
            continue
        lines[0].setFocus()
        lines[0].selectAll()
        type_keys("Hoa")
        if QApplication.activePopupWidget() is not None:
            press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Escape)
        assert isinstance(dialog, LeavingDialog)
        assert dialog.isVisible(), dialog
        assert text_of(lines[0]) == "Hoa", dialog
        assert "chưa lưu" in dialog.banner.text()
        assert "lần nữa" in dialog.banner.text()
        press(Qt.Key.Key_Escape)
        assert dialog.isHidden(), dialog
        asked += 1
    assert asked > 15


@pytest.mark.parametrize("way", ["button", "window"])
def test_the_button_and_the_cross_ask_too_and_again_after_another_letter(
    way: str, show: Show, qtbot: QtBot, click: Click, type_keys: Type
) -> None:
    dialog = ReasonDialog(show(QWidget()), "mục này", nothing)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)

    def leave() -> None:
        if way == "button":
            click(dialog.cancel)
        else:
            dialog.close()

    for letter in "mo":
        dialog.reason.setFocus()
        type_keys(letter)
        leave()
        assert dialog.isVisible()
    leave()
    assert dialog.isHidden()


def test_nothing_typed_and_what_is_taken_back_ask_nothing(
    show: Show, qtbot: QtBot, press: Press, type_keys: Type
) -> None:
    for typed in ("", "m<"):
        dialog = ReasonDialog(show(QWidget()), "mục này", nothing)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        type_keys(typed)
        press(Qt.Key.Key_Escape)
        assert dialog.isHidden()


def test_faults_in_the_list_of_a_review_are_not_dropped(
    given: Given, show: Show, qtbot: QtBot, press: Press, type_keys: Type, click: Click
) -> None:
    look = Look("", "Chè", "", "quý III", None, False, (), (), ())
    dialog = ReviewDialog(show(QWidget()), given.context, look, lambda: TODAY)
    dialog.subject.set_choices([(None, "Cả báo cáo")])
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog._faults.append((None, "Cả báo cáo"))  # type: ignore[arg-type]  # what it says is of no concern here
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_the_words_of_recovery_stay_until_they_are_put_away(show: Show, runner: TaskRunner, qtbot: QtBot) -> None:
    dialog = RecoveryDialog(show(QWidget()), runner, ("một", "hai"), bytes)
    dialog.open()
    modal(RecoveryDialog, qtbot)
    dialog.close()
    assert dialog.isVisible()
    dialog.agree.setChecked(True)
    dialog.findChildren(QPushButton, "goOn")[0].click()
    assert dialog.isHidden()
