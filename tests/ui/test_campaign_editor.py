"""A plan entered and changed by hand in the editor of the page "Kế hoạch – phong trào"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.campaigns import Duty, Phase, PlannedEvent, Section, Target, UnitMark
from congdoan_desktop.domain.duties import DAY_COUNTS
from congdoan_desktop.services import drafts
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.campaigns.mark_form import MarkForm
from congdoan_desktop.ui.pages.campaigns.part_editor import PartEditor
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SCHOOL, Given, child, listed_campaigns
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page


@pytest.fixture
def page(given: Given, show: Show) -> CampaignsPage:
    return open_page(CampaignsPage, given.context, show)


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


# Entering a plan


def enter_target(page: CampaignsPage, press: Press, type_keys: Type) -> None:
    target = part_of(page, "targets")
    write(target, type_keys, target_wording="mỗi CĐCS ít nhất 01 hoạt động")
    press(Qt.Key.Key_Return)
    type_keys("so hoat dong cua moi")
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
        press(Qt.Key.Key_Return, CONTROL)
    assert len(events.parts()) == 8


def enter_duty(page: CampaignsPage, press: Press, type_keys: Type) -> None:
    duty = part_of(page, "duties")
    duty.form.go_to("duty_relation")
    type_keys("truoc")
    write(duty, type_keys, duty_due="10/8")
    duty.form.go_to("duty_choice")
    press(Qt.Key.Key_Space)
    write(duty, type_keys, duty_who="Các CĐCS", duty_to="CĐ xã")
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
    made = next(row.campaign for row in listed_campaigns(given, runner) if row.campaign.number == "40/KH-CĐX")
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
    assert made.duties == (
        Duty("trước ngày 10/8/2024", "Các CĐCS", "CĐ xã", "", date(2024, 8, 10), "before", choice=DAY_COUNTS),
    )
    assert page.currentWidget() is page.sheet
    assert drafts.find(given.office, "campaign") is None


def test_a_report_may_return_and_then_needs_no_day(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, runner, press)
    write(page.editor.form, type_keys, title="Tháng Công nhân", starts="1/7", ends="31/8")
    duty = part_of(page, "duties")
    assert not duty.form.field("duty_choice").isVisible()
    chooser = duty.form.field("duty_cadence")
    assert isinstance(chooser, MultiUnitField)
    chooser.view.setCurrentIndex(chooser.shown.index(1, 0))
    press(Qt.Key.Key_Space, on=chooser.view)
    write(duty, type_keys, duty_wording="theo quy định", duty_who="Các CĐCS", duty_to="CĐ xã")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    made = next(row.campaign for row in listed_campaigns(given, runner) if row.campaign.title == "Tháng Công nhân")
    assert made.duties == (Duty("theo quy định", "Các CĐCS", "CĐ xã", "", None, "", cadence=("quarter",)),)


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
        ("duties", {"duty_who": "CĐCS"}, "duty_due", "Ghi ngày, hoặc chọn kỳ báo cáo"),
        ("duties", {"duty_due": "10/8"}, "duty_relation", "Chọn “trước ngày” hay “chậm nhất ngày”"),
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
    assert len(listed_campaigns(given, runner)) == 1


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


# Changing


def test_an_edit_keeps_the_target_and_its_history(
    page: CampaignsPage,
    given: Given,
    runner: TaskRunner,
    press: Press,
    type_keys: Type,
    qtbot: QtBot,
    click: Click,
) -> None:
    before = listed_campaigns(given, runner)[0].campaign
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
    after = listed_campaigns(given, runner)[0].campaign
    assert (after.targets[0].id, after.targets[0].value) == (before.targets[0].id, 2)
    assert after.phases == before.phases
    press(Qt.Key.Key_H, CONTROL, on=page.sheet.ledger.targets.table)
    assert runner.wait_idle()
    dialog = modal(HistoryDialog, qtbot)
    assert len(dialog.versions.table.rows.rows()) == 2


def test_a_mark_with_decimals_stays_exact(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, runner, press)
    write(page.editor.form, type_keys, title="Thi đua", starts="1/7", ends="31/7")
    enter_target(page, press, type_keys)
    part = page.editor.parts["targets"]
    part.list.table.selectRow(0)
    part.form.go_to("target_value")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("97,5")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    made = next(row for row in listed_campaigns(given, runner) if row.campaign.title == "Thi đua")
    assert [(t.value, t.decimals) for t in made.campaign.targets] == [(975, 1)]
    page.editor.open_plan(made.id, made.campaign, made.campaign.starts)
    part.list.table.selectRow(0)
    assert part.form.raw()["target_value"] == "97,5"


def test_parts_that_only_some_plans_have(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    """The own plan of an event, a mark for one unit, whom a duty binds, and the text under its headings."""
    begin(page, runner, press)
    write(page.editor.form, type_keys, number="41/KH-CĐX", title="Tháng Công nhân", starts="1/7", ends="31/8")
    enter_target(page, press, type_keys)
    press(Qt.Key.Key_Return, CONTROL)
    target = part_of(page, "targets").parts()[0]
    events = part_of(page, "events")
    write(events, type_keys, event_name="Hội thao", event_printed="trong tháng 8")
    events.form.field("event_plan").set_value(given.campaign)
    press(Qt.Key.Key_Return, CONTROL)
    enter_duty(page, press, type_keys)
    part_of(page, "duties").form.field("duty_levels").set_value(("co_so",))
    marks = part_of(page, "marks")
    marks.form.field("mark_target").set_value(target.id)
    marks.form.field("mark_unit").set_value(given.units[SCHOOL])
    write(marks, type_keys, mark_value="2,5")
    press(Qt.Key.Key_Return, CONTROL)
    assert marks.parts() == ()
    assert "không có số lẻ" in marks.form.findings()[0].message
    marks.form.field("mark_value").set_value(2)
    press(Qt.Key.Key_Return, CONTROL)
    row: Any = marks.list.table.rows.row(0)
    assert (row["unit"], row["target"], row["value"]) == (SCHOOL, target.wording, "2")
    sections = part_of(page, "sections")
    write(sections, type_keys, section_heading="I. MỤC ĐÍCH")
    sections.form.field("section_text").set_value("Một  câu.\n\nCâu nữa.")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    made = next(row.campaign for row in listed_campaigns(given, runner) if row.campaign.number == "41/KH-CĐX")
    assert made.events == (PlannedEvent("Hội thao", (), None, "trong tháng 8", given.campaign),)
    assert made.marks == (UnitMark(target.id, given.units[SCHOOL], 2),)
    assert made.sections == (Section("I. MỤC ĐÍCH", "Một câu.\nCâu nữa."),)
    assert [duty.levels for duty in made.duties] == [("co_so",)]
    assert "Kế hoạch của sự kiện" in [r["relation"] for r in page.sheet.links.table.rows.rows()]  # type: ignore[index]


def test_a_mark_means_the_same_when_its_target_gets_decimals(
    page: CampaignsPage, runner: TaskRunner, press: Press
) -> None:
    begin(page, runner, press)
    targets, marks = part_of(page, "targets"), part_of(page, "marks")
    targets.set_parts([Target("t", "câu chữ", "I08", "gt", 70, "%", "Trên 70%")])
    marks.set_parts([UnitMark("t", "u", 75)])
    targets.changed.emit()
    for typed, value in (("70,5", 705), ("71", 710)):
        targets.list.table.select_id(0)
        targets.form.set_raw(targets.form.raw() | {"target_value": typed})
        assert targets.take()
        (target,) = targets.parts()
        assert (target.value, target.decimals) == (value, 1)
        assert marks.parts() == (UnitMark("t", "u", 750),)


def test_a_mark_keeps_the_decimals_of_its_target(
    page: CampaignsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, runner, press)
    marks = part_of(page, "marks")
    exact = Target("t", "câu chữ", "I08", "gt", 975, "%", "Trên 97,5%", decimals=1)
    assert isinstance(marks.form, MarkForm)
    marks.form.offer([exact], [("u", "CĐCS Chợ")])
    marks.form.set_values({"mark_target": "t", "mark_unit": "u", "mark_value": 985})
    assert marks.form.raw()["mark_value"] == "98,5"
    marks.form.field("mark_value").set_value(98)
    assert marks.take()
    assert marks.parts() == (UnitMark("t", "u", 980),)
    row: Any = marks.list.table.rows.row(0)
    assert row["value"] == "98,0"
