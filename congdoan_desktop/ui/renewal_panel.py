"""What the unlock window shows while the tables are computed anew after an update: how far it is, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.ui.kit.basics import Button, label

_DOING = "Đang sắp xếp lại dữ liệu sau khi cập nhật…"
_SAFE = (
    "Chỉ phải làm một lần sau khi cập nhật chương trình. Những gì đã ghi không thay đổi; nếu dừng hoặc mất điện giữa "
    "chừng, lần mở sau sẽ làm lại từ đầu."
)


class RenewalPanel(QWidget):
    stop_asked = Signal()
    """The officer would rather go on another time."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.text = label(_DOING, wrap=True)
        self.text.setObjectName("renewal")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_DOING)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.bar)  # a key that comes too late must not stop it
        self.stop = Button("Dừng và đóng chương trình", "x", on_click=self._stop)
        self.stop.setObjectName("stop_renewal")
        for widget in (self.text, self.bar, label(_SAFE, "second", wrap=True)):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stop)
        column.addLayout(foot)
        column.addStretch(1)

    def step(self, done: int, total: int) -> None:
        """So many of all records are done; when all are, only the indexes are still to be made."""
        if not self.stop.isEnabled():
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        said = f"{group_thousands(done)}/{group_thousands(total)}" if done < total else "sắp xong"
        self.text.setText(f"{_DOING} {said}")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.text.setText("Đang dừng…")
        self.stop_asked.emit()
