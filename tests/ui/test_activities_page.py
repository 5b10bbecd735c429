"""The page "Hoạt động", driven with keys and mouse over a real office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import activities, drafts, records
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.records import Side
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import CLINIC, SCHOOL, Given, child
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page


@pytest.fixture
def page(given: Given, show: Show) -> ActivitiesPage:
    return open_page(ActivitiesPage, given.context, show)


def listed(given: Given, runner: TaskRunner) -> list[ActivityRow]:
    found: list[ActivityRow] = entry_office.ask(runner, lambda: activities.listing(given.office))
    return found


def dialog(kind: type[QWidget], qtbot: QtBot) -> QWidget:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def tick(page: ActivitiesPage, name: str, click: Click) -> None:
    """Click the box of a unit in the list."""
    view = page.activity_form.units.view
    rows = (view.model().index(row, 0) for row in range(view.model().rowCount()))
    index = next(row for row in rows if row.data() == name)
    view.scrollTo(index)
    box = view.visualRect(index)
    click(view.viewport(), QPoint(box.left() + 14, box.center().y()))


def fill(page: ActivitiesPage, click: Click, press: Press, type_keys: Type) -> None:
    """A table tennis match of two CĐCS, typed as UniKey sends it."""
    press(Qt.Key.Key_N, CONTROL)
    type_keys("the thao")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    page.form.go_to("title")
    type_keys("Gia<a<ải bo<óng ba<àn")
    tick(page, SCHOOL, click)
    tick(page, CLINIC, click)
    page.form.go_to("starts")
    type_keys("24/7")
    page.form.go_to("participants")
    type_keys("30")
    press(Qt.Key.Key_Return)
    type_keys("12")


def test_one_form_is_saved_for_each_unit(
    page: ActivitiesPage, given: Given, runner: TaskRunner, click: Click, press: Press, type_keys: Type
) -> None:
    before = len(listed(given, runner))
    fill(page, click, press, type_keys)
    assert page.form.field("campaign").value() == given.campaign
    assert page.form.field("counts").value() is True  # the catalogue says that sports count
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    made = [row for row in listed(given, runner) if row.activity.title == "Giải bóng bàn"]
    assert len(listed(given, runner)) == before + 2
    assert {row.unit_name for row in made} == {SCHOOL, CLINIC}
    assert {(row.activity.participants, row.activity.women, row.activity.starts.isoformat()) for row in made} == {
        (30, 12, "2024-07-24")
    }
    assert page.editor.record in {row.id for row in made}
    assert drafts.find(given.office, "activity") is None


def test_an_empty_form_shows_all_findings_and_goes_to_the_first(
    page: ActivitiesPage, runner: TaskRunner, press: Press
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    found = {name for name in page.form.raw() if page.form.field(name).finding_text()}
    assert found == {"kind", "title", "units", "starts", "participants"}
    assert page.activity_form.kind.line.hasFocus()
    assert runner.idle


@pytest.mark.parametrize(
    ("typed", "field", "sentence", "warning"),
    [
        ({"participants": 10, "women": 11}, "women", "Số nữ nhiều hơn", False),
        ({"starts": "26/7", "ends": "25/7"}, "ends", "trước ngày bắt đầu", False),
        ({"cost": "2 triệu"}, "source", "chọn nguồn chi", False),
        ({"starts": "31/6"}, "starts", "Tháng 6 có 30 ngày", False),
        ({"starts": "1/3/2024"}, "starts", "Ngoài thời gian của kế hoạch", True),
        ({"starts": "31/7/2024"}, "starts", "ở tương lai", True),
        ({"participants": "nhiều"}, "participants", "không đọc được", False),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    page: ActivitiesPage, press: Press, typed: dict[str, object], field: str, sentence: str, warning: bool
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.set_raw(
        {"starts": "24/7/2024", "participants": "20", "women": "", **{k: str(v) for k, v in typed.items()}}
    )
    page.form.check()
    assert sentence in page.form.field(field).finding_text()
    assert page.form.field(field).control.property("finding") == ("warn" if warning else "bad")


def test_every_text_field_takes_unikey(page: ActivitiesPage, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_N, CONTROL)
    fields = {name: f for name, f in entry_office.text_fields(page.form).items() if f.isVisibleTo(page.form)}
    assert set(fields) >= {"title", "place", "note", "kind", "starts", "cost"}
    for name, field in fields.items():
        page.form.go_to(name)
        type_keys("Đu<uo<ơ<ờng 5<6")
        assert entry_office.text_of(field).endswith("Đuờng 6"), name
        assert entry_office.caret_of(field) == len(entry_office.text_of(field)), name


def test_an_edit_keeps_its_history_and_can_be_taken_back(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click, qtbot: QtBot
) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    title = page.form.field("title").value()
    page.form.go_to("title")
    press(Qt.Key.Key_End)
    type_keys(" xa<ã")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    record = page.editor.record
    assert record
    assert page.form.field("title").value() == f"{title} xã"
    press(Qt.Key.Key_H, CONTROL)
    assert runner.wait_idle()
    history = dialog(HistoryDialog, qtbot)
    assert isinstance(history, HistoryDialog)
    assert [row["verb"] for row in history.versions.table.rows.rows()] == ["Sửa", "Ghi mới"]  # type: ignore[index]
    assert not history.restore_button.isEnabled()
    press(Qt.Key.Key_Down)
    assert [row["label"] for row in history.changes.table.rows.rows()][:2] == ["CĐCS", "Kế hoạch"]  # type: ignore[index]
    click(history.restore_button)
    assert runner.wait_idle()
    assert page.form.field("title").value() == title
    assert len(entry_office.ask(runner, lambda: records.versions(given.office, record))) == 3


def test_two_sides_of_a_conflict_stand_beside_each_other(
    page: ActivitiesPage, given: Given, runner: TaskRunner, click: Click, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = str(page.table.rows.row(0)["id"])  # type: ignore[index]
    held = next(row.activity for row in listed(given, runner) if row.id == record)
    content = {name: getattr(held, name) for name in ("title", "women", "place", "starts")}
    first = entry_office.ask(runner, lambda: records.versions(given.office, record))[0].hash
    sides = [
        Side(first, "2024-07-29T08:00:00+07:00", False, "Lò Thị Hoa", False, content),
        Side("f" * 64, "2024-07-28T08:00:00+07:00", True, "Vàng A Dũng", False, {**content, "women": 3}),
    ]
    monkeypatch.setattr(records, "sides", lambda office, asked: sides)
    page.table.selectRow(0)
    page.show_history()
    assert runner.wait_idle()
    history = dialog(HistoryDialog, qtbot)
    table = child(history, QWidget, "sides")
    assert [row["label"] for row in table.rows.rows()] == ["Trong đó nữ"]
    titles = [column.title for column in table.rows.columns]
    assert titles[1:] == ["Lò Thị Hoa · 29/07/2024 08:00", "Vàng A Dũng · 28/07/2024 08:00 (đồng hồ sai)"]
    assert "mới hơn" not in " ".join(titles)
    click(child(history, Button, "choose_1"))
    assert runner.wait_idle()
    assert len(entry_office.ask(runner, lambda: records.versions(given.office, record))) == 2


def test_deleting_asks_for_a_reason_and_can_be_undone(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click, qtbot: QtBot
) -> None:
    before = [row.id for row in listed(given, runner)]
    page.table.setFocus()
    page.table.selectRow(1)
    press(Qt.Key.Key_Delete)
    asked = dialog(ReasonDialog, qtbot)
    assert isinstance(asked, ReasonDialog)
    click(asked.yes)
    assert asked.isVisible()
    assert "Chưa nhập lý do" in asked.reason.finding_text()
    type_keys("Ghi tru<ùng")
    click(asked.yes)
    assert runner.wait_idle()
    assert page.banner.text().startswith("Đã xoá hoạt động “")
    assert len(listed(given, runner)) == len(before) - 1
    assert page.banner.text().startswith("Đã xoá hoạt động “")
    page.activateWindow()
    qtbot.waitUntil(page.table.hasFocus)
    press(Qt.Key.Key_Z, CONTROL)
    assert runner.wait_idle()
    assert sorted(row.id for row in listed(given, runner)) == sorted(before)


def test_a_draft_is_kept_within_two_seconds_and_offered_after_a_crash(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, show: Show, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.go_to("title")
    type_keys("Ho<ọi thi")
    qtbot.waitUntil(lambda: drafts.find(given.office, "activity") is not None, timeout=2000)
    assert "Bản nháp đã giữ lúc 08:30" in page.editor.subtitle.whole()
    again = ActivitiesPage(given.context)
    show(again)
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: "đang ghi dở" in again.banner.text())
    again.open_object("new")
    assert again.form.field("title").value() == "Họi thi"
    assert again.form.field("campaign").value() == given.campaign


def test_esc_closes_the_panel_and_keeps_what_was_typed(
    page: ActivitiesPage, given: Given, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.go_to("title")
    type_keys("Giao lưu")
    press(Qt.Key.Key_Escape)
    assert not page.editor.isVisible()
    assert page.table.hasFocus()
    draft = drafts.find(given.office, "activity")
    assert draft is not None
    assert draft.values["title"] == "Giao lưu"
    press(Qt.Key.Key_N, CONTROL)
    assert page.form.field("title").value() == "Giao lưu"


def test_what_repeats_is_taken_over_to_the_next_one(
    page: ActivitiesPage, runner: TaskRunner, click: Click, press: Press, type_keys: Type
) -> None:
    fill(page, click, press, type_keys)
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    values = page.form.values()
    assert page.editor.record == ""
    assert values["kind"] == "the_thao"
    assert (values["title"], values["participants"], values["units"]) == (None, None, None)


def test_filters_and_search_ask_the_office_and_can_be_taken_away(
    page: ActivitiesPage, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    press(Qt.Key.Key_F, CONTROL)
    type_keys("cau long")
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert [row["title"] for row in page.table.rows.rows()] == ["Giải cầu lông chào mừng 28/7"]  # type: ignore[index]
    type_keys("xyz")
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert page.table.rows.rowCount() == 0
    click(next(b for b in page.list.findChildren(Button) if b.accessibleName() == "Bỏ bộ lọc" and b.isVisible()))
    assert runner.wait_idle()
    assert page.table.rows.rowCount() == 4


def test_the_office_sorts_the_list_and_all_of_it_is_copied(page: ActivitiesPage, runner: TaskRunner) -> None:
    column = [column.key for column in page.table.rows.columns].index("cost")
    for order, costs in (
        (Qt.SortOrder.AscendingOrder, [2_000_000, 4_500_000, 9_600_000, None]),
        (Qt.SortOrder.DescendingOrder, [9_600_000, 4_500_000, 2_000_000, None]),
    ):
        page.table.sortByColumn(column, order)
        assert runner.wait_idle()
        assert [row["cost"] for row in page.table.rows.rows()] == costs  # type: ignore[index]
    page._copy_all()
    assert runner.wait_idle()
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[column] for line in lines[1:]] == ["9600000", "4500000", "2000000", "–"]


def test_a_record_of_another_union_is_only_shown(page: ActivitiesPage) -> None:
    row = dict(page.table.rows.row(0), locked="Đơn vị dưới giữ mục này.")  # type: ignore[call-overload]
    page._follow(row)
    assert not page.form.isEnabled()
    assert not page.editor.save_button.isVisible()
    assert page.editor.pictures is not None
    assert page.editor.pictures.isEnabled()  # what came along can be looked at
    assert not page.editor.pictures.photo_button.isVisible()
    assert page.context.runner.wait_idle()
    page.editor.save(again=False)
    assert page.context.runner.idle


def test_every_control_has_a_name(page: ActivitiesPage, press: Press) -> None:
    press(Qt.Key.Key_N, CONTROL)
    controls = [w for w in page.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.isVisible()]
    named = [w for w in controls if w.accessibleName() or w.metaObject().className() in {"QScrollArea", "QListView"}]
    assert [w.metaObject().className() for w in controls if w not in named] == []


def test_an_empty_page_says_what_belongs_here_and_takes_the_first_step(
    tmp_path: Path, cheap_kdf: KdfCost, runner: TaskRunner, show: Show, press: Press
) -> None:
    campaign = entry_office.found(tmp_path / "union", cheap_kdf, empty=True)
    given = entry_office.open_in(runner, tmp_path / "union", campaign)
    page = ActivitiesPage(given.context)
    show(page)
    assert runner.wait_idle()
    said = [b.accessibleName() for b in page.list.findChildren(Button) if b.isVisible()]
    assert said == ["Ghi hoạt động đầu tiên"]
    press(Qt.Key.Key_N, CONTROL)
    assert page.editor.isVisible()
    runner.run(given.office.close)
    runner.wait_idle()
