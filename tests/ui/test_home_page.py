"""The page "Trang chính" over a real office: what to do, how the targets stand, who is missing, doors to the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Duty
from congdoan_desktop.services import activities, campaigns, drafts
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.home import HomePage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import POWER, Given, child
from tests.ui.hands import CONTROL, Click, Press, Show, open_page


@pytest.fixture
def page(given: Given, show: Show) -> HomePage:
    return open_page(HomePage, given.context, show)


def cells(page: HomePage, table: str) -> list[list[str]]:
    view = child(page, TableView, table)
    return [[column.text(row) for column in view.rows.columns] for row in view.rows.rows()]


def words(page: HomePage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_targets_stand_beside_their_mark(page: HomePage) -> None:
    ((wording, _, reached, share, state),) = cells(page, "targets")
    assert wording == "Mỗi công đoàn cơ sở tổ chức ít nhất 01 hoạt động"
    assert (reached, share, state) == ("2/8", "25,0%", "Thiếu 6 CĐCS")


def test_coverage_names_who_is_missing(page: HomePage) -> None:
    said = words(page)
    assert "7/8" in said
    assert "CĐCS đã có hoạt động hoặc chăm lo\nCòn thiếu 1" in said
    assert "UBND xã" in said


def test_months_count_the_activities_of_the_year(page: HomePage) -> None:
    assert "4 hoạt động từ đầu năm. Tháng 7 (kẻ sọc) tính đến hôm nay." in words(page)


def test_a_saved_activity_is_counted_at_once(page: HomePage, given: Given, runner: TaskRunner) -> None:
    held = entry_office.clock().today()
    activity = Activity("", given.campaign, "the_thao", held, held, 10, 5, 0, None, True, "Kéo co", "Sân xã")
    unit = given.units[POWER]
    runner.run(lambda: activities.add(given.office, activity, (unit,)), changes=frozenset({"activity"}))
    assert runner.wait_idle()
    assert cells(page, "targets")[0][2] == "3/8"
    assert "5 hoạt động từ đầu năm" in words(page)


def test_nothing_to_do_is_said(page: HomePage) -> None:
    assert cells(page, "todos") == []
    assert "Không còn việc nào đến hạn." in words(page)


@pytest.mark.parametrize(
    ("record", "goal"), [("", "new"), ("an-edited-record", "an-edited-record")], ids=["new", "edited"]
)
def test_a_draft_is_written_on_where_it_was_left(
    given: Given, show: Show, runner: TaskRunner, press: Press, record: str, goal: str
) -> None:
    drafts.keep(given.office, "support", record, {"name": "Vàng A"})
    page = open_page(HomePage, given.context, show)
    ((_, state, _, action),) = cells(page, "todos")
    assert (state, action) == ("Bản nháp", "Viết tiếp")
    press(Qt.Key.Key_Down, on=child(page, TableView, "todos"))
    press(Qt.Key.Key_Return)
    assert given.went == [("support", goal)]


@pytest.mark.parametrize(
    ("button", "door"),
    [
        ("quickActivity", ("activities", "new")),
        ("quickSupport", ("support", "new")),
        ("quickReport", ("reports", "")),
        ("openHandoff", ("handoff", "outbox")),
        ("openUnits", ("units", "")),
        ("openActivities", ("activities", "")),
    ],
)
def test_doors_to_the_pages(page: HomePage, given: Given, click: Click, button: str, door: tuple[str, str]) -> None:
    click(child(page, Button, button))
    assert given.went == [door]


def test_ctrl_n_writes_an_activity(page: HomePage, given: Given, press: Press) -> None:
    press(Qt.Key.Key_N, CONTROL)
    assert given.went == [("activities", "new")]


def test_keys_reach_the_page_at_once(page: HomePage) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_a_target_opens_in_its_campaign(
    page: HomePage, given: Given, press: Press, show: Show, runner: TaskRunner
) -> None:
    press(Qt.Key.Key_Down, on=child(page, TableView, "targets"))
    press(Qt.Key.Key_Return)
    ((door, goal),) = given.went
    campaign, target = goal.split(":")
    assert (door, campaign) == ("campaigns", given.campaign)
    sheet = open_page(CampaignsPage, given.context, show)
    sheet.open_object(goal)
    assert runner.wait_idle()
    row: Any = sheet.sheet.ledger.targets.table.selected_row()
    assert row["id"] == target


def test_a_picture_of_a_card_is_copied(page: HomePage, runner: TaskRunner, click: Click, qtbot: QtBot) -> None:
    buttons = page.findChildren(Button, "copy_picture")
    assert len(buttons) == 3
    for button in buttons:
        QApplication.clipboard().clear()
        with qtbot.waitSignal(runner.notice):
            click(button)
        assert QApplication.clipboard().pixmap().width() > 200


def test_what_is_late_and_soon_is_counted(page: HomePage, given: Given, runner: TaskRunner) -> None:
    def enter() -> None:
        plan = campaigns.get(given.office, given.campaign)
        duties = tuple(
            Duty(f"chậm nhất {day}/{month}", "CĐ xã", "LĐLĐ tỉnh", "", date(2024, month, day), "no_later_than",
                 levels=("cap_tren",))
            for day, month in ((20, 7), (30, 7), (1, 8), (30, 9))
        )  # fmt: skip
        campaigns.edit(given.office, given.campaign, replace(plan, duties=duties))

    runner.run(enter, changes=frozenset({"campaign"}))
    assert runner.wait_idle()
    assert "Quá hạn 1 · 7 ngày tới 2" in words(page)


def test_without_a_campaign_the_first_step_is_offered(
    tmp_path: Path, cheap_kdf: KdfCost, runner: TaskRunner, show: Show, click: Click, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "add", lambda office, campaign: _Nothing())
    entry_office.found(tmp_path / "union", cheap_kdf, empty=True)
    given = entry_office.open_in(runner, tmp_path / "union", "")
    page = open_page(HomePage, given.context, show)
    first = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Mở Kế hoạch – phong trào")
    assert first.isVisible()
    click(first)
    assert given.went == [("campaigns", "")]
    runner.run(given.office.close)
    runner.wait_idle()


class _Nothing:
    ids = ("",)


@pytest.mark.parametrize(("dark", "scale"), [(False, 100), (True, 100), (False, 150)])
def test_nothing_is_cut_off_at_the_right(
    page: HomePage, qtbot: QtBot, qapp: QApplication, dark: bool, scale: int
) -> None:
    theme.apply(qapp, dark, scale)
    page.resize(1040 if scale == 100 else 1022, 620)
    qtbot.wait(50)
    side = page._side
    corner = side.mapTo(page, side.rect().bottomRight())
    assert corner.x() <= page.width()
    holders = [(button, button.parentWidget()) for button in side.findChildren(Button)]
    cut = [
        button.accessibleName() for button, holder in holders if holder and button.geometry().right() > holder.width()
    ]
    assert cut == []


def test_the_dark_palette_leaves_no_white(page: HomePage, qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, dark=True)
    qtbot.wait(50)
    picture = page.grab().toImage()
    across, down = range(0, picture.width(), 40), range(0, picture.height(), 40)
    seen = sorted(picture.pixelColor(x, y).lightness() for x in across for y in down)
    assert seen[len(seen) * 9 // 10] < 64
