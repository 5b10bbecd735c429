"""Revoking a key and changing the root, by the controls of the tab "Khoá và tin cậy"."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congdoan_desktop.services import trusting
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.pages.handoff.key_dialogs import RevokeDialog
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side, enrol

stick, sides = two_offices.stick, two_offices.sides


def rows(side: Side) -> list[dict[str, Any]]:
    side.turn("trust")
    side.page.trust.reload()
    side.settle()
    return [row for row in side.page.trust.keys.table.rows.rows() if isinstance(row, dict)]


def act(side: Side, own: bool) -> None:
    row = next(row for row in rows(side) if row["key"].own is own)
    side.page.trust.keys.table.action_clicked.emit(row, "act")
    side.settle()


def test_a_key_is_revoked_with_its_reason(sides: tuple[Side, Side]) -> None:
    province, union = sides
    enrol(province, union)
    assert [row["act"] for row in rows(province)] == ["Đổi khoá gốc", "Thu hồi"]
    assert [row["act"] for row in rows(union)] == ["", ""]
    act(province, own=False)
    dialog = province.page.window().findChild(RevokeDialog)
    assert dialog is not None
    assert not dialog.on_the_way.isVisibleTo(dialog)
    dialog.reason.set_value("left")
    dialog.reason.edited.emit()
    assert dialog.on_the_way.isVisibleTo(dialog)
    dialog.on_the_way.set_value(100)
    button = dialog.findChild(Button, "revokeKey")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    province.settle()
    assert dialog.isVisible()
    dialog.on_the_way.set_value(2)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    province.settle()
    assert province.page.banner.text().startswith("Đã thu hồi khoá")
    assert [row["chip"].word for row in rows(province)] == ["Đang dùng", "Đã thu hồi"]
    province.send_all()


def test_the_root_is_changed_after_a_question(sides: tuple[Side, Side]) -> None:
    province, union = sides
    enrol(province, union)
    before = province.ask(trusting.root_words)
    act(province, own=True)
    dialog = province.page.window().findChild(ConfirmDialog)
    assert dialog is not None
    assert province.ask(trusting.root_words) == before
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    province.settle()
    now = province.ask(trusting.root_words)
    assert now != before
    assert province.page.trust.root.words.accessibleName() == "Tám từ: " + ", ".join(now)
    province.send_all()
    union.turn("trust")
    union.click("findTrust")
    union.click("acceptTrust")
    assert union.page.banner.text().startswith("Đã nhận danh sách tin cậy")
    assert union.ask(lambda office: office.trust.version) == province.ask(lambda office: office.trust.version)
