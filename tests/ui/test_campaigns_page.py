"""The page "Kế hoạch – phong trào", driven with keys and mouse over real offices."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.services import campaigns, incoming, outgoing, sample
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.handoff.new_package import NewPackageDialog
from congdoan_desktop.ui.pages.support import SupportPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given, child, listed_campaigns
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page

TITLE = "Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam"


@pytest.fixture
def page(given: Given, show: Show) -> CampaignsPage:
    return open_page(CampaignsPage, given.context, show)


def tab_texts(tabs: Any) -> list[str]:
    return [tabs.tabText(at) for at in range(tabs.count())]


# The ledger


def test_the_ledger_opens_into_the_units_that_lack(page: CampaignsPage, runner: TaskRunner, press: Press) -> None:
    page.list.table.selectRow(0)
    press(Qt.Key.Key_Return, on=page.list.table)
    assert runner.wait_idle()
    sheet = page.sheet
    assert page.currentWidget() is sheet
    assert sheet.title.text() == "39/KH-LĐLĐ"
    assert tab_texts(sheet.tabs) == [
        "Tổng quan", "Chỉ tiêu 1", "Đợt 1", "Sự kiện", "Báo cáo", "Phân công", "Liên quan",
    ]  # fmt: skip
    row: Any = sheet.ledger.targets.table.rows.row(0)
    assert (row["numerator"], row["denominator"], row["ratio"]) == (2, 8, "25,0%")
    assert row["state"].word == "Thiếu 6 CĐCS"
    assert tab_texts(sheet.ledger.tabs) == ["CĐCS còn thiếu 6", "CĐCS đã đạt 2", "Theo kỳ"]
    assert sheet.ledger.explanation.figure.text() == "2 : 8 = 25,0%"
    sheet.ledger.tabs.setCurrentIndex(1)
    reached: Any = sheet.ledger.units.grassroots.table.rows.rows()
    assert [one["name"] for one in reached] == ["THCS Mường Cang", "Y tế Mường Kim"]
    phase: Any = sheet.plan.phases.table.rows.row(0)
    assert phase["count"] == 4
    press(Qt.Key.Key_Escape, on=sheet.ledger.targets.table)
    assert page.currentWidget() is page.list


def test_a_campaign_counts_what_was_recorded_for_it(page: CampaignsPage, given: Given, runner: TaskRunner) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    assert page.sheet.overview.activities.accessibleName().startswith("Hoạt động đã ghi: 4.")
    assert "69.500.000 đ" in page.sheet.overview.supports.accessibleName()


def test_the_sheet_follows_what_is_recorded(page: CampaignsPage, given: Given, runner: TaskRunner) -> None:
    from dataclasses import replace

    from congdoan_desktop.services import activities

    page.open_object(given.campaign)
    assert runner.wait_idle()
    office = given.office

    def more() -> None:
        held = next(row.activity for row in activities.listing(office) if row.activity.counts)
        activities.add(office, replace(held, title="Thêm"), (given.units["UBND xã"],))

    runner.run(more, changes=frozenset({"activity"}))
    assert runner.wait_idle()
    row: Any = page.sheet.ledger.targets.table.rows.row(0)
    assert row["numerator"] == 3


# Deleting, filters


def test_deleting_asks_for_a_reason_and_can_be_undone(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click, qtbot: QtBot
) -> None:
    page.list.table.selectRow(0)
    press(Qt.Key.Key_Delete, on=page.list.table)
    asked = modal(ReasonDialog, qtbot)
    click(asked.yes)
    assert "Chưa nhập lý do" in asked.reason.finding_text()
    type_keys("Nhập nhầm")
    click(asked.yes)
    assert runner.wait_idle()
    assert listed_campaigns(given, runner) == []
    assert page.list.banner.text().startswith("Đã xoá kế hoạch “39/KH-LĐLĐ”")
    click(page.list.banner._action)
    assert runner.wait_idle()
    assert len(listed_campaigns(given, runner)) == 1


def test_the_way_from_a_conflict_shows_conflicts_only(page: CampaignsPage, runner: TaskRunner) -> None:
    page.open_object(Campaign.TYPE)
    assert runner.wait_idle()
    assert page.list.table.rows.rowCount() == 0
    page.list.list.filter_cleared.emit()
    assert page.list.table.rows.rowCount() == 1


def test_search_and_filters(page: CampaignsPage, press: Press, type_keys: Type, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F, CONTROL)
    type_keys("ky niem 95")
    press(Qt.Key.Key_Return)
    assert page.list.table.rows.rowCount() == 1
    type_keys(" xyz")
    press(Qt.Key.Key_Return)
    assert page.list.table.rows.rowCount() == 0


# Two offices: sending down, and what came from above


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pair")
    sample.make(folder)
    return folder


@pytest.fixture
def side(pair: Path, tmp_path: Path, runner: TaskRunner) -> Iterator[Callable[[str], Given]]:
    """Opens one of the two offices for a page; what a test does to it stays its own."""
    shutil.copytree(pair, tmp_path / "pair")
    opened: list[Office] = []

    def open_(which: str) -> Given:
        office: Office = entry_office.ask(runner, lambda: sample.open_side(tmp_path / "pair", which))
        opened.append(office)
        went: list[tuple[str, str]] = []
        context = Context(runner, lambda: office, lambda key, id_: went.append((key, id_)))
        row = entry_office.ask(runner, lambda: campaigns.listing(office))[0]
        return Given(office, context, row.id, {}, went)

    yield open_
    for office in opened:
        runner.run(office.close)
    runner.wait_idle()


def test_our_plan_is_sent_down_to_a_unit(
    side: Callable[[str], Given], show: Show, runner: TaskRunner, click: Click, qtbot: QtBot
) -> None:
    given = side(sample.PROVINCE)
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(given.campaign)
    assert runner.wait_idle()
    before = len(entry_office.ask(runner, lambda: outgoing.outbox(given.office)))
    click(child(page, Button, "send_down"))
    assert runner.wait_idle()
    dialog = modal(NewPackageDialog, qtbot)
    click(dialog.make)
    assert runner.wait_idle()
    packages = entry_office.ask(runner, lambda: outgoing.outbox(given.office))
    assert len(packages) == before + 1
    assert packages[0].kind == "plan"
    assert given.went == [("handoff", "sending")]


def test_a_plan_from_above_is_reported_on_and_not_edited(
    side: Callable[[str], Given], show: Show, runner: TaskRunner, click: Click, press: Press
) -> None:
    given = side(sample.UNION)
    page = open_page(CampaignsPage, given.context, show)
    page.list.table.selectRow(0)
    press(Qt.Key.Key_Delete, on=page.list.table)
    assert "không xoá được" in page.list.banner.text()
    page.open_object(given.campaign)
    assert runner.wait_idle()
    assert not child(page, Button, "edit").isVisible()
    press(Qt.Key.Key_F2, on=page.sheet.ledger.targets.table)
    assert page.currentWidget() is page.sheet
    click(child(page, Button, "send_down"))
    assert given.went == [("reports", given.campaign)]


def test_the_upper_union_sees_each_unit_and_the_sum(
    side: Callable[[str], Given], show: Show, runner: TaskRunner, tmp_path: Path, press: Press
) -> None:
    union, province = side(sample.UNION), side(sample.PROVINCE)

    def hand_over() -> None:
        plan = campaigns.get(union.office, union.campaign)
        request = ReportRequest(
            campaign=union.campaign, period_name="cả kế hoạch", starts=plan.starts, ends=plan.ends,
            dated=union.office.clock.today(), signer_title="CHỦ TỊCH", signer_name="Lò Thị Hoa",
            authority=(), recipients=("Lưu: VT",), difficulties="", proposals="",
        )  # fmt: skip
        package, _ = outgoing.make_report(union.office, request, province.office.identity.unit)
        (tmp_path / "usb").mkdir()
        incoming.apply(
            province.office, outgoing.write_to_stick(union.office, package.package_id, tmp_path / "usb").path
        )

    page = open_page(CampaignsPage, province.context, show)
    page.open_object(province.campaign)
    assert runner.wait_idle()
    row: Any = page.sheet.ledger.targets.table.rows.row(0)
    assert (row["numerator"], row["state"].word) == (None, "Chưa có số liệu")
    runner.run(hand_over, changes=frozenset({"package", "period_figures"}))
    assert runner.wait_idle()
    row = page.sheet.ledger.targets.table.rows.row(0)
    assert (row["numerator"], row["denominator"], row["ratio"]) == (4, 6, "66,7%")
    tabs = ["Đơn vị báo cáo 1", "Gói nguồn", "CĐCS còn thiếu 2", "CĐCS đã đạt 4", "Theo kỳ"]
    assert tab_texts(page.sheet.ledger.tabs) == tabs
    line: Any = page.sheet.ledger.units.unions.table.rows.row(0)
    assert (line["reported"], line["recorded"]) == ("4/6", "4/6")
    assert line["packages"] is not None
    unions = page.sheet.ledger.units.unions.table
    unions.selectRow(0)
    press(Qt.Key.Key_Return, on=unions)
    assert runner.wait_idle()
    units: Any = page.sheet.ledger.units.grassroots.table.rows.rows()
    assert len(units) == 6
    assert {unit["source"] for unit in units} == {"Báo cáo, 0 hồ sơ", "Báo cáo, 1 hồ sơ"}
    press(Qt.Key.Key_Return, on=page.sheet.ledger.units.grassroots.table)
    assert runner.wait_idle()
    assert tab_texts(page.sheet.ledger.tabs)[-2:] == [f"Đơn vị · {line['name']}", f"Hồ sơ · {units[0]['name']}"]
    for shown in (page.sheet.ledger.units.grassroots, page.sheet.ledger.units.unions):
        press(Qt.Key.Key_Escape, on=page.sheet.ledger.tabs)
        assert page.sheet.ledger.units.currentWidget() is shown


def test_every_control_has_a_name(page: CampaignsPage, given: Given, runner: TaskRunner, press: Press) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    page.open_new()
    assert runner.wait_idle()
    controls = [w for w in page.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    inner = {"QScrollArea", "QListView", "QTableView", "QHeaderView", "QTableCornerButton", "QScrollBar", "QToolButton"}
    nameless = [w for w in controls if not w.accessibleName() and w.metaObject().className() not in inner]
    assert [f"{w.metaObject().className()} {w.objectName()}" for w in nameless if w.isVisible()] == []


@pytest.mark.parametrize(("button", "kind"), [("open_activities", ActivitiesPage), ("open_support", SupportPage)])
def test_what_was_recorded_for_a_campaign_opens_narrowed_to_it(
    page: CampaignsPage, given: Given, runner: TaskRunner, click: Click, show: Show, button: str, kind: type[Any]
) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    assert page.sheet.tabs is not None
    page.sheet.tabs.setCurrentIndex(0)
    click(child(page, Button, button))
    ((_, goal),) = given.went
    other = entry_office.ask(runner, lambda: campaigns.add(given.office, entry_office.campaign_of_july())).ids[0]
    entries = open_page(kind, given.context, show)
    entries.open_object(goal)
    assert runner.wait_idle()
    held = entries.table.rows.rowCount()
    assert held > 0
    entries.open_object(f"campaign:{other}")
    assert runner.wait_idle()
    assert entries.table.rows.rowCount() == 0
    entries.open_new()
    assert runner.wait_idle()
    assert entries.form.values()["campaign"] == other  # whoever looks at a plan writes for it
