"""A dialog is as high as its text needs at its width."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QGridLayout, QLabel
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
