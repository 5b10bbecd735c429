"""Where a reading begins: a file, or text pasted from Word, Zalo or a web page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from congdoan_desktop.ui.kit.basics import Button, card, label, row

FILES = "Kế hoạch (*.docx *.pdf *.txt)"
_TEXT = (
    "Nhận tệp Word (.docx), PDF có chữ và tệp văn bản. Chương trình chỉ đề nghị: mục nào được nhận mới được lưu, "
    "câu chữ giữ nguyên như in."
)


class StartView(QWidget):
    file_asked = Signal()
    pasted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        files, inner = card(10)
        inner.addWidget(label(_TEXT, wrap=True))
        self.choose = Button("Chọn tệp…", "folder-open", "primary", on_click=self.file_asked.emit)
        self.choose.setObjectName("choose_plan")
        self.choose.setToolTip("Chọn tệp (Ctrl+O)")
        inner.addLayout(row(self.choose))
        pasting, below = card(10)
        below.addWidget(label("Hoặc dán văn bản", "card"))
        self.paper = QPlainTextEdit()
        self.paper.setObjectName("pasted_plan")
        self.paper.setAccessibleName("Văn bản dán vào")
        self.paper.setPlaceholderText("Chép cả văn bản rồi nhấn Ctrl+V ở đây")
        self.paper.setTabChangesFocus(True)
        below.addWidget(self.paper, 1)
        self.read = Button("Đọc văn bản này", "magnifying-glass", on_click=self._read)
        self.read.setObjectName("read_pasted")
        self.read.setToolTip("Đọc văn bản đã dán (Ctrl+Enter)")
        self.read.setEnabled(False)
        below.addLayout(row(self.read))
        self.paper.textChanged.connect(lambda: self.read.setEnabled(not self.paper.document().isEmpty()))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.paper, self._read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(files)
        layout.addWidget(pasting, 1)
        self.setFocusProxy(self.choose)

    def _read(self) -> None:
        if text := self.paper.toPlainText().strip():
            self.pasted.emit(text)
