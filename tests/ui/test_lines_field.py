"""A field of lines by keys: typing, moving, choosing, dropping; a draft brings back what stood there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.pages.support.lines_field import LineColumn, LinesField
from tests.ui.hands import CONTROL, Press, Show, Type

COLUMNS = (
    LineColumn("name", "Họ tên", 120, "fixed"),
    LineColumn("cash", "Tiền", 90, "money"),
    LineColumn("result", "Kết quả", 90, "choice", (("agreed", "Đồng ý"), ("put_off", "Hoãn"))),
    LineColumn("why", "Lý do"),
)
LINES = (
    {"need": "1", "name": "Lý A Sử", "cash": "5.000.000", "result": "agreed", "why": ""},
    {"need": "2", "name": "Vàng A Páo", "cash": "", "result": "", "why": "chờ"},
)


@pytest.fixture
def field(show: Show) -> LinesField:
    made = LinesField("lines", "Danh sách", COLUMNS, required=True)
    made.resize(520, 200)
    show(made)
    made.set_value(LINES)
    made.grid.setFocus()
    return made


def confirm(press: Press) -> None:
    """Enter; the cell is read in the next turn."""
    press(Qt.Key.Key_Return)
    QApplication.processEvents()


def test_what_is_not_shown_is_carried_along(field: LinesField) -> None:
    assert field.value() == LINES


def test_an_amount_is_typed_over_and_shown_with_its_dots(field: LinesField, press: Press, type_keys: Type) -> None:
    told: list[bool] = []
    field.edited.connect(lambda: told.append(True))
    field.grid.setCurrentCell(0, 1)
    type_keys("4 tr")
    confirm(press)
    assert field.lines()[0]["cash"] == "4.000.000"
    assert told
    assert (field.grid.currentRow(), field.grid.currentColumn()) == (1, 1)


def test_an_amount_that_cannot_be_read_is_named_with_its_line(field: LinesField) -> None:
    field.set_value([{**LINES[0], "cash": "nhiều triệu"}])
    (found,) = field.findings()
    assert found.message == "Dòng 1: số tiền “nhiều triệu” chưa đọc được."


def test_a_choice_is_made_by_its_first_letter(field: LinesField, press: Press) -> None:
    field.grid.setCurrentCell(0, 2)
    press(Qt.Key.Key_F2)
    assert isinstance(QApplication.focusWidget(), QComboBox)
    press(Qt.Key.Key_H)
    assert field.lines()[0]["result"] == "put_off"


def test_tab_passes_by_what_is_fixed_and_leaves_at_the_end(field: LinesField, press: Press) -> None:
    field.grid.setCurrentCell(0, 3)
    press(Qt.Key.Key_Tab)
    assert (field.grid.currentRow(), field.grid.currentColumn()) == (1, 1)
    press(Qt.Key.Key_Backtab)
    assert (field.grid.currentRow(), field.grid.currentColumn()) == (0, 3)


def test_what_is_fixed_cannot_be_typed_over(field: LinesField, type_keys: Type) -> None:
    field.grid.setCurrentCell(0, 0)
    type_keys("x")
    assert field.lines()[0]["name"] == "Lý A Sử"


def test_lines_are_dropped(field: LinesField, press: Press) -> None:
    field.grid.setCurrentCell(0, 1)
    press(Qt.Key.Key_Delete, CONTROL, on=field.grid)
    assert [line["need"] for line in field.lines()] == ["2"]
    press(Qt.Key.Key_Delete, CONTROL, on=field.grid)
    assert field.value() is None
    assert field.findings()[0].message == "Chưa nhập danh sách."


def test_a_field_that_grows_has_a_blank_line_at_the_end(show: Show, press: Press, type_keys: Type) -> None:
    made = LinesField("people", "Người dự", (LineColumn("name", "Họ tên"), LineColumn("role", "Chức vụ")), grows=True)
    show(made)
    made.grid.setFocus()
    made.grid.setCurrentCell(0, 0)
    type_keys("Lò Thị Hoa")
    confirm(press)
    type_keys("Vàng A Páo")
    confirm(press)
    assert [line["name"] for line in made.lines()] == ["Lò Thị Hoa", "Vàng A Páo"]
    assert made.grid.rowCount() == 3


def test_a_draft_brings_the_lines_back(field: LinesField, show: Show) -> None:
    other = LinesField("lines", "Danh sách", COLUMNS)
    show(other)
    other.set_raw(field.raw())
    assert other.value() == field.value()
    other.set_raw("something else")
    assert other.value() is None


def test_keys_as_unikey_sends_them_give_the_right_word(field: LinesField, press: Press, type_keys: Type) -> None:
    """Backspace and the letters again, as the input method types a tone (rule D15)."""
    field.grid.setCurrentCell(0, 3)
    type_keys("nguoi")
    for _ in range(3):
        press(Qt.Key.Key_Backspace)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    type_keys("ười")
    confirm(press)
    assert field.lines()[0]["why"] == "người"


def test_a_cell_that_is_still_open_counts_when_the_form_is_checked(show: Show, type_keys: Type) -> None:
    field, form = LinesField("lines", "Danh sách", COLUMNS), Form()
    form.add(field)
    show(form)
    field.set_value(LINES)
    field.grid.setFocus()
    field.grid.setCurrentCell(0, 1)
    type_keys("4 tr")
    assert form.check()
    assert field.lines()[0]["cash"] == "4.000.000"
