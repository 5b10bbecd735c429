"""A dialog is as high as its text needs at its width."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel
from pytestqt.qtbot import QtBot

from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog

LINE = "12 hoạt động, 5 số lao động, 1 số liệu kỳ, 6 khoản chăm lo, 6 người, 5 đơn vị. "


@pytest.mark.parametrize("repeated", [1, 3, 12])
def test_no_text_is_cut(repeated: int, qtbot: QtBot) -> None:
    dialog = Dialog(None, "Báo cáo của Liên đoàn Lao động huyện Than Uyên, gửi lần thứ hai", "package", "accent_text")
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    for at, text in enumerate(("Lò Thị Hoa", LINE * repeated)):
        grid.addWidget(label("Trong đó", "second"), at, 0)
        grid.addWidget(label(text, wrap=True), at, 1)
    dialog.body.addLayout(grid)
    dialog.add_button(Button("Đóng"))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    for shown in dialog.findChildren(QLabel):
        assert shown.height() >= shown.heightForWidth(shown.width()), shown.text()


@pytest.mark.parametrize(("role", "presses"), [("primary", 1), ("danger", 1), ("flat", 2)])
def test_a_double_click_does_once_what_cannot_be_done_twice(role: str, presses: int, qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = Button("Đóng gói", role=role, on_click=lambda: pressed.append(role))
    qtbot.addWidget(button)
    button.show()
    down, up, again = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick
    for kind in (down, up, again, up):
        left, held = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton if kind == up else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(5, 5), QPointF(5, 5), left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)
    assert len(pressed) == presses
