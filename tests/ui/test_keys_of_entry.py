"""Keys in the forms of entry: where Enter goes, what it takes, whether the database has answered or not."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.services import members, support
from congdoan_desktop.services.support_list import SupportRow
from congdoan_desktop.ui.kit.choice_fields import CheckField, RadioField
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import MoneyField
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.support import SupportPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import CLINIC, POWER, SCHOOL, TEA, Given
from tests.ui.hands import CONTROL, Press, Show, Type, open_page
from tests.ui.typist import Typist

ALT = Qt.KeyboardModifier.AltModifier
UNITS = ("Chè Phúc Than", "Điện lực", "Tiểu học số 1", "Tiểu học số 2")


def focused() -> str:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget.objectName()


@pytest.fixture
def form(show: Show) -> Form:
    made = Form()
    made.add(TextField("name", "Họ tên"))
    made.add(RadioField("state", "Tình trạng", [("done", "Đã tổ chức"), ("planned", "Dự kiến")]))
    made.add(MultiUnitField("units", "Đơn vị", enumerate(UNITS), rows=3))
    made.add(MoneyField("cash", "Tiền mặt", str, required=True))
    made.add(CheckField("group", "Tập thể"))
    made.bind_access({"state": "R", "cash": "M", "group": "H"})
    show(made)
    made.focus_first()
    return made


def test_enter_passes_what_was_taken_over_and_tab_does_not(form: Form, press: Press) -> None:
    form.pass_by(("state", "units"))
    press(Qt.Key.Key_Return)
    assert focused() == "cash"
    form.focus_first()
    press(Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QWidget)
    assert form.focused() is form.field("state")


def test_enter_stops_where_something_is_wrong(form: Form, press: Press) -> None:
    form.pass_by(("state", "units", "cash"))
    form.check()
    form.focus_first()
    press(Qt.Key.Key_Return)
    assert focused() == "cash"
    form.field("cash").set_value(1)
    form.clear_findings()
    form.focus_first()
    press(Qt.Key.Key_Return)
    assert focused() == "group"


def test_unions_are_ticked_by_parts_of_their_names(form: Form, press: Press, type_keys: Type) -> None:
    form.go_to("units")
    for part in ("che", "tieu hoc"):
        type_keys(part)
        press(Qt.Key.Key_Return)
    field = form.field("units")
    assert field.value() == (0,)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert field.value() == (0, 3)
    press(Qt.Key.Key_Return)
    assert focused() == "cash"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert form.focused() is field


def test_a_letter_of_the_caption_goes_to_the_field_and_changes_nothing(form: Form, press: Press) -> None:
    form.field("state").set_value("planned")
    press(Qt.Key.Key_R, ALT)
    assert form.focused() is form.field("state")
    QTest.qWait(150)  # a button that is clicked by a letter is so after a tenth of a second
    assert form.field("state").value() == "planned"
    press(Qt.Key.Key_M, ALT)
    assert focused() == "cash"


def test_a_letter_ticks_a_sentence_at_once(form: Form, press: Press) -> None:
    press(Qt.Key.Key_H, ALT)
    assert form.field("group").value() is True
    QTest.qWait(150)
    assert form.field("group").value() is True


@pytest.fixture
def page(given: Given, show: Show, runner: TaskRunner) -> SupportPage:
    """Two more people of one name, and one whose name goes on where theirs ends."""
    for name, unit in (("Lù Thị Hoa", SCHOOL), ("Lù Thị Hoa", TEA), ("Lù Thị Hoan", TEA), ("Quàng Văn Tới", POWER)):
        person = Person(given.units[unit], True, name, 1990)
        runner.run(lambda person=person: members.add(given.office, person))
    assert runner.wait_idle()
    return open_page(SupportPage, given.context, show)


def listed(given: Given, runner: TaskRunner) -> list[SupportRow]:
    found: list[SupportRow] = entry_office.ask(runner, lambda: support.listing(given.office))
    return found


@pytest.mark.parametrize("looks", [False, True], ids=["at once", "after a look at the list"])
@pytest.mark.parametrize(
    "case",
    [
        ("quang toi", 1, "Quàng Văn Tới", POWER),
        ("Qua<àng Va<ăn Tơ<ới", 1, "Quàng Văn Tới", POWER),
        ("lu thi hoan", 1, "Lù Thị Hoan", TEA),
        ("lu thi hoa", 2, "Lù Thị Hoa", None),
        ("Qua<àng Va<ăn", 1, "Quàng Văn", ""),
        ("nguoi la", 1, "nguoi la", ""),
    ],
)
def test_enter_takes_who_is_meant_however_fast_it_comes(
    page: SupportPage, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot,
    case: tuple[str, int, str, str | None], looks: bool,
) -> None:  # fmt: skip
    typed, keys, named, unit = case
    field = page.support_form.receiver
    press(Qt.Key.Key_N, CONTROL)
    type_keys(typed)
    if looks:
        qtbot.waitUntil(lambda: field._answered == field.line.text())
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    for _ in range(keys - 1):
        assert field.hit is None
        press(Qt.Key.Key_Return)
    assert field.line.text() == named
    assert (field.hit is not None) == (unit != "")
    if unit:
        assert field.hit is not None
        assert field.hit.unit_name == unit
    page.activateWindow()
    qtbot.waitUntil(lambda: focused() == ("unit" if unit == "" else "on"))


def entered(page: SupportPage, given: Given, runner: TaskRunner, press: Press, name: str) -> None:
    """One record as the first of a row, set as a mouse would, and the blank form after it."""
    press(Qt.Key.Key_N, CONTROL)
    hit = next(row.receiver for row in listed(given, runner) if row.person == name)
    page.support_form.receiver.set_value(hit)
    page.support_form._person_changed()
    day = page.desk.today
    for field, value in (
        ("on", day), ("cause", "thien_tai"), ("kind", "tro_cap"), ("fund", "van_dong"), ("cash", 700_000),
    ):  # fmt: skip
        page.form.field(field).set_value(value)
    page.form.go_to("cash")
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()


def test_the_blank_form_after_a_record_finds_nothing_wrong(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot
) -> None:
    entered(page, given, runner, press, "Giàng Thị Sua")
    qtbot.waitUntil(lambda: focused() == "name")
    assert [name for name in page.form.values() if page.form.field(name).finding_text()] == []


def held_back(runner: TaskRunner) -> Callable[[], None]:
    """The database thread does nothing until the answer is called."""
    go = threading.Event()
    runner.run(lambda: go.wait(20), changes=frozenset({"test"}))
    return go.set


def test_records_typed_before_the_first_is_saved_are_all_kept_in_order(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    entered(page, given, runner, press, "Giàng Thị Sua")
    before = len(listed(given, runner))
    qtbot.waitUntil(lambda: focused() == "name")
    let_go = held_back(runner)
    for part in ("inh lo van", "quang toi", "mai hoang"):
        type_keys(part)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_D, CONTROL)
        press(Qt.Key.Key_Return, CONTROL)
    assert page.form.values()["name"] == "inh lo van"
    let_go()
    qtbot.waitUntil(lambda: page.form.values()["name"] is None and runner.idle)
    rows = listed(given, runner)
    assert len(rows) == before + 3
    made = {row.person for row in rows if (row.record.cause, row.record.cash) == ("thien_tai", 700_000)}
    assert made == {"Giàng Thị Sua", "Lò Văn Inh", "Quàng Văn Tới", "Hoàng Thị Mai"}


def test_one_like_the_selected_row_asks_only_for_the_name(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    rows = [str(row["name"]) for row in page.table.rows.rows() if isinstance(row, dict)]
    page.table.selectRow(rows.index("Tòng Văn Định"))
    press(Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    type_keys("quang toi")
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: focused() == "cash")
    assert page.editor.title.whole() == "Khoản chăm lo mới · Quàng Văn Tới"
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    made = next(row for row in listed(given, runner) if row.person == "Quàng Văn Tới")
    assert (made.record.cause, made.record.fund, made.record.cash) == ("thien_tai", "quy_xa_hoi", 10_000_000)
    assert made.record.decision == "10/QĐ-CĐX"


def test_two_activities_of_a_kind_without_the_mouse(given: Given, show: Show, runner: TaskRunner, qtbot: QtBot) -> None:
    page = open_page(ActivitiesPage, given.context, show)
    typist = Typist()

    def go_on(*texts: str) -> None:
        """Offscreen a list that was open has been the active window."""
        for text in texts:
            typist.enter(text)
            page.activateWindow()
            qtbot.waitUntil(page.isActiveWindow)

    typist.press(Qt.Key.Key_N, CONTROL)
    go_on("the thao", "Giải cầu lông", "", "thcs", "y te", "", "20/7", "", "Sân trường", "48", "20", "", "4tr5")
    typist.write("tai")
    typist.press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: focused() == "kind")
    typist.keys = 0
    go_on("", "Giải kéo co", "che", "", "Sân vận động", "30", "12")
    typist.press(Qt.Key.Key_Return, CONTROL)
    assert typist.keys == len("Giari keso co") + len("che") + len("Saan vaanj ddoongj") + 4 + 8
    assert runner.wait_idle()
    rows = [row for row in page.model.rows() if isinstance(row, dict) and str(row["title"]).startswith("Giải")]
    found = {(row["title"], row["unit"], row["when"], row["participants"]) for row in rows}
    assert found >= {("Giải cầu lông", SCHOOL, "20/07", 48), ("Giải cầu lông", CLINIC, "20/07", 48)}
    assert ("Giải kéo co", TEA, "20/07", 30) in found
