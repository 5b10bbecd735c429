"""Every state of a key has its sentence and its next step; officers of one computer; the chair's confirmation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.roles import Role
from congdoan_desktop.services import chair_asked, key_changes, key_renewal, mailbox, staff, stick_run, trusting
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.storage import rows as small_tables
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.staff_dialog import StaffDialog
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side, enrol, hand_down, report_up

stick, sides = two_offices.stick, two_offices.sides
CLERK = NewOfficer("Lò Văn Thử", "Cán bộ văn phòng", Role.OFFICER, "ruong bac thang", "ruong bac thang")


def state(side: Side) -> str:
    side.turn("trust")
    side.page.trust.reload()
    side.settle()
    return str(side.page.trust.enrol.state.text())


def visible(side: Side, name: str) -> bool:
    button = side.page.findChild(Button, name)
    assert button is not None
    return not button.isHidden()


def agree(side: Side) -> None:
    dialog = side.page.window().findChildren(ConfirmDialog)[-1]
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    side.settle()


def as_colleague(side: Side, name: str) -> None:
    """A colleague sits down at the same office."""

    def work(office: Office) -> None:
        with office.read() as connection:
            who = next(one for one in small_tables.officers(connection) if one.name == name)
            key = next(one for one in small_tables.officer_keys(connection) if one.officer == who.id)
        office.identity = type(office.identity)(
            office.identity.realm, office.identity.unit, office.identity.installation, who, key
        )

    side.ask(work)


def give_up(province: Side, union: Side, stick: Path) -> None:
    """The list with the new key comes home, and the old key gives itself up."""
    before = union.office.identity.key.key_id
    union.turn("trust")
    union.click("findTrust")
    union.click("acceptTrust")
    assert union.office.identity.key.key_id != before
    assert "Khoá cũ thôi dùng khi tỉnh nhận tệp này" in state(union)
    assert not visible(union, "printEnrolment")
    union.send_all()
    province.turn("trust")
    province.click("findEnrolments")
    assert "khoá cũ tự xin thôi dùng" in province.page.trust.approve.who.text()
    province.click("approve")
    assert "đã thôi dùng" in province.page.banner.text()
    province.send_all()
    union.ask(lambda office: stick_run.take_and_write(office, stick))
    assert "đã được công nhận" in state(union)
    assert [key.revoked for key in union.ask(trusting.keys) if key.key_id == before] == [True]


def next_step(side: Side) -> list[str]:
    """The button of the card that stands out."""
    buttons = side.page.trust.enrol.findChildren(Button)
    return [one.objectName() for one in buttons if one.property("role") == "primary" and one.isVisible()]


def test_a_key_walks_through_its_states(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    assert state(union) == ""
    assert visible(union, "enrol")
    assert next_step(union) == ["enrol"]
    enrol(province, union)
    assert "đã được công nhận" in state(union)
    assert next_step(union) == []
    union.click("renewKey")
    agree(union)
    assert "chờ tỉnh công nhận khoá mới" in state(union)
    assert not visible(union, "renewKey")
    assert not visible(union, "printEnrolment")
    union.send_all()
    province.turn("trust")
    province.click("findEnrolments")
    card = province.page.trust.approve
    assert "không cần phiếu giấy" in card.who.text()
    assert card.typed.isHidden()
    province.click("approve")
    assert "Đã công nhận" in province.page.banner.text()
    province.send_all()
    give_up(province, union, stick)
    province.ask(lambda office: key_changes.revoke(office, union.office.identity.key.key_id))
    province.ask(lambda office: stick_run.take_and_write(office, stick))
    union.ask(lambda office: stick_run.take_and_write(office, stick))
    assert "đã bị thu hồi" in state(union)
    assert not visible(union, "renewKey")
    union.click("enrol")
    assert "chưa: gói do" in state(union)
    assert visible(union, "printEnrolment")
    assert next_step(union) == ["sendEnrolment"]


def test_officers_of_a_computer_are_added_and_let_go(sides: tuple[Side, Side], qtbot: QtBot) -> None:
    _, union = sides
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = StaffDialog(parent, union.page._context)
    dialog.open()
    union.settle()
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    assert len(union.ask(staff.listing)) == 1
    fields = (dialog.name, dialog.title, dialog.role, dialog.first, dialog.again)
    values = (CLERK.officer_name, CLERK.officer_title, "officer", CLERK.passphrase, "khac han")
    for field, value in zip(fields, values, strict=True):
        field.set_value(value)
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    union.settle()
    assert len(union.ask(staff.listing)) == 1
    dialog.again.set_value(CLERK.passphrase)
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    union.settle()
    assert dialog.banner.text().startswith("Đã thêm Lò Văn Thử")
    shown = [row for row in dialog.list.table.rows.rows() if isinstance(row, dict)]
    assert [(row["name"], row["standing"], row["act"]) for row in shown][1] == (
        "Lò Văn Thử", "Mã chưa được công nhận", "Bỏ",
    )  # fmt: skip
    dialog.list.table.action_clicked.emit(shown[1], "act")
    QTest.mouseClick(dialog.findChildren(ConfirmDialog)[-1].yes, Qt.MouseButton.LeftButton)
    union.settle()
    assert "không mở được sổ này nữa" in dialog.banner.text()
    assert len(union.ask(staff.listing)) == 1
    dialog.accept()


def report_chosen(union: Side) -> Sent:
    """The report in the outbox, selected there."""
    package = next(sent for sent in union.ask(mailbox.outbox) if sent.kind == "report")
    assert isinstance(package, Sent)
    union.turn("outbox")
    union.page.outbox.reload()
    union.settle()
    union.page.outbox.list.table.select_id(package.id)
    union.settle()
    return package


def test_what_a_clerk_packed_waits_for_the_chair(sides: tuple[Side, Side], cheap_kdf: KdfCost, stick: Path) -> None:
    province, union = sides
    union.ask(lambda office: staff.add(office, CLERK, cost=cheap_kdf))
    enrol(province, union)
    campaign = hand_down(province, union)
    province.turn("trust")
    province.page.trust.root.chair.box.click()
    province.settle()
    assert "phải có chủ tịch xác nhận" in province.page.banner.text()
    assert province.ask(chair_asked.is_asked)
    province.ask(lambda office: stick_run.take_and_write(office, stick))
    union.ask(lambda office: stick_run.take_and_write(office, stick))
    chair = union.office.identity
    as_colleague(union, CLERK.officer_name)
    assert "đã được công nhận" in state(union)
    with pytest.raises(AssertionError):  # "Có thể rút USB" is not said
        report_up(union, campaign)
    assert "chưa có xác nhận của chủ tịch" in union.page.sending.headline.whole()
    package = report_chosen(union)
    bar = union.page.outbox.confirming
    assert bar.said.whole() == "Chờ chủ tịch xác nhận mới gửi được. Đã ký: Lò Văn Thử, Cán bộ văn phòng"
    assert bar.confirm.isHidden()
    bar.show_package(package)
    bar.show_package(None)  # the officer is on another row before the answer comes
    union.settle()
    assert bar.isHidden()
    union.ask(lambda office: setattr(office, "identity", chair))
    bar.show_package(package)
    union.settle()
    QTest.mouseClick(bar.confirm, Qt.MouseButton.LeftButton)
    union.settle()
    assert bar.said.whole().startswith("Đã ký: Lò Văn Thử, Cán bộ văn phòng; ")
    union.send_all()
    row = next(row for row in province.seen() if row.kind == "Báo cáo")
    assert row.state.word == "Nhập được"
    assert row.seen.result is not None
    assert len(row.seen.result.confirmed_by) == 1


def test_a_second_holder_takes_the_root_over_after_a_question(sides: tuple[Side, Side], cheap_kdf: KdfCost) -> None:
    province, union = sides
    enrol(province, union)
    form = NewOfficer("Vàng A Mẫu", "Phó Chủ tịch", Role.CHAIR, "ruong bac thang", "ruong bac thang")
    province.ask(lambda office: staff.add(office, form, cost=cheap_kdf))
    before = province.ask(trusting.root_words)
    as_colleague(province, form.officer_name)
    province.turn("trust")
    province.page.trust.reload()
    province.settle()
    assert visible(province, "takeRoot")
    province.click("takeRoot")
    agree(province)
    assert province.ask(trusting.root_words) != before
    assert "nay giữ khoá gốc" in province.page.banner.text()
    assert "thu hồi khoá cũ" in province.page.banner.text(), "it goes on counting until somebody revokes it"
    assert not visible(province, "takeRoot")
    assert province.ask(key_renewal.waits) is False
