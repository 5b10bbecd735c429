from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField, RadioField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.field import Field
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import CountField, MoneyField, whole_number
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, PassphraseField, TextField

Show = Callable[[QWidget], QWidget]
Press = Callable[..., None]
Click = Callable[..., None]
Type = Callable[[str], None]
PEOPLE = (
    Option(1, "Nguyễn Thị Hạnh", "Y tế Mường Kim"),
    Option(2, "Nguyễn Thị Hạnh", "Tiểu học số 2"),
    Option(3, "Đèo Văn Chung", "UBND xã"),
    Option(4, "Vàng A Páo", "THCS Mường Cang"),
)


def read_date(text: str) -> date:
    try:
        return datetime.strptime(text, "%d/%m/%Y" if text.count("/") == 2 else "%d/%m").date().replace(year=2026)  # noqa: DTZ007
    except ValueError:
        raise AppError("Ngày chưa đúng.", todo="Ghi ngày/tháng/năm.") from None


def show_date(value: object) -> str:
    assert isinstance(value, date)
    return f"{value:%d/%m/%Y}"


MAKERS: dict[str, Callable[[], Field]] = {
    "text": lambda: TextField("f", "Tên"),
    "note": lambda: NoteField("f", "Ghi chú"),
    "passphrase": lambda: PassphraseField("f", "Mật khẩu"),
    "search": lambda: SearchChoiceField("f", "Người nhận", PEOPLE),
    "free": lambda: SearchChoiceField("f", "Địa điểm", PEOPLE, free=True),
    "date": lambda: DateField("f", "Ngày", read_date, show_date),
    "money": lambda: MoneyField("f", "Số tiền", str),
    "count": lambda: CountField("f", "Số người"),
}


def text_of(field: Field) -> str:
    control = field.control
    return control.text() if isinstance(control, QLineEdit) else control.toPlainText()  # type: ignore[attr-defined]


@pytest.fixture
def with_neighbour(show: Show) -> Callable[[Field], Field]:
    """The field with another below it, so that it can be left."""

    def made(field: Field) -> Field:
        window = QWidget()
        layout = QVBoxLayout(window)
        layout.addWidget(field)
        layout.addWidget(TextField("other", "Khác"))
        show(window)
        field.setFocus()
        return field

    return made


# What the keyboard driver sends for Telex typing; "<" is a Backspace.
STREAMS = [
    ("nguo<<ươ<ườif<i", "người"),
    ("nguwowfi", "nguwowfi"),
    ("dd<<đ<đ oan<<oàn", "đoàn"),
    ("Viet<<ệt", "Việt"),
    ("Hoa<<oà<<òa", "Hòa"),
    ("Gia<<ià<<iàng<<<<iàng Thi< ị Sua", "Giàng Th ị Sua"),
    ("LĐLĐ tinh<<<ỉnh", "LĐLĐ tỉnh"),
]


@pytest.mark.parametrize("kind", ["text", "note", "passphrase", "search", "free"])
@pytest.mark.parametrize(("stream", "_word"), STREAMS)
def test_retyped_letters_arrive_as_sent(
    kind: str, stream: str, _word: str, with_neighbour: Callable[[Field], Field], type_keys: Type
) -> None:
    field = with_neighbour(MAKERS[kind]())
    type_keys(stream)
    assert text_of(field) == after_backspaces(stream)


def after_backspaces(stream: str) -> str:
    text: list[str] = []
    for letter in stream:
        if letter == "<":
            text = text[:-1]
        else:
            text.append(letter)
    return "".join(text)


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_nothing_is_rewritten_while_typing(
    kind: str, with_neighbour: Callable[[Field], Field], type_keys: Type
) -> None:
    field = with_neighbour(MAKERS[kind]())
    for n in range(1, 8):
        type_keys(str(n))
        assert text_of(field) == "1234567"[:n]


@pytest.mark.parametrize(
    ("kind", "typed", "full", "value"),
    [
        ("money", "5000000", "5.000.000", 5_000_000),
        ("money", "1 500", "1.500", 1500),
        ("count", "0", "0", 0),
        ("date", "5/4/2026", "05/04/2026", date(2026, 4, 5)),
        ("date", "20/11", "20/11/2026", date(2026, 11, 20)),
        ("money", "1.5000", "1.5000", None),
        ("date", "31/11/2026", "31/11/2026", None),
        ("text", "  Lò Văn An ", "  Lò Văn An ", "Lò Văn An"),
    ],
)
def test_leaving_writes_out_what_was_understood(
    kind: str, typed: str, full: str, value: object, with_neighbour: Callable[[Field], Field], type_keys: Type,
    qtbot: QtBot, press: Press) -> None:  # fmt: skip
    field = with_neighbour(MAKERS[kind]())
    type_keys(typed)
    with qtbot.waitSignal(field.left):
        press(Qt.Key.Key_Tab)
    assert text_of(field) == full
    assert field.value() == value


def test_what_leaving_wrote_can_be_undone(
    with_neighbour: Callable[[Field], Field], type_keys: Type, press: Press
) -> None:
    field = with_neighbour(MAKERS["money"]())
    type_keys("5000000")
    press(Qt.Key.Key_Tab)
    field.setFocus()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, on=field.control)
    assert text_of(field) == "5000000"


@pytest.mark.parametrize("text", ["abc", "1,5", "1.50", "-5", "5.0000", "٥", ".5"])
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(ValueError, match="chữ số"):
        whole_number(text)


@pytest.mark.parametrize("kind", ["text", "note", "free"])
def test_text_is_stored_composed(kind: str) -> None:
    field = MAKERS[kind]()
    field.set_raw(unicodedata.normalize("NFD", "Nguyễn Thị Hường"))
    assert field.value() == "Nguyễn Thị Hường"


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_raw_text_survives_a_draft(kind: str) -> None:
    first, second = MAKERS[kind](), MAKERS[kind]()
    first.set_raw(["31/1", ""] if kind in ("search", "free") else "31/1")
    second.set_raw(first.raw())
    assert text_of(second) == ("" if kind == "passphrase" else "31/1")


def test_money_stands_in_words_below(with_neighbour: Callable[[Field], Field], type_keys: Type) -> None:
    field = with_neighbour(MoneyField("f", "Số tiền", lambda amount: f"{amount} đồng bằng chữ"))
    assert isinstance(field, MoneyField)
    type_keys("5000")
    assert field.words() == "5000 đồng bằng chữ"
    type_keys("x")
    assert field.words() == ""


def test_findings_colour_the_border_and_stand_below() -> None:
    field = TextField("f", "Tên", required=True)
    assert field.findings() == (Finding("f", "Chưa nhập tên."),)
    field.show_findings([Finding("f", "Một.", warning=True)])
    assert (field.control.property("finding"), field.finding_text()) == ("warn", "Một.")
    field.show_findings([Finding("f", "Một.", warning=True), Finding("f", "Hai.")])
    assert (field.control.property("finding"), field.finding_text()) == ("bad", "Một.\nHai.")
    field.show_findings([])
    assert (field.control.property("finding"), field.finding_text()) == ("", "")


def test_an_unreadable_date_says_what_to_do() -> None:
    field = MAKERS["date"]()
    field.set_raw("31/11/2026")
    assert field.findings() == (Finding("f", "Ngày chưa đúng. Ghi ngày/tháng/năm."),)


def test_the_calendar_opens_by_key_and_fills_the_field(
    with_neighbour: Callable[[Field], Field], qtbot: QtBot, press: Press
) -> None:
    field = with_neighbour(MAKERS["date"]())
    assert isinstance(field, DateField)
    field.set_value(date(2026, 4, 5))
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, on=field.control)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.month  # type: ignore[attr-defined]
    assert calendar.selectedDate() == QDate(2026, 4, 5)
    view = QApplication.focusWidget()
    press(Qt.Key.Key_Right, on=view)
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Return, on=view)
    assert text_of(field) == "06/04/2026"
    assert not popup.isVisible()


# Choosing


def test_typing_without_marks_finds_and_enter_chooses(
    with_neighbour: Callable[[Field], Field], type_keys: Type, qtbot: QtBot, press: Press
) -> None:
    field = with_neighbour(MAKERS["search"]())
    assert isinstance(field, SearchChoiceField)
    type_keys("deo chu")
    assert text_of(field) == "deo chu"
    popup = QApplication.activePopupWidget()
    assert popup is field.list.view
    press(Qt.Key.Key_Down)
    assert text_of(field) == "deo chu"
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Return)
    assert (text_of(field), field.value()) == ("Đèo Văn Chung", 3)


def test_a_name_typed_in_full_is_chosen_on_leaving_unless_two_bear_it(
    with_neighbour: Callable[[Field], Field], type_keys: Type, press: Press
) -> None:
    field = with_neighbour(MAKERS["search"]())
    assert isinstance(field, SearchChoiceField)
    type_keys("vang a pao")
    field.list.hide()
    press(Qt.Key.Key_Tab, on=field.control)
    assert field.value() == 4
    field.set_value(None)
    field.setFocus()
    type_keys("nguyen thi hanh")
    field.list.hide()
    press(Qt.Key.Key_Tab, on=field.control)
    assert field.value() is None
    assert "Không có" in field.findings()[0].message


def test_changing_the_text_forgets_the_choice(with_neighbour: Callable[[Field], Field], type_keys: Type) -> None:
    field = with_neighbour(MAKERS["search"]())
    field.set_value(1)
    assert field.value() == 1
    QApplication.focusWidget().setCursorPosition(99)  # type: ignore[union-attr]
    type_keys("<")
    assert field.value() is None


def test_a_draft_finds_the_right_namesake() -> None:
    first, second = MAKERS["search"](), MAKERS["search"]()
    first.set_value(2)
    second.set_raw(first.raw())
    assert second.value() == 2


def test_the_wheel_passes_over_a_choice_without_focus(show: Show) -> None:
    field = ChoiceField("f", "Quỹ", [("a", "Quỹ Xã hội"), ("b", "Ngân sách")], required=True)
    field.set_value("a")
    other = TextField("o", "Khác")
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(other)
    show(window)
    other.setFocus()
    place = QPointF(5, 5)
    nothing = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    down = QWheelEvent(place, place, QPoint(), QPoint(0, -120), *nothing)
    QApplication.sendEvent(field.combo, down)
    assert field.value() == "a"


def test_a_choice_is_made_by_keys(show: Show, qtbot: QtBot, press: Press) -> None:
    field = ChoiceField("f", "Quỹ", [("a", "Quỹ Xã hội"), ("b", "Ngân sách")], required=True)
    show(field)
    field.setFocus()
    assert field.value() is None
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Down, on=field.combo)
    assert field.value() == "a"
    field.set_choices([("c", "Mới"), ("a", "Quỹ Xã hội")])
    assert field.value() == "a"


def test_one_of_several_buttons(show: Show, qtbot: QtBot, press: Press) -> None:
    field = RadioField("f", "Hình thức", [("cash", "Tiền"), ("kind", "Hiện vật")])
    show(field)
    assert field.value() is None
    field.set_value("cash")
    field.setFocus()
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Right)
    assert field.value() == "kind"
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Down)
    assert field.value() == "cash"
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Up)
    assert field.value() == "kind"
    field.set_value(None)
    assert field.value() is None


def test_a_tick(show: Show, qtbot: QtBot, press: Press) -> None:
    field = CheckField("f", "Tính vào chỉ tiêu")
    show(field)
    field.setFocus()
    with qtbot.waitSignal(field.edited):
        press(Qt.Key.Key_Space, on=field.box)
    assert field.value() is True


def test_of_hundreds_those_chosen_beforehand_are_in_sight(show: Show, qtbot: QtBot) -> None:
    field = MultiUnitField("f", "Đơn vị", [(number, f"CĐCS {number}") for number in range(400)])
    field.set_value((250, 251))
    show(field)
    qtbot.waitUntil(lambda: field.view.indexAt(QPoint(5, 5)).row() == 250)


def test_several_units_by_search_and_all(show: Show, qtbot: QtBot, type_keys: Type, press: Press, click: Click) -> None:
    names = ("Trường THCS Mường Cang", "Trạm Y tế Mường Kim", "Điện lực", "UBND xã")
    field = MultiUnitField("f", "Đơn vị", tuple(enumerate(names)), required=True)
    show(field)
    assert field.findings()
    field.search.setFocus()
    type_keys("muong")
    press(Qt.Key.Key_Return, on=field.search)
    assert field.shown.rowCount() == 2
    with qtbot.waitSignal(field.edited):
        click(field.all, QPoint(8, field.all.height() // 2))
    assert field.value() == (0, 1)
    press(Qt.Key.Key_Escape, on=field.search)
    assert field.all.checkState() == Qt.CheckState.PartiallyChecked
    field.view.setFocus()
    field.view.setCurrentIndex(field.shown.index(3, 0))
    press(Qt.Key.Key_Space, on=field.view)
    assert field.value() == (0, 1, 3)


def test_units_pass_the_model_tester(qtmodeltester: object) -> None:
    field = MultiUnitField("f", "Đơn vị", ((1, "Điện lực"), (2, "UBND xã")))
    qtmodeltester.check(field.model)  # type: ignore[attr-defined]


def test_the_eye_shows_the_passphrase(show: Show, type_keys: Type) -> None:
    field = PassphraseField("f", "Mật khẩu")
    show(field)
    field.setFocus()
    type_keys("một con vịt ")
    assert field.line.displayText() != "một con vịt "
    field.line.actions()[0].trigger()
    assert field.line.displayText() == "một con vịt "
    assert field.value() == "một con vịt "
    assert field.raw() == ""


@pytest.mark.parametrize(("width", "whole"), [(150, False), (400, True)])
def test_a_long_choice_ends_with_an_ellipsis(width: int, whole: bool, show: Show) -> None:
    text = "Hoàn cảnh khó khăn đặc biệt"
    field = ChoiceField("cause", "Nguyên nhân", [("kho_khan", text)])
    field.set_value("kho_khan")
    field.setFixedWidth(width)
    show(field)
    option = QStyleOptionComboBox()
    field.combo.initStyleOption(option)
    assert (option.currentText == text) is whole
    assert option.currentText.endswith("…") is not whole
    assert field.raw() == text


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("lines", [2, 3, 6])
def test_as_many_lines_as_a_note_was_given_stand_in_it_without_scrolling(
    lines: int, scale: int, show: Show, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, scale=scale)
    field = NoteField("note", "Nơi nhận", lines=lines)
    show(field)
    for text in ("Lưu: VT\n" * lines).strip(), "Lưu: VT\n" * lines:
        field.set_value(None)
        field.note.setPlainText(text)
        qtbot.waitUntil(lambda: True)
        assert (field.note.verticalScrollBar().maximum() > 0) == text.endswith("\n")


def test_text_begins_at_one_place_in_lines_and_in_choices(show: Show) -> None:
    """Seen side by side in every form."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    line, choice = TextField("a", "Tên"), ChoiceField("b", "Loại", [(1, "IIII")], required=True)
    for field in (TextField("other", "Nơi có con trỏ"), line, choice):
        column.addWidget(field)
    line.set_value("IIII")
    choice.set_value(1)
    show(whole)
    assert _first_ink(line.line) == _first_ink(choice.combo)


def _first_ink(control: QWidget) -> int:
    """The first column of pixels that the text darkens, the border left out."""
    picture = control.grab().toImage()
    middle = picture.height() // 2
    dark = (x for x in range(4, picture.width()) if picture.pixelColor(x, middle).lightness() < 128)
    return next(dark)
