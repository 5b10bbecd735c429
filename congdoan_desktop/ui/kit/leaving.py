"""Leaving a dialog: what somebody typed into it is not lost by the first Esc, "Thôi" or closed window."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.field import Field

_WHAT = "Những gì vừa nhập chưa lưu."
_REST = "Mọi ô vẫn giữ nguyên. Muốn bỏ hẳn, nhấn Esc hoặc đóng lần nữa."


class LeavingDialog(QDialog):
    """Says in `banner` what would be lost, and goes the second time; Qt closes windows by `reject` too."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self._told: object = None

    def unsaved(self) -> object:
        """What would be lost now, nothing when it is false. What is only chosen is chosen again with one key."""
        fields = (field for field in self.findChildren(Field) if field.typed and field.isVisible())
        return [(field.name, field.raw()) for field in fields if not field.is_empty()]

    def forget_typed(self) -> None:
        """What stands in the fields has done its service."""
        for field in self.findChildren(Field):
            field.typed = False

    def reject(self) -> None:
        lost = self.unsaved()
        if lost and not (lost == self._told and self.banner.isVisible()):
            self._told = lost
            self.banner.show_text("warn", _WHAT, _REST)
            return
        super().reject()
