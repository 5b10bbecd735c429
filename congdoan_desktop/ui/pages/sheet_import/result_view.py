"""Step 4: what came in, what did not, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.services.import_history import Undone
from congdoan_desktop.services.sheet_import import Receipt
from congdoan_desktop.ui.kit.basics import Button, card, label, row

_MOST_NAMES = 12


class ResultView(QWidget):
    """The receipt of an import."""

    save_asked = Signal()
    undo_asked = Signal()
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        frame, inner = card(12)
        self.told = label("", "step", wrap=True)
        self.rest = label("", wrap=True)
        inner.addWidget(self.told)
        inner.addWidget(self.rest)
        self.save = Button("Lưu dòng lỗi ra Excel…", "download-simple", on_click=self.save_asked.emit)
        self.save.setObjectName("save_returned")
        self.undo = Button("Hoàn tác", "arrow-u-up-left", on_click=self.undo_asked.emit)
        self.undo.setObjectName("undo")
        self.again = Button("Nhập tệp khác", "table", "primary", on_click=self.again_asked.emit)
        self.again.setObjectName("again")
        inner.addLayout(row(self.again, self.save, self.undo))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        layout.addStretch(1)
        self.setFocusProxy(self.again)

    def show_receipt(self, receipt: Receipt) -> None:
        self.told.setText(f"Đã nhập mới {_dots(receipt.new)} dòng, cập nhật {_dots(receipt.changed)} dòng.")
        left = f"{_dots(receipt.returned)} dòng chưa nhập. Lưu ra Excel để sửa theo lý do ở cột cuối rồi nhập lại."
        self.rest.setText(left if receipt.returned else "Không còn dòng nào bỏ lại.")
        self.save.setVisible(bool(receipt.returned))
        self.undo.show()

    def show_undone(self, undone: Undone) -> None:
        self.told.setText(
            f"Đã hoàn tác: xoá {_dots(undone.deleted)} dòng mới, trả lại {_dots(undone.restored)} dòng như trước."
        )
        names = [f"{kept.name} ({kept.why})" for kept in undone.kept[:_MOST_NAMES]]
        more = f" và {len(undone.kept) - _MOST_NAMES} mục khác" if len(undone.kept) > _MOST_NAMES else ""
        self.rest.setText(f"Giữ lại {len(undone.kept)} mục: {', '.join(names)}{more}." if names else "")
        self.save.hide()
        self.undo.hide()


def _dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")
