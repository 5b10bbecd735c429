"""The calendar of the page "Hoạt động": walked with keys and mouse over a real office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from congdoan_desktop.domain.activities import PLANNED
from congdoan_desktop.domain.campaigns import Duty
from congdoan_desktop.services import activities, campaigns
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.month_grid import MonthGrid
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SCHOOL, Given, ask, child
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page


@pytest.fixture
def page(given: Given, runner: TaskRunner, show: Show, press: Press) -> ActivitiesPage:
    def further() -> None:
        plan = campaigns.get(given.office, given.campaign)
        duty = Duty("chậm nhất ngày 2/8", "Các CĐCS", "CĐ xã", "", date(2024, 8, 2), "no_later_than")
        campaigns.edit(given.office, given.campaign, replace(plan, ends=date(2024, 8, 31), duties=(duty,)))
        row = next(r for r in activities.listing(given.office) if r.activity.kind == "the_thao")
        later = replace(row.activity, state=PLANNED, starts=date(2024, 8, 5), ends=date(2024, 8, 6), title="Giải cờ")
        activities.add(given.office, later, (given.units[SCHOOL],))

    ask(runner, further)
    made = open_page(ActivitiesPage, given.context, show)
    press(Qt.Key.Key_PageDown, CONTROL)
    assert runner.wait_idle()
    return made


def titles(page: ActivitiesPage) -> list[tuple[str, str]]:
    rows = page.calendar.list.table.rows.rows()
    return [(str(row["title"]), str(row["state"])) for row in rows]  # type: ignore[index]


def test_the_month_opens_at_today_and_the_day_says_what_is_in_it(page: ActivitiesPage, press: Press) -> None:
    assert not page.list.isVisible()
    assert page.calendar.month.text() == "Tháng 7 năm 2024"
    assert page.calendar.grid.hasFocus()
    assert page.calendar.day.text() == "Thứ Hai, 29/07/2024"
    assert titles(page) == []
    for _ in range(5):
        press(Qt.Key.Key_Left)
    assert titles(page) == [("Giải cầu lông chào mừng 28/7", "Đã tổ chức"), ("Tuần Bữa cơm Công đoàn", "Đợt")]
    assert "24/07/2024: 2 việc" in page.calendar.grid.accessibleName()


def test_keys_walk_into_the_next_month_and_back_to_today(
    page: ActivitiesPage, runner: TaskRunner, press: Press, click: Click
) -> None:
    press(Qt.Key.Key_Down)
    assert runner.wait_idle()
    assert page.calendar.month.text() == "Tháng 8 năm 2024"
    assert titles(page) == [("Giải cờ", "Dự kiến")]
    for _ in range(3):
        press(Qt.Key.Key_Left)
    assert titles(page) == [("Các CĐCS nộp báo cáo", "Cấp dưới nộp")]
    press(Qt.Key.Key_PageUp)
    assert page.calendar.grid.day == date(2024, 7, 2)
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageDown)
    click(child(page, Button, "today"))
    assert page.calendar.grid.day == date(2024, 7, 29)
    assert runner.wait_idle()


def test_a_line_opens_what_it_is_about(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, click: Click
) -> None:
    grid = child(page, MonthGrid, "month")
    click(grid, grid.box(date(2024, 7, 24)).center().toPoint())
    press(Qt.Key.Key_Return, on=grid)
    assert page.calendar.list.table.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert given.went == [("campaigns", given.campaign)]
    press(Qt.Key.Key_Escape)
    assert grid.hasFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert page.list.isVisible()
    assert page.form.field("title").value() == "Giải cầu lông chào mừng 28/7"


def test_the_list_comes_back_for_a_new_one_and_a_draft_is_kept(
    page: ActivitiesPage, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    assert page.list.isVisible()
    page.form.go_to("title")
    type_keys("Giao lưu")
    press(Qt.Key.Key_PageDown, CONTROL)
    assert page.calendar.isVisible()
    assert not page.editor.isVisible()
    press(Qt.Key.Key_PageUp, CONTROL)
    press(Qt.Key.Key_N, CONTROL)
    assert page.form.field("title").value() == "Giao lưu"


def test_the_filter_by_plan_holds_for_both_views(page: ActivitiesPage, given: Given, runner: TaskRunner) -> None:
    assert child(page, QTabBar, "tabs").currentIndex() == 1
    assert page._campaign.isVisible()
    assert not page._kind.isVisible()
    page._campaign._pick("none such", "Kế hoạch khác")
    page.reload()
    assert runner.wait_idle()
    assert page.calendar._items == ()
