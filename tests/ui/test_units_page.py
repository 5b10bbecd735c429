"""The page "Đơn vị – đoàn viên", driven with keys and mouse over a real office."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.services import drafts, records, unit_desk, units
from congdoan_desktop.services.unit_desk import UnitLine
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.units import UnitsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, Given
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page

OWN = "Công đoàn xã Than Uyên"


@pytest.fixture
def page(given: Given, show: Show) -> UnitsPage:
    return open_page(UnitsPage, given.context, show)


def listed(given: Given, runner: TaskRunner) -> dict[str, UnitLine]:
    found: list[UnitLine] = entry_office.ask(runner, lambda: unit_desk.listing(given.office))
    return {line.row.name: line for line in found}


def shown(page: UnitsPage) -> list[str]:
    return [str(row["full"]) for row in page.table.rows.rows()]  # type: ignore[index]


def choose_kind(page: UnitsPage, press: Press) -> None:
    page.form.go_to("kind")
    press(Qt.Key.Key_Down)


def test_our_union_stands_above_its_units_in_vietnamese_order(page: UnitsPage, given: Given) -> None:
    names = shown(page)
    assert names[0] == OWN
    assert len(names) == 1 + len(given.units) - 1
    assert names.index("CĐCS Chè Phúc Than") < names.index("CĐCS Điện lực") < names.index("CĐCS Gạch Tà Gia")
    at = names.index("CĐCS Chè Phúc Than")
    assert page.table.rows.index(at, 1).data().strip() == "Chè Phúc Than"


def test_several_units_in_a_row(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    type_keys("CĐCS Trường THCS Nậm Xuâ<ân")
    press(Qt.Key.Key_Return)
    assert page.form.field("short_name").value() == "CĐCS Trường THCS Nậm Xuân"
    choose_kind(page, press)
    page.form.go_to("on")
    type_keys("30/6")
    press(Qt.Key.Key_Return)
    type_keys("52")
    press(Qt.Key.Key_Return)
    type_keys("48")
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    assert page.editor.record == ""
    assert page.form.field("name").control.hasFocus()
    assert page.form.values()["on"] == date(2024, 6, 30)
    type_keys("CĐCS Trường THCS Nậm Xuân 2")
    press(Qt.Key.Key_Return)
    assert page.form.field("code").value() != ""
    press(Qt.Key.Key_S, CONTROL)
    assert page.form.field("workers").finding_text() == "Ghi số lao động."
    page.form.go_to("on")
    page.form.field("on").set_value(None)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    found = listed(given, runner)
    first, second = found["CĐCS Trường THCS Nậm Xuân"], found["CĐCS Trường THCS Nậm Xuân 2"]
    assert first.count is not None
    assert (first.count.on, first.count.workers, first.count.members) == (date(2024, 6, 30), 52, 48)
    assert second.count is None
    assert first.row.code != second.row.code
    assert first.row.parent == second.row.parent == given.office.identity.unit


def test_an_empty_form_shows_all_findings_and_goes_to_the_first(
    page: UnitsPage, runner: TaskRunner, press: Press
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    assert {name for name in page.form.raw() if page.form.field(name).finding_text()} == {"name", "kind", "code"}
    assert page.form.field("name").control.hasFocus()
    assert runner.idle


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": "CĐ 1"}, "code", "Mã đơn vị chỉ gồm chữ không dấu, số và gạch nối, tối đa 20 ký tự."),
        ({"code": "cs-00"}, "code", "Mã CS-00 đã dùng cho đơn vị khác. Chọn mã khác."),
        ({"on": "31/6"}, "on", "Tháng 6 có 30 ngày."),
        ({"workers": "năm"}, "workers", "“năm” không đọc được thành số đếm."),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    page: UnitsPage,
    runner: TaskRunner,
    press: Press,
    type_keys: Type,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    type_keys("CĐCS Nhà máy nước")
    choose_kind(page, press)
    for name, text in typed.items():
        page.form.go_to(name)
        page.form.field(name).set_raw("")
        type_keys(text)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert sentence in page.form.field(field).finding_text()


def test_more_members_than_workers_is_said_but_may_be_saved(
    page: UnitsPage, given: Given, runner: TaskRunner, type_keys: Type, press: Press
) -> None:
    page.table.select_id(given.units[SCHOOL])
    for name, text in (("on", "30/6"), ("workers", "5"), ("members", "6")):
        page.form.go_to(name)
        type_keys(text)
    page.form.go_to("name")
    assert "Số đoàn viên nhiều hơn số lao động." in page.form.field("members").finding_text()
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    line = listed(given, runner)[f"CĐCS {SCHOOL}"]
    assert line.count is not None
    assert line.count.members == 6


def test_headcounts_of_two_days_are_both_kept(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    for on, workers in (("1/1/2024", "40"), ("1/7/2024", "45"), ("1/3/2024", "41")):
        page.table.select_id(given.units[SCHOOL])
        for name, text in (("on", on), ("workers", workers), ("members", "40")):
            page.form.go_to(name)
            page.form.field(name).set_raw("")
            type_keys(text)
        press(Qt.Key.Key_S, CONTROL)
        assert runner.wait_idle()
    line = listed(given, runner)[f"CĐCS {SCHOOL}"]
    assert line.count is not None
    assert (line.count.on, line.count.workers) == (date(2024, 7, 1), 45)
    # The unit itself did not change: its history has one version.
    assert len(entry_office.ask(runner, lambda: records.versions(given.office, given.units[SCHOOL]))) == 1


def test_women_and_who_may_join_stay_beside_the_count(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    page.table.select_id(given.units[SCHOOL])
    for name, text in (("on", "1/7/2024"), ("workers", "45"), ("members", "40"), ("women", "41"), ("eligible", "44")):
        page.form.go_to(name)
        page.form.field(name).set_raw("")
        type_keys(text)
    press(Qt.Key.Key_S, CONTROL)
    assert "nhiều hơn số đoàn viên" in page.form.field("women").finding_text()
    page.form.go_to("women")
    page.form.field("women").set_raw("")
    type_keys("25")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    page.form.go_to("workers")
    page.form.field("workers").set_raw("")
    type_keys("46")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    line = listed(given, runner)[f"CĐCS {SCHOOL}"]
    assert line.count == Headcount(given.units[SCHOOL], date(2024, 7, 1), 46, 40, 25, 44)


def test_search_needs_no_diacritics(page: UnitsPage, runner: TaskRunner, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_F, CONTROL)
    type_keys("muong cang")
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert shown(page) == [f"CĐCS {SCHOOL}"]


def test_deleting_asks_for_a_reason_and_can_be_undone(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click, qtbot: QtBot
) -> None:
    page.table.select_id(given.units["UBND xã"])
    press(Qt.Key.Key_Delete, on=page.table)
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReasonDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    type_keys("Nhập nhầm")
    click(dialog.yes)
    assert runner.wait_idle()
    assert "CĐCS UBND xã" not in listed(given, runner)
    assert "Đã xoá đơn vị “UBND xã”." in page.banner.text()
    click(page.banner._action)
    assert runner.wait_idle()
    assert "CĐCS UBND xã" in listed(given, runner)


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        (SCHOOL, "Chưa xoá được THCS Mường Cang: còn 4 mục ghi cho đơn vị này."),
        ("CĐ xã Than Uyên", "Đơn vị của mình không xoá được."),
    ],
)
def test_what_is_in_use_is_not_deleted(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, unit: str, sentence: str
) -> None:
    page.table.select_id(given.units[unit])
    press(Qt.Key.Key_Delete, on=page.table)
    assert runner.wait_idle()
    assert sentence in page.banner.text()
    assert QApplication.activeModalWidget() is None


def test_an_edit_keeps_its_history(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    page.table.select_id(given.units[SCHOOL])
    page.form.go_to("short_name")
    page.form.field("short_name").set_raw("")
    type_keys("Mường Cang")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    press(Qt.Key.Key_H, CONTROL, on=page.table)
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HistoryDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    assert dialog.changes.table.rows.rows() == (
        {"label": "Tên ngắn", "before": "THCS Mường Cang", "after": "Mường Cang"},
    )


def test_a_draft_survives_a_crash(
    page: UnitsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, show: Show, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    type_keys("CĐCS Cơ sở mộc")
    qtbot.waitUntil(lambda: drafts.find(given.office, "unit") is not None, timeout=2000)
    again = UnitsPage(given.context)
    show(again)
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: "đang ghi dở" in again.banner.text())
    again.open_new()
    assert again.form.field("name").value() == "CĐCS Cơ sở mộc"


def test_every_control_has_a_name(page: UnitsPage, press: Press) -> None:
    press(Qt.Key.Key_N, CONTROL)
    controls = [w for w in page.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isVisible()]
    named = [w for w in controls if w.accessibleName() or w.metaObject().className() in {"QScrollArea", "QListView"}]
    assert [w.metaObject().className() for w in controls if w not in named] == []


def test_the_list_of_people_stands_beside_the_count(given: Given, show: Show, runner: TaskRunner) -> None:
    unit = given.units[SCHOOL]
    entry_office.ask(runner, lambda: units.set_headcount(given.office, Headcount(unit, date(2024, 5, 31), 40, 3)))
    page = open_page(UnitsPage, given.context, show)
    row = next(row for row in page.table.rows.rows() if isinstance(row, dict) and row["id"] == unit)
    assert (row["members"], row["listed"], row["difference"]) == (3, 1, -2)
    page.table.select_id(unit)
    assert "Danh sách có 1 đoàn viên, ít hơn số chốt 2." in page.unit_form.on._hint.text()
    assert page.list.note.text().endswith(
        "ở 1 CĐCS có cả hai, danh sách ít hơn 2. "
        "Số đếm là số chốt ngày đó; danh sách có cả người vào, ra từ đó đến nay."
    )
    assert page.list.note.isVisible()
    again = open_page(UnitsPage, given.context, show)  # the lists are counted already
    assert again.list.note.text() == page.list.note.text()
