"""The fields that a kind of activity has of its own: in the form, saved, opened again, left behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.activities import PLANNED, Detail
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services import activities, drafts, workplaces
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.services.workplaces import Counted
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.entry.people_field import PeopleField
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SCHOOL, TEA, Given, ask
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page

HELD_AT = (("Trường THCS Mường Cang", SCHOOL), ("Công ty chè Phúc Than", TEA), ("Nhà máy chè Noong Thăng", TEA))


@pytest.fixture
def page(given: Given, runner: TaskRunner, show: Show) -> ActivitiesPage:
    for name, unit in HELD_AT:
        one = Workplace(given.units[unit], name, "doanh_nghiep", "tu_nhan", union=given.units[unit])
        ask(runner, lambda one=one: workplaces.save(given.office, one, Counted()))
    return open_page(ActivitiesPage, given.context, show)


def choose_kind(page: ActivitiesPage, typed: str, press: Press, type_keys: Type) -> None:
    page.form.go_to("kind")
    page.activity_form.kind.line.selectAll()
    type_keys(typed)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)


def own_fields(page: ActivitiesPage) -> list[str]:
    return [field.name for field in page.form._grouped if field.isVisibleTo(page.form)]


def tick(chooser: MultiUnitField, name: str, click: Click) -> None:
    view = chooser.view
    index = next(i for i in (view.model().index(row, 0) for row in range(view.model().rowCount())) if i.data() == name)
    view.scrollTo(index)
    box = view.visualRect(index)
    click(view.viewport(), QPoint(box.left() + 14, box.center().y()))


def made(given: Given, runner: TaskRunner, title: str) -> Sequence[ActivityRow]:
    found: list[ActivityRow] = ask(runner, lambda: activities.listing(given.office))
    return [row for row in found if row.activity.title == title]


def test_the_fields_follow_the_kind_and_typing_goes_on_where_it_was(
    page: ActivitiesPage, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "the thao", press, type_keys)
    assert own_fields(page) == ["members"]
    page.form.go_to("members")
    type_keys("15")
    page.form.go_to("kind")
    page.activity_form.kind.line.selectAll()
    type_keys("van ng")
    assert own_fields(page) == ["members"]  # nothing moves while a name is being typed
    assert page.activity_form.kind.line.hasFocus()
    assert page.activity_form.kind.line.text() == "van ng"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.form.field("members").value() == 15  # both kinds have the very same field
    choose_kind(page, "thoa uoc", press, type_keys)
    assert own_fields(page) == ["action", "number", "until", "grade", "better"]
    assert "members" not in page.form.raw()
    choose_kind(page, "the thao", press, type_keys)
    assert page.form.field("members").value() is None


def test_enter_walks_through_the_kinds_own_fields(page: ActivitiesPage, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "tap huan", press, type_keys)
    page.form.go_to("women")
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_Return)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
    assert seen == ["organiser", "people", "days", "cost"]
    press(Qt.Key.Key_Backtab)
    assert page.form.field("days").control.hasFocus()


def fill_agreement(page: ActivitiesPage, press: Press, type_keys: Type) -> None:
    for name, typed in (("title", "Thỏa ước 2024"), ("starts", "1/7"), ("number", "01/TƯ-CT"), ("until", "30/6/2027")):
        page.form.go_to(name)
        type_keys(typed)
    for name, key, times in (
        ("action", Qt.Key.Key_Down, 1),
        ("grade", Qt.Key.Key_Down, 2),
        ("better", Qt.Key.Key_Space, 1),
    ):
        page.form.go_to(name)
        for _ in range(times):
            press(key)


def test_an_agreement_of_every_workplace_of_a_union_is_saved_at_once(
    page: ActivitiesPage, given: Given, runner: TaskRunner, click: Click, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "thoa uoc", press, type_keys)
    form = page.activity_form
    assert form.workplaces.isVisible()
    assert form.workplaces.model.rowCount() == len(HELD_AT)
    tick(form.units, TEA, click)
    assert form.workplaces.model.rowCount() == 2
    click(form.workplaces.all, QPoint(10, form.workplaces.all.height() // 2))
    fill_agreement(page, press, type_keys)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    found = made(given, runner, "Thỏa ước 2024")
    assert {row.workplace_name for row in found} == {HELD_AT[1][0], HELD_AT[2][0]}
    for row in found:
        one = row.activity
        assert one.unit == given.units[TEA]
        assert (one.number, one.until, one.grade) == ("01/TƯ-CT", date(2027, 6, 30), "a")
        assert one.details == (Detail("action", "ky"), Detail("better", "yes"))
    # Opened again, it is of one workplace, and an edit keeps what is not touched.
    record = page.editor.record
    held = next(row.activity for row in found if row.id == record)
    assert not form.workplaces.isVisible()
    assert page.form.field("workplace").value() == held.workplace
    page.activateWindow()  # the pop-up list of kinds is still the active one for the offscreen platform
    qtbot.waitUntil(page.isActiveWindow)
    page.form.go_to("title")
    press(Qt.Key.Key_End)
    type_keys(" sửa")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    edited = made(given, runner, "Thỏa ước 2024 sửa")[0].activity
    assert edited == replace(held, title="Thỏa ước 2024 sửa")


def test_another_kind_leaves_nothing_of_the_last_one_behind(
    page: ActivitiesPage, given: Given, runner: TaskRunner, click: Click, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "thoa uoc", press, type_keys)
    tick(page.activity_form.workplaces, HELD_AT[0][0], click)
    page.form.go_to("number")
    type_keys("01/TƯ-CT")
    choose_kind(page, "moi truong", press, type_keys)
    assert not page.activity_form.workplaces.isVisible()
    page.form.go_to("title")
    type_keys("Trồng cây")
    tick(page.activity_form.units, SCHOOL, click)
    page.form.go_to("starts")
    type_keys("20/7")
    page.form.go_to("participants")
    type_keys("25")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    one = made(given, runner, "Trồng cây")[0].activity
    assert (one.number, one.workplace, one.details) == ("", None, ())


def test_people_are_found_by_a_part_of_the_name_and_can_be_taken_out(
    page: ActivitiesPage, runner: TaskRunner, click: Click, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "tap huan", press, type_keys)
    field = page.form.field("people")
    assert isinstance(field, PeopleField)
    for typed in ("hanh", "mai"):
        page.form.go_to("people")
        type_keys(typed)
        qtbot.waitUntil(lambda: runner.wait_idle() and field.list.is_open() and bool(field._options))
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert field.line.text() == ""
    value = field.value()
    assert isinstance(value, tuple)
    assert len(value) == 2
    raw = field.raw()
    click(field.findChildren(Button)[0])
    assert field.value() == value[1:]
    field.set_raw(raw)
    assert field.value() == value
    page.form.go_to("people")
    type_keys("khong co ai")
    assert "Chọn một dòng" in field.findings()[0].message


def test_the_named_people_are_shown_again(
    page: ActivitiesPage, given: Given, runner: TaskRunner, click: Click, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "hoc nghe", press, type_keys)
    field = page.form.field("people")
    assert isinstance(field, PeopleField)
    someone = ask(runner, lambda: activities_people(given))
    field._choose(Option(*someone))
    page.form.go_to("title")
    type_keys("Lớp may")
    tick(page.activity_form.units, SCHOOL, click)
    page.form.go_to("starts")
    type_keys("20/7")
    page.form.go_to("participants")
    type_keys("1")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    again = page.form.field("people")
    assert isinstance(again, PeopleField)
    assert again.value() == (someone[0],)
    assert [option.text for option in again._people] == [someone[1]]


def activities_people(given: Given) -> tuple[str, str]:
    from congdoan_desktop.services import receivers

    hit = receivers.find_people(given.office, "hanh")[0]
    return hit.id, hit.name


def test_what_is_planned_needs_no_number_and_is_counted_apart(
    page: ActivitiesPage, given: Given, runner: TaskRunner, click: Click, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "the thao", press, type_keys)
    page.form.go_to("state")
    press(Qt.Key.Key_Right)
    assert page.form.field("state").value() == PLANNED
    page.form.go_to("title")
    type_keys("Giải kéo co")
    tick(page.activity_form.units, SCHOOL, click)
    page.form.go_to("starts")
    type_keys("30/7")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert made(given, runner, "Giải kéo co")[0].activity.state == PLANNED
    row = next(r for r in page.table.rows.rows() if r["title"] == "Giải kéo co")  # type: ignore[index]
    assert str(row["state"]) == "Dự kiến"  # type: ignore[index]
    assert "thêm 1 dự kiến" in page.list.foot.accessibleName()


def test_a_required_field_of_the_kind_stops_the_save(page: ActivitiesPage, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "thoa uoc", press, type_keys)
    press(Qt.Key.Key_S, CONTROL)
    found = {name for name in page.form.raw() if page.form.field(name).finding_text()}
    assert found == {"title", "workplaces", "starts", "action", "until"}


def test_a_draft_brings_the_kinds_fields_back(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click, show: Show,
    qtbot: QtBot,
) -> None:  # fmt: skip
    press(Qt.Key.Key_N, CONTROL)
    choose_kind(page, "thoa uoc", press, type_keys)
    tick(page.activity_form.units, TEA, click)
    tick(page.activity_form.workplaces, HELD_AT[1][0], click)
    page.form.go_to("number")
    type_keys("01/TƯ")
    qtbot.waitUntil(lambda: drafts.find(given.office, "activity") is not None, timeout=2500)
    page.editor.keep_now()
    again = open_page(ActivitiesPage, given.context, show)
    again.open_object("new")
    assert runner.wait_idle()
    assert again.form.field("number").value() == "01/TƯ"
    assert again.form.field("workplaces").value() == page.form.field("workplaces").value()
    assert isinstance(again.form.field("number").control, QLineEdit)
