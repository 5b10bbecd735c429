"""The tab "Nhập Excel", driven with keys and mouse over a real office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.services import import_history, unit_desk
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.sheet_columns import ListKind
from congdoan_desktop.services.sheet_preview import Choice
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.choice_fields import Combo
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.pages.sheet_import.naming_dialog import NamingDialog
from congdoan_desktop.ui.pages.sheet_import.page import ImportPage
from tests.ui.entry_office import CLINIC, SCHOOL, Given, ask, child
from tests.ui.hands import Click, Press, Show, modal, open_page

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Công đoàn cơ sở")
ROWS = (
    (1, "Tòng Thị Ơn", "12/03/1990", "Nữ", "012190000001", SCHOOL),
    (2, "Mùa A Dế", "05/1985", "Nam", "012085000002", CLINIC),
    (3, "Lý A Sử", "31/02/1979", "Nam", "", SCHOOL),
    (4, "Vàng A Pảo", "1985", "Nam", "", SCHOOL),
    (5, "Lường Thị Bun", "1990", "Nữ", "", "HTX XD Nậm Sò"),
)


@pytest.fixture
def page(given: Given, show: Show) -> ImportPage:
    return open_page(ImportPage, given.context, show)


def workbook(path: Path, rows: Sequence[Sequence[Any]] = ROWS, head: Sequence[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DS"
    for row in (head, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def button(page: ImportPage, name: str) -> QPushButton:
    found: QPushButton = child(page, QPushButton, name)
    return found


def press_button(page: ImportPage, name: str, click: Click) -> None:
    click(button(page, name))
    assert page._context.runner.wait_idle()


def opened(page: ImportPage, path: Path, qtbot: QtBot, click: Click) -> None:
    """Choose a file in the dialog, as the officer does."""
    click(button(page, "choose_file"))
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == 1)
    assert page._context.runner.wait_idle()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def people(given: Given) -> dict[str, Person]:
    def read(office: Office) -> dict[str, Person]:
        with office.read() as connection:
            rows = connection.execute(TABLES[Person.TYPE].select()).mappings()
            return {row["name"]: value_of(Person.TYPE, row) for row in rows}

    found: dict[str, Person] = ask(given.context.runner, lambda: read(given.office))
    return found


def shown(page: ImportPage) -> list[tuple[str, str]]:
    """(name, state) of the rows of the preview."""
    assert page.check.card is not None
    return [(str(row["name"]), str(row["state"])) for row in page.check.card.table.rows.rows()]  # type: ignore[index]


def test_from_the_file_to_the_receipt(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click, press: Press
) -> None:
    opened(page, workbook(tmp_path / "Danh_sach.xlsx"), qtbot, click)
    assert "Danh_sach.xlsx" in page.subtitle.whole()
    assert page.match.view.told.text() == "5/6 cột đã ghép"
    assert "5 dòng" in button(page, "go").text()
    press_button(page, "go", click)
    assert shown(page) == [
        ("Tòng Thị Ơn", "Nhập mới"), ("Mùa A Dế", "Nhập mới"), ("Lý A Sử", "Có lỗi"), ("Vàng A Pảo", "Xem lại"),
        ("Lường Thị Bun", "Có lỗi"),
    ]  # fmt: skip
    assert "2 dòng" in button(page, "go").text()
    press_button(page, "go", click)
    assert "nhập mới 2 dòng" in page.result.told.text()
    assert "3 dòng chưa nhập" in page.result.rest.text()
    assert {"Tòng Thị Ơn", "Mùa A Dế"} <= people(given).keys()
    assert "Lường Thị Bun" not in people(given)


def test_a_faulty_row_says_its_cell_and_its_mend(
    page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click, press: Press
) -> None:
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    press_button(page, "go", click)
    assert page.check.card is not None
    table = page.check.card.table
    press(Qt.Key.Key_Down, on=table)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert "C4" in page.check.told.text()
    assert "31/02/1979" in page.check.told.text()


def test_what_of_the_sheet_stays_outside_is_said_before_the_import(
    page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    rows = [*((*row, "x") for row in ROWS[:2]), ("Cộng", "", "", "", "", "", "")]
    opened(page, workbook(tmp_path / "ds.xlsx", rows, (*HEAD, "Sở thích")), qtbot, click)
    press_button(page, "go", click)
    assert "G “Sở thích” – chưa ghép" in page.check.left.text()
    assert "dòng 4 “Cộng” (dòng cộng)" in page.check.left.text()


def test_a_faulty_row_shows_what_stands_in_its_cell(
    page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    opened(page, workbook(tmp_path / "ds.xlsx", ROWS[2:3]), qtbot, click)
    press_button(page, "go", click)
    assert page.check.card is not None
    (row,) = page.check.card.table.rows.rows()
    assert row["birth"] == "31/02/1979"  # type: ignore[index]


def test_a_list_of_unions_shows_the_union_above_and_the_people_of_a_day(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click, type_keys: Any
) -> None:
    head = ("STT", "Tên CĐCS", "Loại", "Cấp trên", "Số lao động", "Số đoàn viên")
    rows = [(1, "CĐCS Trường Mường Than", "", "", 41, 40), (2, "CĐCS Trường Nà Cang", "", "CĐ xã lạ", 12, 10)]
    page.start.kind.set_value(ListKind.UNITS)
    opened(page, workbook(tmp_path / "cdcs.xlsx", rows, head), qtbot, click)
    page.match.counted_on.setFocus()
    type_keys("31/2/2024")
    press_button(page, "go", click)
    assert "Tháng 2" in page.banner.text()
    page.match.counted_on.clear()
    page.match.counted_on.setFocus()
    type_keys("31/12/2023")
    press_button(page, "go", click)
    assert page.check.card is not None
    found = [dict(row) for row in page.check.card.table.rows.rows()]  # type: ignore[call-overload]
    assert [(row["unit"], row["workers"], row["members"]) for row in found] == [
        ("CĐ xã Than Uyên", 41, 40), ("CĐ xã lạ", 12, 10)]  # fmt: skip
    press_button(page, "go", click)
    lines = ask(given.context.runner, lambda: unit_desk.listing(given.office))
    (made,) = (line.count for line in lines if line.row.name == "CĐCS Trường Mường Than")
    assert (made.on, made.workers, made.members) == (date(2023, 12, 31), 41, 40)


def test_only_the_rows_of_one_state_are_shown(page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click) -> None:
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    press_button(page, "go", click)
    chip = child(page, FilterChip, "only_faulty")
    click(chip)
    assert [name for name, _ in shown(page)] == ["Lý A Sử", "Lường Thị Bun"]
    click(chip)
    assert len(shown(page)) == 5


def test_what_is_nearly_known_is_decided_by_the_officer(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    before = len(people(given))
    opened(page, workbook(tmp_path / "ds.xlsx", ROWS[3:4]), qtbot, click)
    press_button(page, "go", click)
    assert shown(page) == [("Vàng A Pảo", "Xem lại")]
    assert not button(page, "go").isEnabled()
    assert page.check.card is not None
    page.check.card.table.selectRow(0)
    click(button(page, "choice_update"))
    assert shown(page) == [("Vàng A Pảo", "Sẽ cập nhật")]
    press_button(page, "go", click)
    assert "Vàng A Pảo" in people(given)
    assert len(people(given)) == before


def test_a_column_is_corrected_and_remembered(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click, type_keys: Any
) -> None:
    path = workbook(tmp_path / "ds.xlsx", ROWS, (*HEAD[:1], "Tên gọi khác lạ", *HEAD[2:]))
    opened(page, path, qtbot, click)
    combo = child(page, Combo, "field_A")
    combo.setCurrentIndex(combo.findText("Ghi chú"))
    combo.activated.emit(combo.currentIndex())
    page.match.name.setFocus()
    type_keys("Mau 2019")
    press_button(page, "remember", click)
    assert "Mau 2019" in page.banner.text()
    press_button(page, "back", click)
    opened(page, path, qtbot, click)
    assert child(page, Combo, "field_A").currentText() == "Ghi chú"
    assert page.match.name.text() == "Mau 2019"
    press_button(page, "forget", click)
    assert child(page, Combo, "field_A").currentText() != "Ghi chú"
    assert not button(page, "forget").isVisible()


def test_a_union_under_another_name_is_chosen_and_remembered(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click, type_keys: Any, press: Press
) -> None:
    rows = [(*ROWS[3][:5], SCHOOL), ROWS[4]]
    path = workbook(tmp_path / "ds.xlsx", rows)
    opened(page, path, qtbot, click)
    press_button(page, "go", click)
    page.check.choices[2] = Choice.ADD
    assert button(page, "ask_unions").text().strip() == "1 đơn vị chưa nhận ra…"
    click(button(page, "ask_unions"))
    dialog = modal(NamingDialog, qtbot)
    assert "HTX XD Nậm Sò · 1 dòng" in dialog.form.field("union_0").text_label
    type_keys("y te muong")
    press(Qt.Key.Key_Return)
    click(dialog.yes)
    assert page._context.runner.wait_idle()
    assert shown(page) == [("Vàng A Pảo", "Sẽ nhập mới"), ("Lường Thị Bun", "Nhập mới")]
    assert button(page, "ask_unions").text().strip() == "Tên đơn vị đã nhớ…"
    press_button(page, "go", click)
    assert people(given)["Lường Thị Bun"].unit == given.units[CLINIC]
    press_button(page, "again", click)
    opened(
        page, workbook(tmp_path / "ds2.xlsx", [(6, "Tòng Thị Inh", "1991", "Nữ", "", "htx xd nậm sò")]), qtbot, click
    )
    press_button(page, "go", click)
    assert shown(page) == [("Tòng Thị Inh", "Nhập mới")]


def test_a_remembered_name_is_forgotten_again(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click, type_keys: Any
) -> None:
    union = given.units[CLINIC]
    ask(given.context.runner, lambda: import_history.call_unions(given.office, {"HTX XD Nậm Sò": union}))
    opened(page, workbook(tmp_path / "ds.xlsx", ROWS[4:]), qtbot, click)
    press_button(page, "go", click)
    assert shown(page) == [("Lường Thị Bun", "Nhập mới")]
    click(button(page, "ask_unions"))
    dialog = modal(NamingDialog, qtbot)
    assert dialog.form.values() == {"union_0": union}
    dialog.form.field("union_0").control.clear()
    click(dialog.yes)
    assert page._context.runner.wait_idle()
    assert shown(page) == [("Lường Thị Bun", "Có lỗi")]


def test_a_list_without_unions_asks_for_one(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    rows = [row[:5] for row in ROWS[:2]]
    opened(page, workbook(tmp_path / "ds.xlsx", rows, HEAD[:5]), qtbot, click)
    press_button(page, "go", click)
    assert page.steps.currentIndex() == 1
    assert page.banner.isVisible()
    page.match.unions.setCurrentIndex(page.match.unions.findText(CLINIC))
    press_button(page, "go", click)
    press_button(page, "go", click)
    assert people(given)["Tòng Thị Ơn"].unit == given.units[CLINIC]


def glanced(page: ImportPage) -> list[tuple[str, str]]:
    """(name, state) of the rows under the columns."""
    assert page.match.glance.card is not None
    return [(str(row["name"]), str(row["state"])) for row in page.match.glance.card.table.rows.rows()]  # type: ignore[index]


def test_the_rows_stand_under_the_columns_that_bring_them(
    page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    assert [state for _, state in glanced(page)] == ["Nhập mới", "Nhập mới", "Có lỗi", "Xem lại", "Có lỗi"]
    page.match.glance.only.click()
    assert [name for name, _ in glanced(page)] == ["Lý A Sử", "Vàng A Pảo", "Lường Thị Bun"]
    combo = child(page, Combo, "field_B")
    combo.setCurrentIndex(combo.findText("Chọn trường…"))
    combo.activated.emit(combo.currentIndex())
    assert page._context.runner.wait_idle()
    assert glanced(page) == []
    assert "Họ và tên" in page.match.glance.missing.text()
    combo = child(page, Combo, "field_B")
    combo.setCurrentIndex(combo.findText("Họ và tên"))
    combo.activated.emit(combo.currentIndex())
    assert page._context.runner.wait_idle()
    page.match.glance.only.click()
    press_button(page, "go", click)
    assert glanced(page) == shown(page)


def test_large_letters_leave_the_screen_to_the_columns(
    page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click, dressed: QApplication
) -> None:
    page.resize(1158, 697)
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    qtbot.waitUntil(page.match.glance.isVisible)
    theme.apply(dressed, scale=150)
    page.resize(1056, 640)
    qtbot.waitUntil(lambda: not page.match.glance.isVisible())
    assert page.match.view.isVisible()


OLD = ("Hä vµ tªn", "Ngµy sinh", "C«ng ®oµn c¬ së")
OLD_ROWS = [(name, year, "Y tÕ M­êng Kim") for name, year in (("Lß V¨n ChÝnh", "1989"), ("§Ìo ThÞ L¶", "1992"))]


def test_old_writing_is_shown_before_and_after(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    opened(page, workbook(tmp_path / "cu.xlsx", OLD_ROWS, OLD), qtbot, click)
    assert child(page, QRadioButton, "writing_tcvn3").isChecked()
    press_button(page, "go", click)
    assert [name for name, _ in shown(page)] == ["Lò Văn Chính", "Đèo Thị Lả"]
    press_button(page, "back", click)
    click(child(page, QRadioButton, "writing_unicode"))
    assert page._context.runner.wait_idle()
    assert child(page, QRadioButton, "writing_unicode").isChecked()


def choose(combo: Combo, words: str) -> None:
    combo.setCurrentIndex(combo.findText(words))
    combo.activated.emit(combo.currentIndex())


def test_one_column_may_be_written_in_another_way(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    head = ("Họ và tên", "Ngày sinh", "Quê quán", "Công đoàn cơ sở")
    rows = [("Lò Văn Chính", "1989", "B¶n Bß", CLINIC), ("Đèo Thị Lả", "1992", "B¶n Bß", CLINIC)]
    opened(page, workbook(tmp_path / "lan.xlsx", rows, head), qtbot, click)
    choose(child(page, Combo, "writing_scope"), "Cột C – Quê quán")
    click(child(page, QRadioButton, "writing_tcvn3"))
    choose(child(page, Combo, "writing_scope"), "Cả trang tính")
    assert child(page, QRadioButton, "writing_unicode").isChecked()
    press_button(page, "go", click)
    press_button(page, "go", click)
    assert people(given)["Lò Văn Chính"].home == "Bản Bò"


def test_what_the_values_leave_open_is_answered_in_its_line(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    head = ("Họ và tên", "Ngày sinh", "Giới tính", "Ngày vào Công đoàn", "Công đoàn cơ sở")
    rows = [
        ("Lò Văn Chính", "12/3/89", 2, "05/06/2015", CLINIC),
        ("Đèo Thị Lả", "27/8/92", 1, "12/25/2016", CLINIC),
    ]
    opened(page, workbook(tmp_path / "hoi.xlsx", rows, head), qtbot, click)
    choose(child(page, Combo, "answer_B"), "Năm 30–99 là 19xx")
    choose(child(page, Combo, "answer_C"), "1 là Nữ")
    choose(child(page, Combo, "answer_D"), "Ngày trước tháng")
    assert not page.findChildren(Combo, QRegularExpression("answer_.*"))
    press_button(page, "go", click)
    assert shown(page) == [("Lò Văn Chính", "Nhập mới"), ("Đèo Thị Lả", "Có lỗi")]
    press_button(page, "go", click)
    found = people(given)["Lò Văn Chính"]
    assert (found.birth, found.sex, found.joined) == ("1989-03-12", "nam", date(2015, 6, 5))


def test_an_import_is_undone_from_its_line(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click, press: Press
) -> None:
    before = set(people(given))
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    press_button(page, "go", click)
    press_button(page, "go", click)
    press_button(page, "again", click)
    table = child(page, TableView, "past_imports")
    press(Qt.Key.Key_Down, on=table)
    press(Qt.Key.Key_Return)
    dialog = modal(ConfirmDialog, qtbot)
    click(dialog.yes)
    assert page._context.runner.wait_idle()
    assert "xoá 2 dòng mới" in page.result.told.text()
    assert set(people(given)) == before


def test_what_was_not_imported_is_saved(page: ImportPage, tmp_path: Path, qtbot: QtBot, click: Click) -> None:
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    press_button(page, "go", click)
    press_button(page, "go", click)
    page.save_returned(tmp_path / "tra_lai.xlsx")
    assert page._context.runner.wait_idle()
    assert "3 dòng" in page.banner.text()
    sheet = openpyxl.load_workbook(tmp_path / "tra_lai.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 4


def test_what_is_no_workbook_is_told(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    page.open_path(path)
    assert page._context.runner.wait_idle()
    assert page.steps.currentIndex() == 0
    assert page.banner.isVisible()


def test_stopping_says_that_nothing_was_written(
    page: ImportPage, given: Given, tmp_path: Path, qtbot: QtBot, click: Click
) -> None:
    before = set(people(given))
    opened(page, workbook(tmp_path / "ds.xlsx"), qtbot, click)
    press_button(page, "go", click)
    free = Event()
    given.context.runner.run(free.wait)
    click(button(page, "go"))
    given.context.runner._tasks[-1].cancel()
    free.set()
    assert given.context.runner.wait_idle()
    assert "Đã dừng" in page.banner.text()
    assert set(people(given)) == before
