from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.editor import EditorPanel
from congdoan_desktop.ui.kit.form import DraftTimer, Form, Values
from congdoan_desktop.ui.kit.number_fields import MoneyField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField

Show = Callable[[QWidget], QWidget]
Press = Callable[..., None]
Click = Callable[..., None]
Type = Callable[[str], None]


def enough_money(values: Values) -> Iterable[Finding]:
    amount = values["amount"]
    if isinstance(amount, int) and amount > 100:
        yield Finding("amount", "Quỹ không đủ.")
    if values["note"] is None:
        yield Finding("note", "Nên ghi chú.", warning=True)


@pytest.fixture
def form() -> Form:
    made = Form(enough_money)
    made.add(TextField("name", "Họ tên", required=True))
    made.add(MoneyField("amount", "Số tiền", str, required=True), ChoiceField("fund", "Quỹ", [(1, "Quỹ Xã hội")]))
    made.add(NoteField("note", "Ghi chú"))
    return made


@pytest.fixture
def panel(form: Form, show: Show) -> EditorPanel:
    made = EditorPanel(form, history=True, delete=True)
    made.resize(made.width(), 400)
    show(made)
    form.focus_first()
    return made


def focused() -> str:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget.objectName()


def test_values_come_and_go_by_name(form: Form) -> None:
    values = {"name": "Lò Văn An", "amount": 5000, "fund": 1, "note": None}
    form.set_values(values)
    assert form.values() == values
    form.set_values({})
    assert form.values() == {"name": None, "amount": None, "fund": None, "note": None}


def test_a_draft_keeps_what_cannot_be_read_yet(form: Form) -> None:
    form.set_raw({"name": "Lò", "amount": "5 triệu rư", "gone": "trường cũ"})
    assert form.values()["amount"] is None
    assert form.raw()["amount"] == "5 triệu rư"


def test_enter_walks_down_and_shift_enter_up(panel: EditorPanel, press: Press) -> None:
    walked = [focused()]
    for _ in range(3):
        press(Qt.Key.Key_Return)
        walked.append(focused())
    assert walked == ["name", "amount", "fund", "note"]
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert focused() == "fund"


def test_tab_follows_the_paper_and_ends_at_save(panel: EditorPanel, press: Press) -> None:
    walked = []
    for _ in range(6):
        walked.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    names = [w.objectName() or w.accessibleName() for w in walked if w]
    assert names == ["name", "amount", "fund", "note", "Lưu và thêm mới", "Lưu"]


def test_enter_in_a_note_begins_a_line(panel: EditorPanel, form: Form, type_keys: Type, press: Press) -> None:
    form.field("note").setFocus()
    type_keys("một")
    press(Qt.Key.Key_Return)
    type_keys("hai")
    assert form.values()["note"] == "một\nhai"


def test_enter_in_a_note_without_a_word_goes_on(panel: EditorPanel, form: Form, press: Press) -> None:
    form.field("note").setFocus()
    press(Qt.Key.Key_Return)
    assert panel.save_button.hasFocus()
    assert form.values()["note"] is None


def test_a_field_left_shows_its_findings_and_no_others(
    panel: EditorPanel, form: Form, type_keys: Type, press: Press
) -> None:
    form.field("amount").setFocus()
    type_keys("500")
    press(Qt.Key.Key_Tab)
    assert form.field("amount").finding_text() == "Quỹ không đủ."
    assert form.field("note").finding_text() == ""


def test_saving_shows_all_findings_and_goes_to_the_first(panel: EditorPanel, form: Form) -> None:
    form.field("note").setFocus()
    assert not form.check()
    assert [form.field(n).finding_text() for n in ("name", "amount", "fund", "note")] == [
        "Chưa nhập họ tên.",
        "Chưa nhập số tiền.",
        "",
        "Nên ghi chú.",
    ]
    assert focused() == "name"


def test_warnings_alone_let_save(form: Form) -> None:
    form.set_values({"name": "Lò Văn An", "amount": 50})
    assert form.check()
    assert form.field("note").finding_text() == "Nên ghi chú."


def test_findings_of_the_service_stand_at_their_fields(panel: EditorPanel, form: Form) -> None:
    form.set_values({"name": "Lò Văn An", "amount": 50, "note": "x", "fund": 1})
    form.show_findings((Finding("fund", "Quỹ đã khoá."), Finding("name", "Trùng người.", warning=True)))
    assert focused() == "fund"
    form.field("note").setFocus()
    assert form.field("fund").finding_text() == "Quỹ đã khoá."
    assert form.field("name").finding_text() == "Trùng người."


def test_a_finding_of_the_service_goes_when_its_field_was_edited(
    panel: EditorPanel, form: Form, type_keys: Type
) -> None:
    form.set_values({"name": "Lò Văn An", "amount": 50, "note": "x"})
    form.show_findings((Finding("name", "Trùng người."), Finding("amount", "Quỹ đã khoá.")))
    type_keys("B")
    form.field("note").setFocus()
    assert form.field("name").finding_text() == ""
    assert form.field("amount").finding_text() == "Quỹ đã khoá."


def test_f8_walks_through_the_findings(panel: EditorPanel, form: Form, press: Press) -> None:
    form.check()
    walked = []
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F8, Qt.Key.Key_F8):
        press(key)
        walked.append(focused())
    assert walked == ["amount", "note", "name"]
    press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert focused() == "note"


CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("signal", "key", "modifier"),
    [
        ("save_asked", Qt.Key.Key_S, CONTROL),
        ("save_and_new_asked", Qt.Key.Key_Return, CONTROL),
        ("save_and_new_asked", Qt.Key.Key_Enter, CONTROL | Qt.KeyboardModifier.KeypadModifier),
        ("close_asked", Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        ("history_asked", Qt.Key.Key_H, CONTROL),
    ],
)
@pytest.mark.parametrize("field", ["name", "note", "fund"])
def test_keys_of_the_panel_work_in_every_field(
    panel: EditorPanel,
    form: Form,
    qtbot: QtBot,
    signal: str,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    field: str,
    press: Press,
) -> None:
    form.field(field).setFocus()
    with qtbot.waitSignal(getattr(panel, signal), timeout=1000):
        press(key, modifier)


def test_the_foot_stays_while_the_form_scrolls(panel: EditorPanel, form: Form, qtbot: QtBot) -> None:
    panel.resize(panel.width(), 300)
    form.check()
    form.go_to("note")
    qtbot.wait(50)
    foot = panel.save_button.mapTo(panel, panel.save_button.rect().bottomRight())
    assert panel.rect().contains(foot)
    note = form.field("note").control
    assert not note.visibleRegion().isEmpty()


def test_wrapped_findings_get_their_height(panel: EditorPanel, form: Form, qtbot: QtBot) -> None:
    long = "Vượt số dư: quỹ còn 3.200.000 đ. Giảm số tiền, hoặc chọn quỹ khác (Ngân sách còn 21.400.000 đ)."
    form.show_findings((Finding("name", long), Finding("amount", long), Finding("fund", long)))
    qtbot.wait(50)
    for name in ("name", "amount", "fund"):
        text = form.field(name)._note._text
        assert text.height() >= text.heightForWidth(text.width())


def test_an_error_of_saving_stands_in_the_panel(panel: EditorPanel) -> None:
    panel.banner.show_error(AppError("Không lưu được.", safe="Bản nháp còn.", todo="Thử lại."))
    assert panel.banner.isVisible()
    assert panel.banner.text() == "Không lưu được. Bản nháp còn. Thử lại."


# Drafts


def test_a_draft_is_kept_within_two_seconds_of_steady_typing(
    form: Form, show: Show, type_keys: Type, qtbot: QtBot
) -> None:
    kept: list[Values] = []
    DraftTimer(form, kept.append)
    show(form)
    form.focus_first()
    for _ in range(9):
        type_keys("a")
        qtbot.wait(200)
    assert kept
    assert str(kept[0]["name"]).startswith("aaaa")


def test_a_hidden_form_keeps_its_draft_at_once(form: Form, show: Show, type_keys: Type) -> None:
    kept: list[Values] = []
    DraftTimer(form, kept.append)
    show(form)
    form.focus_first()
    type_keys("abc")
    form.hide()
    assert [values["name"] for values in kept] == ["abc"]


def test_showing_a_record_makes_no_draft(form: Form) -> None:
    kept: list[Values] = []
    timer = DraftTimer(form, kept.append)
    form.set_values({"name": "Lò Văn An", "amount": 5, "fund": 1, "note": "x"})
    form.set_raw({"name": "Lò", "note": "y"})
    assert not timer.waiting
