"""The page "Chăm lo", driven with keys and mouse over a real office."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.services import drafts, funds, persons, receivers, support
from congdoan_desktop.services.support_list import SupportRow
from congdoan_desktop.storage import tables
from congdoan_desktop.ui.pages.support import SupportPage
from congdoan_desktop.ui.pages.support.receiver_form import person_values
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, TEA, Given
from tests.ui.hands import CONTROL, Press, Show, Type, open_page


@pytest.fixture
def page(given: Given, show: Show) -> SupportPage:
    return open_page(SupportPage, given.context, show)


def listed(given: Given, runner: TaskRunner) -> list[SupportRow]:
    found: list[SupportRow] = entry_office.ask(runner, lambda: support.listing(given.office))
    return found


def choose_known(page: SupportPage, typed: str, press: Press, type_keys: Type, qtbot: QtBot) -> None:
    """Type a part of a name and take the first suggestion with the keyboard."""
    page.form.go_to("name")
    type_keys(typed)
    qtbot.waitUntil(page.support_form.receiver.list.is_open)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)


def finish(page: SupportPage, press: Press, type_keys: Type, money: str = "500000") -> None:
    """What is left of a record after its receiver, with values of the lists set as a mouse would."""
    page.form.go_to("on")
    type_keys("20/7")
    for name, value in (("cause", "nha_o"), ("kind", "tham_hoi"), ("fund", "quy_xa_hoi")):
        page.form.field(name).set_value(value)
    page.form.go_to("cash")
    type_keys(money)
    press(Qt.Key.Key_S, CONTROL)


def test_a_known_person_is_suggested_and_brings_what_is_known(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "va<à<ang a", press, type_keys, qtbot)
    values = page.form.values()
    assert (values["name"], values["birth_year"], values["member"]) == ("Vàng A Páo", 1985, True)
    assert values["unit"] == given.units[SCHOOL]
    assert values["citizen_id"] == "012•••••0123"
    assert page.support_form.citizen_id.line.isReadOnly()
    assert "đã nhận 2 lần trong năm" in page.support_form.receiver._hint.text()
    before = {row.record.person for row in listed(given, runner)}
    finish(page, press, type_keys)
    assert runner.wait_idle()
    made = listed(given, runner)
    assert len(made) == len(entry_office.GIVEN) + 1
    assert {row.record.person for row in made} == before
    person = entry_office.ask(runner, lambda: persons.reveal(given.office, page.support_form.receiver.hit.id))  # type: ignore[union-attr]
    assert person.citizen_id == "012085000123"


def test_somebody_new_is_entered_with_the_record(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    type_keys("Lo<ò Thi<ị Đa<ào")
    page.form.go_to("unit")
    type_keys("che phuc")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    page.form.go_to("birth_year")
    type_keys("1990")
    finish(page, press, type_keys, "1 triệu")
    assert runner.wait_idle()
    made = next(row for row in listed(given, runner) if row.person == "Lò Thị Đào")
    assert (made.record.cash, made.record.unit) == (1_000_000, given.units[TEA])
    assert made.receiver is not None
    assert made.receiver.birth_year == 1990


def test_looking_at_a_whole_number_is_logged(page: SupportPage, given: Given, runner: TaskRunner, qtbot: QtBot) -> None:
    page.table.selectRow(0)
    field = page.support_form.citizen_id
    assert field.is_covered
    field._eye.trigger()
    qtbot.waitUntil(lambda: field.line.text() == "012085000123")
    assert not field.line.isReadOnly()

    def last_action() -> str:
        with given.office.read() as connection:
            return str(connection.execute(select(tables.log.c.action).order_by(tables.log.c.seq.desc())).scalar())

    assert entry_office.ask(runner, last_action) == "look:person"


@pytest.mark.parametrize(("choice", "people"), [("Sửa tên người này", 0), ("Là người khác", 1)])
def test_a_changed_name_must_say_who_is_meant(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, choice: str, people: int
) -> None:
    page.table.selectRow(1)
    before = {row.record.person for row in listed(given, runner)}
    page.form.go_to("name")
    press(Qt.Key.Key_End)
    type_keys("g")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert {row.record.person for row in listed(given, runner)} == before
    assert "Chưa chọn" in page.support_form.renamed.finding_text()
    next(b for b in page.support_form.renamed.findChildren(QRadioButton) if b.text() == choice).click()
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    after = listed(given, runner)
    assert len({row.record.person for row in after} - before) == people
    assert [row.person for row in after if "Inhg" in row.person] == ["Lò Văn Inhg"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence", "warning"),
    [
        ({"on": "31/11"}, "on", "Tháng 11 có 30 ngày", False),
        ({"on": "30/7/2024"}, "on", "ở tương lai", True),
        ({"cash": ""}, "cash", "Ghi số tiền", False),
        ({"cash": "năm trâu"}, "cash", "không đọc được", False),
        ({"in_kind": "200000"}, "goods", "hiện vật là gì", True),
        ({"birth_year": "85"}, "birth_year", "bốn chữ số", False),
        ({"birth_year": "1890"}, "birth_year", "từ 1900", False),
        ({"citizen_id": "12085000123"}, "citizen_id", "12 chữ số", True),
        ({"citizen_id": "012085000123", "birth_year": "1990"}, "citizen_id", "sinh năm 1985", True),
        ({"name": ""}, "name", "Chưa nhập người nhận", False),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    page: SupportPage, press: Press, typed: dict[str, str], field: str, sentence: str, warning: bool
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.set_raw({"name": "Lò Thị Đào", "on": "20/7/2024", "cash": "500.000", **typed})
    page.form.check()
    assert sentence in page.form.field(field).finding_text()
    assert page.form.field(field).control.property("finding") == ("warn" if warning else "bad")


def test_findings_show_when_a_field_is_left(page: SupportPage, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.go_to("on")
    type_keys("31/11")
    assert page.form.field("on").finding_text() == ""
    press(Qt.Key.Key_Return)
    assert "Tháng 11 có 30 ngày" in page.form.field("on").finding_text()
    assert page.form.field("cause").control.hasFocus()


def test_money_is_written_out_in_words(page: SupportPage, press: Press, type_keys: Type) -> None:
    press(Qt.Key.Key_N, CONTROL)
    page.form.go_to("cash")
    type_keys("5 triệu")
    field = page.form.field("cash")
    assert entry_office.text_of(entry_office.text_fields(page.form)["cash"]) == "5 triệu"
    press(Qt.Key.Key_Return)
    assert entry_office.text_of(entry_office.text_fields(page.form)["cash"]) == "5.000.000"
    assert field.words() == "Năm triệu đồng"  # type: ignore[attr-defined]


def test_what_repeats_is_taken_over_to_the_next_one(
    page: SupportPage, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "mai", press, type_keys, qtbot)
    finish(page, press, type_keys)
    assert runner.wait_idle()
    press(Qt.Key.Key_Return, CONTROL)
    assert runner.wait_idle()
    values = page.form.values()
    assert page.editor.record == ""
    assert (values["cause"], values["fund"], values["name"], values["cash"]) == ("nha_o", "quy_xa_hoi", None, None)
    assert page.support_form.receiver.line.hasFocus()


def test_a_draft_remembers_who_was_chosen(
    page: SupportPage, given: Given, press: Press, type_keys: Type, qtbot: QtBot, runner: TaskRunner, show: Show
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "lo van", press, type_keys, qtbot)
    page.editor.keep_now()
    assert drafts.find(given.office, "support") is not None
    again = SupportPage(given.context)
    show(again)
    assert runner.wait_idle()
    again.open_object("new")
    hit = again.support_form.receiver.hit
    assert hit is not None
    assert hit.name == "Lò Văn Inh"
    assert again.form.field("unit").value() == given.units[TEA]


def test_the_foot_sums_what_is_shown(page: SupportPage, runner: TaskRunner) -> None:
    assert page.list.foot.accessibleName().startswith("7 khoản · 6 người")
    assert "69.500.000 đ" in page.list.foot.accessibleName()
    page._fund._pick("quy_xa_hoi", "Quỹ Xã hội")
    assert runner.wait_idle()
    assert "18.000.000 đ" in page.list.foot.accessibleName()
    page._no_decision.click()
    assert runner.wait_idle()
    assert page.table.rows.rowCount() == 1


def test_no_number_stands_uncovered_in_the_list(page: SupportPage) -> None:
    assert "012085000123" not in page.table.as_tsv(page.table.rows.rows())


def test_a_known_name_typed_in_full_is_asked_about(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    before = len(ask_people(given, runner, "pao"))
    begin(page, press, type_keys, "Vàng A Páo")
    form = page.support_form
    assert form.namesake.isVisible()
    press(Qt.Key.Key_S, CONTROL)
    assert "Chưa chọn" in form.namesake.finding_text()
    form.namesake.combo.setCurrentIndex(0)
    form.namesake.combo.activated.emit(0)
    assert form.receiver.hit is not None
    assert not form.namesake.isVisible()
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert len(ask_people(given, runner, "pao")) == before


def test_another_person_of_the_same_name_is_entered_when_one_says_so(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    before = len(ask_people(given, runner, "pao"))
    begin(page, press, type_keys, "vàng a páo")
    choice = page.support_form.namesake
    choice.combo.setCurrentIndex(choice.combo.count() - 1)
    choice.combo.activated.emit(choice.combo.count() - 1)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert len(ask_people(given, runner, "pao")) == before + 1


def test_who_saves_at_once_is_asked_by_the_refusal(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    begin(page, press, type_keys, "Vàng A Páo", wait=False)
    page.support_form._forget_namesakes()  # as if the answer had not come yet
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert "Trong máy đã có" in page.editor.banner.text()
    assert page.support_form.namesake.isVisible()


def begin(page: SupportPage, press: Press, type_keys: Type, name: str, *, wait: bool = True) -> None:
    """A new record that lacks nothing, for a receiver whose name was typed without a suggestion."""
    press(Qt.Key.Key_N, CONTROL)
    type_keys(name)
    unit = next(id_ for id_, short in page.desk.units if short == SCHOOL)
    for field, value in (
        ("unit", unit), ("on", date(2024, 7, 20)), ("cause", "om_dau"), ("kind", "tham_hoi"), ("fund", "quy_xa_hoi"),
        ("cash", 500_000),
    ):  # fmt: skip
        page.form.field(field).set_value(value)
    page.form.field("goods").setFocus()
    if wait:
        assert page.context.runner.wait_idle()


def ask_people(given: Given, runner: TaskRunner, typed: str) -> list[receivers.PersonHit]:
    found: list[receivers.PersonHit] = entry_office.ask(runner, lambda: receivers.find_people(given.office, typed))
    return found


def test_the_same_again_says_what_was_given_and_asks_why(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    """Rule B10: a warning with what was given before, an override with a reason, never a block."""
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "va<à<ang a", press, type_keys, qtbot)
    again = page.support_form.again
    assert not again.isVisible()
    page.form.go_to("on")
    type_keys("20/7")
    for name, value in (("cause", "om_dau"), ("kind", "tham_hoi"), ("fund", "quy_xa_hoi")):
        page.form.field(name).set_value(value)
    page.form.go_to("cash")
    type_keys("500000")
    page.form.go_to("goods")
    qtbot.waitUntil(again.isVisible)
    assert "Ngày 18/07/2024 nhận 5.000.000 đồng tại THCS Mường Cang, quyết định 12/QĐ-CĐX." in again._hint.text()
    assert "ghi lý do trao thêm" in again.finding_text()
    before = len(listed(given, runner))
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(again.control.hasFocus)
    assert len(listed(given, runner)) == before
    type_keys("Mô<ổ la<ần hai")
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.editor.record not in ("", None))
    made = next(row for row in listed(given, runner) if row.id == page.editor.record)
    assert made.record.again == "Mổ lần hai"
    assert again.isVisible()
    assert again.value() == "Mổ lần hai"
    assert page.history_text("again", "Mổ lần hai") == ("Lý do trao thêm lần nữa", "Mổ lần hai")


def test_who_saves_before_the_answer_comes_is_asked_all_the_same(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "va<à<ang a", press, type_keys, qtbot)
    page.form.go_to("on")
    type_keys("20/7")
    for name, value in (("cause", "om_dau"), ("kind", "tham_hoi"), ("fund", "quy_xa_hoi"), ("cash", 500_000)):
        page.form.field(name).set_value(value)
    before = len(listed(given, runner))
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(page.support_form.again.control.hasFocus)
    assert "5.000.000 đồng" in page.support_form.again._hint.text()
    asked = "Người này đã nhận trong đợt này; ghi lý do trao thêm, hoặc không trao nữa."
    assert page.support_form.again.finding_text() == asked
    press(Qt.Key.Key_Tab)
    assert page.support_form.again.finding_text() == asked, "said once"
    assert len(listed(given, runner)) == before


def test_of_a_kept_record_only_what_was_given_before_it_is_said(page: SupportPage, qtbot: QtBot) -> None:
    rows = [str(row["name"]) for row in page.table.rows.rows() if isinstance(row, dict)]
    page.table.selectRow(rows.index("Vàng A Páo"))
    qtbot.waitUntil(lambda: page.context.runner.idle)
    assert not page.support_form.again.isVisible()


def test_more_than_the_fund_has_is_said_and_saved_all_the_same(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    """The program records support, it does not keep the accounts: a warning beside the sum, never a block."""
    fund = page.form.field("fund")
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "mai", press, type_keys, qtbot)
    assert runner.wait_idle()
    fund.set_value("quy_xa_hoi")
    page.support_form._show_left()
    assert fund._hint.text() == ""  # nobody has recorded what came in
    unit = given.units[SCHOOL]
    came = Contribution(unit, "quy_xa_hoi", page.desk.today, 18_200_000)
    runner.run(lambda: funds.save(given.office, came), changes=frozenset({"contribution"}))
    assert runner.wait_idle()
    page.editor.shut()
    page.open_new()
    assert runner.wait_idle()
    finish(page, press, type_keys, "500000")
    assert "Quỹ còn 200.000 đ" in fund._hint.text()
    assert page.form.field("cash").finding_text().startswith("Vượt số dư: quỹ còn 200.000 đ.")
    assert runner.wait_idle()
    assert len(listed(given, runner)) == len(entry_office.GIVEN) + 1


def test_a_number_asked_for_is_shown_only_with_its_person(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    other = entry_office.ask(runner, lambda: receivers.find_people(given.office, "Giàng"))[0]
    press(Qt.Key.Key_N, CONTROL)
    choose_known(page, "va<à<ang a", press, type_keys, qtbot)
    page.support_form.citizen_id.ask()
    page.form.set_values(page.form.values() | person_values(other))
    assert runner.wait_idle()
    assert page.form.values()["citizen_id"] == "012•••••0123", "asked for somebody else"
    page.support_form.citizen_id.ask()
    assert runner.wait_idle()
    assert page.form.values()["citizen_id"] == "012085000123"
