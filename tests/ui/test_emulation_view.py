"""The view "Thi đua" of the page "Hoạt động", planned becoming done, entering alike, invitations; by keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.activities import DONE, PLANNED, Activity
from congdoan_desktop.services import activities
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.activities.page import EMULATION
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import CLINIC, SCHOOL, Given
from tests.ui.hands import CONTROL, Press, Show, modal, open_page

SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


def record(given: Given, runner: TaskRunner, kind: str, on: date, **more: object) -> str:
    values: dict[str, object] = {"participants": 0, "state": DONE, "title": f"Việc {kind}", "count": 3, **more}
    activity = Activity(
        unit="", campaign=given.campaign, kind=kind, starts=on, ends=on, women=0, cost=0, source=None, counts=False,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip
    found: str = entry_office.ask(runner, lambda: activities.add(given.office, activity, (given.units[SCHOOL],)).ids[0])
    return found


@pytest.fixture
def page(given: Given, show: Show, runner: TaskRunner) -> ActivitiesPage:
    record(given, runner, "dang_ky_thi_dua", date(2024, 5, 6))
    record(given, runner, "sang_kien", date(2024, 7, 23), title="Máy sấy chè")
    return open_page(ActivitiesPage, given.context, show)


def open_view(page: ActivitiesPage, runner: TaskRunner, press: Press) -> None:
    press(Qt.Key.Key_PageDown, CONTROL, on=page.table)
    assert runner.wait_idle()
    press(Qt.Key.Key_PageDown, CONTROL, on=page.calendar.grid)
    assert runner.wait_idle()
    assert page.tabs is not None
    assert page.tabs.currentIndex() == EMULATION


def test_phases_are_walked_by_keys_and_a_record_is_opened(
    page: ActivitiesPage, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    open_view(page, runner, press)
    view = page.emulation
    assert [row["name"] for row in view.phases.table.rows.rows()] == ["Tuần Bữa cơm Công đoàn", "Cả phong trào"]  # type: ignore[index]
    assert QApplication.focusWidget() is view.phases.table
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is view.entries.table)
    assert [row["title"] for row in view.entries.table.rows.rows()] == ["Việc dang_ky_thi_dua"]  # type: ignore[index]
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert page.list.isVisible()
    assert page.form.values()["title"] == "Việc dang_ky_thi_dua"


def test_the_chosen_step_is_what_a_new_record_begins_with_and_what_is_printed(
    page: ActivitiesPage, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    open_view(page, runner, press)
    page.emulation.step.choose("sang_kien")
    assert runner.wait_idle()
    assert [row["title"] for row in page.emulation.entries.table.rows.rows()] == ["Máy sấy chè"]  # type: ignore[index]
    press(Qt.Key.Key_P, CONTROL, on=page.emulation.phases.table)
    assert runner.wait_idle()
    asked = modal(AskDialog, qtbot)
    asked.yes.click()
    assert runner.wait_idle()
    shown = modal(PaperDialog, qtbot)
    assert shown.made.title == "Danh sách sáng kiến, cải tiến"
    shown.reject()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    press(Qt.Key.Key_N, CONTROL, on=page.emulation.phases.table)
    assert page.list.isVisible()
    assert page.form.field("kind").value() == "sang_kien"


def test_what_was_planned_becomes_done_with_one_key(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press
) -> None:
    known = record(given, runner, "the_thao", date(2024, 7, 28), participants=40, state=PLANNED)
    unknown = record(given, runner, "the_thao", date(2024, 7, 27), state=PLANNED)
    page.open_object(known)
    assert runner.wait_idle()
    press(Qt.Key.Key_F9, on=page.table)
    assert runner.wait_idle()
    rows = {row.id: row.activity.state for row in entry_office.ask(runner, lambda: activities.listing(given.office))}
    assert (rows[known], rows[unknown]) == (DONE, PLANNED)
    page.open_object(unknown)
    assert runner.wait_idle()
    press(Qt.Key.Key_F9, on=page.table)
    assert page.form.field("participants").control.hasFocus()
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    rows = {row.id: row.activity.state for row in entry_office.ask(runner, lambda: activities.listing(given.office))}
    assert rows[unknown] == DONE


def test_one_like_the_selected_is_entered_for_other_unions(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press
) -> None:
    page.table.selectRow(0)
    before = page.form.values()["title"]
    press(Qt.Key.Key_N, SHIFT, on=page.table)
    assert page.editor.record == ""
    assert page.form.values()["title"] == before
    page.form.field("units").set_value((given.units[SCHOOL], given.units[CLINIC]))
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    listed = entry_office.ask(runner, lambda: activities.listing(given.office))
    assert sum(row.activity.title == before for row in listed) == 3


def test_those_invited_are_listed_for_the_selected_activity(
    page: ActivitiesPage, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    page.table.selectRow(0)
    press(Qt.Key.Key_P, CONTROL, on=page.table)
    assert runner.wait_idle()
    asked = modal(AskDialog, qtbot)
    assert asked.form.field("chu_tich").value()
    asked.yes.click()
    assert runner.wait_idle()
    assert "Chưa có ai để mời" in page.banner.text()
