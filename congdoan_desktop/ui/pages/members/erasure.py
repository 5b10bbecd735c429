"""Erasing somebody for ever, when he or she asks for it (C08): nothing brings it back, so the name is typed again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.text_fields import TextField

CHANGES = frozenset({"person", "support", "need", "training", "proposal", "review_meeting", "attachment"})
"""What may lose its texts about somebody."""
_TEXT = (
    "Họ tên, ngày sinh, số giấy tờ, địa chỉ, mọi lời ghi và ảnh riêng về người này mất hẳn trên máy này, cả khi mở lại "
    "bản sao lưu cũ; cấp trên đã nhận cũng xoá khi nhận gói sau. Số liệu đã tính giữ nguyên. Việc này không lấy lại "
    "được; chỉ người quản trị của đơn vị làm được."
)


class EraseDialog(Dialog):
    """`agreed` comes after the name was typed as it stands in the list, with or without marks."""

    agreed = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, f"Xoá vĩnh viễn dữ liệu cá nhân của {name}?", "warning", "bad")
        self.setObjectName("erase_dialog")
        self._name = name
        self.body.addWidget(label(_TEXT, wrap=True))
        self.typed = TextField("erase_name", "Gõ lại họ tên để xác nhận", required=True)
        self.body.addWidget(self.typed)
        self.cancel = self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Xoá vĩnh viễn", "trash", "danger", on_click=self._try))
        self.yes.setObjectName("erase_yes")
        self.typed.moved.connect(lambda _name, step: self.yes.setFocus() if step > 0 else None)
        self.typed.setFocus()

    def _try(self) -> None:
        if search_key(str(self.typed.value() or "")) != search_key(self._name):
            self.typed.show_findings([Finding(self.typed.name, f"Gõ đúng họ tên: {self._name}.")])
            self.typed.setFocus()
            return
        self.yes.setEnabled(False)
        self.agreed.emit()

    def refuse(self, error: AppError) -> None:
        self.yes.setEnabled(True)
        self.banner.show_error(error)
