"""The page "Kế hoạch – phong trào", driven with keys and mouse over real offices."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent
from congdoan_desktop.services import campaigns, drafts, incoming, outgoing, sample
from congdoan_desktop.services.campaigns import CampaignRow
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.campaigns.part_editor import PartEditor
from congdoan_desktop.ui.pages.handoff.new_package import NewPackageDialog
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given, child
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page

TITLE = "Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam"


@pytest.fixture
def page(given: Given, show: Show) -> CampaignsPage:
    return open_page(CampaignsPage, given.context, show)


def listed(given: Given, runner: TaskRunner) -> list[CampaignRow]:
    found: list[CampaignRow] = entry_office.ask(runner, lambda: campaigns.listing(given.office))
    return found


def modal(kind: type[Any], qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert found is not None
    qtbot.waitUntil(found.isActiveWindow)
    return found


def tab_texts(tabs: Any) -> list[str]:
    return [tabs.tabText(at) for at in range(tabs.count())]


def part_of(page: CampaignsPage, key: str) -> PartEditor:
    """Go to the tab of a plan's parts."""
    assert page.editor.tabs is not None
    page.editor.tabs.setCurrentIndex(1 + list(page.editor.parts).index(key))
    return page.editor.parts[key]


def write(part_or_form: Any, type_keys: Type, **texts: str) -> None:
    form = getattr(part_or_form, "form", part_or_form)
    for name, text in texts.items():
        form.go_to(name)
        type_keys(text)


def begin(page: CampaignsPage, runner: TaskRunner, press: Press) -> None:
    press(Qt.Key.Key_N, CONTROL)
    assert runner.wait_idle()


# The ledger


def test_the_ledger_opens_into_the_units_that_lack(page: CampaignsPage, runner: TaskRunner, press: Press) -> None:
    page.list.table.selectRow(0)
    press(Qt.Key.Key_Return, on=page.list.table)
    assert runner.wait_idle()
    sheet = page.sheet
    assert page.currentWidget() is sheet
    assert sheet.title.text() == "39/KH-LĐLĐ"
    assert tab_texts(sheet.tabs) == ["Tổng quan", "Chỉ tiêu 1", "Đợt 1", "Sự kiện", "Báo cáo"]
    row: Any = sheet.ledger.targets.table.rows.row(0)
    assert (row["numerator"], row["denominator"], row["ratio"]) == (2, 8, "25,0%")
    assert row["state"].word == "Còn thiếu 6 CĐCS"
    assert tab_texts(sheet.ledger.tabs) == ["CĐCS còn thiếu 6", "CĐCS đã đạt 2"]
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


# Entering a plan


def enter_target(page: CampaignsPage, press: Press, type_keys: Type) -> None:
    target = part_of(page, "targets")
    write(target, type_keys, target_wording="mỗi CĐCS ít nhất 01 hoạt động")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    type_keys("1")
    for _ in range(3):
        press(Qt.Key.Key_Return)
    assert target.form.field("target_level").value() == "Ít nhất 01 hoạt động/CĐCS"
    write(target, type_keys, target_note="Ngoài tuyên truyền")
    press(Qt.Key.Key_Return)


def enter_phase_and_events(page: CampaignsPage, press: Press, type_keys: Type) -> None:
    phase = part_of(page, "phases")
    write(phase, type_keys, phase_name="Tuần “Bữa cơm”", phase_starts="22/7", phase_ends="28/7")
    phase.form.field("phase_kinds").set_value(("bua_com",))
    press(Qt.Key.Key_Return, CONTROL)
    events = part_of(page, "events")
    for number in range(8):
        type_keys(f"Sự kiện {number + 1}")
        press(Qt.Key.Key_Return)
        type_keys("Văn phòng")
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
    assert len(events.parts()) == 8


def enter_duty(page: CampaignsPage, press: Press, type_keys: Type) -> None:
    duty = part_of(page, "duties")
    duty.form.go_to("duty_relation")
    press(Qt.Key.Key_Down)
    write(duty, type_keys, duty_due="10/8", duty_who="Các CĐCS", duty_to="CĐ xã")
    assert duty.form.field("duty_wording").value() == "trước ngày 10/8/2024"


def test_a_plan_is_entered_by_hand(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, runner, press)
    write(
        page.editor.form, type_keys, number="40/KH-CĐX", issued_on="1/7", title="Tháng Công nhâ<ân", starts="1/7",
        ends="31/8",
    )  # fmt: skip
    enter_target(page, press, type_keys)
    enter_phase_and_events(page, press, type_keys)
    enter_duty(page, press, type_keys)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    made = next(row.campaign for row in listed(given, runner) if row.campaign.number == "40/KH-CĐX")
    assert (made.title, made.issued_on, made.starts, made.ends) == (
        "Tháng Công nhân",
        date(2024, 7, 1),
        date(2024, 7, 1),
        date(2024, 8, 31),
    )
    assert (made.doc_type, made.place, made.organ, made.recipients) == (
        "Kế hoạch",
        "Than Uyên",
        "Ban Thường vụ",
        ("Lưu: VT",),
    )
    assert [(t.indicator, t.op, t.value, t.unit_of_measure, t.note) for t in made.targets] == [
        ("I17", "gte", 1, "hoạt động/CĐCS", "Ngoài tuyên truyền")
    ]
    assert made.phases == (Phase("Tuần “Bữa cơm”", date(2024, 7, 22), date(2024, 7, 28), ("bua_com",)),)
    assert made.events == tuple(PlannedEvent(f"Sự kiện {n}", ("Văn phòng",)) for n in range(1, 9))
    assert made.duties == (Duty("trước ngày 10/8/2024", "Các CĐCS", "CĐ xã", "", date(2024, 8, 10), "before"),)
    assert page.currentWidget() is page.sheet
    assert drafts.find(given.office, "campaign") is None


def test_an_empty_plan_shows_all_findings_and_goes_to_the_first(
    page: CampaignsPage, runner: TaskRunner, press: Press
) -> None:
    begin(page, runner, press)
    part_of(page, "events")
    press(Qt.Key.Key_S, CONTROL)
    form = page.editor.form
    assert {name for name in form.raw() if form.field(name).finding_text()} == {"title", "starts", "ends"}
    assert page.editor.tabs is not None
    assert page.editor.tabs.currentIndex() == 0
    assert form.field("title").control.hasFocus()
    assert runner.idle


@pytest.mark.parametrize(
    ("key", "typed", "field", "sentence"),
    [
        ("targets", {"target_value": "một"}, "target_value", "“một” không đọc được thành số đếm."),
        ("targets", {"target_note": "x"}, "target_wording", "Chưa nhập câu chữ trong kế hoạch."),
        ("targets", {"target_wording": "x"}, "target_indicator", "Chưa chọn cách tính."),
        ("phases", {"phase_starts": "28/7", "phase_ends": "22/7"}, "phase_ends", "Ngày cuối trước ngày đầu."),
        ("phases", {"phase_starts": "31/6"}, "phase_starts", "Tháng 6 có 30 ngày."),
        ("events", {"event_on": "2/7"}, "event_name", "Chưa nhập tên sự kiện."),
        ("duties", {"duty_due": "30/2/2024"}, "duty_due", "Tháng 2 năm 2024 có 29 ngày."),
    ],
)
def test_a_part_with_something_wrong_is_not_taken(
    page: CampaignsPage,
    runner: TaskRunner,
    press: Press,
    type_keys: Type,
    key: str,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    begin(page, runner, press)
    part = part_of(page, key)
    write(part, type_keys, **typed)
    press(Qt.Key.Key_Return, CONTROL)
    assert sentence in part.form.field(field).finding_text()
    assert part.parts() == ()


def test_what_is_half_typed_stops_the_saving(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, runner, press)
    write(page.editor.form, type_keys, title="Thi đua", starts="1/7", ends="31/7")
    write(part_of(page, "events"), type_keys, event_on="2/7")
    assert page.editor.tabs is not None
    page.editor.tabs.setCurrentIndex(0)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert page.editor.tabs.currentIndex() == 3
    assert len(listed(given, runner)) == 1


def test_a_draft_keeps_head_parts_and_what_is_half_typed(
    page: CampaignsPage,
    given: Given,
    runner: TaskRunner,
    press: Press,
    type_keys: Type,
    show: Show,
    qtbot: QtBot,
    click: Click,
) -> None:
    begin(page, runner, press)
    write(page.editor.form, type_keys, title="Thi đua")
    write(part_of(page, "events"), type_keys, event_name="Hội thi")
    press(Qt.Key.Key_Return, CONTROL)
    type_keys("Giải bóng")

    def kept() -> bool:
        draft = drafts.find(given.office, "campaign")
        return draft is not None and draft.values["typing"]["events"][1] != {}

    qtbot.waitUntil(kept, timeout=3500)
    again = open_page(CampaignsPage, given.context, show)
    qtbot.waitUntil(lambda: "đang soạn dở" in again.list.banner.text())
    click(again.list.banner._action)
    assert runner.wait_idle()
    assert again.editor.form.field("title").value() == "Thi đua"
    assert again.editor.parts["events"].parts() == (PlannedEvent("Hội thi", ()),)
    assert again.editor.parts["events"].form.field("event_name").value() == "Giải bóng"
    click(again.editor.banner._action)  # "Bỏ bản nháp"
    assert drafts.find(given.office, "campaign") is None
    assert again.editor.form.field("title").value() is None


def test_esc_closes_the_editor_and_keeps_the_draft(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, runner, press)
    write(page.editor.form, type_keys, title="Thi đua")
    press(Qt.Key.Key_Escape)
    assert runner.wait_idle()
    assert page.currentWidget() is page.list
    draft = drafts.find(given.office, "campaign")
    assert draft is not None
    assert draft.values["header"]["title"] == "Thi đua"


def test_parts_are_moved_thrown_out_and_put_back(
    page: CampaignsPage, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    begin(page, runner, press)
    part = part_of(page, "events")
    for name in ("một", "hai", "ba"):
        write(part, type_keys, event_name=name)
        press(Qt.Key.Key_Return, CONTROL)
    part.list.table.selectRow(2)
    click(child(part, Button, "events_up"))
    assert [one.name for one in part.parts()] == ["một", "ba", "hai"]
    press(Qt.Key.Key_Delete, on=part.list.table)
    assert [one.name for one in part.parts()] == ["một", "hai"]
    press(Qt.Key.Key_Z, CONTROL, on=part.list.table)
    assert [one.name for one in part.parts()] == ["một", "ba", "hai"]


# Changing, deleting, history


def test_an_edit_keeps_the_target_and_its_history(
    page: CampaignsPage,
    given: Given,
    runner: TaskRunner,
    press: Press,
    type_keys: Type,
    qtbot: QtBot,
    click: Click,
) -> None:
    before = listed(given, runner)[0].campaign
    page.open_object(given.campaign)
    assert runner.wait_idle()
    click(child(page, Button, "edit"))
    part = part_of(page, "targets")
    part.list.table.selectRow(0)
    part.form.go_to("target_value")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("2")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    after = listed(given, runner)[0].campaign
    assert (after.targets[0].id, after.targets[0].value) == (before.targets[0].id, 2)
    assert after.phases == before.phases
    press(Qt.Key.Key_H, CONTROL, on=page.sheet.ledger.targets.table)
    assert runner.wait_idle()
    dialog = modal(HistoryDialog, qtbot)
    assert len(dialog.versions.table.rows.rows()) == 2


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
    assert listed(given, runner) == []
    assert page.list.banner.text().startswith("Đã xoá kế hoạch “39/KH-LĐLĐ”")
    click(page.list.banner._action)
    assert runner.wait_idle()
    assert len(listed(given, runner)) == 1


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
    side: Callable[[str], Given], show: Show, runner: TaskRunner, tmp_path: Path
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
    assert tab_texts(page.sheet.ledger.tabs) == ["Đơn vị báo cáo 1", "CĐCS còn thiếu 2", "CĐCS đã đạt 4"]
    line: Any = page.sheet.ledger.units.unions.table.rows.row(0)
    assert (line["reported"], line["recorded"]) == ("4/6", "4/6")
    assert line["packages"] is not None


def test_every_control_has_a_name(page: CampaignsPage, given: Given, runner: TaskRunner, press: Press) -> None:
    page.open_object(given.campaign)
    assert runner.wait_idle()
    page.open_new()
    assert runner.wait_idle()
    controls = [w for w in page.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    inner = {"QScrollArea", "QListView", "QTableView", "QHeaderView", "QTableCornerButton", "QScrollBar", "QToolButton"}
    nameless = [w for w in controls if not w.accessibleName() and w.metaObject().className() not in inner]
    assert [f"{w.metaObject().className()} {w.objectName()}" for w in nameless if w.isVisible()] == []
