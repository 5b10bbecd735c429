"""The tab of members with real keys and clicks: entering, finding, covered numbers, many at once, a long list."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from congdoan_desktop.domain.persons import Person, Spell, with_birth
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import members, persons
from congdoan_desktop.storage import tables
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.paged_model import PAGE
from congdoan_desktop.ui.pages.members import MembersPage
from congdoan_desktop.ui.pages.members.changes import ChangeDialog
from congdoan_desktop.ui.pages.members.erasure import EraseDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import CLINIC, SCHOOL, Given, ask, child
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page

NUMBER = "012190000001"
PEOPLE = 7
"""Receivers of support whom the office knows already."""


@pytest.fixture
def page(given: Given, show: Show) -> MembersPage:
    return open_page(MembersPage, given.context, show)


def names(page: MembersPage) -> list[str]:
    return [str(row["name"]) for row in page.table.rows.rows() if isinstance(row, dict)]


def settle(page: MembersPage) -> None:
    assert page.context.runner.wait_idle()


def enter(runner: TaskRunner, given: Given, name: str, **more: Any) -> str:
    person = Person(given.units[SCHOOL], True, name, **more)
    saved = ask(runner, lambda: members.add(given.office, person))
    return str(saved.ids[0])


def renew(page: MembersPage) -> None:
    page.reload()
    settle(page)


def test_a_member_is_entered_with_keys_alone(
    page: MembersPage, given: Given, press: Press, type_keys: Type, runner: TaskRunner
) -> None:
    before = len(names(page))
    press(Qt.Key.Key_N, CONTROL)
    form = page.member_form
    type_keys("Lò Thị Ương")
    press(Qt.Key.Key_Return)
    type_keys("5/1990")
    press(Qt.Key.Key_Return)
    form.field("sex").set_value("nữ")
    form.unit.setFocus()
    type_keys("thcs")
    press(Qt.Key.Key_Return)
    form.field("citizen_id").setFocus()
    type_keys(NUMBER)
    press(Qt.Key.Key_S, CONTROL)
    settle(page)
    assert len(names(page)) == before + 1
    row = next(row for row in page.table.rows.rows() if isinstance(row, dict) and row["name"] == "Lò Thị Ương")
    assert (row["birth"], row["sex"], row["unit"], row["citizen_id"]) == ("05/1990", "Nữ", SCHOOL, "012•••••0001")
    kept = ask(runner, lambda: persons.reveal(given.office, str(row["id"])))
    assert (kept.birth, kept.birth_year, kept.citizen_id) == ("1990-05", 1990, NUMBER)
    assert page.editor.record == row["id"], "the editor stays on what was saved"


def test_a_covered_number_is_shown_on_demand_and_survives_an_edit(
    page: MembersPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    id_ = enter(runner, given, "Lò Thị Hoà", citizen_id=NUMBER, sex="nữ", joined=date(2020, 1, 1))
    page.open_object(id_)
    settle(page)
    field = page.member_form.numbers[0]
    assert field.line.text() == "012•••••0001"
    page.member_form.field("work").setFocus()
    type_keys("giáo viên")
    press(Qt.Key.Key_S, CONTROL)
    settle(page)
    kept = ask(runner, lambda: persons.reveal(given.office, id_))
    assert (kept.work, kept.citizen_id, kept.joined) == ("giáo viên", NUMBER, date(2020, 1, 1))
    field.ask()
    settle(page)
    assert field.line.text() == NUMBER


def test_findings_stand_at_their_fields(page: MembersPage, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_N, CONTROL)
    type_keys("Lò Văn Inh")
    page.member_form.field("left").setFocus()
    type_keys("1/1/2020")
    press(Qt.Key.Key_S, CONTROL)
    assert "không còn là đoàn viên" in page.member_form.field("left").finding_text()
    assert "công đoàn cơ sở" in page.member_form.unit.finding_text()
    assert page.editor.record == ""


def test_somebody_known_is_said_while_typing(
    page: MembersPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    person = with_birth(Person(given.units[CLINIC], True, "Lò Thị Hoà"), "1990")
    (id_,) = ask(runner, lambda: members.add(given.office, person)).ids
    press(Qt.Key.Key_N, CONTROL)
    type_keys("Lò Thị Hòa")
    press(Qt.Key.Key_Return)
    type_keys("12/5/1990")
    press(Qt.Key.Key_Return)
    settle(page)
    assert "trùng họ tên và ngày sinh" in page.editor.banner.text()
    page.editor.banner._act()  # as its button does
    settle(page)
    assert page.editor.record == id_


def test_a_draft_comes_back_with_its_union(
    given: Given, show: Show, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    first = open_page(MembersPage, given.context, show)
    press(Qt.Key.Key_N, CONTROL)
    type_keys("Lò Thị Ương")
    first.member_form.unit.setFocus()
    type_keys("thcs")
    press(Qt.Key.Key_Return)
    first.editor.shut()
    second = MembersPage(given.context)
    show(second)
    second.open_new()
    settle(second)
    values = second.form.values()
    assert (values["name"], values["unit"]) == ("Lò Thị Ương", given.units[SCHOOL])


def test_the_history_covers_numbers(page: MembersPage, given: Given) -> None:
    assert page.history_text("citizen_id", NUMBER) == ("Số CCCD", "012•••••0001")
    assert page.history_text("insurance", "1234567890")[1] == "•••••••890"
    assert page.history_text("birth", "1990-05-12")[1] == "12/05/1990"
    spell = Spell(given.units[SCHOOL], None, date(2020, 1, 1))
    assert page.history_text("earlier", (spell,))[1] == f"{SCHOOL} … – 01/01/2020"


def test_search_and_filters(page: MembersPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type) -> None:
    enter(runner, given, "Lò Thị Hoà", joined=date(2020, 1, 1))
    enter(runner, given, "Lò Thị Hoan")
    press(Qt.Key.Key_F, CONTROL)
    type_keys("hòa")
    assert page.search is not None
    page.search.searched.emit("hòa")
    settle(page)
    assert names(page)[0] == "Lò Thị Hoà"
    assert "Lò Thị Hoan" in names(page)
    child(page, FilterChip, "filter_gap")._pick("joined", "Thiếu ngày vào")  # as its menu does
    settle(page)
    assert "Lò Thị Hoà" not in names(page)
    type_keys("zzz")
    page.search.searched.emit("hòazzz")
    settle(page)
    assert names(page) == []


def test_many_are_taken_in_by_one_decision(
    page: MembersPage, given: Given, runner: TaskRunner, qtbot: QtBot, press: Press, type_keys: Type, click: Click
) -> None:
    ids = [
        ask(runner, lambda n=name: members.add(given.office, Person(given.units[SCHOOL], False, n))).ids[0]
        for name in ("Aa Ba", "Aa Bb", "Aa Bc")
    ]
    renew(page)
    pick(page, ids)
    page.change("join")
    dialog = page.findChild(ChangeDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Return)
    type_keys("15/QĐ-CĐX")
    click(child(dialog, QPushButton, "change_yes"))
    settle(page)
    kept = [ask(runner, lambda i=id_: persons.reveal(given.office, i)) for id_ in ids]
    assert {(one.member, one.batch, one.joined) for one in kept} == {(True, "15/QĐ-CĐX", date(2024, 7, 29))}
    assert "3 người" in page.banner.text()


def test_what_does_not_fit_keeps_the_dialog_open(page: MembersPage, given: Given, runner: TaskRunner) -> None:
    id_ = enter(runner, given, "Aa Ba")
    renew(page)
    pick(page, [id_])
    page.change("join")
    dialog = page.findChild(ChangeDialog)
    assert dialog is not None
    dialog.yes.click()
    settle(page)
    assert dialog.isVisible()
    assert "Aa Ba đang là đoàn viên" in dialog.banner.text()
    dialog.reject()


def test_nobody_selected_is_said(page: MembersPage) -> None:
    page.change("leave")
    assert page.findChild(ChangeDialog) is None
    assert "Chọn từ 1" in page.banner.text()


def test_who_was_given_support_is_not_deleted(page: MembersPage, press: Press) -> None:
    page.table.selectRow(0)
    press(Qt.Key.Key_Delete, on=page.table)
    settle(page)
    assert "Chưa xoá được" in page.banner.text()


def test_a_long_list_is_read_as_far_as_it_is_in_sight(
    page: MembersPage, given: Given, runner: TaskRunner, qtbot: QtBot
) -> None:
    def fill() -> None:
        people = [Person(given.units[SCHOOL], True, f"Bb {number:04}") for number in range(3 * PAGE)]
        with given.office.write(Right.ENTER) as work:
            work.put_many(people)

    ask(runner, fill)
    renew(page)
    count = page.model.rowCount()
    assert count == 3 * PAGE + PEOPLE - 1  # Vàng A Páo stands twice among the receivers
    assert len(names(page)) == PAGE
    page.table.scrollToBottom()
    page.table.viewport().repaint()
    qtbot.waitUntil(lambda: page.model.row(count - 1) is not None)
    assert len(names(page)) < count
    page.table.selectRow(count - 1)
    assert page.editor.record == page.model.id_of(page.model.row(count - 1))
    kept = page.editor.record
    renew(page)
    assert page.model.id_of(page.table.selected_row()) == kept, "the cursor stays far down"
    page._copy_all()  # what its button does
    settle(page)
    assert QGuiApplication.clipboard().text().count("\n") == count + 1


def test_the_head_of_a_column_asks_for_another_order(page: MembersPage, given: Given, runner: TaskRunner) -> None:
    enter(runner, given, "Zz Aa", birth="1950", birth_year=1950)
    header = page.table.horizontalHeader()
    column = next(at for at, one in enumerate(page.model.columns) if one.key == "birth")
    header.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
    settle(page)
    assert names(page)[0] == "Zz Aa"
    header.setSortIndicator(column, Qt.SortOrder.DescendingOrder)
    settle(page)
    assert names(page)[0] != "Zz Aa"


def pick(page: MembersPage, ids: list[str]) -> None:
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.clearSelection()
    for id_ in ids:
        page.table.selectionModel().select(page.model.index(page.model.position(id_), 0), flags)


@pytest.mark.parametrize(("button", "number", "looks"), [("yes", "012•••••0001", 0), ("export_whole", NUMBER, 1)])
def test_a_list_goes_into_a_sheet(
    page: MembersPage, given: Given, runner: TaskRunner, tmp_path: Path, button: str, number: str, looks: int
) -> None:
    enter(runner, given, "=Aa Ba", citizen_id=NUMBER, joined=date(2020, 1, 2))
    renew(page)
    page.choose_export()
    dialog = page.findChild(ConfirmDialog)
    assert dialog is not None
    (dialog.yes if button == "yes" else child(dialog, QPushButton, button)).click()
    chosen = page.findChild(QFileDialog)
    assert chosen is not None
    chosen.selectFile(str(tmp_path / "ds.xlsx"))
    chosen.accept()
    settle(page)
    rows = list(openpyxl.load_workbook(tmp_path / "ds.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0] == "CÔNG ĐOÀN XÃ THAN UYÊN"
    line = next(row for row in rows if row[0] == "=Aa Ba")
    assert number in line
    assert datetime(2020, 1, 2) in line  # noqa: DTZ001
    assert len(rows) == 4 + page.model.rowCount()

    def logged() -> list[str]:
        with given.office.read() as connection:
            return list(connection.execute(select(tables.log.c.action)).scalars())

    actions = ask(runner, logged)
    assert actions.count("look:people") == looks
    assert actions.count("export:sheet") == 1


def test_somebody_is_erased_for_ever_after_the_name_was_typed(
    page: MembersPage, given: Given, runner: TaskRunner, type_keys: Type, click: Click, qtbot: QtBot
) -> None:
    id_ = enter(runner, given, "Lò Thị Ương", citizen_id=NUMBER, phone="0912345678")
    renew(page)
    page.table.select_id(id_)
    settle(page)
    page.ask_erase()
    dialog = modal(EraseDialog, qtbot)
    type_keys("lo thi")
    click(dialog.yes)
    assert id_ in {str(row["id"]) for row in page.table.rows.rows() if isinstance(row, dict)}, "another name"
    dialog.typed.line.selectAll()
    type_keys("lo thi uong")
    click(dialog.yes)
    qtbot.waitUntil(lambda: "Đã xoá vĩnh viễn" in page.banner.text())
    settle(page)
    assert "Lò Thị Ương" not in names(page)
    kept = ask(runner, lambda: persons.reveal(given.office, id_))
    assert (kept.name, kept.citizen_id, kept.phone, kept.member) == ("", "", "", True)


def test_erasing_asks_for_one_person(page: MembersPage, given: Given) -> None:
    page.table.clearSelection()
    page.ask_erase()
    assert page.findChild(EraseDialog) is None
    assert "Chọn một người" in page.banner.text()


def test_whole_numbers_asked_for_and_thought_better_of_are_copied_by_nobody(
    page: MembersPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    enter(runner, given, "Lò Thị Hoà", citizen_id=NUMBER)
    renew(page)
    page.choose_export()
    child(page, ConfirmDialog, "export_dialog").findChild(QPushButton, "export_whole").click()
    modal(QFileDialog, qtbot).reject()
    child(page, QPushButton, "copy_all").click()
    settle(page)
    copied = QGuiApplication.clipboard().text()
    assert "Lò Thị Hoà" in copied
    assert NUMBER not in copied
